import type { FaultGraph, Gate } from '@holdfast/faulttree';

/** A fault graph with what its top needs alone, and which event of the whole each of its events is. */
export interface Pruned {
  readonly graph: FaultGraph;
  readonly events: readonly number[];
}

/** Leaves out the gates and events that a top does not rest on. */
export function pruned({ events, gates, top }: FaultGraph): Pruned {
  const needed = new Set<number>([top].filter((each) => each >= 0));
  for (const node of needed)
    for (const input of gates[node - events]?.inputs ?? []) if (input >= 0) needed.add(input);
  const ordered = [...needed].toSorted((a, b) => a - b);
  const place = new Map(ordered.map((node, index) => [node, index]));
  const renamed = (node: number): number => place.get(node) ?? node;
  const kept = ordered.filter((node) => node >= events).map((node) => gates[node - events] as Gate);
  const own = ordered.filter((node) => node < events);
  return {
    graph: {
      events: own.length,
      gates: kept.map((gate) => ({ ...gate, inputs: gate.inputs.map(renamed) })),
      top: renamed(top),
    },
    events: own,
  };
}
