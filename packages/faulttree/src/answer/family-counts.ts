import { present } from '@holdfast/kernel';
import { one, zero, type Node, type NodeTable } from '../diagram/node-table.ts';
import { emptySet, noSets, plus, times, trimmed, type Counts } from './polynomial.ts';

const largestExact = 2 ** 53;

/** The nodes under a root without the two ends, each after those below it. */
export function nodesUnder(table: NodeTable, root: Node): Int32Array {
  const marked = new Uint8Array(root + 1);
  marked[root] = 1;
  let count = 0;
  for (let node = root; node > one; node -= 1) {
    if (marked[node] === 0) continue;
    count += 1;
    marked[table.low(node)] = 1;
    marked[table.high(node)] = 1;
  }
  const nodes = new Int32Array(count);
  let at = 0;
  for (let node = 2; node <= root; node += 1) if (marked[node] === 1) nodes[at++] = node;
  return nodes;
}

/**
 * The sets of a family by order, where the element of level `i` stands for any of the sets counted by `levels[i]`.
 * In floating point as long as that is exact, which the sum shows: no part of it is larger.
 */
export function countFamily(table: NodeTable, root: Node, levels: readonly Counts[], limit: number): Counts {
  if (root === zero) return noSets;
  if (root === one) return emptySet;
  const nodes = nodesUnder(table, root);
  const floats = countInFloats(table, nodes, levels, limit);
  return floats ?? countInIntegers(table, nodes, levels, limit);
}

/** Counts of all nodes in one array: those of a node begin at `start`, for the orders from `least` on. */
interface Pool {
  values: Float64Array<ArrayBuffer>;
  used: number;
}

function countInFloats(
  table: NodeTable,
  nodes: Int32Array,
  levels: readonly Counts[],
  limit: number,
): Counts | undefined {
  const root = nodes.at(-1) as Node;
  const start = new Int32Array(root + 1);
  const least = new Int32Array(root + 1);
  const length = new Int32Array(root + 1);
  const pool: Pool = { values: new Float64Array(nodes.length * 4 + 16), used: 1 };
  pool.values[0] = 1;
  length[one] = 1;
  const elements = levels.map((counts) => Float64Array.from(counts, Number));
  for (const node of nodes) {
    const [low, high] = [table.low(node), table.high(node)];
    const element = elements[table.level(node)] as Float64Array;
    const from = element.findIndex((each) => each !== 0);
    const [lowLeast, lowLength] = [least[low] as number, length[low] as number];
    const highLeast = (least[high] as number) + from;
    const highLength =
      (length[high] as number) === 0 ? 0 : (length[high] as number) + element.length - from - 1;
    const begin = lowLength === 0 ? highLeast : highLength === 0 ? lowLeast : Math.min(lowLeast, highLeast);
    const end = Math.min(Math.max(lowLeast + lowLength, highLeast + highLength), limit + 1);
    const size = Math.max(end - begin, 0);
    const at = pool.used;
    reserve(pool, size);
    const { values } = pool;
    for (let i = 0; i < lowLength && lowLeast + i < end; i += 1)
      values[at + lowLeast - begin + i] = values[(start[low] as number) + i] as number;
    for (let j = from; j < element.length; j += 1) {
      const times = element[j] as number;
      if (times === 0) continue;
      const shift = (least[high] as number) + j - begin;
      const fits = Math.min(length[high] as number, size - shift);
      for (let i = 0; i < fits; i += 1)
        values[at + shift + i] =
          (values[at + shift + i] as number) + times * (values[(start[high] as number) + i] as number);
    }
    start[node] = at;
    least[node] = begin;
    length[node] = size;
  }
  const from = start[root] as number;
  const found = pool.values.subarray(from, from + (length[root] as number));
  const sum = found.reduce((before, each) => before + each, 0);
  if (!(sum < largestExact)) return undefined;
  return trimmed([...Array.from({ length: least[root] as number }, () => 0n), ...Array.from(found, BigInt)]);
}

function reserve(pool: Pool, size: number): void {
  pool.used += size;
  if (pool.used <= pool.values.length) return;
  const larger = new Float64Array(pool.used * 2);
  larger.set(pool.values);
  pool.values = larger;
}

function countInIntegers(
  table: NodeTable,
  nodes: Int32Array,
  levels: readonly Counts[],
  limit: number,
): Counts {
  const counts = new Map<Node, Counts>([
    [zero, noSets],
    [one, emptySet],
  ]);
  const of = (node: Node): Counts => present(counts.get(node), 'the counts of a node');
  for (const node of nodes) {
    const element = present(levels[table.level(node)], 'the counts of a level');
    const high = times(of(table.high(node)), element, limit);
    counts.set(node, plus(of(table.low(node)), high).slice(0, limit + 1));
  }
  return of(nodes.at(-1) as Node);
}
