/** A quantity as the worst and the best reading take it. */
export interface Pair<T> {
  readonly worst: T;
  readonly best: T;
}

export type Side = keyof Pair<unknown>;

/** One equation over the equations at the given places; a place may lie ahead only for `ring`. */
export type Equation =
  | { readonly kind: 'source'; readonly from: Pair<number>; readonly until: Pair<number> }
  | { readonly kind: 'constant'; readonly value: Pair<boolean> }
  | { readonly kind: 'all' | 'any' | 'ring'; readonly of: readonly number[] }
  | { readonly kind: 'atLeast'; readonly need: number; readonly of: readonly number[] }
  | {
      readonly kind: 'hold';
      readonly of: number;
      readonly lasts: Pair<number>;
      readonly refill: Pair<number>;
    }
  | { readonly kind: 'after'; readonly of: number; readonly delay: Pair<number> }
  | { readonly kind: 'latch'; readonly run: number; readonly start: number }
  | {
      readonly kind: 'standby';
      readonly mains: number;
      readonly genset: number;
      readonly delay: Pair<number>;
    };

/** The source at a place is down from one tick until another, not including it. */
export interface Outage {
  readonly place: number;
  readonly from: number;
  readonly until: number;
}

/** What a run reads otherwise than declared. */
export interface Otherwise {
  readonly flipped?: ReadonlySet<number>;
  readonly granted?: ReadonlySet<number>;
  readonly denied?: ReadonlySet<number>;
}

/** What the past left in one equation. */
interface Memory {
  /** Hold: what was in the store when its input last changed, and when that was. */
  level: number;
  /** When the input (of a standby: the mains) last changed; long ago before the start. */
  since: number;
  /** The input's value, and the equation's own, when the last instant was settled. */
  input: boolean;
  own: boolean;
}

/** The values before the start, and at each tick from 0 to the horizon (not including it). */
export interface Course {
  readonly before: readonly boolean[];
  readonly ticks: readonly (readonly boolean[])[];
}

/**
 * Simulates equations tick by tick straight from the rules T1 to T4 and O1 to O7 of the outage engine's SPEC.md:
 * each instant is iterated from all-false to its least fixed point, then the state moves by one tick.
 */
export function simulateEquations(
  equations: readonly Equation[],
  side: Side,
  outages: readonly Outage[],
  horizon: number,
  otherwise: Otherwise = {},
): Course {
  const read = equations.map((each, place) => readingOf(each, place, side, otherwise));
  const before = leastFixedPoint(read, (each, value) => steady(each, value));
  const memories = read.map((each, place) => memoryBefore(each, before, place));
  const ticks: (readonly boolean[])[] = [];
  for (let tick = 0; tick < horizon; tick += 1) {
    const values = leastFixedPoint(read, (each, value, place) =>
      instant(each, value, memories[place] as Memory, tick, place, outages),
    );
    for (const [place, each] of read.entries())
      remember(each, values, memories[place] as Memory, tick, place);
    ticks.push(values);
  }
  return { before, ticks };
}

/** An equation under one reading: each pair is the same twice. */
function readingOf(
  each: Equation,
  place: number,
  side: Side,
  { flipped, granted, denied }: Otherwise,
): Equation {
  const taken = flipped?.has(place) ? (side === 'worst' ? 'best' : 'worst') : side;
  const one = <T>(pair: Pair<T>): Pair<T> => ({ worst: pair[taken], best: pair[taken] });
  const both = <T>(value: T): Pair<T> => ({ worst: value, best: value });
  const amended = granted?.has(place) ? 'granted' : denied?.has(place) ? 'denied' : undefined;
  switch (each.kind) {
    case 'source':
      if (amended === 'granted') return { kind: 'constant', value: both(true) };
      return amended === 'denied'
        ? { kind: 'constant', value: both(false) }
        : { ...each, from: one(each.from), until: one(each.until) };
    case 'constant':
      return { kind: 'constant', value: amended ? both(amended === 'granted') : one(each.value) };
    case 'hold': {
      const lasts = amended ? both(amended === 'granted' ? Infinity : 0) : one(each.lasts);
      return { ...each, lasts, refill: amended === 'granted' ? both(0) : one(each.refill) };
    }
    case 'after':
    case 'standby':
      return { ...each, delay: amended ? both(amended === 'granted' ? 0 : Infinity) : one(each.delay) };
    default:
      return each;
  }
}

type Rule = (each: Equation, value: (place: number) => boolean, place: number) => boolean;

function leastFixedPoint(equations: readonly Equation[], rule: Rule): readonly boolean[] {
  let values: readonly boolean[] = equations.map(() => false);
  for (;;) {
    const known = values;
    const next = equations.map((each, place) => rule(each, (of) => known[of] === true, place));
    if (next.every((value, place) => value === known[place])) return next;
    values = next;
  }
}

const countOf = (of: readonly number[], value: (place: number) => boolean): number => of.filter(value).length;

/** T2: stores and timers lean on their input alone. */
function steady(each: Equation, value: (place: number) => boolean): boolean {
  switch (each.kind) {
    case 'source':
      return each.from.worst < 0 && each.until.worst >= 0;
    case 'hold':
    case 'after':
      return value(each.of);
    case 'latch':
      return value(each.run);
    case 'standby':
      return value(each.mains) || value(each.genset);
    default:
      return stateless(each, value);
  }
}

function stateless(
  each: Extract<Equation, { kind: 'constant' | 'all' | 'any' | 'ring' | 'atLeast' }>,
  value: (place: number) => boolean,
): boolean {
  switch (each.kind) {
    case 'constant':
      return each.value.worst;
    case 'all':
      return countOf(each.of, value) === each.of.length;
    case 'any':
    case 'ring':
      return countOf(each.of, value) > 0;
    case 'atLeast':
      return countOf(each.of, value) >= each.need;
    default:
      return each satisfies never;
  }
}

/** O1 to O6 at one instant, given what the past left. */
function instant(
  each: Equation,
  value: (place: number) => boolean,
  memory: Memory,
  tick: number,
  place: number,
  outages: readonly Outage[],
): boolean {
  switch (each.kind) {
    case 'source':
      return (
        each.from.worst <= tick &&
        tick < each.until.worst &&
        !outages.some((one) => one.place === place && one.from <= tick && tick < one.until)
      );
    case 'hold':
      return value(each.of) || contents(memory, each.lasts.worst, each.refill.worst, tick) > 0;
    case 'after':
      return (
        value(each.of) &&
        (each.delay.worst === 0 || (memory.input && tick - memory.since >= each.delay.worst))
      );
    case 'latch':
      return value(each.run) && (memory.own || value(each.start));
    case 'standby':
      return (
        value(each.mains) ||
        (value(each.genset) &&
          (each.delay.worst === 0 || (!memory.input && tick - memory.since >= each.delay.worst)))
      );
    default:
      return stateless(each, value);
  }
}

/** O3: what is in a store at a tick. */
function contents({ input, level, since }: Memory, lasts: number, refill: number, tick: number): number {
  if (!input) return Math.max(0, level - (tick - since));
  // What never runs out is full at once, whatever it is said to take.
  if (refill === 0 || lasts === Infinity) return lasts;
  return since === -Infinity ? level : Math.min(lasts, level + Math.floor(((tick - since) * lasts) / refill));
}

function memoryBefore(each: Equation, before: readonly boolean[], place: number): Memory {
  const input = before[inputOf(each) ?? place] === true;
  return {
    level: each.kind === 'hold' && input ? each.lasts.worst : 0,
    since: -Infinity,
    input,
    own: before[place] === true,
  };
}

const inputOf = (each: Equation): number | undefined =>
  each.kind === 'hold' || each.kind === 'after' ? each.of : each.kind === 'standby' ? each.mains : undefined;

/** T4: only settled values move the state. */
function remember(
  each: Equation,
  values: readonly boolean[],
  memory: Memory,
  tick: number,
  place: number,
): void {
  memory.own = values[place] === true;
  const from = inputOf(each);
  const input = from !== undefined && values[from] === true;
  if (input === memory.input) return;
  if (each.kind === 'hold') memory.level = contents(memory, each.lasts.worst, each.refill.worst, tick);
  memory.since = tick;
  memory.input = input;
}
