import { choose } from './families.ts';
import { one, zero, type Node, type NodeTable } from './node-table.ts';

const MINIMAL = 3;
const WITHOUT = 4;

/**
 * The minimal sets that satisfy a monotone function of a BDD, up to an order.
 * @see Rauzy, New algorithms for fault trees analysis, Reliability Engineering and System Safety 40 (1993)
 */
export function minimalOf(table: NodeTable, f: Node, order: number): Node {
  if (f <= one) return f;
  const key = (f << 4) | MINIMAL;
  const place = table.place(key, 0, order);
  if (table.cache[place] === key && table.cache[place + 2] === order) return table.cache[place + 3] as Node;
  const level = table.level(f);
  const lowFunction = table.low(f);
  const low = minimalOf(table, lowFunction, order);
  const rest = table.rest(order, level);
  const high = rest < 0 ? zero : without(table, minimalOf(table, table.high(f), rest), lowFunction);
  const result = choose(table, level, low, high);
  table.keep(key, 0, order, result);
  return result;
}

/** The sets of a family that do not satisfy a monotone function of a BDD. */
function without(table: NodeTable, family: Node, f: Node): Node {
  if (f === zero || family === zero) return family;
  if (f === one) return zero;
  if (family === one) return one;
  const key = (family << 4) | WITHOUT;
  const place = table.place(key, f, 0);
  const { cache, nodes } = table;
  if (cache[place] === key && cache[place + 1] === f) return cache[place + 3] as Node;
  const level = nodes[family << 2] as number;
  const at = nodes[f << 2] as number;
  let result: Node;
  if (at < level) result = without(table, family, nodes[(f << 2) + 1] as Node);
  else {
    const lowFamily = nodes[(family << 2) + 1] as Node;
    const highFamily = nodes[(family << 2) + 2] as Node;
    const lowF = at === level ? (nodes[(f << 2) + 1] as Node) : f;
    const highF = at === level ? (nodes[(f << 2) + 2] as Node) : f;
    const low = without(table, lowFamily, lowF);
    result = choose(table, level, low, without(table, highFamily, highF));
  }
  table.keep(key, f, 0, result);
  return result;
}
