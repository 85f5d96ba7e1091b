/** Elements of SVG and HTML as values: the exports write them as markup, the preview makes DOM nodes of them. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly children: readonly (Element | string)[];
}

export function element(
  name: string,
  attributes: Element['attributes'] = {},
  ...children: (Element | string)[]
): Element {
  return { name, attributes, children };
}

const VOID = new Set(['meta', 'br', 'hr', 'input']);

/** Takes an element. Gives its markup, with every text and attribute escaped. */
export function markup({ name, attributes, children }: Element): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  if (VOID.has(name)) return `<${name}${written.join('')}>`;
  const content = children.map((child) => (typeof child === 'string' ? escaped(child) : markup(child)));
  return `<${name}${written.join('')}>${content.join('')}</${name}>`;
}

// XML 1.0 cannot hold them, and hidden ones mislead.
const ILLEGAL =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Takes a text. Gives it with a visible sign in the place of each that is not seen and changes how the rest is read. */
export function visible(text: string): string {
  return text.replace(ILLEGAL, '\ufffd');
}

/** Takes a text. Gives it as it may stand in markup, between tags and in quotes. */
export function escaped(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
