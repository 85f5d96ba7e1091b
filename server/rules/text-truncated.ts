/** A text that YAML ends in the middle of a sentence, or begins after its first word. */
import { type Prose, proseIn } from '../model/prose.js';
import { type Schema, schemaAt } from '../model/schema.js';
import type { MapNode, ScalarNode } from '../text/node.js';
import type { Place } from '../text/place.js';
import { writeScalar } from '../text/write-scalar.js';
import { organizationOf } from '../workspace/files.js';
import { textOf } from '../workspace/snapshot.js';
import type { Example, Problem, Rule } from './rule.js';

export const rule: Rule = {
  id: 'text-truncated',
  category: 'flow',
  severity: 'warning',
  summary: 'A text that YAML ends in the middle of a sentence, or begins after its first word.',
  why: 'Whoever wrote it sees the whole sentence; whoever reads it in the binder, the graph or an exercise sees "Post in".',

  *step({ snapshot, uri, step }) {
    yield* truncations(step.node, STEP, () => textOf(snapshot, uri) ?? '');
  },

  *playbook({ snapshot, uri, playbook }) {
    yield* truncations(playbook.node, PLAYBOOK, () => textOf(snapshot, uri) ?? '', new Set(['steps']));
  },

  *definitions({ snapshot, uri }) {
    const organization = organizationOf(snapshot, uri)?.value;
    if (organization) yield* truncations(organization.node, ORGANIZATION, () => textOf(snapshot, uri) ?? '');
  },
};

const STEP: Schema = { $ref: 'playbook.schema.json#/definitions/step' };
const PLAYBOOK = schemaAt('playbook.schema.json');
const ORGANIZATION = schemaAt('organization.schema.json');

function* truncations(
  node: MapNode,
  schema: Schema,
  fileText: () => string,
  without?: ReadonlySet<string>,
): Iterable<Problem> {
  // Most texts hold nothing of the kind: one look at the source is much quicker than one at each text in it.
  if (without === undefined && !MAYBE.test(sourceOf(node))) return;
  for (const prose of proseIn(node, schema, without)) {
    const { text } = prose;
    const problem = swallowed(prose) ?? anchored(text, fileText) ?? listed(text) ?? escaped(text);
    if (problem) yield problem;
  }
}

/** What no text has in it that is not truncated: signs in places, and a hyphen deeper than the item on the line before. */
const MAYBE = /[ \t]#\S|&\S|\\[abefnrtv0]|^( *)\S[^\n]*[^\s:|>]\r?\n\1 +- /m;

function sourceOf({ place: { piece, start, end } }: MapNode): string {
  return end > start ? piece.text.slice(start, end) : piece.text;
}

/** A sign that a comment would begin with only behind a blank: a ticket, a channel, a placeholder. */
const WORD = String.raw`#(?=[\p{L}\p{N}\p{So}_<({"'@])`;
const SAME_LINE = new RegExp(`^[ \\t]+${WORD}[^\\r\\n]*`, 'u');
const NEXT_LINE = new RegExp(`^(?:[ \\t]*\\r?\\n)+( +)${WORD}[^\\r\\n]*`, 'u');
/** Marks for editors and checkers, which are written without a blank. */
const MARK = /^#(?:region|endregion|todo|fixme|xxx|noqa|nosec|nolint|yamllint|prettier|eslint)\b/i;

function swallowed({ text: prose, isInBrackets }: Prose): Problem | undefined {
  const { piece, start, end } = prose.place;
  // That there is no text at all is reported by the schema.
  if (prose.value === null || isQuotedOrBlock(prose)) return undefined;
  const rest = piece.text.slice(end, end + 2000);
  const same = SAME_LINE.exec(rest);
  const next = same ? null : NEXT_LINE.exec(rest);
  const found = same ?? (next && (next[1]?.length ?? 0) > ownColumn(prose.place) ? next : null);
  if (!found) return undefined;
  const from = end + found[0].indexOf('#');
  const comment = piece.text.slice(from, end + found[0].length).trimEnd();
  if (MARK.test(comment)) return undefined;
  const place: Place = { piece, start: from, end: from + comment.length };
  // Where the comment has swallowed a comma or the closing bracket, that is reported as an error of YAML.
  if (isInBrackets && /[,\]}]/.test(comment)) return undefined;
  const whole = writeScalar(`${piece.text.slice(start, end)} ${comment}`);
  return {
    place,
    message: `YAML takes "${clip(comment)}" for a comment, so the text ends before it. Put the text in quotes; or, if it is a comment, put a space after the "#".`,
    fixes: [
      {
        title: `Put the text in quotes: ${clip(whole)}`,
        edits: [{ place: { piece, start, end: place.end }, text: whole }],
        isSafe: false,
      },
      {
        title: 'Keep it as a comment, with a space after the "#"',
        edits: [{ place: { piece, start: from + 1, end: from + 1 }, text: ' ' }],
        isSafe: false,
      },
    ],
  };
}

/** The column that a line must be deeper than to belong to a text. */
function ownColumn({ piece, start }: Place): number {
  const lineStart = piece.text.lastIndexOf('\n', start - 1) + 1;
  const before = piece.text.slice(lineStart, start);
  const [, indent = '', dashes = '', key] = /^( *)((?:- +)*)([\w-]+:)?/.exec(before) ?? [];
  if (key !== undefined) return indent.length + dashes.length;
  return dashes === '' ? indent.length - 1 : indent.length + dashes.lastIndexOf('-');
}

/** What begins like an anchor, in a file in which no alias refers to it. */
function anchored({ place: { piece, start, end }, value }: ScalarNode, fileText: () => string): Problem | undefined {
  if (typeof value !== 'string') return undefined;
  const [anchor, name = ''] = /&([^\s,[\]{}]+)[ \t]+$/.exec(piece.text.slice(Math.max(0, start - 200), start)) ?? [];
  if (anchor === undefined || fileText().includes(`*${name}`)) return undefined;
  const from = start - anchor.length;
  const whole = writeScalar(piece.text.slice(from, end));
  return {
    place: { piece, start: from, end: from + anchor.trimEnd().length },
    message: `YAML takes "&${clip(name)}" for an anchor, so the text begins after it. Put the text in quotes.`,
    fixes: [
      {
        title: `Put the text in quotes: ${clip(whole)}`,
        edits: [{ place: { piece, start: from, end }, text: whole }],
        isSafe: false,
      },
    ],
  };
}

/** An item of a list that stands deeper than the one before, and so became part of its text. */
function listed(prose: ScalarNode): Problem | undefined {
  const { piece, start, end } = prose.place;
  if (isQuotedOrBlock(prose)) return undefined;
  const [line, before = ''] = /((?:\r?\n)[ \t]*)- [^\r\n]*/.exec(piece.text.slice(start, end)) ?? [];
  if (line === undefined) return undefined;
  const from = start + piece.text.slice(start, end).indexOf(line) + before.length;
  return {
    place: { piece, start: from, end: from + line.length - before.length },
    message:
      'This is no item of its own: it stands deeper than the text above, and so became part of it. Indent both alike, or put the text in quotes.',
  };
}

/** A path of Windows in double quotes, where a backslash begins an escape: "C:\new" holds a line break. */
function escaped({ place: { piece, start, end } }: ScalarNode): Problem | undefined {
  const source = piece.text.slice(start, end);
  if (!source.startsWith('"')) return undefined;
  const [found, sign] = /(?:\b[A-Za-z]:|[\w)]\\\\[\w.-]+)(\\[abefnrtv0])/.exec(source) ?? [];
  if (found === undefined || sign === undefined) return undefined;
  const at = start + source.indexOf(found) + found.length - sign.length;
  return {
    place: { piece, start: at, end: at + sign.length },
    message: `In double quotes "${sign}" is an escape and no part of a path. Write two backslashes, or use single quotes.`,
  };
}

function isQuotedOrBlock({ place: { piece, start } }: ScalarNode): boolean {
  return /^["'|>]/.test(piece.text.slice(start, start + 1));
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

export const examples: readonly Example[] = [
  `
title: Isolate hosts of ticket #4711
                               ^^^^^ YAML takes "#4711" for a comment, so the text ends before it. Put the text in quotes; or, if it is a comment, put a space after the "#".
severity: high #owner of this: soc
steps:
  - id: isolate
    title: Isolate the host # as is usual
    owner: soc #not a text for people
    instructions: Post in #incident-room, then isolate
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ YAML takes "#incident-room, then isolate" for a comment, so the text ends before it. Put the text in quotes; or, if it is a comment, put a space after the "#".
    done_when:
      - Written into #log
                     ^^^^ YAML takes "#log" for a comment, so the text ends before it. Put the text in quotes; or, if it is a comment, put a space after the "#".
      - Seen #region
      - Told ## twice
`,
  `
title: "Isolate hosts of ticket #4711"
steps:
  - id: isolate
    title: Isolate the host # as is usual
    instructions: |
      Post in #incident-room, then isolate.
    evidence: [Ticket C#7 or C#8]
`,
  `
steps:
  - id: isolate
    title: Post in
      #incident-room
      ^^^^^^^^^^^^^^ YAML takes "#incident-room" for a comment, so the text ends before it. Put the text in quotes; or, if it is a comment, put a space after the "#".
    instructions: &Isolate the host
                  ^^^^^^^^ YAML takes "&Isolate" for an anchor, so the text begins after it. Put the text in quotes.
    done_when:
      - Isolated
        - Told
        ^^^^^^ This is no item of its own: it stands deeper than the text above, and so became part of it. Indent both alike, or put the text in quotes.
    rollback: "Copy C:\\\\temp and C:\\new back"
                                   ^^ In double quotes "\\n" is an escape and no part of a path. Write two backslashes, or use single quotes.
`,
  `
#- bank.incident-org.yaml
format: organization/v1
people:
  sam:
    name: Sam Okafor
    #commented out: this
    contacts:
      - kind: chat
        value: team #incident-room
                    ^^^^^^^^^^^^^^ YAML takes "#incident-room" for a comment, so the text ends before it. Put the text in quotes; or, if it is a comment, put a space after the "#".
`,
];
