/** Loads one of our pages into a webview: our script, style sheet and font, pictures that they make themselves, and nothing else. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Takes a webview, the folder of the extension, the name of a bundle and the title of the page. Shows the page. */
export function loadPage(webview: vscode.Webview, extension: vscode.Uri, bundle: string, title: string): void {
  const dist = vscode.Uri.joinPath(extension, 'dist');
  const fonts = vscode.Uri.joinPath(extension, 'media', 'fonts');
  webview.options = {
    enableScripts: true,
    enableForms: false,
    enableCommandUris: false,
    localResourceRoots: [dist, fonts],
  };
  const nonce = randomBytes(16).toString('base64url');
  const at = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  const own = webview.cspSource;
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${own}; font-src ${own}; img-src blob:`;
  webview.html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${at(`${bundle}.css`)}">
<title>${title}</title>
</head>
<body>
<script nonce="${nonce}" src="${at(`${bundle}.js`)}"></script>
</body>
</html>`;
}
