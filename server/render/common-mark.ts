/** Long texts of a playbook, written in CommonMark, as elements. No HTML, no pictures, only links that people may follow. */
import MarkdownIt from 'markdown-it';
import { type Element, element } from './element.js';

/** What the page needs of a token of markdown-it. */
interface Token {
  readonly type: string;
  readonly tag: string;
  readonly nesting: number;
  readonly content: string;
  readonly hidden: boolean;
  readonly children: readonly Token[] | null;
  attrGet(name: string): string | null;
}

const LINK = /^(?:https?:\/\/|mailto:|tel:)/i;
const parser = new MarkdownIt('commonmark', { html: false });
parser.validateLink = () => true;

/** Takes a text in CommonMark. Gives its paragraphs, lists and code as elements. */
export function commonMark(text: string): Element[] {
  return build(parser.parse(text, {}) as unknown as readonly Token[]).filter((child) => typeof child !== 'string');
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
}

function build(tokens: readonly Token[]): (Element | string)[] {
  const root: Open = { name: '', attributes: {}, children: [] };
  const stack: Open[] = [root];
  const add = (...children: (Element | string)[]) => stack.at(-1)?.children.push(...children);
  for (const token of tokens) {
    if (token.nesting === 1) {
      stack.push({ name: nameOf(token), attributes: attributesOf(token), children: [] });
    } else if (token.nesting === -1) {
      const closed = stack.pop();
      if (closed) add(...closeOf(closed));
    } else {
      add(...leaf(token));
    }
  }
  return root.children;
}

/** Paragraphs of a tight list have no tag of their own, and headings would break the outline of the page. */
function nameOf({ tag, hidden, type }: Token): string {
  if (hidden) return '';
  return type === 'heading_open' ? 'h4' : tag;
}

function attributesOf(token: Token): Readonly<Record<string, string>> {
  const target = token.type === 'link_open' ? (token.attrGet('href') ?? '') : '';
  const start = token.type === 'ordered_list_open' ? token.attrGet('start') : null;
  if (LINK.test(target)) return { href: target };
  return start === null ? {} : { start };
}

function closeOf({ name, attributes, children }: Open): (Element | string)[] {
  // A link to somewhere else stays as its words.
  if (name === '' || (name === 'a' && attributes['href'] === undefined)) return children;
  return [element(name, attributes, ...children)];
}

function leaf(token: Token): (Element | string)[] {
  switch (token.type) {
    case 'inline':
      return build(token.children ?? []);
    case 'text':
      return [token.content];
    case 'softbreak':
      return [' '];
    case 'hardbreak':
      return [element('br')];
    case 'hr':
      return [element('hr')];
    case 'code_inline':
      return [element('code', {}, token.content)];
    case 'code_block':
    case 'fence':
      return [element('pre', {}, element('code', {}, token.content.trimEnd()))];
    default:
      return token.content === '' ? [] : [token.content];
  }
}
