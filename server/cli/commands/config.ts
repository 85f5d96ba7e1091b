/** `config FILE`: prints the configuration that holds for a file, complete, in the form of a configuration file. */
import { resolve } from 'node:path';
import { profileOf, severityOf } from '../../check/check.js';
import { uriOfPath } from '../../disk/load-workspace.js';
import { realPathOf } from '../../disk/repository.js';
import type { Day } from '../../model/date.js';
import { formatDuration } from '../../model/duration.js';
import { rules } from '../../rules/index.js';
import { baselineFor, baselineUriFor } from '../../workspace/baseline.js';
import { configurationFor } from '../../workspace/configuration.js';
import { scopeOf } from '../../workspace/scope.js';
import { gather, snapshotOf } from '../gather.js';
import { namesFor } from '../names.js';
import { UsageError } from '../usage-error.js';

/**
 * Takes a file and the folder that its path is relative to. Gives the effective configuration.
 *
 * @throws UsageError where the file cannot be read.
 */
export function effectiveConfiguration(file: string, folder: string, today: Day): string {
  const path = resolve(folder, file);
  const input = gather([path]);
  const fault = input.faults.get(path);
  if (fault !== undefined) throw new UsageError(`${file} ${fault}.`);
  const uri = uriOfPath(realPathOf(path));
  const snapshot = snapshotOf(input, today);
  const { source, limits, isExcluded } = configurationFor(snapshot, uri);
  const nameOf = namesFor(input, folder).here;
  const baseline = baselineUriFor(snapshot, uri);
  const held = baselineFor(snapshot, uri).reduce((sum, { count }) => sum + count, 0);
  const lines = [
    `# What holds for ${file}`,
    `# configuration: ${source === undefined ? 'none, these are the defaults' : nameOf(source)}`,
    `# workspace: ${nameOf(scopeOf(snapshot, uri))}`,
    `# baseline: ${baseline === undefined ? 'none' : `${nameOf(baseline)}, ${held} of its findings in this file`}`,
    ...(isExcluded ? ['# This file is excluded: it is not checked.'] : []),
    `profile: ${profileOf(snapshot, uri)}`,
    'limits:',
    `  decisions_per_person: ${limits.decisionsPerPerson}`,
    `  exercise_interval: ${written(limits.exerciseInterval)}`,
    `  waiver_length: ${written(limits.waiverLength)}`,
    'rules:',
    ...rules.map(({ id, severity }) => `  ${id}: ${severityOf(snapshot, uri, id, severity)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function written(seconds: number): string {
  return formatDuration(seconds).replaceAll(' ', '');
}
