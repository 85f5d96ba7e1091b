/** Long texts of a playbook as blocks of the binder. */
import type { Element } from '../render/element.js';
import type { Block, Inline } from './document.js';

/** Takes the elements of a text (render/common-mark.ts). Gives blocks. */
export function blocksOf(elements: readonly Element[]): Block[] {
  return elements.flatMap(blockOf);
}

function blockOf(element: Element): Block[] {
  switch (element.name) {
    case 'ul':
    case 'ol':
      return [
        {
          kind: 'list',
          start: element.name === 'ol' ? Number(element.attributes['start'] ?? 1) : undefined,
          items: element.children.flatMap((item) => (typeof item === 'string' ? [] : [itemOf(item)])),
        },
      ];
    case 'pre':
      return [{ kind: 'code', text: wordsOf(element) }];
    case 'blockquote':
      return blocksOf(element.children.filter((child) => typeof child !== 'string'));
    case 'hr':
      return [];
    default:
      return [{ kind: 'paragraph', inlines: inlinesOf(element, element.name === 'h4' ? { bold: true } : {}) }];
  }
}

const BLOCKS = new Set(['ul', 'ol', 'pre', 'blockquote', 'p', 'h4', 'hr']);

function itemOf({ children }: Element): Block[] {
  const blocks: Block[] = [];
  let inlines: Inline[] = [];
  const end = () => {
    if (inlines.length > 0) blocks.push({ kind: 'paragraph', inlines });
    inlines = [];
  };
  for (const child of children) {
    if (typeof child !== 'string' && BLOCKS.has(child.name)) {
      end();
      blocks.push(...blockOf(child));
    } else {
      inlines.push(...inlineOf(child, {}));
    }
  }
  end();
  return blocks;
}

type Look = Omit<Inline, 'text'>;

function inlinesOf({ children }: Element, look: Look): Inline[] {
  return children.flatMap((child) => inlineOf(child, look));
}

function inlineOf(child: Element | string, look: Look): Inline[] {
  if (typeof child === 'string') return [{ ...look, text: child }];
  const { name, attributes } = child;
  if (name === 'br') return [{ ...look, text: '\n' }];
  if (name === 'strong' || name === 'em') return inlinesOf(child, { ...look, bold: true });
  if (name === 'code') return inlinesOf(child, { ...look, code: true });
  if (name === 'a') return inlinesOf(child, { ...look, href: String(attributes['href'] ?? '') });
  return inlinesOf(child, look);
}

function wordsOf(element: Element): string {
  return element.children.map((child) => (typeof child === 'string' ? child : wordsOf(child))).join('');
}
