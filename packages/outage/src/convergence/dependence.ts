import type { System } from '../solver/system.ts';

/** The equations of a system in an order in which each stands after what it reads; those of one circle stand together. */
export interface Dependence {
  readonly groups: readonly Int32Array[];
  /** Roughly how much hangs on each node: the number of ways from it to whatever reads it. */
  readonly weight: Float64Array;
}

const most = 1e300;

/** Orders the equations of a system. */
export function dependenceOf(system: System): Dependence {
  const { size, circle, outputStart, outputs } = system;
  const members = new Map<number, number[]>();
  for (let node = 0; node < size; node += 1) {
    const own = circle[node] as number;
    if (own >= 0) members.set(own, [...(members.get(own) ?? [])]);
  }
  for (let node = 0; node < size; node += 1) members.get(circle[node] as number)?.push(node);
  const groups = inOrder(system, members);
  const weight = new Float64Array(size);
  for (const group of groups.toReversed()) {
    let sum = group.length;
    for (const node of group) {
      for (let place = outputStart[node] as number; place < (outputStart[node + 1] as number); place += 1) {
        const user = outputs[place] as number;
        if (group.length === 1 || circle[user] !== circle[node]) sum += weight[user] as number;
      }
    }
    for (const node of group) weight[node] = Math.min(sum, most);
  }
  return { groups, weight };
}

/** Groups whose inputs have all been placed, one after the other. */
function inOrder(
  { size, circle, inputStart, outputStart, outputs }: System,
  members: ReadonlyMap<number, readonly number[]>,
): readonly Int32Array[] {
  const waiting = new Int32Array(size);
  const groupOf = (node: number): readonly number[] => members.get(circle[node] as number) ?? [node];
  const leader = (node: number): number => groupOf(node)[0] as number;
  const isInside = (a: number, b: number): boolean => (circle[a] as number) >= 0 && circle[a] === circle[b];
  for (let node = 0; node < size; node += 1) {
    const inputs = (inputStart[node + 1] as number) - (inputStart[node] as number);
    const first = leader(node);
    waiting[first] = (waiting[first] as number) + inputs;
  }
  for (let node = 0; node < size; node += 1)
    for (let place = outputStart[node] as number; place < (outputStart[node + 1] as number); place += 1)
      if (isInside(node, outputs[place] as number)) {
        const first = leader(node);
        waiting[first] = (waiting[first] as number) - 1;
      }
  const ready: number[] = [];
  for (let node = 0; node < size; node += 1)
    if (leader(node) === node && waiting[node] === 0) ready.push(node);
  const groups: Int32Array[] = [];
  for (const first of ready) {
    const group = Int32Array.from(groupOf(first));
    groups.push(group);
    for (const node of group)
      for (let place = outputStart[node] as number; place < (outputStart[node + 1] as number); place += 1) {
        const user = outputs[place] as number;
        if (isInside(node, user)) continue;
        const next = leader(user);
        waiting[next] = (waiting[next] as number) - 1;
        if (waiting[next] === 0) ready.push(next);
      }
  }
  return groups;
}
