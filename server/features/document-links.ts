/** Texts that lead somewhere: the file of a called playbook, an ATT&CK technique. */
import { parseAttackId } from '../model/attack-id.js';
import type { Span } from '../text/place.js';
import { playbookIdsOf } from '../workspace/definitions.js';
import type { Reader } from '../workspace/fact.js';
import { playbookOf, treeOf } from '../workspace/files.js';
import { scopeOf } from '../workspace/scope.js';

export interface DocumentLink {
  readonly span: Span;
  readonly target: string;
  readonly tooltip: string;
}

/** Takes the id of a technique. Gives the address of its page. */
export function techniquePage(id: string): string | undefined {
  const parsed = parseAttackId(id);
  if (!parsed) return undefined;
  return `https://attack.mitre.org/techniques/${parsed.technique}/${parsed.sub ? `${parsed.sub}/` : ''}`;
}

/** Takes the URI of a playbook. Gives its links. */
export function documentLinksOf(reader: Reader, uri: string): DocumentLink[] {
  const playbook = playbookOf(reader, uri)?.value;
  const tree = treeOf(reader, uri);
  if (!playbook || !tree) return [];
  const techniques = (playbook.threats?.items ?? []).flatMap(({ value, place }) => {
    const target = techniquePage(value);
    return target ? [{ span: tree.spanOf(place), target, tooltip: 'MITRE ATT&CK' }] : [];
  });
  const ids = playbookIdsOf(reader, scopeOf(reader, uri));
  const calls = (playbook.steps?.items ?? []).flatMap(({ playbook: called }) => {
    const target = called && ids.get(called.value);
    return called && target !== undefined
      ? [{ span: tree.spanOf(called.place), target, tooltip: 'Open the playbook' }]
      : [];
  });
  return [...techniques, ...calls];
}
