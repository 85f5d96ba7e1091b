/** Creates a playbook that a step calls and that there is not. */
import { titleFromId } from '../../model/id.js';
import { writeScalar } from '../../text/write-scalar.js';
import { playbookIdsOf } from '../../workspace/definitions.js';
import type { Reader } from '../../workspace/fact.js';
import { folderOf, PLAYBOOK_FORMAT } from '../../workspace/files.js';
import { scopeOf } from '../../workspace/scope.js';
import { textOf, urisOf } from '../../workspace/snapshot.js';
import type { Occurrence } from '../occurrences.js';
import type { CodeAction } from './action.js';

/** Takes a file and an id in it. Gives the action that writes a playbook with one step beside it. */
export function createPlaybook(reader: Reader, uri: string, { kind, id, isDefinition }: Occurrence): CodeAction[] {
  const name = `${id}.incident-playbook.yaml`;
  const created = folderOf(uri) + name;
  if (kind !== 'playbook' || isDefinition || playbookIdsOf(reader, scopeOf(reader, uri)).has(id)) return [];
  if (urisOf(reader).includes(created)) return [];
  const lines = [
    `format: ${PLAYBOOK_FORMAT}`,
    `id: ${writeScalar(id)}`,
    `title: ${writeScalar(titleFromId(id))}`,
    'status: draft',
    'steps:',
    '  - id: first-step',
    '    title: <what is done>',
    '    instructions: <how it is done>',
    '    next: end',
  ];
  const newline = textOf(reader, uri)?.includes('\r\n') ? '\r\n' : '\n';
  const creates = { uri: created, text: lines.map((line) => line + newline).join('') };
  return [{ title: `Create the playbook "${id}" in ${name}`, kind: 'quickfix', edits: [], creates }];
}
