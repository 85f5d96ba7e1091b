/** Sets of nodes that can all reach each other: strongly connected components (Tarjan 1972). */

/**
 * Takes nodes and what follows each. Gives the sets of two and more nodes, and of single nodes that follow themselves,
 * in which every node can reach every other; a set that another one leads to comes before it. O(nodes + edges).
 */
export function cycles(nodes: Iterable<string>, next: (node: string) => readonly string[]): string[][] {
  return components(nodes, next).filter(
    (component) => component.length > 1 || next(component[0] ?? '').includes(component[0] ?? ''),
  );
}

/** Takes nodes and what follows each. Gives all strongly connected components; one that another leads to comes first. */
export function components(nodes: Iterable<string>, next: (node: string) => readonly string[]): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];

  const enter = (node: string) => {
    low.set(node, index.size);
    index.set(node, index.size);
    open.push(node);
    isOpen.add(node);
    return { node, targets: next(node), at: 0 };
  };
  const lower = (node: string, value: number) => low.set(node, Math.min(low.get(node) ?? value, value));

  for (const root of nodes) {
    if (index.has(root)) continue;
    // A stack of our own: a playbook of 20,000 steps in a row is deeper than the stack of the engine.
    const stack = [enter(root)];
    for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
      const target = frame.targets[frame.at++];
      if (target !== undefined) {
        if (!index.has(target)) stack.push(enter(target));
        else if (isOpen.has(target)) lower(frame.node, index.get(target) ?? 0);
        continue;
      }
      stack.pop();
      const parent = stack.at(-1);
      if (parent) lower(parent.node, low.get(frame.node) ?? 0);
      if (low.get(frame.node) !== index.get(frame.node)) continue;
      const component = open.splice(open.lastIndexOf(frame.node));
      for (const node of component) isOpen.delete(node);
      found.push(component);
    }
  }
  return found;
}
