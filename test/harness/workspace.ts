/** Makes snapshots from fixtures. */
import { check } from '../../server/check/check.js';
import type { Finding } from '../../server/check/finding.js';
import { parseDate } from '../../server/model/date.js';
import { Snapshot } from '../../server/workspace/snapshot.js';
import type { FixtureFile, Mark } from './fixture.js';

/** The day on which all tests take place. */
export const TODAY = parseDate('2026-11-20') as number;

/** Takes files. Gives a snapshot of them in one folder, `file:///`. A piece of a playbook gets its format line. */
export function snapshotOf(files: readonly Pick<FixtureFile, 'name' | 'text'>[]): Snapshot {
  const texts = new Map(files.map(({ name, text }) => [uriOf(name), text]));
  return Snapshot.empty(TODAY).with({ folders: ['file:///'], files: texts });
}

export function uriOf(name: string): string {
  return `file:///${name}`;
}

/** Takes a piece of a playbook. Gives it with a format line behind it, where it has none. */
export function withFormat(file: FixtureFile): FixtureFile {
  return /^format:/m.test(file.text) || file.name.startsWith('.')
    ? file
    : { ...file, text: `${file.text}\nformat: playbook/v1\n` };
}

/** Takes a snapshot and the name of a file. Gives its findings of one rule, or of all, as marks. */
export function marksOf(snapshot: Snapshot, name: string, rule?: string): Mark[] {
  return check(snapshot, uriOf(name))
    .filter((finding) => rule === undefined || finding.rule === rule)
    .map(({ span, message }: Finding) => ({ start: span.start, end: span.end, text: message }));
}
