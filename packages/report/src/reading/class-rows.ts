import { fareAt, fares, type Fare, type PlaceReading } from './place-reading.ts';
import { breakpoints, spansOf, type Span } from './timeline.ts';
import { themes } from './themes.ts';

/** How many places of several fare worse for a fault, at a time. */
export interface Tally {
  readonly fails: number;
  readonly unknown: number;
  readonly less: number;
}

/** What a class of area does in one theme: how many of its places are worse, over time. */
export interface ClassCell {
  readonly theme: string;
  readonly places: number;
  /** At how many of them something that matters is lost or in doubt at any time. */
  readonly worse: number;
  readonly spans: readonly Span<Tally>[];
}

/** More stretches than this are drawn as slices of equal width, each as bad as its worst moment. */
const mostSpans = 90;
const none: Tally = { fails: 0, unknown: 0, less: 0 };

/** Each theme of some places, in the order of the themes; those that they do not have are left out. */
export function classCells(readings: readonly PlaceReading[], horizon: number): readonly ClassCell[] {
  return themes.flatMap(({ title, functions }) => {
    const own = readings.filter(({ capabilities }) =>
      capabilities.some((each) => functions.some((name) => name === each.function)),
    );
    if (own.length === 0) return [];
    const timelines = own.filter(isTouched).map((each) => faresOf(each, functions, horizon));
    const worse = timelines.filter((spans) => spans.some(({ value }) => matters(value))).length;
    return [{ theme: title, places: own.length, worse, spans: tally(timelines, horizon) }];
  });
}

/** Whether anything at a place is other than it would be; the rest is not worth a look. */
const isTouched = ({ spans }: PlaceReading): boolean =>
  spans.some(({ value }) => value.fare !== 'holds' && value.fare !== 'anyway');

const matters = (fare: Fare): boolean => fares.indexOf(fare) < fares.indexOf('anyway');

function faresOf(
  { capabilities }: PlaceReading,
  functions: readonly string[],
  horizon: number,
): readonly Span<Fare>[] {
  const own = capabilities.filter((each) => functions.includes(each.function));
  const times = breakpoints(
    own.flatMap(({ steps, usual }) => [steps, usual]),
    horizon,
  );
  return spansOf(times, horizon, (at) => fareAt(own, at, false));
}

function tally(timelines: readonly (readonly Span<Fare>[])[], horizon: number): readonly Span<Tally>[] {
  const deltas = new Map<number, { fails: number; unknown: number; less: number }>();
  const add = (at: number, fare: Fare, by: number): void => {
    const key = fare === 'mixed' ? 'fails' : fare;
    if (key !== 'fails' && key !== 'unknown' && key !== 'less') return;
    const delta = deltas.get(at) ?? { ...none };
    delta[key] += by;
    deltas.set(at, delta);
  };
  for (const { from, until, value } of timelines.flat()) {
    add(from, value, 1);
    add(until, value, -1);
  }
  let now = none;
  const moments = new Map<number, Tally>([[0, none]]);
  for (const [at, { fails, unknown, less }] of [...deltas].toSorted(([a], [b]) => a - b)) {
    now = { fails: now.fails + fails, unknown: now.unknown + unknown, less: now.less + less };
    moments.set(at, now);
  }
  const times = [...moments.keys()].filter((at) => at < horizon);
  const spans = spansOf(times, horizon, (at) => moments.get(at) ?? none, same);
  return spans.length > mostSpans ? sliced(spans, horizon) : spans;
}

const same = (a: Tally, b: Tally): boolean =>
  a.fails === b.fails && a.unknown === b.unknown && a.less === b.less;

function sliced(spans: readonly Span<Tally>[], horizon: number): readonly Span<Tally>[] {
  const width = horizon / mostSpans;
  const worst = (from: number): Tally => {
    const within = spans.filter((each) => each.from < from + width && each.until > from);
    const most = (key: keyof Tally): number => Math.max(0, ...within.map(({ value }) => value[key]));
    return { fails: most('fails'), unknown: most('unknown'), less: most('less') };
  };
  return spansOf(
    Array.from({ length: mostSpans }, (_, index) => index * width),
    horizon,
    worst,
    same,
  );
}
