/** Writes a binder as Markdown: a file for each section, and the graphs as SVG files beside them. */
import { escaped, visible } from '../render/element.js';
import type { WebFonts } from '../render/font.js';
import { svg } from '../render/svg.js';
import { markdownText } from '../text/markdown-text.js';
import type { Binder, Block, Cell, Inline } from './document.js';
import type { BinderFile } from './files.js';

/** Takes a binder and the fonts that its pictures carry. Gives the files; `README.md` leads to the others. */
export function binderMarkdown(binder: Binder, fonts: WebFonts): BinderFile[] {
  const { title, organization, marking, revision, printed, sections, cover } = binder;
  const files: BinderFile[] = [];
  const names = new Map(sections.map(({ id }, index) => [id, `${String(index + 1).padStart(2, '0')}-${safe(id)}.md`]));
  const homes = new Map(
    sections.flatMap(({ id, blocks }) =>
      blocks.flatMap((block) =>
        block.kind === 'card' ? [[block.id, `${names.get(id)}#${safe(block.id)}`] as const] : [],
      ),
    ),
  );
  const linkTo = (target: string) => homes.get(target) ?? names.get(target);
  const details = [organization, marking, revision && `revision ${revision}`, printed]
    .filter(Boolean)
    .map(text)
    .join(' · ');
  for (const { id, title: name, blocks } of sections) {
    const pictures: BinderFile[] = [];
    const picture = (block: Extract<Block, { kind: 'graph' }>) => {
      const file = `${names.get(id)?.replace(/\.md$/, '')}-graph-${pictures.length + 1}.svg`;
      const caption = { title: name, details: block.caption };
      pictures.push({ name: file, content: svg(block.drawing, new Map(), caption, fonts) });
      return file;
    };
    const body = written(blocks, { linkTo, picture });
    files.push({ name: names.get(id) ?? '', content: `# ${text(name)}\n\n${details}\n\n${body}` }, ...pictures);
  }
  const list = sections.map(({ id, title: name }) => `1. [${text(name)}](${names.get(id)})`).join('\n');
  const front = written(cover, { linkTo, picture: () => '' });
  return [{ name: 'README.md', content: `# ${text(title)}\n\n${details}\n\n${front}\n${list}\n` }, ...files];
}

interface Means {
  readonly linkTo: (target: string) => string | undefined;
  /** Gives the name of the file that holds a picture. */
  readonly picture: (block: Extract<Block, { kind: 'graph' }>) => string;
}

function safe(id: string): string {
  return id.replace(/[^\w-]+/g, '-');
}

function text(words: string): string {
  return markdownText(visible(words));
}

function written(blocks: readonly Block[], means: Means, indent = ''): string {
  return blocks
    .map((block) =>
      lines(block, means)
        .map((line) => (line === '' ? '' : indent + line))
        .join('\n'),
    )
    .filter((one) => one.trim() !== '')
    .map((one) => `${one}\n`)
    .join('\n');
}

function lines(block: Block, means: Means): string[] {
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(block.level === 2 ? 2 : 4)} ${text(block.text)}`];
    case 'paragraph': {
      const words = inlines(block.inlines, means);
      return [block.tone === 'alarm' ? `**${words}**` : words];
    }
    case 'list':
      return block.items.flatMap((item, index) => {
        const mark = block.start === undefined ? '- ' : `${block.start + index}. `;
        const [first = '', ...rest] = written(item, means).trimEnd().split('\n');
        return [mark + first, ...rest.map((line) => (line === '' ? '' : ' '.repeat(mark.length) + line))];
      });
    case 'ticks':
      return block.items.map((item) => `- [ ] ${text(item)}`);
    case 'code': {
      const longest = Math.max(2, ...[...block.text.matchAll(/`+/g)].map(([run]) => run.length));
      const fence = '`'.repeat(longest + 1);
      return [fence, ...visible(block.text).split('\n'), fence];
    }
    case 'table':
      return table(block.head, block.rows, means);
    case 'facts':
      return table(
        ['', ''],
        block.rows.map(([name, cell]) => [[{ text: name }], cell]),
        means,
      );
    case 'card':
      return [
        `<a id="${escaped(safe(block.id))}"></a>`,
        '',
        `### ${text(block.title)}`,
        '',
        text(block.meta),
        '',
        ...written(block.blocks, means).trimEnd().split('\n'),
      ];
    case 'graph':
      return [`![${text(block.alt)}](${means.picture(block)})`];
    case 'legend':
      return [];
    case 'rows':
      return table(
        block.head,
        Array.from({ length: block.count }, () => block.head.map(() => [{ text: '' }])),
        means,
      );
    case 'blanks':
      return [block.names.map((name) => `${text(name)}: \\_\\_\\_\\_\\_\\_\\_\\_`).join(' ')];
  }
}

function table(head: readonly string[], rows: readonly (readonly Cell[])[], means: Means): string[] {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row(head.map(text)),
    row(head.map(() => '---')),
    ...rows.map((cells) => row(cells.map((cell) => inlines(cell, means)))),
  ];
}

function inlines(cell: Cell, { linkTo }: Means): string {
  return cell
    .map(({ text: words, bold, code, href, target }, index) => {
      const to = target === undefined ? href : linkTo(target);
      const isMarked = bold || code;
      // Brackets stand around a link.
      const left = to === undefined ? cell[index - 1] : undefined;
      const right = to === undefined ? cell[index + 1] : undefined;
      const parts = words.split('\n').map((line, number, all) => {
        const [, before = '', core = '', after = ''] = /^(\s*)(.*?)(\s*)$/.exec(line) ?? [];
        if (core === '') return before && ' ';
        const isFirst = number === 0 && before === '';
        const isLast = number === all.length - 1 && after === '';
        const told = isMarked ? strong(core, isFirst ? left : undefined, isLast ? right : undefined) : text(core);
        return `${before && ' '}${told}${after && ' '}`;
      });
      const told = parts.join('<br>');
      return to === undefined || told.trim() === ''
        ? told
        : `[${told}](<${to.replace(/[<>\s]/g, encodeURIComponent)}>)`;
    })
    .join('');
}

/** Asterisks mean something only where words and gaps are on the right sides of them; elsewhere a tag stands. */
function strong(core: string, left: Inline | undefined, right: Inline | undefined): string {
  const isLetter = (sign = '') => /[\p{L}\p{N}]/u.test(sign);
  const isGap = (sign = ' ') => /[\s\p{P}]/u.test(sign);
  const opens = isLetter([...core][0]) || isGap([...(left?.text ?? '')].at(-1));
  const closes = isLetter([...core].at(-1)) || isGap([...(right?.text ?? '')][0]);
  const touches = (left?.bold || left?.code) && !/\s$/.test(left.text);
  return opens && closes && !touches ? `**${text(core)}**` : `<strong>${text(core)}</strong>`;
}
