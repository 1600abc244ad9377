import { always, never, type FaultGraph, type GateKind } from './fault-graph.ts';
import { Sketch } from './sketch.ts';

export interface Simplified {
  readonly sketch: Sketch;
  readonly top: number;
}

/** Copies what the top needs into a sketch. Throws for a circle. */
export function draw(graph: FaultGraph): Simplified {
  const { events, gates } = graph;
  const sketch = new Sketch(events);
  const done = new Map<number, number>();
  const open = new Set<number>();
  const stack = [graph.top];
  const at = (node: number): number => (node < events ? node : (done.get(node) as number));
  while (stack.length > 0) {
    const node = stack.at(-1) as number;
    const gate = gates[node - events];
    if (node < events || done.has(node) || gate === undefined) stack.pop();
    else if (open.has(node)) {
      done.set(node, build(sketch, gate.kind, gate.min, gate.inputs.map(at)));
      stack.pop();
    } else {
      open.add(node);
      for (const each of gate.inputs) if (each >= events && !done.has(each)) stack.push(each);
    }
  }
  return { sketch, top: at(graph.top) };
}

/** A gate with what its inputs alone decide: houses, repeats, one input left. */
function build(sketch: Sketch, kind: GateKind, min: number, inputs: readonly number[]): number {
  if (kind === 'and') return all(sketch, inputs);
  return kind === 'or' ? any(sketch, inputs) : atLeast(sketch, min, inputs);
}

function all(sketch: Sketch, inputs: readonly number[]): number {
  if (inputs.includes(never)) return never;
  const rest = [...new Set(inputs)].filter((each) => each !== always);
  if (rest.length === 0) return always;
  return rest.length === 1 ? (rest[0] as number) : sketch.gate('and', 0, rest);
}

function any(sketch: Sketch, inputs: readonly number[]): number {
  if (inputs.includes(always)) return always;
  const rest = [...new Set(inputs)].filter((each) => each !== never);
  if (rest.length === 0) return never;
  return rest.length === 1 ? (rest[0] as number) : sketch.gate('or', 0, rest);
}

function atLeast(sketch: Sketch, min: number, inputs: readonly number[]): number {
  const rest = inputs.filter((each) => each >= 0);
  const needed = min - inputs.filter((each) => each === always).length;
  if (needed <= 0) return always;
  if (needed > rest.length) return never;
  if (needed === 1) return any(sketch, rest);
  return needed === rest.length ? all(sketch, rest) : sketch.gate('atleast', needed, rest);
}

/** Rewrites until nothing changes: flattens, absorbs, merges. */
export function simplify({ sketch, top }: Simplified): Simplified {
  let now = { sketch, top };
  for (let pass = 0; pass < 20; pass += 1) {
    const next = rewrite(now);
    const same =
      next.sketch.kinds.length === now.sketch.kinds.length && edges(next.sketch) === edges(now.sketch);
    now = next;
    if (same) break;
  }
  return now;
}

const edges = (sketch: Sketch): number => sketch.inputs.reduce((sum, each) => sum + each.length, 0);

function rewrite({ sketch, top }: Simplified): Simplified {
  if (top < sketch.events) return { sketch: new Sketch(sketch.events), top };
  const gates = sketch.under(top);
  const parents = new Int32Array(sketch.size);
  for (const gate of gates) for (const each of sketch.of(gate)) parents[each] = (parents[each] as number) + 1;
  const next = new Sketch(sketch.events);
  const moved = new Int32Array(sketch.size);
  for (let event = 0; event < sketch.events; event += 1) moved[event] = event;
  for (const gate of gates) {
    const kind = sketch.kind(gate);
    const inputs: number[] = [];
    for (const each of sketch.of(gate)) {
      const to = moved[each] as number;
      const flat = kind !== 'atleast' && parents[each] === 1 && to >= next.events && next.kind(to) === kind;
      if (flat) inputs.push(...next.of(to));
      else inputs.push(to);
    }
    moved[gate] = build(
      next,
      kind,
      sketch.min(gate),
      kind === 'atleast' ? inputs : absorb(next, kind, inputs),
    );
  }
  const root = moved[top] as number;
  return root < 0 ? { sketch: next, top: root } : compact({ sketch: next, top: root });
}

/** Leaves out gates of the other kind that have an input of this gate themselves: `a or (a and b)` is `a`. */
function absorb(sketch: Sketch, kind: GateKind, inputs: readonly number[]): readonly number[] {
  const own = new Set(inputs);
  const other = kind === 'and' ? 'or' : 'and';
  return inputs.filter(
    (each) =>
      each < sketch.events || sketch.kind(each) !== other || !sketch.of(each).some((below) => own.has(below)),
  );
}

/** Drops the gates that the top does not need. */
function compact({ sketch, top }: Simplified): Simplified {
  const next = new Sketch(sketch.events);
  const moved = new Map<number, number>();
  const at = (node: number): number => (node < sketch.events ? node : (moved.get(node) as number));
  for (const gate of sketch.under(top))
    moved.set(gate, next.gate(sketch.kind(gate), sketch.min(gate), sketch.of(gate).map(at)));
  return { sketch: next, top: at(top) };
}
