/** The indentation of files that are open already when VS Code starts. */
import * as vscode from 'vscode';
import { LANGUAGE } from './server.js';

/**
 * Gives the files that can be seen the indentation that is set for their language. VS Code gives it to files that are opened
 * later; one that stood open before it had read what this extension says of its language keeps the four blanks of plain text.
 */
export function indentOpenFiles(): void {
  for (const editor of vscode.window.visibleTextEditors) {
    if (editor.document.languageId !== LANGUAGE) continue;
    const configuration = vscode.workspace.getConfiguration('editor', editor.document);
    const tabSize = configuration.get<number>('tabSize');
    const insertSpaces = configuration.get<boolean>('insertSpaces');
    // Whoever has their editor detect the indentation gets what it detects.
    if (configuration.get('detectIndentation') || tabSize === undefined || insertSpaces === undefined) continue;
    if (editor.options.tabSize !== tabSize || editor.options.insertSpaces !== insertSpaces) {
      editor.options = { tabSize, insertSpaces };
    }
  }
}
