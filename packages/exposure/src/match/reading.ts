import type { Advisory, ProductEntry, Status, Vulnerability } from '../advisory/advisory.ts';
import { compared } from '../range/place.ts';
import type { Version } from '../version/version.ts';
import type { EntryPlace } from './entry-place.ts';
import { fixesOf, fixFor } from './fixes.ts';
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
  readonly firmware: string;
}

export function phrase(readings: readonly Reading[]): string {
  const comparisons = [...new Set(readings.map(({ place }) => place.comparison))];
  return comparisons.slice(0, 3).join('; ');
}

export function said(
  { advisory, vulnerability, version }: Case,
  readings: readonly Reading[],
  verdict: Verdict,
  why: string,
): Judgement {
  const indices = readings.map(({ index }) => index);
  const fixes = fixesOf(vulnerability, indices, advisory.entries);
  const fix = fixFor(fixes.own, version) ?? fixes.other.at(-1);
  const end = verdict === 'not_affected' ? undefined : endOf(readings, version);
  return {
    verdict,
    matched: [...new Set(readings.map(({ entry }) => entry.matched))].slice(0, 3).join('; '),
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
