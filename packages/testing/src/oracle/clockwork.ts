import type { Side } from '../equation-oracle.ts';

/** One minute: the step of the simulation. */
export const minute = 60_000;

/** What the past left in a store or a timer, and what it saw last in the instant at hand. */
interface Cell {
  input: boolean;
  own: boolean;
  level: number;
  since: number;
  seenInput: boolean;
  seenOwn: boolean;
  settle(): void;
}

/**
 * Truths that depend on each other, and on what stores and timers keep from the past (SPEC T2 to T4, O3 to O6).
 * At each instant every truth begins false and is asked again until none changes: the least fixed point.
 * Whoever defines a truth asks for everything it depends on, whatever the answers so far.
 */
export class Clockwork {
  readonly side: Side;
  /** The instant at hand; before 0 everything is steady. */
  now = -minute;
  /** Counts how often all truths were asked: what was found in one round may be used until the next. */
  round = 0;
  readonly #definitions = new Map<string, () => boolean>();
  readonly #values = new Map<string, boolean>();
  readonly #cells = new Map<string, Cell>();

  constructor(side: Side) {
    this.side = side;
  }

  /** A truth under a name that no other truth has. */
  truth(name: string, define: () => boolean): boolean {
    const value = this.#values.get(name);
    if (value !== undefined) return value;
    this.#definitions.set(name, define);
    this.#values.set(name, false);
    const first = define();
    this.#values.set(name, first);
    return first;
  }

  /** One reading of what nobody knows. */
  pick<T>(worst: T, best: T): T {
    return this.side === 'worst' ? worst : best;
  }

  /** The truths of the instant last settled, by name. */
  get values(): ReadonlyMap<string, boolean> {
    return this.#values;
  }

  /** Finds the values of this instant, then moves the state. */
  settle(): void {
    for (const name of this.#values.keys()) this.#values.set(name, false);
    for (let changed = true; changed;) {
      changed = false;
      this.round += 1;
      // What a truth depends on was asked after it: backwards it settles soonest.
      for (const [name, define] of [...this.#definitions].toReversed()) {
        const value = define();
        if (value === this.#values.get(name)) continue;
        this.#values.set(name, value);
        changed = true;
      }
    }
    for (const cell of this.#cells.values()) cell.settle();
  }

  /** O3. */
  hold(name: string, of: () => boolean, lasts: number, refill = 0): boolean {
    return this.truth(name, () => {
      const input = of();
      const cell = this.#cell(name, (each) => {
        if (this.now < 0) each.level = each.seenInput ? lasts : 0;
        else if (each.seenInput !== each.input) each.level = this.#contents(each, lasts, refill);
      });
      return this.#see(cell, input, this.now < 0 ? input : input || this.#contents(cell, lasts, refill) > 0);
    });
  }

  #contents({ input, level, since }: Cell, lasts: number, refill: number): number {
    const passed = this.now - since;
    if (!input) return Math.max(0, level - passed);
    if (refill === 0 || lasts === Infinity || level === lasts) return lasts;
    return Math.min(lasts, level + Math.floor((passed * lasts) / refill));
  }

  /** O4. */
  after(name: string, of: () => boolean, delay: number): boolean {
    return this.truth(name, () => {
      const input = of();
      const cell = this.#cell(name);
      const ripe = this.now < 0 || delay === 0 || (cell.input && this.now - cell.since >= delay);
      return this.#see(cell, input, input && ripe);
    });
  }

  /** O5. */
  latch(name: string, run: () => boolean, start: () => boolean): boolean {
    return this.truth(name, () => {
      const running = run();
      const starting = start();
      const cell = this.#cell(name);
      return this.#see(cell, running, running && (this.now < 0 || cell.own || starting));
    });
  }

  /** O6. */
  standby(name: string, mains: () => boolean, genset: () => boolean, delay: number): boolean {
    return this.truth(name, () => {
      const supplied = mains();
      const generated = genset();
      const cell = this.#cell(name);
      const started = this.now < 0 || delay === 0 || (!cell.input && this.now - cell.since >= delay);
      return this.#see(cell, supplied, supplied || (generated && started));
    });
  }

  /** What was true once stays true (D3). */
  keep(name: string, of: () => boolean): boolean {
    return this.truth(name, () => {
      const input = of();
      const cell = this.#cell(name);
      return this.#see(cell, input, input || cell.own);
    });
  }

  #see(cell: Cell, input: boolean, own: boolean): boolean {
    cell.seenInput = input;
    cell.seenOwn = own;
    return own;
  }

  #cell(name: string, level: (cell: Cell) => void = () => undefined): Cell {
    const found = this.#cells.get(name);
    if (found) return found;
    const cell: Cell = {
      input: false,
      own: false,
      level: 0,
      since: -Infinity,
      seenInput: false,
      seenOwn: false,
      settle: () => {
        level(cell);
        if (this.now >= 0 && cell.seenInput !== cell.input) cell.since = this.now;
        cell.input = cell.seenInput;
        cell.own = cell.seenOwn;
      },
    };
    this.#cells.set(name, cell);
    return cell;
  }
}
