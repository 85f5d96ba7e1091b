/** A placeholder in a text that people will read under pressure. */
import { placeIn, textsIn } from '../model/texts.js';
import type { MapNode, Node } from '../text/node.js';
import { organizationOf } from '../workspace/files.js';
import type { Example, Problem, Rule } from './rule.js';

export const rule: Rule = {
  id: 'placeholder-left',
  category: 'flow',
  severity: 'warning',
  summary: 'A placeholder in a text that people will read under pressure.',
  why: 'What was to be filled in later is still empty on the night on which it is needed.',

  *step({ step }) {
    yield* placeholders(step.node);
  },

  *playbook({ playbook }) {
    yield* placeholders(playbook.node, new Set(['steps']));
  },

  *definitions({ snapshot, uri }) {
    const organization = organizationOf(snapshot, uri)?.value;
    if (organization) yield* placeholders(organization.node);
  },
};

const WORD = /\b(?:TODO|TBD|TBC|FIXME|XXX|xxx)\b|\?\?\?|[Ll]orem ipsum/;
const BRACKETED = /<[A-Za-z][A-Za-z0-9 _-]{0,40}>/g;
/** What a reader of CommonMark takes for markup and not for a gap. */
const MARKUP =
  /^<(?:a|b|br|code|dd|del|details|dl|dt|em|hr|i|img|ins|kbd|li|ol|p|pre|s|small|strong|sub|summary|sup|table|td|th|tr|u|ul)>$/i;
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;

function* placeholders(node: MapNode, without?: ReadonlySet<string>): Iterable<Problem> {
  // Most texts hold nothing of the kind: one look at the source is much quicker than one at each text in it.
  if (without === undefined && !MAYBE.test(sourceOf(node))) return;
  for (const text of textsIn(node as Node, without)) {
    const found = placeholderIn(String(text.value));
    if (found === undefined) continue;
    const message = `"${found}" is a placeholder. Write what belongs there, or take it out.`;
    yield { place: placeIn(text, found), message };
  }
}

/** What no text without a placeholder has in it. */
const MAYBE = new RegExp(`${WORD.source}|<`);

function sourceOf({ place: { piece, start, end } }: MapNode): string {
  return end > start ? piece.text.slice(start, end) : piece.text;
}

function placeholderIn(text: string): string | undefined {
  const word = WORD.exec(text)?.[0];
  if (word !== undefined) return word;
  if (!text.includes('<')) return undefined;
  // In a command, <host> is what the reader puts in.
  const prose = text.replace(CODE, '');
  return [...prose.matchAll(BRACKETED)].map(([match]) => match).find((match) => !MARKUP.test(match));
}

export const examples: readonly Example[] = [
  `
title: Ransomware at <company>
                     ^^^^^^^^^ "<company>" is a placeholder. Write what belongs there, or take it out.
steps:
  - id: isolate-host
    title: TBD find a title
           ^^^ "TBD" is a placeholder. Write what belongs there, or take it out.
    instructions: |
      Call ??? and wait.
           ^^^ "???" is a placeholder. Write what belongs there, or take it out.
`,
  `
steps:
  - id: isolate-host
    title: Mastodon todos and <br> are no placeholders
    instructions: |
      Run \`isolate <host>\` and write to <soc@bank.example>.
`,
  `
#- bank.incident-org.yaml
format: organization/v1
people:
  sam: { name: Sam Okafor, contacts: [{ kind: phone, value: "+44 xxx" }] }
                                                                 ^^^ "xxx" is a placeholder. Write what belongs there, or take it out.
`,
];
