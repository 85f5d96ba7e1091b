/** The worst ways through a playbook, to be shown in its picture: to containment, to the end, and for each service. */
import { outageWaysOf } from '../graph/service-outages.js';
import { toldCost, toldSeconds } from '../graph/tell-way.js';
import { containmentOf, worstWayOf } from '../graph/times.js';
import { visitsOf, type Way } from '../graph/way.js';
import { definitionOf } from '../workspace/definitions.js';
import type { Reader } from '../workspace/fact.js';
import type { ToldWay } from './drawing.js';

/** Takes the URI of a playbook. Gives its worst ways. */
export function toldWaysOf(reader: Reader, uri: string): ToldWay[] {
  const { way, waiting } = containmentOf(reader, uri);
  const whole = worstWayOf(reader, uri);
  const ofWaiting = waiting > 0 ? `, ${toldSeconds(waiting)} of it waiting for decisions` : '';
  const services = [...outageWaysOf(reader, uri)].flatMap(([service, { fromStart }]) => {
    if (!fromStart || fromStart.cost === 0) return [];
    const title = definitionOf(reader, uri, 'services', service)?.value.title?.value ?? service;
    return [told(`${title} down ${endless(fromStart) ?? `for ${toldSeconds(fromStart.cost)} at worst`}`, fromStart)];
  });
  return [
    ...(way ? [told(`To containment: ${toldSeconds(way.cost)} at worst${ofWaiting}`, way)] : []),
    ...(whole && whole.cost > 0
      ? [told(`To the end: ${endless(whole) ?? `${toldSeconds(whole.cost)} at worst`}`, whole)]
      : []),
    ...services,
  ];
}

function endless({ cost }: Way): string | undefined {
  return Number.isFinite(cost) ? undefined : 'without a bound, because of a loop';
}

function told(title: string, way: Way): ToldWay {
  const steps = visitsOf(way).map((visit) => ({ key: visit.key, adds: visit.cost > 0 ? toldCost(visit) : '' }));
  return { title, steps };
}
