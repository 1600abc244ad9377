import type { Landscape } from '../network/landscape.ts';
import { PivotGraph } from './graph.ts';
import { pivots, type Pivots } from './paths.ts';
import type { PivotNode } from './node.ts';

/** What a single fault opens that is shut while everything works. */
export interface Opened {
  readonly down: string;
  readonly answer: Pivots;
}

/** Asks again with each router, circuit, tunnel and cable between routers down, and tells those by whose loss more targets are reached, or more certainly. */
export function underFaults(
  landscape: Landscape,
  sources: readonly PivotNode[],
  targets: readonly PivotNode[],
  usual: Pivots,
): readonly Opened[] {
  const before = reachedBy(usual);
  const things = new Set<string>();
  for (const { id, ports } of landscape.routers.values()) {
    things.add(id);
    for (const { over } of ports) if (over !== undefined) things.add(over);
  }
  return [...things].flatMap((down) => {
    const graph = new PivotGraph(landscape, (id) => id !== down);
    const answer = pivots(graph, sources, targets);
    const isMore = [...reachedBy(answer)].some(([id, verdict]) => {
      const was = before.get(id);
      return was === undefined || (was === 'unknown' && verdict === 'yes');
    });
    return isMore ? [{ down, answer }] : [];
  });
}

function reachedBy({ paths }: Pivots): ReadonlyMap<string, 'yes' | 'unknown'> {
  return new Map(
    paths.flatMap(({ verdict, arrows, alike }) => {
      const last = arrows.at(-1)?.to;
      return [...(last ? [last] : []), ...alike].map(({ id }) => [id, verdict] as const);
    }),
  );
}
