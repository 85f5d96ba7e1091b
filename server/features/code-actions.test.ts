import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '../../test/harness/apply-edits.js';
import { samples } from '../../test/harness/paths.js';
import { snapshotOf, uriOf } from '../../test/harness/workspace.js';
import { check } from '../check/check.js';
import { structureProblems } from '../check/structure.js';
import { treeOf } from '../workspace/files.js';
import { type Snapshot, urisOf } from '../workspace/snapshot.js';
import { codeActionsAt } from './code-actions.js';
import { occurrencesIn } from './occurrences.js';

type Texts = ReadonlyMap<string, string>;

const WAIVERS = /^waivers:[\s\S]*?(?=^\w|(?![\s\S]))/m;

/** The ways in which somebody may have written the same playbook. */
const FORMS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'with the line ends of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'without a line end at the end': (text) => text.trimEnd(),
  'with a byte order mark': (text) => `\ufeff${text}`,
  'between document markers': (text) => `---\n${text}...\n`,
  'with comments at the end': (text) => `${text}\n\n# the end\n\n`,
  'with a comment above each step': (text) => text.replace(/^ {2}- id:/gm, '  # about the next\n  - id:'),
  'with lists that are not indented': (text) =>
    text.replace(/^steps:\n([\s\S]*?)(?=^\w)/m, (_, steps: string) => `steps:\n${steps.replace(/^ {2}/gm, '')}`),
  'with an empty list of waivers': (text) => `${text.replace(WAIVERS, '')}waivers:\n`,
  'with roles in empty braces': (text) => `${text.replace(/^roles:[\s\S]*?(?=^\w|(?![\s\S]))/m, '')}\nroles: {}\n`,
};

/** Snapshots that follow each other, because one of all files from the beginning takes its time. */
class Live {
  private snapshot: Snapshot;

  constructor(texts: Texts) {
    this.snapshot = snapshotOf([...texts].map(([name, text]) => ({ name, text })));
  }

  /** Takes the files as they are now; those that are gone are left out. */
  show(texts: Texts): Snapshot {
    const files = new Map<string, string | undefined>(urisOf(this.snapshot).map((uri) => [uri, undefined]));
    for (const [name, text] of texts) files.set(uriOf(name), text);
    this.snapshot = this.snapshot.with({ files });
    return this.snapshot;
  }

  faultsIn(texts: Texts): number {
    const snapshot = this.show(texts);
    return [...texts.keys()].flatMap((name) => [...structureProblems(snapshot, uriOf(name), false)]).length;
  }
}

const commentsIn = (texts: Texts) =>
  [...texts.values()].reduce((sum, text) => sum + (text.match(/(?:^|\s)#[^\n\r]*/g) ?? []).length, 0);

describe('every action', () => {
  const organization = readdirSync(join(samples, 'organization')).map((name): [string, string] => [
    name,
    readFileSync(join(samples, 'organization', name), 'utf8'),
  ]);

  for (const [form, rewrite] of Object.entries(FORMS)) {
    it(`leaves a playbook that can be read, with all comments: ${form}`, () => {
      let count = 0;
      for (const name of ['insider.incident-playbook.yaml', 'supplier-compromise.incident-playbook.yaml']) {
        const text = rewrite(readFileSync(join(samples, 'playbooks', name), 'utf8'));
        const texts: Texts = new Map([...organization, [name, text]]);
        const live = new Live(texts);
        const before = { faults: live.faultsIn(texts), comments: commentsIn(texts) };
        for (const [start, end] of placesIn(texts, name)) {
          for (const { title, edits, creates, refusal } of codeActionsAt(live.show(texts), uriOf(name), start, end)) {
            if (refusal !== undefined) continue;
            count++;
            const after = new Map(
              [...texts].map(([one, own]) => [
                one,
                applyEdits(
                  own,
                  edits.filter(({ span }) => span.uri === uriOf(one)),
                ),
              ]),
            );
            if (creates) after.set(creates.uri.slice(uriOf('').length), creates.text);
            assert.ok(live.faultsIn(after) <= before.faults, `${title} at ${start} of ${name}`);
            assert.ok(commentsIn(after) >= before.comments, `${title} at ${start} of ${name} loses a comment`);
            if (text.includes('\r\n')) assert.doesNotMatch(after.get(name) ?? '', /[^\r]\n/, title);
          }
        }
      }
      assert.ok(count > 60, `only ${count} actions`);
    }).timeout(60_000);
  }
});

/** Takes texts and the name of a playbook. Gives where somebody may ask for actions: findings, ids, selected steps. */
function placesIn(texts: Texts, name: string): [number, number][] {
  const snapshot = snapshotOf([...texts].map(([one, text]) => ({ name: one, text })));
  const tree = treeOf(snapshot, uriOf(name));
  const text = texts.get(name) ?? '';
  const findings = check(snapshot, uriOf(name)).map(({ span }) => span.start);
  const ids = occurrencesIn(snapshot, uriOf(name)).flatMap(({ place }) => tree?.spanOf(place).start ?? []);
  const spots = [...new Set([...findings, ...ids.filter((_, index) => index % 15 === 0)])];
  const steps = [...text.matchAll(/^ *- id: /gm)].map(({ index }) => index);
  const selections = steps.flatMap((start, index): [number, number][] =>
    index % 4 === 0 ? [1, 3].map((many) => [start, (steps[index + many] ?? text.length) - 1]) : [],
  );
  return [...spots.map((spot): [number, number] => [spot, spot]), ...selections];
}
