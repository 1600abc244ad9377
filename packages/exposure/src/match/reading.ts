import type { Advisory, ProductEntry, Status, Vulnerability } from '../advisory/advisory.ts';
import { compared } from '../range/place.ts';
import type { Version } from '../version/version.ts';
import type { EntryPlace } from './entry-place.ts';
import { fixesOf, fixFor, type Fixes } from './fixes.ts';
import type { Judgement, Verdict } from './verdict.ts';

/** An entry that names the device, with what the vulnerability says of it and where the version lies. */
export interface Reading {
  readonly index: number;
  readonly entry: ProductEntry;
  readonly status: Status;
  readonly place: EntryPlace;
}

export interface Case {
  readonly advisory: Advisory;
  readonly vulnerability: Vulnerability;
  readonly version: Version | undefined;
  /** The fixes that were found before, by the entries that they are for. */
  readonly fixes: Map<string, Fixes>;
}

/** What was compared, each comparison once. */
export function phrase(readings: readonly Reading[]): string {
  if (readings.length === 1) return readings[0]?.place.comparison ?? '';
  const comparisons = [...new Set(readings.map(({ place }) => place.comparison))];
  return comparisons.slice(0, 3).join('; ');
}

/** A judgement that rests on some readings: what matched, and what mends it. */
export function said(about: Case, readings: readonly Reading[], verdict: Verdict, why: string): Judgement {
  const { version } = about;
  const fixes = fixesFor(about, readings);
  const fix = fixFor(fixes.own, version) ?? fixes.other.at(-1);
  const end = verdict === 'not_affected' ? undefined : endOf(readings, version);
  return {
    verdict,
    matched:
      readings.length === 1
        ? (readings[0]?.entry.matched ?? '')
        : [...new Set(readings.map(({ entry }) => entry.matched))].slice(0, 3).join('; '),
    fixedIn: fix?.version.written ?? end ?? null,
    why,
  };
}

/** The first version that a range no longer holds, of the line of the device where there are several. */
function endOf(readings: readonly Reading[], version: Version | undefined): string | undefined {
  const ends = readings.flatMap(({ entry }) =>
    entry.range.kind !== 'spans'
      ? []
      : entry.range.spans.flatMap((span) =>
          span.kind === 'interval' && span.upper !== undefined && !span.upper.isIncluded
            ? [span.upper.version]
            : [],
        ),
  );
  const later = version === undefined ? ends : ends.filter((each) => compared(version, each) === 'less');
  return later.toSorted((a, b) => (compared(a, b) === 'less' ? -1 : 1))[0]?.written;
}

/** Whether a range ends at a version that is affected itself, so that the first that is mended is another. */
export const endsIncluded = ({ range }: ProductEntry): boolean =>
  range.kind === 'spans' &&
  range.spans.some((span) => span.kind === 'interval' && span.upper?.isIncluded === true);

/** The fixes that are for the entries of some readings. */
export function fixesFor({ advisory, vulnerability, fixes }: Case, readings: readonly Reading[]): Fixes {
  const key =
    readings.length === 1 ? String(readings[0]?.index) : readings.map(({ index }) => index).join(',');
  const before = fixes.get(key);
  if (before !== undefined) return before;
  const found = fixesOf(
    vulnerability,
    readings.map(({ index }) => index),
    advisory.entries,
  );
  fixes.set(key, found);
  return found;
}
