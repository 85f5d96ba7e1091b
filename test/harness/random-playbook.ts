/** Small random playbooks with choices, loops, parallel branches and calls, whose structure is known from how they were made. */
import fc from 'fast-check';

/** A stretch of a playbook. Numbers are time budgets in minutes. */
export type Part =
  | { readonly kind: 'action'; readonly minutes: number; readonly contains: boolean }
  /** A decision: on, or past what it could do. */
  | { readonly kind: 'choice'; readonly minutes: number; readonly body: readonly Part[]; readonly orEnd: boolean }
  | {
      readonly kind: 'loop';
      readonly minutes: number;
      readonly atMost: number;
      readonly body: readonly Part[];
      /** A second way back, from a decision in front of the body, with its own bound. */
      readonly early: number | undefined;
    }
  | { readonly kind: 'parallel'; readonly minutes: number; readonly branches: readonly (readonly Part[])[] }
  /** A call of another playbook. */
  | { readonly kind: 'call'; readonly minutes: 0; readonly body: readonly Part[] };

const minutes = fc.integer({ min: 1, max: 9 });

export const parts: fc.Arbitrary<readonly Part[]> = fc.letrec<{ parts: readonly Part[]; part: Part }>((tie) => ({
  parts: fc.array(tie('part'), { minLength: 1, maxLength: 3 }),
  part: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'part' },
    fc.record({ kind: fc.constant('action' as const), minutes, contains: fc.boolean() }),
    fc.record({ kind: fc.constant('choice' as const), minutes, body: tie('parts'), orEnd: fc.boolean() }),
    fc.record({
      kind: fc.constant('loop' as const),
      minutes,
      atMost: fc.integer({ min: 1, max: 3 }),
      body: tie('parts'),
      early: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    }),
    fc.record({
      kind: fc.constant('parallel' as const),
      minutes,
      branches: fc.array(tie('parts'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('call' as const), minutes: fc.constant(0 as const), body: tie('parts') }),
  ),
})).parts;

/** Takes parts. Gives the playbook that they are, and those that it calls, as the texts of files: the first is `p0`, the last the organisation. */
export function filesOf(parts: readonly Part[]): { readonly name: string; readonly text: string }[] {
  const files: { name: string; text: string }[] = [];
  const add = (list: readonly Part[]): string => {
    const id = `p${files.length}`;
    const file = { name: `${id}.yaml`, text: '' };
    files.push(file);
    file.text = `format: playbook/v1\nid: ${id}\ntitle: A\n${stepsOf(list, add)}`;
    return id;
  };
  add(parts);
  files.push({ name: 'o.yaml', text: 'format: organization/v1\nservices: { s: { title: S } }\n' });
  return files;
}

/**
 * Takes parts, and what makes a playbook of those of a call. Gives them as the steps of a playbook, with a last action of no
 * length behind them. Each step takes the service `s` down for as long as it takes itself.
 */
export function stepsOf(
  playbook: readonly Part[],
  called: (parts: readonly Part[]) => string = () => 'nowhere',
): string {
  const lines: string[] = [];
  let count = 0;
  const id = () => `s${++count}`;
  const add = (text: string) => lines.push(`  - ${text}`);

  /** Writes parts that go on to a step. Gives the ids of the steps that lie directly in the sequence, in order. */
  function write(list: readonly Part[], next: string): string[] {
    const firsts = list.map(() => id());
    return list.flatMap((part, index) => writePart(part, firsts[index] ?? '', firsts[index + 1] ?? next));
  }

  function writePart(part: Part, first: string, next: string): string[] {
    const within = costing(part.minutes);
    switch (part.kind) {
      case 'call':
        add(`{ id: ${first}, playbook: ${called(part.body)}, next: ${next} }`);
        return [first];
      case 'action':
        add(
          `{ id: ${first}, instructions: x, ${within}, next: ${next}${part.contains ? ', phase: containment' : ''} }`,
        );
        return [first];
      case 'choice': {
        const skip = part.orEnd ? 'end' : next;
        const at = lines.length;
        add('');
        const body = write(part.body, next);
        lines[at] =
          `  - { id: ${first}, decision: x, ${within}, options: [{ id: a, next: ${body[0]} }, { id: b, next: ${skip} }] }`;
        return [first, ...body];
      }
      case 'loop': {
        const last = id();
        const early = part.early === undefined ? undefined : id();
        const at = lines.length;
        add('');
        if (early !== undefined) add('');
        const body = write(part.body, last);
        lines[at] = `  - { id: ${first}, instructions: x, next: ${early ?? body[0]} }`;
        if (early !== undefined) {
          lines[at + 1] =
            `  - { id: ${early}, decision: x, ${costing(2)}, repeat: { at_most: ${part.early} }, options: [{ id: a, next: ${first} }, { id: b, next: ${body[0]} }] }`;
        }
        add(
          `{ id: ${last}, decision: x, ${within}, repeat: { at_most: ${part.atMost} }, options: [{ id: a, next: ${first} }, { id: b, next: ${next} }] }`,
        );
        return [first, ...(early === undefined ? [] : [early]), ...body, last];
      }
      case 'parallel': {
        const join = id();
        const at = lines.length;
        add('');
        const branches = part.branches.map((branch) => write(branch, join));
        lines[at] =
          `  - { id: ${first}, parallel: [${branches.map((branch) => `[${branch.join(', ')}]`).join(', ')}], join: ${join}, ${within} }`;
        add(`{ id: ${join}, instructions: x, next: ${next} }`);
        return [first, join];
      }
    }
  }

  const [first] = write(playbook, 'last');
  add('{ id: last, instructions: x }');
  return `start: ${first}\nsteps:\n${lines.join('\n')}\n`;
}

function costing(minutes: number): string {
  return `within: ${minutes}m, impacts: [{ service: s, effect: outage, for: ${minutes}m }]`;
}
