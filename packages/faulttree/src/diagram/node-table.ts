/** A function (of a BDD) or a family of sets (of a ZBDD): the number of a node. Equal ones are equal numbers. */
export type Node = number;

/** False; the family without any set. */
export const zero: Node = 0;
/** True; the family of the empty set alone. */
export const one: Node = 1;

/** Four numbers a node: its level, its branch without, its branch with, the next node of its chain. */
const width = 4;
/** Below every level, so that the two ends come after all of them. */
const endLevel = 0x7fff_ffff;

/** An order that no set exceeds. */
export const unlimited = 0x3fff_ffff;

/** Thrown when a table has spent its steps or its nodes; what was kept in it stays good. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
  readonly what: 'steps' | 'nodes';

  constructor(what: 'steps' | 'nodes') {
    super(`the ${what} of a diagram are spent`);
    this.what = what;
  }
}

const firstHeads = 2 ** 12;
/** A node takes 24 to 40 bytes with what finds it. */
const mostNodes = 2 ** 24;
const largestCache = 2 ** 22;

/**
 * Nodes of decision diagrams in interleaved numbers, found by their content, with the results of operations on them.
 * Nodes are never freed: a table lives for one module. The results are kept in a cache that forgets what collides.
 * @see Brace, Rudell, Bryant, Efficient Implementation of a BDD Package, DAC 1990
 */
export class NodeTable {
  nodes: Int32Array<ArrayBuffer>;
  cache: Int32Array<ArrayBuffer>;
  cacheMask: number;
  count = 2;
  /** Results that were not in the cache, so far. */
  steps = 0;
  /** The least number of events that each level stands for. */
  weights: Int32Array<ArrayBuffer>;
  /** When `steps` gets there, the work is interrupted. */
  stepLimit = Infinity;
  #heads: Int32Array<ArrayBuffer>;
  #mask: number;

  constructor(weights: Int32Array<ArrayBuffer>) {
    this.weights = weights;
    this.nodes = new Int32Array(width * firstHeads);
    this.nodes.set([endLevel, 0, 0, 0, endLevel, 1, 1, 0]);
    this.#heads = new Int32Array(firstHeads);
    this.#mask = firstHeads - 1;
    this.cache = new Int32Array(firstHeads * 4);
    this.cacheMask = firstHeads - 1;
  }

  level(node: Node): number {
    return this.nodes[node * width] as number;
  }

  low(node: Node): Node {
    return this.nodes[node * width + 1] as Node;
  }

  high(node: Node): Node {
    return this.nodes[node * width + 2] as Node;
  }

  /** The node of this content, as it is: the caller has applied the reduction of its kind of diagram. */
  node(level: number, low: Node, high: Node): Node {
    const place = mix(level, low, high) & this.#mask;
    const nodes = this.nodes;
    let found = this.#heads[place] as number;
    while (found !== 0) {
      const at = found << 2;
      if (nodes[at + 2] === high && nodes[at + 1] === low && nodes[at] === level) return found;
      found = nodes[at + 3] as number;
    }
    return this.#add(place, level, low, high);
  }

  /** The place in the cache for a result of an operation on two nodes, and one number more. */
  place(key: number, other: number, more: number): number {
    return (mix(key, other, more) & this.cacheMask) << 2;
  }

  keep(key: number, other: number, more: number, result: Node): void {
    const { cache } = this;
    const place = (mix(key, other, more) & this.cacheMask) << 2;
    cache[place] = key;
    cache[place + 1] = other;
    cache[place + 2] = more;
    cache[place + 3] = result;
    this.steps += 1;
    if (this.steps >= this.stepLimit) throw new BudgetSpent('steps');
  }

  /** What is left of an order below a level whose element is taken; negative where it does not fit. */
  rest(order: number, level: number): number {
    return order === unlimited ? order : order - (this.weights[level] as number);
  }

  #add(place: number, level: number, low: Node, high: Node): Node {
    const node = this.count;
    if (node >= mostNodes) throw new BudgetSpent('nodes');
    const at = node << 2;
    if (at === this.nodes.length) this.#growNodes();
    const { nodes } = this;
    nodes[at] = level;
    nodes[at + 1] = low;
    nodes[at + 2] = high;
    nodes[at + 3] = this.#heads[place] as number;
    this.#heads[place] = node;
    this.count = node + 1;
    return node;
  }

  #growNodes(): void {
    const larger = new Int32Array(this.nodes.length * 2);
    larger.set(this.nodes);
    this.nodes = larger;
    const heads = new Int32Array(larger.length >> 2);
    const mask = heads.length - 1;
    for (let node = 2; node < this.count; node += 1) {
      const at = node << 2;
      const place = mix(larger[at] as number, larger[at + 1] as number, larger[at + 2] as number) & mask;
      larger[at + 3] = heads[place] as number;
      heads[place] = node;
    }
    this.#heads = heads;
    this.#mask = mask;
    if (heads.length <= largestCache) this.#growCache();
  }

  #growCache(): void {
    const old = this.cache;
    const larger = new Int32Array(old.length * 2);
    const mask = (larger.length >> 2) - 1;
    for (let at = 0; at < old.length; at += 4) {
      const key = old[at] as number;
      if (key === 0) continue;
      const place = (mix(key, old[at + 1] as number, old[at + 2] as number) & mask) << 2;
      larger[place] = key;
      larger[place + 1] = old[at + 1] as number;
      larger[place + 2] = old[at + 2] as number;
      larger[place + 3] = old[at + 3] as number;
    }
    this.cache = larger;
    this.cacheMask = mask;
  }
}

function mix(a: number, b: number, c: number): number {
  const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d);
  return mixed ^ (mixed >>> 15);
}
