/** Writes a binder as one HTML file that needs nothing else: it opens from a stick, without a network, and prints well. */
import { type Element, element, markup } from '../render/element.js';
import { FONT_NAME, fontFaces, type WebFonts } from '../render/font.js';
import { legend } from '../render/legend.js';
import { pageHead, styledPage } from '../render/page-head.js';
import { markers, picture } from '../render/picture.js';
import { onLightPaper, PICTURE_STYLE } from '../render/theme.js';
import type { Binder, Block, Cell, Section } from './document.js';

/** Takes a binder and the fonts that it carries. Gives the file; the same binder gives the same bytes. */
export function binderHtml(binder: Binder, fonts: WebFonts): string {
  const { title, organization, marking, revision, printed, sections, logo, cover } = binder;
  const details = [organization, revision && `revision ${revision}`, printed].filter(Boolean).join(' · ');
  const page = element(
    'html',
    { lang: 'en' },
    pageHead(title, ['font-src data:', 'img-src data:']),
    element(
      'body',
      {},
      element('svg', { class: 'hidden', width: 0, height: 0, 'aria-hidden': 'true' }, markers()),
      element(
        'header',
        {},
        ...(logo ? [element('img', { class: 'logo', src: dataUrl(logo), alt: organization })] : []),
        ...(marking ? [element('p', { class: 'marking' }, marking)] : []),
        element('p', { class: 'organization' }, organization),
        element('h1', {}, title),
        ...blocks(cover),
      ),
      element(
        'nav',
        { 'aria-label': 'Contents' },
        element('h2', {}, 'Contents'),
        element(
          'ol',
          {},
          ...sections.map(({ id, title: name }) => element('li', {}, element('a', { href: `#${anchor(id)}` }, name))),
        ),
      ),
      element('main', {}, ...sections.map(section)),
      element('footer', {}, [marking, title, details].filter(Boolean).join(' · ')),
    ),
  );
  const style = `${fontFaces(fonts)}\n${onLightPaper(STYLE.replaceAll('var(--accent)', safeColour(binder.accent)))}`;
  return styledPage(markup(page), style);
}

function safeColour(accent: string): string {
  return /^#[0-9a-f]{6}$/i.test(accent) ? accent : '#000000';
}

function dataUrl(bytes: Uint8Array): string {
  const isPng = bytes[0] === 0x89;
  return `data:image/${isPng ? 'png' : 'jpeg'};base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
}

/** An id may hold a slash, and must not hold blanks. */
function anchor(id: string): string {
  return id.replace(/[^\w-]+/g, '--');
}

function section({ id, title, blocks: content }: Section): Element {
  return element('section', { id: anchor(id) }, element('h2', { class: 'section-title' }, title), ...blocks(content));
}

function blocks(content: readonly Block[]): Element[] {
  return content.map(block);
}

function block(one: Block): Element {
  switch (one.kind) {
    case 'heading':
      return element(one.level === 2 ? 'h3' : 'h5', {}, one.text);
    case 'paragraph':
      return element('p', { class: one.tone }, ...inlines(one.inlines));
    case 'list':
      return element(
        one.start === undefined ? 'ul' : 'ol',
        { start: one.start },
        ...one.items.map((item) => element('li', {}, ...blocks(item))),
      );
    case 'ticks':
      return element('ul', { class: 'ticks' }, ...one.items.map((item) => element('li', {}, tick(), item)));
    case 'code':
      return element('pre', { tabindex: 0 }, element('code', {}, one.text));
    case 'table':
      return table(one.head, one.rows, one.widths);
    case 'facts':
      return element(
        'dl',
        {},
        ...one.rows.flatMap(([name, cell]) => [element('dt', {}, name), element('dd', {}, ...inlines(cell))]),
      );
    case 'card':
      return element(
        'article',
        { class: one.isDecision ? 'card decision' : 'card', id: anchor(one.id) },
        element('h4', {}, tick(), one.title),
        element('p', { class: 'faint' }, one.meta),
        ...blocks(one.blocks),
      );
    case 'graph':
      return graph(one);
    case 'legend':
      return legendPicture();
    case 'rows':
      return table(
        one.head,
        Array.from({ length: one.count }, () => one.head.map(() => [{ text: '\u00a0' }])),
        one.widths,
        'empty',
      );
    case 'blanks':
      return element('p', { class: 'blanks' }, ...one.names.map((name) => element('span', {}, name)));
  }
}

function tick(): Element {
  return element('span', { class: 'tick', 'aria-hidden': 'true' });
}

function inlines(cell: Cell): (Element | string)[] {
  return cell.flatMap(({ text, bold, code, href, target }): (Element | string)[] => {
    const words = text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [element('br'), line]));
    const looked = code ? [element('code', {}, ...words)] : bold ? [element('strong', {}, ...words)] : words;
    const to = target === undefined ? href : `#${anchor(target)}`;
    return to === undefined ? looked : [element('a', { href: to }, ...looked)];
  });
}

function table(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  widths: readonly number[],
  kind?: string,
): Element {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  return element(
    'table',
    { class: kind },
    element(
      'colgroup',
      {},
      ...widths.map((width) => element('col', { class: `w${Math.round((width / whole) * 100)}` })),
    ),
    element('thead', {}, element('tr', {}, ...head.map((name) => element('th', { scope: 'col' }, name || '\u00a0')))),
    element(
      'tbody',
      {},
      ...rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, ...inlines(cell))))),
    ),
  );
}

function graph({ drawing, caption, alt }: Extract<Block, { kind: 'graph' }>): Element {
  const { width, height } = drawing;
  return element(
    'figure',
    {},
    ...(caption === '' ? [] : [element('figcaption', {}, caption)]),
    element(
      'svg',
      { class: 'graph', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': alt },
      picture(drawing, new Map()),
    ),
  );
}

function legendPicture(): Element {
  const { group, width } = legend();
  const size = { viewBox: `-2 -2 ${width + 4} 20`, width: width + 4, height: 20 };
  return element('svg', { class: 'picture key', role: 'img', 'aria-label': 'Legend', ...size }, group);
}

const WIDTHS = Array.from({ length: 99 }, (_, index) => `.w${index + 1} { width: ${index + 1}%; }`).join(' ');

const STYLE = `
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 900px; padding: 24px; font: 14px/1.45 '${FONT_NAME}', Helvetica, Arial, sans-serif; color: var(--ink); background: var(--paper); }
h1 { margin: 0 0 16px; font-size: 34px; line-height: 1.15; border-bottom: 4px solid var(--accent); padding-bottom: 10px; overflow-wrap: anywhere; }
h2 { margin: 40px 0 12px; font-size: 22px; overflow-wrap: anywhere; } h2.section-title { border-bottom: 2px solid var(--accent); padding-bottom: 4px; }
h3 { margin: 22px 0 8px; font-size: 16px; } h4 { margin: 0; font-size: 15px; overflow-wrap: anywhere; } h5 { margin: 10px 0 2px; font-size: 12px; color: var(--faint); }
h2, h3, h4, h5 { break-after: avoid; }
p { margin: 6px 0; overflow-wrap: anywhere; } a { color: inherit; }
.logo { max-width: 160px; max-height: 60px; } .marking { float: right; margin: 0; padding: 2px 10px; border: 2px solid var(--ink); font-weight: bold; }
.organization { margin: 48px 0 4px; font-size: 18px; color: var(--faint); }
.lead { font-size: 16px; } .faint { color: var(--faint); } .alarm { border-left: 4px solid var(--error); padding-left: 10px; color: var(--error); font-weight: bold; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 8px 0; } dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 8px 0; font-size: 12.5px; table-layout: fixed; } th, td { border-bottom: 1px solid var(--action-edge); padding: 4px 6px; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead { display: table-header-group; } thead th { background: var(--action); border-bottom: 1.5px solid var(--ink); } tr { break-inside: avoid; }
table.empty td { border: 1px solid var(--action-edge); height: 30px; } table.empty th { border: 1px solid var(--action-edge); }
.ticks { list-style: none; padding: 0; margin: 4px 0; } .ticks li { padding-left: 24px; text-indent: -24px; } .tick { display: inline-block; width: 13px; height: 13px; margin-right: 11px; border: 1.4px solid var(--ink); vertical-align: -2px; text-indent: 0; }
pre { margin: 6px 0; padding: 8px; background: var(--action); white-space: pre-wrap; overflow-wrap: anywhere; } code { font-family: inherit; background: var(--action); }
.card { margin: 12px 0; padding: 10px 14px; border: 1px solid var(--action-edge); border-left: 4px solid var(--action-edge); break-inside: avoid; } .card.decision { border: 1.6px solid var(--ink); border-left: 7px solid var(--ink); }
.blanks { display: flex; gap: 16px; margin: 16px 0 4px; } .blanks span { flex: 1; border-bottom: 1px solid var(--ink); color: var(--faint); }
figure { margin: 12px 0; break-inside: avoid; } figcaption { font-weight: bold; font-size: 12.5px; } svg.graph { display: block; margin: 6px auto; max-width: 100%; height: auto; } svg.key { max-width: 100%; } svg.hidden { position: absolute; }
nav ol { columns: 2; } footer { margin-top: 40px; border-top: 1px solid var(--action-edge); color: var(--faint); font-size: 11px; }
${WIDTHS}
@page { margin: 15mm; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } section, nav { break-before: page; } a { text-decoration: none; } svg.graph { max-height: 235mm; } }
${PICTURE_STYLE}
`;
