/** The nodes of one circle of `next`, in order, or `undefined` where there is none. Does not recurse. */
export function findCycle(
  nodes: readonly string[],
  next: (node: string) => readonly string[],
): readonly string[] | undefined {
  const state = new Map<string, 'open' | 'done'>();
  for (const root of nodes) {
    if (state.has(root)) continue;
    const stack: { node: string; rest: readonly string[]; index: number }[] = [
      { node: root, rest: next(root), index: 0 },
    ];
    state.set(root, 'open');
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const child = top.rest[top.index];
      top.index += 1;
      if (child === undefined) {
        state.set(top.node, 'done');
        stack.pop();
      } else if (state.get(child) === 'open') {
        const names = stack.map((each) => each.node);
        return names.slice(names.indexOf(child));
      } else if (!state.has(child)) {
        state.set(child, 'open');
        stack.push({ node: child, rest: next(child), index: 0 });
      }
    }
  }
  return undefined;
}
