import { one, zero, type Node, type NodeTable } from './node-table.ts';

const UNION = 5;
const OUTSIDE = 7;

/** The node of a ZBDD: none where no set takes the element. */
export function choose(table: NodeTable, level: number, low: Node, high: Node): Node {
  return high === zero ? low : table.node(level, low, high);
}

/** The sets of a family that contain no set of another, nor equal one. */
export function outside(table: NodeTable, family: Node, other: Node): Node {
  if (other === zero || family === zero) return family;
  if (other === one || family === other) return zero;
  if (family === one) return one;
  const key = (family << 4) | OUTSIDE;
  const place = table.place(key, other, 0);
  const { cache, nodes } = table;
  if (cache[place] === key && cache[place + 1] === other) return cache[place + 3] as Node;
  const level = nodes[family << 2] as number;
  const at = nodes[other << 2] as number;
  let result: Node;
  if (at < level) result = outside(table, family, nodes[(other << 2) + 1] as Node);
  else {
    const lowFamily = nodes[(family << 2) + 1] as Node;
    const highFamily = nodes[(family << 2) + 2] as Node;
    if (at > level) {
      const low = outside(table, lowFamily, other);
      result = choose(table, level, low, outside(table, highFamily, other));
    } else {
      const lowOther = nodes[(other << 2) + 1] as Node;
      const highOther = nodes[(other << 2) + 2] as Node;
      const low = outside(table, lowFamily, lowOther);
      result = choose(table, level, low, outside(table, outside(table, highFamily, lowOther), highOther));
    }
  }
  table.keep(key, other, 0, result);
  return result;
}

/** The minimal sets of either of two families of minimal sets. */
export function union(table: NodeTable, a: Node, b: Node): Node {
  if (a === b || b === zero) return a;
  if (a === zero) return b;
  if (a === one || b === one) return one;
  return a < b ? unite(table, a, b) : unite(table, b, a);
}

function unite(table: NodeTable, a: Node, b: Node): Node {
  const key = (a << 4) | UNION;
  const place = table.place(key, b, 0);
  const { cache, nodes } = table;
  if (cache[place] === key && cache[place + 1] === b) return cache[place + 3] as Node;
  const levelA = nodes[a << 2] as number;
  const levelB = nodes[b << 2] as number;
  let [lowA, highA, lowB, highB] = [a, zero, b, zero];
  if (levelA <= levelB) {
    lowA = nodes[(a << 2) + 1] as Node;
    highA = nodes[(a << 2) + 2] as Node;
  }
  if (levelB <= levelA) {
    lowB = nodes[(b << 2) + 1] as Node;
    highB = nodes[(b << 2) + 2] as Node;
  }
  const low = union(table, lowA, lowB);
  const high = outside(table, union(table, highA, highB), low);
  const result = choose(table, levelA < levelB ? levelA : levelB, low, high);
  table.keep(key, b, 0, result);
  return result;
}
