import fc from 'fast-check';
import type { Equation, Otherwise, Outage, Pair } from './equation-oracle.ts';

/** A random system with what happens to it. */
export interface EquationCase {
  readonly equations: readonly Equation[];
  readonly outages: readonly (readonly Outage[])[];
  readonly otherwise: Otherwise;
  readonly horizon: number;
}

const length = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 1, arbitrary: fc.constant(Infinity) },
);
const finite = fc.integer({ min: 0, max: 12 });
const sorted = (pair: readonly [number, number]): readonly [number, number] => [
  Math.min(...pair),
  Math.max(...pair),
];
const longerIsBetter: fc.Arbitrary<Pair<number>> = fc
  .tuple(length, length)
  .map(sorted)
  .map(([worst, best]) => ({ worst, best }));
const shorterIsBetter: fc.Arbitrary<Pair<number>> = longerIsBetter.map(({ worst, best }) => ({
  worst: best,
  best: worst,
}));
const refill: fc.Arbitrary<Pair<number>> = fc.oneof(
  fc.constant({ worst: 0, best: 0 }),
  fc
    .tuple(finite, finite)
    .map(sorted)
    .map(([best, worst]) => ({ worst, best })),
  finite.map((best) => ({ worst: Infinity, best })),
);

const always: Equation = {
  kind: 'source',
  from: { worst: -Infinity, best: -Infinity },
  until: { worst: Infinity, best: Infinity },
};
const scheduled: fc.Arbitrary<Equation> = fc
  .tuple(fc.integer({ min: -3, max: 20 }), fc.integer({ min: -3, max: 40 }))
  .map(([from, until]) => ({
    kind: 'source',
    from: { worst: Math.max(from, 0), best: from },
    until: { worst: until, best: until + 2 },
  }));

/** Draws a place before this one, so that only rings close circles. */
const earlier = (place: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.integer({ min: 0, max: place - 1 }) },
    { weight: 1, arbitrary: fc.integer({ min: Math.max(0, place - 4), max: place - 1 }) },
  );

function gate(place: number): fc.Arbitrary<Equation> {
  const of = fc.array(earlier(place), { maxLength: 4 });
  return fc.oneof(
    of.map((each): Equation => ({ kind: 'all', of: each })),
    of.map((each): Equation => ({ kind: 'any', of: each })),
    fc
      .tuple(fc.integer({ min: 0, max: 3 }), of)
      .map(([need, each]): Equation => ({ kind: 'atLeast', need, of: each })),
  );
}

function timed(place: number): fc.Arbitrary<Equation> {
  const of = earlier(place);
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('hold' as const), of, lasts: longerIsBetter, refill }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('after' as const), of, delay: shorterIsBetter }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('latch' as const), run: of, start: of }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('standby' as const),
        mains: of,
        genset: of,
        delay: shorterIsBetter,
      }),
    },
  );
}

const truth: fc.Arbitrary<Equation> = fc
  .constantFrom([false, false], [false, true], [true, true])
  .map(([worst = false, best = false]) => ({ kind: 'constant', value: { worst, best } }));

function system(sources: number, rings: number, rest: number): fc.Arbitrary<readonly Equation[]> {
  const size = sources + rings + rest;
  const first = fc.tuple(
    ...Array.from({ length: sources }, () =>
      fc.oneof(
        { weight: 6, arbitrary: fc.constant(always) },
        { weight: 1, arbitrary: scheduled },
        { weight: 1, arbitrary: truth },
      ),
    ),
  );
  const closed = fc.tuple(
    ...Array.from({ length: rings }, () =>
      fc
        .array(fc.integer({ min: 0, max: size - 1 }), { minLength: 1, maxLength: 3 })
        .map((of): Equation => ({ kind: 'ring', of })),
    ),
  );
  const after = fc.tuple(
    ...Array.from({ length: rest }, (_, index) =>
      fc.oneof(
        { weight: 3, arbitrary: gate(sources + rings + index) },
        { weight: 4, arbitrary: timed(sources + rings + index) },
      ),
    ),
  );
  return fc.tuple(first, closed, after).map((parts) => groundedMains(parts.flat()));
}

/** The mains of a generator never lean on a circle: the language refuses supplies that feed each other. */
function groundedMains(equations: readonly Equation[]): readonly Equation[] {
  const leaning = new Set<number>();
  for (const [place, each] of equations.entries())
    if (each.kind === 'ring' || inputsOf(each).some((of) => leaning.has(of))) leaning.add(place);
  return equations.map((each) =>
    each.kind === 'standby' && leaning.has(each.mains) ? { ...each, mains: 0 } : each,
  );
}

function inputsOf(each: Equation): readonly number[] {
  if ('of' in each) return typeof each.of === 'number' ? [each.of] : each.of;
  if (each.kind === 'latch') return [each.run, each.start];
  return each.kind === 'standby' ? [each.mains, each.genset] : [];
}

const cut = (sources: number): fc.Arbitrary<Outage> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: sources - 1 }),
      fc.integer({ min: 0, max: 24 }),
      fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 0, max: 12 }) },
        { weight: 1, arbitrary: fc.constant(Infinity) },
      ),
    )
    .map(([place, from, long]) => ({ place, from, until: from + long }));

/** Places that may be read otherwise: those with something to amend, and no other equation sharing them. */
const amendable = (each: Equation): boolean =>
  each.kind === 'source' ||
  each.kind === 'constant' ||
  each.kind === 'hold' ||
  (each.kind === 'after' && each.delay.worst > 0) ||
  each.kind === 'standby';

function otherwiseOf(equations: readonly Equation[]): fc.Arbitrary<Otherwise> {
  const places = [...equations.keys()].filter((place) => amendable(equations[place] as Equation));
  const some = fc.subarray(places, { maxLength: Math.min(2, places.length) }).map((each) => new Set(each));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: fc
        .record({ flipped: some, granted: some, denied: some })
        .map(({ flipped, granted, denied }) => ({
          flipped,
          granted,
          denied: new Set([...denied].filter((each) => !granted.has(each))),
        })),
    },
  );
}

/** Systems of up to 26 equations with circles, and up to three runs of faults that overlap, touch and end. */
export const equationCase: fc.Arbitrary<EquationCase> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 18 }))
  .chain(([sources, rings, rest]) =>
    system(sources, rings, rest).chain((equations) =>
      fc.record({
        equations: fc.constant(equations),
        outages: fc.array(fc.array(cut(sources), { maxLength: 6 }), { minLength: 1, maxLength: 3 }),
        otherwise: otherwiseOf(equations),
        horizon: fc.integer({ min: 20, max: 60 }),
      }),
    ),
  );
