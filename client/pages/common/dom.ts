/** Makes DOM nodes: text as text nodes, attributes by name, never markup. */
import { type Element as Drawn, visible } from '../../../server/render/element.js';

const SVG = 'http://www.w3.org/2000/svg';

/** Takes an element of the picture. Gives it as an SVG node. */
export function svgNode({ name, attributes, children }: Drawn): SVGElement {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(key, visible(String(value)));
  }
  for (const child of children) node.append(typeof child === 'string' ? visible(child) : svgNode(child));
  return node;
}

/** Takes an element of a text. Gives it as an HTML node. */
export function textNode({ name, attributes, children }: Drawn): HTMLElement {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(key, visible(String(value)));
  }
  node.append(...children.map((child) => (typeof child === 'string' ? visible(child) : textNode(child))));
  return node;
}

/** Takes words and what they do. Gives a button. */
export function button(
  words: string,
  act: () => void,
  attributes: Readonly<Record<string, string>> = {},
): HTMLButtonElement {
  const node = htmlNode('button', { type: 'button', ...attributes }, words);
  node.addEventListener('click', act);
  return node;
}

/** Takes a tag, attributes and children. Gives an HTML node. */
export function htmlNode<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, visible(value));
  node.append(...children.map((child) => (typeof child === 'string' ? visible(child) : child)));
  return node;
}
