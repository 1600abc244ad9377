import type { Node, NodeTable } from '../diagram/node-table.ts';
import { nodesUnder } from './family-counts.ts';

/** The least and the greatest order of any set. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** The bounds of every node under a root, by its number; of the empty family `Infinity` and `-Infinity`. */
export function boundFamily(table: NodeTable, root: Node, levels: readonly Bounds[]): readonly Bounds[] {
  const bounds: Bounds[] = [
    { least: Infinity, most: -Infinity },
    { least: 0, most: 0 },
  ];
  for (const node of nodesUnder(table, root)) {
    const element = levels[table.level(node)] as Bounds;
    const low = bounds[table.low(node)] as Bounds;
    const high = bounds[table.high(node)] as Bounds;
    bounds[node] = {
      least: Math.min(low.least, high.least + element.least),
      most: Math.max(low.most, high.most + element.most),
    };
  }
  return bounds;
}
