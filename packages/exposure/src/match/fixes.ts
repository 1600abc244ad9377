import type { Fix, ProductEntry, Vulnerability } from '../advisory/advisory.ts';
import { compared, readsBehind } from '../range/place.ts';
import { compareNumbers, compareVersions } from '../version/compare-versions.ts';
import { prefixOf, releaseOf, type Version } from '../version/version.ts';

/** The fixes of a vulnerability that are for some entries. */
export interface Fixes {
  /** Those in the numbering of the entries' own versions. */
  readonly own: readonly Fix[];
  /** Those in another numbering: firmware 6.00.00 mends what is called SS016.05. */
  readonly other: readonly Fix[];
}

/** The fixes that are for the entries at hand. A version of a line far before all that is affected mends something else. */
export function fixesOf(
  vulnerability: Vulnerability,
  indices: readonly number[],
  entries: readonly ProductEntry[],
): Fixes {
  const bounds = indices.flatMap((index) => boundsOf(entries[index]));
  const named = vulnerability.fixes.filter((fix) => indices.some((index) => fix.entries.has(index)));
  if (bounds.length === 0) return { own: named, other: [] };
  const least = Math.min(...bounds.map(firstOf));
  const isOwn = ({ version }: Fix): boolean => bounds.some((bound) => prefixOf(bound) === prefixOf(version));
  return {
    own: named.filter(
      (fix) =>
        isOwn(fix) &&
        firstOf(fix.version) >= least &&
        bounds.some((bound) => compared(fix.version, bound) !== undefined),
    ),
    other: named.filter((fix) => !isOwn(fix)),
  };
}

const firstOf = (version: Version): number => releaseOf(version)[0] ?? 0;

/** All versions that an entry compares with. */
export function boundsOf(entry: ProductEntry | undefined): readonly Version[] {
  if (entry === undefined || entry.range.kind !== 'spans') return [];
  return entry.range.spans.flatMap((span) =>
    span.kind === 'exact'
      ? [span.version]
      : [span.lower?.version, span.upper?.version].filter((each) => each !== undefined),
  );
}

/** The fix of the line that a version is on: the least that comes after it, else the last before it, else any later one. */
export function fixFor(fixes: readonly Fix[], version: Version | undefined): Fix | undefined {
  if (version === undefined) return fixes.toSorted(byVersion).at(-1);
  const sorted = fixes.toSorted(byVersion);
  const later = sorted.filter((each) => compared(version, each.version) === 'less');
  const onLine = nearest(fixes, version);
  const isOnLine = (each: Fix): boolean => onLine.includes(each);
  return later.find(isOnLine) ?? sorted.findLast(isOnLine) ?? later[0] ?? sorted.at(-1);
}

const byVersion = (a: Fix, b: Fix): number => {
  const order = compareNumbers(releaseOf(a.version), releaseOf(b.version));
  return order === 'less' ? -1 : order === 'greater' ? 1 : 0;
};

const reaches = (version: Version, fix: Fix): boolean =>
  ['equal', 'greater'].includes(compared(version, fix.version) ?? '');

/** The fix that a version has reached: the one of its own line, or all of them. */
export function reachedFix(fixes: readonly Fix[], version: Version): Fix | undefined {
  const onLine = nearest(fixes, version);
  if (fixes.length > 1 && onLine.length > 0 && onLine.every((each) => reaches(version, each)))
    return onLine.toSorted(byVersion).at(-1);
  const isBehindAll = fixes.length > 0 && fixes.every((each) => reaches(version, each));
  return isBehindAll ? fixes.toSorted(byVersion).at(-1) : undefined;
}

/** The fixes that begin with the same numbers as a version, and the most of them. */
function nearest(fixes: readonly Fix[], version: Version): readonly Fix[] {
  const shared = fixes.map((each) => commonLength(releaseOf(each.version), releaseOf(version)));
  const most = Math.max(0, ...shared);
  return most === 0 ? [] : fixes.filter((_, index) => shared[index] === most);
}

function commonLength(a: readonly number[], b: readonly number[]): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) if ((a[index] ?? 0) !== (b[index] ?? 0)) return index;
  return length;
}

/** A fix in another numbering that a version is. A later one may as well be an early one of the entry's own numbering. */
export function reachedOther(fixes: readonly Fix[], version: Version): Fix | undefined {
  return fixes.find(({ version: fix }) => {
    return prefixOf(fix) === prefixOf(version) && compareVersions(version, fix) === 'equal';
  });
}

/** Whether a fix that counts before a bound lies behind it as a decimal number: 3.4 mends what ends at 3.30. */
export const isDecimalFix = (fix: Fix, bounds: readonly Version[]): boolean =>
  bounds.length > 0 && bounds.every((bound) => readsBehind(fix.version, bound));
