/** Finds gates again by what they need and what they read: a hash table over node numbers, without a key for each. */
export class GateTable {
  readonly #isSame: (node: number, need: number, inputs: readonly number[]) => boolean;
  readonly #hashOf: (node: number) => number;
  #slots = new Int32Array(4096);
  #used = 0;

  /** `isSame` says whether a gate is the one asked for; `hashOf` hashes a gate that is there already, as `gateHash` does. */
  constructor(
    isSame: (node: number, need: number, inputs: readonly number[]) => boolean,
    hashOf: (node: number) => number,
  ) {
    this.#isSame = isSame;
    this.#hashOf = hashOf;
  }

  /** The gate with this need and these inputs, or `undefined`. */
  find(need: number, inputs: readonly number[]): number | undefined {
    const mask = this.#slots.length - 1;
    for (let slot = gateHash(need, inputs) & mask; ; slot = (slot + 1) & mask) {
      const held = this.#slots[slot] as number;
      if (held === 0) return undefined;
      if (this.#isSame(held - 1, need, inputs)) return held - 1;
    }
  }

  /** Adds a gate that is not there. */
  add(node: number): void {
    if (2 * this.#used >= this.#slots.length) this.#grow();
    this.#place(node);
    this.#used += 1;
  }

  #place(node: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hashOf(node) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = node + 1;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(2 * old.length);
    for (const held of old) if (held !== 0) this.#place(held - 1);
  }
}

/** Mixes a need and inputs into 32 bits. */
export function gateHash(need: number, inputs: Iterable<number>): number {
  let hash = need;
  for (const each of inputs) {
    hash = Math.imul(hash ^ each, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
