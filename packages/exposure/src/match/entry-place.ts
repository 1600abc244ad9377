import type { ProductEntry } from '../advisory/advisory.ts';
import type { Span } from '../range/range.ts';
import { isLine, placeIn, type Place } from '../range/place.ts';
import { releaseOf, type Version } from '../version/version.ts';
import { beginsLike } from '../range/place.ts';
import { alignTo } from '../range/align.ts';

/** Where a device's version lies against an entry. */
export interface EntryPlace {
  readonly side: 'in' | 'out' | 'unknown';
  readonly comparison: string;
  /** Of a version that is out: whether the entry speaks of exact versions only, so that it says nothing of others. */
  readonly isListed: boolean;
  /** Of a version that is out: on no line that the entry speaks of. */
  readonly isApart: boolean;
  readonly isBelow: boolean;
}

const out = { isListed: false, isApart: false, isBelow: false };

/** Where a version lies against an entry; of an unknown version, only an entry of all versions can tell. */
export function placeOf(entry: ProductEntry, version: Version | undefined): EntryPlace {
  const { range, line } = entry;
  if (range.kind === 'unread') return { side: 'unknown', comparison: range.reason, ...out };
  const apart = line === undefined || version === undefined ? undefined : offLine(line, version);
  if (apart !== undefined) return apart;
  if (range.kind === 'all') {
    if (range.condition !== undefined && !isComponent(range.condition))
      return { side: 'unknown', comparison: `all versions, but only ${range.condition}`, ...out };
    if (line !== undefined && version === undefined)
      return {
        side: 'unknown',
        comparison: `the firmware is not known, and the advisory speaks of the line ${line.written}`,
        ...out,
      };
    return {
      side: 'in',
      comparison: `all versions${line === undefined ? '' : ` of the line ${line.written}`}`,
      ...out,
    };
  }
  if (version === undefined) return { side: 'unknown', comparison: 'the firmware is not known', ...out };
  const found = placeAmong(range.spans, version);
  const named = entry.namedRange?.kind === 'spans' ? placeAmong(entry.namedRange.spans, version) : undefined;
  const agreed = named === undefined ? found : agree(found, named, entry);
  return settled(agreed, entry);
}

/** What the range leaves open makes `out` unknown, and a condition makes `in` unknown. */
function settled(place: EntryPlace, { range }: ProductEntry): EntryPlace {
  if (range.kind !== 'spans') return place;
  if (place.side === 'out' && range.isCutOff === true)
    return {
      ...place,
      side: 'unknown',
      comparison: `${place.comparison}, but the advisory's list of versions is not whole`,
    };
  if (place.side === 'in' && range.condition !== undefined && !isComponent(range.condition))
    return { ...place, side: 'unknown', comparison: `${place.comparison}, but ${range.condition}` };
  return place;
}

/** A condition that only names a component of the same firmware, or systems that it runs on, does not part devices. */
const isComponent = (condition: string): boolean => /[<>]|\bwindows\b/.test(condition);

/** The branch and the full name of a product, where both give versions: a version that one of them means alone is in doubt. */
function agree(branch: EntryPlace, named: EntryPlace, { range, namedRange }: ProductEntry): EntryPlace {
  if (branch.side === named.side || named.side === 'unknown') return branch;
  const isExact = (spans: readonly Span[]): boolean => spans.every((each) => each.kind === 'exact');
  const lostZeros =
    range.kind === 'spans' &&
    namedRange?.kind === 'spans' &&
    isExact(range.spans) &&
    isExact(namedRange.spans);
  if (lostZeros) return branch.side === 'in' ? branch : named;
  if (namedRange?.kind === 'spans' && namedRange.isVague !== true && named.side === 'in') return named;
  return {
    ...branch,
    side: 'unknown',
    comparison: `${branch.comparison} by the branch, but not by the product's full name`,
  };
}

function placeAmong(spans: readonly Span[], version: Version): EntryPlace {
  const places = spans.map((span) => placeIn(span, version));
  const hit = places.find(({ side }) => side === 'in');
  if (hit !== undefined) return { side: 'in', comparison: hit.comparison, ...out };
  const open = places.find(({ side }) => side === 'unknown');
  if (open !== undefined) return { side: 'unknown', comparison: open.comparison, ...out };
  const onLine = places.filter(({ side }) => side !== 'apart');
  const shown = nearest(onLine.length > 0 ? onLine : places);
  return {
    side: 'out',
    comparison: shown.map((each) => each.comparison).join(', '),
    isListed: spans.every((each) => each.kind === 'exact' && !isLine(each.version)),
    isApart: onLine.length === 0 || spans.every((each) => each.kind === 'exact' && isLine(each.version)),
    isBelow: onLine.some(({ side }) => side === 'below'),
  };
}

/** Few comparisons say enough. */
const nearest = (places: readonly Place[]): readonly Place[] =>
  places.length <= 2
    ? places
    : [
        ...places.filter(({ side }) => side === 'below').slice(0, 1),
        ...places.filter(({ side }) => side === 'above').slice(-1),
      ];

/** A version that is not of the line that the product's name gives; undefined where it is. */
function offLine(line: Version, version: Version): EntryPlace | undefined {
  const aligned = alignTo(line, version);
  if (
    aligned !== undefined &&
    (beginsLike({ ...line, depth: releaseOf(line).length }, aligned) || beginsLike(line, aligned))
  )
    return undefined;
  const numbers = aligned === undefined ? [] : releaseOf(aligned);
  const isBelow = lessNumbers(numbers, releaseOf(line));
  return {
    side: 'out',
    comparison: `${version.written} is not of the line ${line.written}`,
    isListed: false,
    isApart: true,
    isBelow,
  };
}

function lessNumbers(a: readonly number[], b: readonly number[]): boolean {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
