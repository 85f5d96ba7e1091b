/** Makes playbooks of any size from a seed, for benchmarks and property tests: the same seed gives the same text. */

/** Takes a seed. Gives numbers from 0 up to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Takes a number of steps and a seed. Gives a clean playbook of about ten lines a step, with roles and services of its own. */
export function generatePlaybook(steps: number, seed = 1): string {
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const parts = [HEAD.replace('ID', `generated-${steps}-${seed}`)];
  for (let index = 0; index < steps; index++) {
    const next = index + 1 < steps ? `step-${index + 1}` : 'end';
    const further = index + 2 < steps ? `step-${index + 2}` : 'end';
    parts.push(index % 5 === 1 ? decision(index, next, further) : action(index, next, pick(WORDS), pick(WORDS)));
  }
  return parts.join('');
}

const WORDS = [
  'Isolate the host',
  'Collect memory',
  'Block the address',
  'Tell the branches',
  'Restore the share',
] as const;

const HEAD = `format: playbook/v1
id: ID
title: A generated playbook
severity: high
accountable: ciso
people:
  a: { name: A, contacts: [{ kind: phone, value: "+44 20 7946 0001" }] }
  b: { name: B, contacts: [{ kind: phone, value: "+44 20 7946 0002" }] }
roles:
  ciso: { holder: a, deputies: [b] }
  ceo: { holder: b, deputies: [a] }
  ir-lead: { holder: b, deputies: [a] }
services:
  web-shop: { title: Web shop, owner: ceo, rto: 4h, mtpd: 8h }
steps:
`;

function action(index: number, next: string, first: string, second: string): string {
  return `  - id: step-${index}
    title: ${first} (${index})
    phase: ${index % 3 === 0 ? 'containment' : 'analysis'}
    owner: ir-lead
    within: 15m
    instructions: |
      1. ${first}: look at the console, note host and time.
      2. ${second}: tell the incident commander over the bridge.
    impacts: none
    done_when: [${second} is confirmed by a second person]
    next: ${next}
`;
}

function decision(index: number, next: string, further: string): string {
  return `  - id: step-${index}
    decision: Do we go on with step ${index}?
    owner: ir-lead
    authority: ciso
    escalate_to: ceo
    within: 10m
    if_no_decision: wait
    options:
      - { id: go, label: Yes, impacts: [{ service: web-shop, effect: workaround, for: 10m }], next: ${next} }
      - { id: wait, label: Not yet, impacts: none, next: ${further} }
`;
}
