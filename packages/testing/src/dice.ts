/** Chance that repeats: the same seed rolls the same. (xorshift32) */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed + 0x9e3779b9, 0x85ebca6b) | 1;
    for (let round = 0; round < 4; round += 1) this.#next();
  }

  /** A whole number between two, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.#next() * (high - low + 1));
  }

  chance(share: number): boolean {
    return this.#next() < share;
  }

  /** One of several. */
  pick<T>(all: readonly T[]): T {
    // The index is below the length.
    return all[this.between(0, all.length - 1)] as T;
  }

  #next(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) / 2 ** 32;
  }
}
