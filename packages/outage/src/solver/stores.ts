/** What is in the stores of a simulation. */
export class Stores {
  readonly #level: Float64Array;
  readonly #at: Float64Array;
  readonly #first: Float64Array;

  constructor(size: number) {
    this.#level = new Float64Array(size);
    this.#at = new Float64Array(size);
    this.#first = new Float64Array(size);
  }

  /** Says what is in a store before the start. */
  begin(node: number, level: number): void {
    this.#level[node] = level;
    this.#first[node] = level;
  }

  /** Brings a store back to what was in it before the start. */
  restore(node: number): void {
    this.#level[node] = this.#first[node] as number;
    this.#at[node] = 0;
  }

  /** A store has filled until now, at `lasts / refill`, and drains from here on: returns for how long it lasts. */
  fill(node: number, time: number, lasts: number, refill: number): number {
    const full =
      lasts === Infinity || refill === 0
        ? lasts
        : Math.min(
            lasts,
            Math.floor((this.#level[node] as number) + (this.#since(node, time) * lasts) / refill),
          );
    this.#level[node] = full;
    this.#at[node] = time;
    return full;
  }

  /** A store has drained until now, and fills from here on: returns for how long it holds nothing yet, until its first whole millisecond has flown in. */
  drain(node: number, time: number, lasts: number, refill: number): number {
    const left = refill === 0 ? lasts : Math.max(0, (this.#level[node] as number) - this.#since(node, time));
    this.#level[node] = left;
    this.#at[node] = time;
    return left > 0 || lasts === Infinity ? 0 : Math.ceil(refill / lasts);
  }

  #since(node: number, time: number): number {
    return time - (this.#at[node] as number);
  }
}
