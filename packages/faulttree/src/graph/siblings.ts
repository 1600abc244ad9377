import { Sketch } from './sketch.ts';
import type { Simplified } from './simplify.ts';

/**
 * Puts inputs that always stand together, in the same `and` or the same `or` gates, under a gate of their own:
 * where they are used nowhere else, it is a module.
 */
export function groupSiblings(whole: Simplified): Simplified {
  let now = whole;
  for (let pass = 0; pass < 20; pass += 1) {
    const next = group(now);
    if (next === now) break;
    now = next;
  }
  return now;
}

function group(whole: Simplified): Simplified {
  const { sketch, top } = whole;
  if (top < sketch.events) return whole;
  const gates = sketch.under(top);
  const parents = new Map<number, number[]>();
  for (const gate of gates)
    for (const each of sketch.of(gate)) {
      const list = parents.get(each);
      if (list) list.push(gate);
      else parents.set(each, [gate]);
    }
  const groups = new Map<string, number[]>();
  for (const [node, above] of parents) {
    const kind = sketch.kind(above[0] as number);
    if (kind === 'atleast' || above.some((each) => sketch.kind(each) !== kind)) continue;
    const key = above.join();
    const list = groups.get(key);
    if (list) list.push(node);
    else groups.set(key, [node]);
  }
  /** First of the group to the group; the others to nothing. */
  const lead = new Map<number, readonly number[]>();
  const rest = new Set<number>();
  for (const members of groups.values()) {
    if (members.length < 2) continue;
    const above = parents.get(members[0] as number) as number[];
    if (above.length === 1 && sketch.of(above[0] as number).length === members.length) continue;
    lead.set(members[0] as number, members);
    for (const each of members.slice(1)) rest.add(each);
  }
  if (lead.size === 0) return whole;
  const next = new Sketch(sketch.events);
  const moved = new Map<number, number>();
  const at = (node: number): number => (node < sketch.events ? node : (moved.get(node) as number));
  for (const gate of gates) {
    const kind = sketch.kind(gate);
    const inputs: number[] = [];
    for (const each of sketch.of(gate)) {
      const members = kind === 'atleast' ? undefined : lead.get(each);
      if (members) inputs.push(next.gate(kind, 0, members.map(at)));
      else if (kind === 'atleast' || !rest.has(each)) inputs.push(at(each));
    }
    moved.set(gate, inputs.length === 1 ? (inputs[0] as number) : next.gate(kind, sketch.min(gate), inputs));
  }
  return { sketch: next, top: at(top) };
}
