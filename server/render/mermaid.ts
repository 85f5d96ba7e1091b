/** The decision graph as Mermaid text, for wikis and for places that show Markdown. */
import { isBesideSteps } from './box-kind.js';
import type { Box, Diagram, Line } from './diagram.js';
import { visible } from './element.js';
import type { Caption } from './svg.js';

/** Kinds of lines are told apart by their stroke and by what stands on them, never by colour alone. */
const STROKES: Readonly<Record<Line['kind'], string>> = {
  next: '-->',
  option: '-->',
  branch: '-->',
  timeout: '-.->',
  failure: '==>',
  escalation: '-.->',
};

const CLASSES = [
  'classDef decision fill:#fff4d6,stroke:#9a6700,color:#1b1f24,stroke-width:2px',
  'classDef disruptive stroke:#a40e26,stroke-width:2px',
  'classDef escalation stroke-dasharray:3 3',
];

/** Takes a diagram and its caption. Gives a flowchart of Mermaid; texts of the playbook stand in it as text. */
export function mermaid({ boxes, lines }: Diagram, { title, details }: Caption): string {
  const ids = new Map(boxes.map(({ key }, index) => [key, `n${index}`]));
  const idOf = (key: string) => ids.get(key) ?? 'n';
  const edges = lines.filter(({ from, to }) => ids.has(from) && ids.has(to));
  return [
    '---',
    // A title in JSON is one in YAML.
    `title: ${JSON.stringify(words(title))}`,
    '---',
    'flowchart TD',
    `  accTitle: ${accessible(title)}`,
    `  accDescr: ${accessible(details)}`,
    ...boxes.map((box) => `  ${idOf(box.key)}${shape(box)}`),
    ...edges.map(({ from, to, kind, label }) => {
      const text = label === '' ? '' : `|"${quoted(label)}"|`;
      return `  ${idOf(from)} ${STROKES[kind]}${text} ${idOf(to)}`;
    }),
    ...CLASSES.map((line) => `  ${line}`),
    ...classLines(boxes, idOf),
    '',
  ].join('\n');
}

function shape(box: Box): string {
  const impacts = box.impacts.map(({ text, disruptive }) => `${disruptive ? '▼' : '▽'} ${text}`);
  const text = [box.head, box.title, ...box.facts, ...impacts].filter(Boolean).map(quoted).join('<br/>');
  if (box.kind === 'decision') return `{{"${text}"}}`;
  if (isBesideSteps(box.kind)) return `(["${text}"])`;
  return box.kind === 'call' ? `[["${text}"]]` : `["${text}"]`;
}

function classLines(boxes: readonly Box[], idOf: (key: string) => string): string[] {
  const of = (name: string, isOne: (box: Box) => boolean) => {
    const members = boxes.filter(isOne).map(({ key }) => idOf(key));
    return members.length === 0 ? [] : [`  class ${members.join(',')} ${name}`];
  };
  return [
    ...of('decision', ({ kind }) => kind === 'decision'),
    ...of('disruptive', ({ impacts }) => impacts.some(({ disruptive }) => disruptive)),
    ...of('escalation', ({ kind }) => kind === 'escalation'),
  ];
}

/** A text in one line. */
function words(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

/** Mermaid reads a quoted text as markup with entities, so what means something to it is written as an entity. */
function quoted(text: string): string {
  return words(text).replace(/[^\p{L}\p{N}\p{Z}.,:;!?()'/+·▼▽–—�-]/gu, (sign) => `#${sign.codePointAt(0)};`);
}

/** The lines for screen readers end at the line's end and know no entities. */
function accessible(text: string): string {
  return words(text).replace(/[#;{}<>"%]/g, ' ');
}
