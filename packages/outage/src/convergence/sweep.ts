import type { System } from '../solver/system.ts';

/** The nodes of a circle, each after the inputs that do not close it, and how many of them close it. */
export interface Sweep {
  readonly order: readonly number[];
  readonly closing: number;
}

/** Walks a circle depth first against its edges: what is met again on the way to itself closes it. */
export function sweepOf({ inputStart, inputs }: System, group: Int32Array): Sweep {
  const inside = new Set<number>(group);
  const open = new Set<number>();
  const done = new Set<number>();
  const closing = new Set<number>();
  for (const start of group) {
    if (done.has(start)) continue;
    const path: { readonly node: number; place: number }[] = [
      { node: start, place: inputStart[start] as number },
    ];
    open.add(start);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      if (step.place === inputStart[step.node + 1]) {
        open.delete(step.node);
        done.add(step.node);
        path.pop();
        continue;
      }
      const input = inputs[step.place] as number;
      step.place += 1;
      if (open.has(input)) closing.add(input);
      else if (inside.has(input) && !done.has(input)) {
        open.add(input);
        path.push({ node: input, place: inputStart[input] as number });
      }
    }
  }
  return { order: [...done], closing: closing.size };
}
