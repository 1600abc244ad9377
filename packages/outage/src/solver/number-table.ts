/** Finds a number among others again: a hash table without an object for each, since traces are many and short. */
export class NumberTable {
  readonly #numbers: readonly number[];
  readonly #slots: Int32Array;
  readonly #shift: number;

  /** The numbers, each once. */
  constructor(numbers: readonly number[]) {
    const bits = Math.max(2, 33 - Math.clz32(numbers.length));
    this.#shift = 32 - bits;
    this.#slots = new Int32Array(1 << bits);
    this.#numbers = numbers;
    for (let place = 0; place < numbers.length; place += 1)
      this.#slots[this.#slotOf(numbers[place] as number)] = place + 1;
  }

  /** Where a number stands; -1 where it does not. */
  find(number: number): number {
    return (this.#slots[this.#slotOf(number)] as number) - 1;
  }

  /** The slot that holds a number, or the free one where it belongs. */
  #slotOf(number: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = Math.imul(number, 0x9e3779b1) >>> this.#shift; ; slot = (slot + 1) & mask) {
      const held = this.#slots[slot] as number;
      if (held === 0 || this.#numbers[held - 1] === number) return slot;
    }
  }
}
