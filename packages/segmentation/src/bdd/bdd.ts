/** A set of points over bits: the number of a node. Equal sets are equal numbers. */
export type Node = number;

export const nothing: Node = 0;
export const everything: Node = 1;

const [AND, OR, MINUS, EXISTS] = [1, 2, 3, 4];
/** A node is three numbers: its bit, its branch for 0, its branch for 1. */
const width = 3;
/** Deeper than every bit, so that the two ends come after all of them. */
const endBit = 2 ** 30;

/**
 * Reduced ordered binary decision diagrams in typed arrays. Nodes are never freed: a manager lives for one question.
 * @see Bryant, Graph-Based Algorithms for Boolean Function Manipulation, IEEE Transactions on Computers C-35 (1986)
 */
export class Bdd {
  #nodes: Int32Array;
  #count = 2;
  /** Open addressing; 0 is free, for the node 0 is never looked up. */
  #unique: Int32Array;
  /** Lossy: `[operation and first, second, result]`, a newer result overwrites an older one of the same place. */
  #cache: Int32Array;

  /** Tables grow by themselves; `expected` nodes spare a large diagram the growing. */
  constructor(expected = 2 ** 14) {
    const size = 2 ** Math.min(21, Math.max(16, Math.ceil(Math.log2(expected)) + 1));
    this.#nodes = new Int32Array((width * size) >> 1);
    this.#unique = new Int32Array(size);
    this.#cache = new Int32Array(4 * size);
    this.#nodes.set([endBit, nothing, nothing, endBit, everything, everything]);
  }

  /** How many nodes were made. */
  get size(): number {
    return this.#count;
  }

  bit(node: Node): number {
    return this.#nodes[node * width] as number;
  }

  low(node: Node): Node {
    return this.#nodes[node * width + 1] as Node;
  }

  high(node: Node): Node {
    return this.#nodes[node * width + 2] as Node;
  }

  /** The points with a 0 at a bit that are in `low`, and those with a 1 that are in `high`. */
  node(bit: number, low: Node, high: Node): Node {
    if (low === high) return low;
    const mask = this.#unique.length - 1;
    let place = hash(bit, low, high) & mask;
    for (let found = this.#unique[place] as number; found !== 0; found = this.#unique[place] as number) {
      const at = found * width;
      if (this.#nodes[at + 2] === high && this.#nodes[at + 1] === low && this.#nodes[at] === bit)
        return found;
      place = (place + 1) & mask;
    }
    return this.#add(place, bit, low, high);
  }

  and(a: Node, b: Node): Node {
    return this.#apply(AND, a, b);
  }

  or(a: Node, b: Node): Node {
    return this.#apply(OR, a, b);
  }

  /** The points of the first that are not in the second. */
  minus(a: Node, b: Node): Node {
    return this.#apply(MINUS, a, b);
  }

  /** The points that are in the set for some value of the bits `from` to `to`, the latter not included. */
  exists(node: Node, from: number, to: number): Node {
    const bit = this.bit(node);
    if (bit >= to) return node;
    const key = node * 8 + EXISTS;
    const place = this.#place(key, from);
    if (this.#cache[place] === key && this.#cache[place + 1] === from && this.#cache[place + 3] === to)
      return this.#cache[place + 2] as Node;
    const low = this.exists(this.low(node), from, to);
    const high = this.exists(this.high(node), from, to);
    const result = bit >= from ? this.or(low, high) : this.node(bit, low, high);
    this.#keep(key, from, result, to);
    return result;
  }

  /** The ends are told apart here and not by the caller, so that the recursion has one function. */
  #apply(operation: number, first: Node, second: Node): Node {
    let a = first;
    let b = second;
    if (a === b) return operation === MINUS ? nothing : a;
    if (operation === MINUS) {
      if (a === nothing || b === everything) return nothing;
      if (b === nothing) return a;
    } else {
      if (a > b) {
        a = second;
        b = first;
      }
      if (a === nothing) return operation === AND ? nothing : b;
      if (a === everything) return operation === AND ? b : everything;
    }
    const key = a * 8 + operation;
    const place = this.#place(key, b);
    const cache = this.#cache;
    if (cache[place] === key && cache[place + 1] === b) return cache[place + 2] as Node;
    const nodes = this.#nodes;
    const [atA, atB] = [a * width, b * width];
    const [bitA, bitB] = [nodes[atA] as number, nodes[atB] as number];
    const bit = bitA < bitB ? bitA : bitB;
    const lowA = bitA === bit ? (nodes[atA + 1] as Node) : a;
    const highA = bitA === bit ? (nodes[atA + 2] as Node) : a;
    const lowB = bitB === bit ? (nodes[atB + 1] as Node) : b;
    const highB = bitB === bit ? (nodes[atB + 2] as Node) : b;
    const low = this.#apply(operation, lowA, lowB);
    const result = this.node(bit, low, this.#apply(operation, highA, highB));
    this.#keep(key, b, result, 0);
    return result;
  }

  #place(key: number, other: number): number {
    return (hash(key, other, 0) & ((this.#cache.length >> 2) - 1)) << 2;
  }

  #keep(key: number, other: number, result: Node, more: number): void {
    const place = this.#place(key, other);
    this.#cache[place] = key;
    this.#cache[place + 1] = other;
    this.#cache[place + 2] = result;
    this.#cache[place + 3] = more;
  }

  #add(place: number, bit: number, low: Node, high: Node): Node {
    const node = this.#count;
    if ((node + 1) * width > this.#nodes.length) {
      const larger = new Int32Array(this.#nodes.length * 2);
      larger.set(this.#nodes);
      this.#nodes = larger;
    }
    this.#nodes[node * width] = bit;
    this.#nodes[node * width + 1] = low;
    this.#nodes[node * width + 2] = high;
    this.#unique[place] = node;
    this.#count += 1;
    if (this.#count * 2 > this.#unique.length) this.#grow();
    return node;
  }

  #grow(): void {
    this.#unique = new Int32Array(this.#unique.length * 2);
    if (this.#cache.length < 2 ** 23) this.#cache = new Int32Array(this.#cache.length * 2);
    const mask = this.#unique.length - 1;
    for (let node = 2; node < this.#count; node += 1) {
      let place = hash(this.bit(node), this.low(node), this.high(node)) & mask;
      while (this.#unique[place] !== 0) place = (place + 1) & mask;
      this.#unique[place] = node;
    }
  }
}

function hash(a: number, b: number, c: number): number {
  let mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
