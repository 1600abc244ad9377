import { one, zero, type Node, type NodeTable } from './node-table.ts';

const AND = 1;
const OR = 2;

/** The node of a BDD: none where both branches are equal. */
export function decide(table: NodeTable, level: number, low: Node, high: Node): Node {
  return low === high ? low : table.node(level, low, high);
}

/** Both functions. */
export function and(table: NodeTable, a: Node, b: Node): Node {
  if (a === b || b === one) return a;
  if (a === zero || b === zero) return zero;
  if (a === one) return b;
  return a < b ? combine(table, AND, a, b) : combine(table, AND, b, a);
}

/** At least one of two functions. */
export function or(table: NodeTable, a: Node, b: Node): Node {
  if (a === b || b === zero) return a;
  if (a === one || b === one) return one;
  if (a === zero) return b;
  return a < b ? combine(table, OR, a, b) : combine(table, OR, b, a);
}

function combine(table: NodeTable, operation: number, a: Node, b: Node): Node {
  const key = (a << 4) | operation;
  const place = table.place(key, b, 0);
  const { cache, nodes } = table;
  if (cache[place] === key && cache[place + 1] === b) return cache[place + 3] as Node;
  const atA = a << 2;
  const atB = b << 2;
  const levelA = nodes[atA] as number;
  const levelB = nodes[atB] as number;
  let level = levelA;
  let [lowA, highA, lowB, highB] = [a, a, b, b];
  if (levelA <= levelB) {
    lowA = nodes[atA + 1] as Node;
    highA = nodes[atA + 2] as Node;
  } else level = levelB;
  if (levelB <= levelA) {
    lowB = nodes[atB + 1] as Node;
    highB = nodes[atB + 2] as Node;
  }
  const again = operation === AND ? and : or;
  const low = again(table, lowA, lowB);
  const high = again(table, highA, highB);
  const result = decide(table, level, low, high);
  table.keep(key, b, 0, result);
  return result;
}
