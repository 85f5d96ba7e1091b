/** Lines above a playbook and its decisions that say what cannot be seen from the text: worst cases, open gaps, who decides. */
import { inspect } from '../check/check.js';
import { graphOf } from '../graph/graph.js';
import { toldSeconds } from '../graph/tell-way.js';
import { containmentOf } from '../graph/times.js';
import { each, type Placed, type PlacedList } from '../model/placed.js';
import { headOf } from '../model/schema-problem.js';
import { kindOf, placeOfStep, type Step } from '../model/step.js';
import type { Span } from '../text/place.js';
import { definitionOf } from '../workspace/definitions.js';
import type { Reader } from '../workspace/fact.js';
import { playbookOf, treeOf } from '../workspace/files.js';
import { holderOf } from '../workspace/holders.js';
import { standsFor } from '../workspace/snapshot.js';

export interface Lens {
  readonly title: string;
  readonly span: Span;
  /** What it opens. */
  readonly opens?: 'graph' | 'problems';
}

/** Takes the URI of a playbook. Gives its lenses. */
export function lensesOf(reader: Reader, uri: string): Lens[] {
  const playbook = playbookOf(reader, uri)?.value;
  const tree = treeOf(reader, uri);
  if (!playbook || !tree || graphOf(reader, uri).start === undefined) return [];
  const span = tree.spanOf(headOf(playbook.node));
  const { way, waiting } = containmentOf(reader, uri);
  const containment = way
    ? `Containment in ${toldSeconds(way.cost)} at worst${waiting > 0 ? `, ${toldSeconds(waiting)} of it waiting for decisions` : ''}`
    : 'Nothing is contained';
  const decisions = (playbook.steps?.items ?? []).filter((step) => kindOf(step) === 'decision');
  return [
    { title: containment, span },
    ...openGaps(reader, uri).map((title) => ({ title, span, opens: 'problems' as const })),
    { title: 'Graph', span, opens: 'graph' },
    ...decisions.map((step) => ({
      title: whoDecides(reader, uri, step),
      span: tree.spanOf(placeOfStep(step)),
    })),
  ];
}

/** How many findings wait for somebody. Of what is not a file of the workspace that is not known. */
function openGaps(reader: Reader, uri: string): string[] {
  if (standsFor(reader, uri) !== undefined) return [];
  const gaps = inspect(reader, uri).findings.filter(({ severity, waived }) => !waived && severity !== 'info').length;
  return [gaps === 0 ? 'No open gaps' : `${gaps} open ${gaps === 1 ? 'gap' : 'gaps'}`];
}

function whoDecides(reader: Reader, uri: string, step: Step): string {
  const authority = named(reader, uri, step.authority);
  const escalation = named(reader, uri, step.escalate_to);
  const fallback = step.if_no_decision?.value;
  return [
    `Decides: ${authority || 'nobody'}${step.within ? ` within ${step.within.value}` : ''}`,
    escalation ? `not reached: ${escalation}` : '',
    fallback ? `no decision: ${fallback}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function named(reader: Reader, uri: string, roles: Placed<string> | PlacedList<Placed<string>> | undefined): string {
  return each(roles)
    .map(({ value }) => {
      const holder = holderOf(reader, uri, value);
      const name = holder === undefined ? undefined : definitionOf(reader, uri, 'people', holder)?.value.name?.value;
      return name ? `${value} (${name})` : value;
    })
    .join(', ');
}
