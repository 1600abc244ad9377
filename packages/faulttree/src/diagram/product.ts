import { choose, outside, union } from './families.ts';
import { one, unlimited, zero, type Node, type NodeTable } from './node-table.ts';

const PRODUCT = 6;
const WITHIN = 8;

/** The minimal sets, up to an order, among the unions of a set of one family and a set of another. */
export function product(table: NodeTable, a: Node, b: Node, order: number): Node {
  if (a === zero || b === zero) return zero;
  if (a === b || b === one) return within(table, a, order);
  if (a === one) return within(table, b, order);
  if (order === 0) return zero;
  return a < b ? multiply(table, a, b, order) : multiply(table, b, a, order);
}

function multiply(table: NodeTable, a: Node, b: Node, order: number): Node {
  const key = (a << 4) | PRODUCT;
  const place = table.place(key, b, order);
  const { cache, nodes } = table;
  if (cache[place] === key && cache[place + 1] === b && cache[place + 2] === order)
    return cache[place + 3] as Node;
  const levelA = nodes[a << 2] as number;
  const levelB = nodes[b << 2] as number;
  const level = levelA < levelB ? levelA : levelB;
  let [lowA, highA, lowB, highB] = [a, zero, b, zero];
  if (levelA === level) {
    lowA = nodes[(a << 2) + 1] as Node;
    highA = nodes[(a << 2) + 2] as Node;
  }
  if (levelB === level) {
    lowB = nodes[(b << 2) + 1] as Node;
    highB = nodes[(b << 2) + 2] as Node;
  }
  const low = product(table, lowA, lowB, order);
  const rest = table.rest(order, level);
  let high = zero;
  if (rest >= 0) {
    if (levelA === levelB) {
      const both = product(table, highA, union(table, highB, lowB), rest);
      high = union(table, both, product(table, lowA, highB, rest));
    } else high = levelA < levelB ? product(table, highA, b, rest) : product(table, a, highB, rest);
  }
  const result = choose(table, level, low, outside(table, high, low));
  table.keep(key, b, order, result);
  return result;
}

/** The sets of a family up to an order. */
function within(table: NodeTable, family: Node, order: number): Node {
  if (family <= one || order === unlimited) return family;
  const key = (family << 4) | WITHIN;
  const place = table.place(key, 0, order);
  const { cache } = table;
  if (cache[place] === key && cache[place + 2] === order) return cache[place + 3] as Node;
  const level = table.level(family);
  const low = within(table, table.low(family), order);
  const rest = table.rest(order, level);
  const high = rest < 0 ? zero : within(table, table.high(family), rest);
  const result = choose(table, level, low, high);
  table.keep(key, 0, order, result);
  return result;
}
