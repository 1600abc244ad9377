import type { Millis } from '@holdfast/kernel';
import {
  EventQueue,
  faultEnds,
  faultStarts,
  kinds,
  scheduleTurns,
  timerEnds,
  Timers,
} from './event-queue.ts';
import {
  amend,
  amendedColumn,
  type Amendment,
  type Amendments,
  type Asked,
  type Reading,
} from './amendments.ts';
import type { FaultSpan } from './fault-span.ts';
import { Stores } from './stores.ts';
import { op, type NodeId, type System } from './system.ts';
import { Places, Trace } from './trace.ts';

/** The steady state before time 0. */
interface Baseline {
  readonly value: Uint8Array;
  readonly flag: Uint8Array;
  readonly count: Int32Array;
}

/**
 * Solves one system under one reading of what is unknown, for any number of scenarios.
 * Between events nothing changes; at each event the least fixed point is restored by counters:
 * falls first (in a circle everything that leaned on a fallen node falls too), then what is still founded rises again.
 * Flags move only when the instant is settled, so that what falls and rises at once is never seen down.
 * @see Dowling and Gallier, Linear-time algorithms for testing the satisfiability of propositional Horn formulae, 1984
 * @see SPEC.md
 */
export class Simulation {
  readonly system: System;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #denied: ReadonlySet<number>;
  readonly #granted: ReadonlySet<number>;
  readonly #value: Uint8Array;
  readonly #flag: Uint8Array;
  readonly #count: Int32Array;
  readonly #base: Baseline;
  readonly #faults: Int32Array;
  readonly #timers: Timers;
  readonly #stores: Stores;
  readonly #queue = new EventQueue();
  readonly #places: Places;
  readonly #asked: Asked | undefined;
  readonly #touched: number[] = [];
  readonly #touchStamp: Int32Array;
  readonly #before: Uint8Array;
  readonly #dirty: number[] = [];
  readonly #dirtyStamp: Int32Array;
  #instant = 0;
  #run = 0;
  #falling: number[] = [];
  #rising: number[] = [];

  /** Of `asked` alone is told what happens, if it is given. */
  constructor(system: System, reading: Reading, amendments: Amendments = {}, asked?: Asked) {
    const { size } = system;
    this.system = system;
    const amended = amendments.amended ?? new Map<NodeId, Amendment>();
    this.#first = amendedColumn(system.first, reading, amendments);
    this.#second = amendedColumn(system.second, reading, amendments);
    this.#granted = new Set([...amended].flatMap(([node, each]) => (each === 'granted' ? [node] : [])));
    this.#denied = new Set([...amended].flatMap(([node, each]) => (each === 'denied' ? [node] : [])));
    for (const [node, each] of amended) amend(system, this.#first, this.#second, node, each);
    this.#value = new Uint8Array(size);
    this.#flag = new Uint8Array(size);
    this.#count = new Int32Array(size);
    this.#faults = new Int32Array(size);
    this.#timers = new Timers(size);
    this.#stores = new Stores(size);
    this.#touchStamp = new Int32Array(size);
    this.#before = new Uint8Array(size);
    this.#dirtyStamp = new Int32Array(size);
    this.#places = new Places(size);
    this.#settle();
    this.#asked = asked;
    this.#base = {
      value: this.#value.slice(),
      flag: this.#flag.slice(),
      count: this.#count.slice(),
    };
  }

  /** The value of a node before anything failed. */
  baseline(node: NodeId): boolean {
    return this.#base.value[node] === 1;
  }

  /** What changes when, from time 0 to the horizon (not including it). Ends before a budget of flips is passed, and then says so. */
  run(faults: readonly FaultSpan[], horizon: Millis, budget = Infinity): Trace {
    this.#restore();
    this.#run += 1;
    const trace = new Trace(this.#base.value, horizon, this.#places);
    for (const { node, from, until } of faults) this.#plan(node, from, until);
    for (const node of this.system.scheduled) this.#planSchedule(node);
    while (this.#queue.nextTime < horizon) {
      if (trace.size > budget) return trace.exhausted(this.#queue.nextTime as Millis);
      this.#step(this.#queue.nextTime, trace);
    }
    return trace;
  }

  /** The steady state before time 0: stores are as full as their inputs are up, timers have run out, what runs has started. */
  #settle(): void {
    const { ops, need, size } = this.system;
    for (let node = 0; node < size; node += 1) {
      const code = ops[node];
      const set =
        code === op.after ||
        code === op.latch ||
        (code === op.constant && this.#first[node] === 1) ||
        (code === op.source && this.#scheduledUp(node, -1));
      if (set) this.#setFlag(node, 1);
    }
    for (let node = 0; node < size; node += 1)
      if ((this.#count[node] as number) >= (need[node] as number)) this.#rising.push(node);
    this.#rise();
    // A generator whose mains are down before the start carries its load.
    for (let node = 0; node < size; node += 1) {
      if (ops[node] !== op.standby || (this.#input(node) === 1 && this.#first[node] !== 0)) continue;
      this.#setFlag(node, 1);
      this.#rising.push(node);
    }
    this.#rise();
    for (let node = 0; node < size; node += 1) {
      const code = ops[node];
      const lasts = this.#first[node] as number;
      this.#stores.begin(node, code === op.hold && this.#input(node) === 1 ? lasts : 0);
      if (code === op.hold && this.#input(node) === 1 && lasts > 0) this.#setFlag(node, 1);
      if (code === op.latch && this.#value[node] === 0) this.#setFlag(node, 0);
      if (code === op.after && this.#input(node) === 0 && lasts > 0) this.#setFlag(node, 0);
      // Its mains came up only behind another generator that carries its load.
      if (code === op.standby && this.#input(node) === 1 && lasts > 0) this.#setFlag(node, 0);
    }
    this.#touched.length = 0;
    this.#dirty.length = 0;
  }

  /** The value of a node's first input. */
  #input(node: number): number {
    const { inputStart, inputs } = this.system;
    return this.#value[inputs[inputStart[node] as number] as number] as number;
  }

  #scheduledUp(node: number, time: number): boolean {
    return time >= (this.#first[node] as number) && time < (this.#second[node] as number);
  }

  #restore(): void {
    for (const node of this.#dirty) {
      this.#value[node] = this.#base.value[node] as number;
      this.#flag[node] = this.#base.flag[node] as number;
      this.#count[node] = this.#base.count[node] as number;
      this.#faults[node] = 0;
      this.#stores.restore(node);
    }
    this.#dirty.length = 0;
    this.#queue.clear();
    this.#timers.clear();
  }

  #plan(node: number, from: number, until: number): void {
    if (this.#asked?.[node] === 0 || this.#granted.has(node) || until <= from || until <= 0) return;
    this.#queue.push(Math.max(0, from), node * kinds + faultStarts);
    if (until < Infinity) this.#queue.push(until, node * kinds + faultEnds);
  }

  #planSchedule(node: number): void {
    if (this.#asked?.[node] === 0) return;
    for (const at of [this.#first[node] as number, this.#second[node] as number])
      if (at >= 0 && at < Infinity) this.#queue.push(at, node * kinds + scheduleTurns);
  }

  #step(time: number, trace: Trace): void {
    this.#instant += 1;
    this.#touched.length = 0;
    while (this.#queue.nextTime === time) this.#take(this.#queue.pop(), time);
    for (;;) {
      this.#fall();
      if (this.#rising.length === 0) break;
      this.#rise();
    }
    for (const node of this.#touched) {
      if (this.#value[node] === this.#before[node]) continue;
      trace.flip(time as Millis, node as NodeId, this.#value[node] === 1);
    }
    // Committing may touch more nodes' flags, never their values.
    const settled = this.#touched.length;
    for (let index = 0; index < settled; index += 1) {
      const node = this.#touched[index] as number;
      if (this.#value[node] !== this.#before[node]) this.#commit(node, time);
    }
  }

  #take(payload: number, time: number): void {
    const what = payload % kinds;
    const subject = Math.floor(payload / kinds);
    if (what === timerEnds) {
      const node = this.#timers.ended(subject);
      if (node !== undefined) this.#moveFlag(node, this.system.ops[node] === op.hold ? this.#input(node) : 1);
      return;
    }
    this.#mark(subject);
    if (what === faultStarts) this.#faults[subject] = (this.#faults[subject] as number) + 1;
    if (what === faultEnds) this.#faults[subject] = (this.#faults[subject] as number) - 1;
    const up = this.#faults[subject] === 0 && this.#scheduledUp(subject, time) && !this.#denied.has(subject);
    this.#moveFlag(subject, up ? 1 : 0);
  }

  /** A timer that another change of the same node outruns. */
  #timer(node: number, time: number): void {
    if (time < Infinity) this.#queue.push(time, this.#timers.set(node));
  }

  #mark(node: number): void {
    if (this.#dirtyStamp[node] === this.#run) return;
    this.#dirtyStamp[node] = this.#run;
    this.#dirty.push(node);
  }

  #setFlag(node: number, flag: number): void {
    if (this.#flag[node] === flag) return;
    this.#mark(node);
    this.#flag[node] = flag;
    this.#count[node] = (this.#count[node] as number) + (flag === 1 ? 1 : -1);
  }

  #moveFlag(node: number, flag: number): void {
    this.#setFlag(node, flag);
    if (flag === 0) this.#falling.push(node);
    else this.#rising.push(node);
  }

  #change(node: number, value: number): void {
    this.#mark(node);
    if (this.#touchStamp[node] !== this.#instant) {
      this.#touchStamp[node] = this.#instant;
      this.#before[node] = this.#value[node] as number;
      this.#touched.push(node);
    }
    this.#value[node] = value;
  }

  #fall(): void {
    const { need, outputStart, outputs, circle } = this.system;
    const queue = this.#falling;
    for (const node of queue) {
      // What a circle dropped on suspicion stands in the queue although it may still be founded.
      const suspected = node < 0;
      const real = suspected ? ~node : node;
      if (this.#value[real] === 0 || (!suspected && (this.#count[real] as number) >= (need[real] as number)))
        continue;
      this.#change(real, 0);
      if (suspected) this.#rising.push(real);
      for (let place = outputStart[real] as number; place < (outputStart[real + 1] as number); place += 1) {
        const user = outputs[place] as number;
        if (this.#asked?.[user] === 0) continue;
        const left = (this.#count[user] as number) - 1;
        this.#mark(user);
        this.#count[user] = left;
        if (this.#value[user] === 0) continue;
        if (left < (need[user] as number)) queue.push(user);
        else if ((circle[user] as number) >= 0) queue.push(~user);
      }
    }
    queue.length = 0;
  }

  #rise(): void {
    const { need, outputStart, outputs } = this.system;
    const queue = this.#rising;
    for (const node of queue) {
      if (this.#value[node] === 1 || (this.#count[node] as number) < (need[node] as number)) continue;
      this.#change(node, 1);
      for (let place = outputStart[node] as number; place < (outputStart[node + 1] as number); place += 1) {
        const user = outputs[place] as number;
        if (this.#asked?.[user] === 0) continue;
        const more = (this.#count[user] as number) + 1;
        this.#mark(user);
        this.#count[user] = more;
        if (this.#value[user] === 0 && more >= (need[user] as number)) queue.push(user);
      }
    }
    queue.length = 0;
  }

  /** Lets the flags follow, once an instant is settled. */
  #commit(changed: number, time: number): void {
    const { ops, inputStart, inputs, outputStart, outputs } = this.system;
    if (ops[changed] === op.latch) this.#setFlag(changed, this.#value[changed] as number);
    let last = -1;
    const end = outputStart[changed + 1] as number;
    for (let place = outputStart[changed] as number; place < end; place += 1) {
      const node = outputs[place] as number;
      const code = ops[node] as number;
      if (
        this.#asked?.[node] === 0 ||
        node === last ||
        code < op.hold ||
        inputs[inputStart[node] as number] !== changed
      )
        continue;
      last = node;
      const up = this.#value[changed] === 1;
      if (code === op.hold) this.#store(node, up, time);
      else if (code === op.after) this.#delay(node, up, !up, time);
      else if (code === op.standby) this.#delay(node, !up, up, time);
    }
  }

  #store(node: number, up: boolean, time: number): void {
    const lasts = this.#first[node] as number;
    const refill = this.#second[node] as number;
    if (lasts <= 0) return;
    this.#mark(node);
    this.#timers.outrun(node);
    if (!up) return this.#timer(node, time + this.#stores.fill(node, time, lasts, refill));
    const empty = this.#stores.drain(node, time, lasts, refill);
    if (empty === 0) this.#setFlag(node, 1);
    else this.#timer(node, time + empty);
  }

  /** A timer that starts when its condition comes and is void when it goes. */
  #delay(node: number, starts: boolean, stops: boolean, time: number): void {
    const delay = this.#first[node] as number;
    if (delay === 0) return;
    this.#timers.outrun(node);
    if (stops) this.#setFlag(node, 0);
    if (starts) this.#timer(node, time + delay);
  }
}
