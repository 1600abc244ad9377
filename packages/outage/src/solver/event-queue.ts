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

/** Timers of nodes, each of which the next change of its node outruns. */
export class Timers {
  readonly #version: Int32Array;
  /** Of each timer its node, and the version that the node had. */
  readonly #set: number[] = [];

  constructor(size: number) {
    this.#version = new Int32Array(size);
  }

  clear(): void {
    this.#set.length = 0;
  }

  /** Voids the timers of a node. */
  outrun(node: number): void {
    this.#version[node] = (this.#version[node] as number) + 1;
  }

  /** Sets a timer, and gives the payload of its event. */
  set(node: number): number {
    this.#set.push(node, this.#version[node] as number);
    return (this.#set.length / 2 - 1) * kinds + timerEnds;
  }

  /** The node of a timer that has ended; `undefined` where it was outrun. */
  ended(subject: number): number | undefined {
    const node = this.#set[2 * subject] as number;
    return this.#set[2 * subject + 1] === this.#version[node] ? node : undefined;
  }
}
