// What happens at an event; its payload is `subject * kinds + what`.
export const faultStarts = 0;
export const faultEnds = 1;
export const scheduleTurns = 2;
export const timerEnds = 3;
export const kinds = 4;

/** Events by time; of equal times, in any order. A binary heap over plain arrays. */
export class EventQueue {
  readonly #times: number[] = [];
  readonly #payloads: number[] = [];

  get nextTime(): number {
    return this.#times[0] ?? Infinity;
  }

  clear(): void {
    this.#times.length = 0;
    this.#payloads.length = 0;
  }

  push(time: number, payload: number): void {
    let hole = this.#times.length;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if ((this.#times[parent] as number) <= time) break;
      this.#times[hole] = this.#times[parent] as number;
      this.#payloads[hole] = this.#payloads[parent] as number;
      hole = parent;
    }
    this.#times[hole] = time;
    this.#payloads[hole] = payload;
  }

  /** Takes the earliest event's payload off. */
  pop(): number {
    const taken = this.#payloads[0] as number;
    const time = this.#times.pop() as number;
    const payload = this.#payloads.pop() as number;
    const size = this.#times.length;
    if (size === 0) return taken;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && (this.#times[child + 1] as number) < (this.#times[child] as number)) child += 1;
      if ((this.#times[child] as number) >= time) break;
      this.#times[hole] = this.#times[child] as number;
      this.#payloads[hole] = this.#payloads[child] as number;
      hole = child;
    }
    this.#times[hole] = time;
    this.#payloads[hole] = payload;
    return taken;
  }
}
