/** Small random playbooks with choices, loops and parallel branches, whose structure is known from how they were made. */
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
  | { readonly kind: 'parallel'; readonly minutes: number; readonly branches: readonly (readonly Part[])[] };

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
  ),
})).parts;

/** Takes parts. Gives them as the steps of a playbook, with a first and a last action of no length around them. */
export function stepsOf(playbook: readonly Part[]): string {
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
    const within = `within: ${part.minutes}m`;
    switch (part.kind) {
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
            `  - { id: ${early}, decision: x, within: 2m, repeat: { at_most: ${part.early} }, options: [{ id: a, next: ${first} }, { id: b, next: ${body[0]} }] }`;
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
