/** The head of a page that runs nothing and loads nothing, whatever stands in the playbooks. */
import { type Element, element } from './element.js';

/** Takes the title, and what the page may hold beside its own style sheet: sources of a Content Security Policy. Gives the head. */
export function pageHead(title: string, allowed: readonly string[] = []): Element {
  const policy = ["default-src 'none'", "style-src 'unsafe-inline'", ...allowed].join('; ');
  return element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    element('title', {}, title),
  );
}

/** Takes a page and a style sheet of ours, which holds no text of a playbook and is therefore not escaped. Gives the file. */
export function styledPage(markup: string, style: string): string {
  return `<!doctype html>\n${markup.replace('</head>', () => `<style>${style}</style></head>`)}\n`;
}
