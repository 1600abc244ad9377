import type { Fix, ProductEntry, Vulnerability } from '../advisory/advisory.ts';
import { compareNumbers } from '../version/compare-versions.ts';
import { compared } from '../range/place.ts';
import { releaseOf, type Version } from '../version/version.ts';

/** The fixes of a vulnerability that are for the entries at hand and can be ordered against their versions. */
export function fixesOf(vulnerability: Vulnerability, indices: readonly number[], entries: readonly ProductEntry[]): readonly Fix[] {
  const bounds = indices.flatMap((index) => boundsOf(entries[index]));
  return vulnerability.fixes.filter(
    (fix) =>
      indices.some((index) => fix.entries.has(index)) &&
      (bounds.length === 0 || bounds.some((bound) => compared(fix.version, bound) !== undefined)),
  );
}

/** All versions that an entry compares with. */
export function boundsOf(entry: ProductEntry | undefined): readonly Version[] {
  if (entry === undefined || entry.range.kind !== 'spans') return [];
  return entry.range.spans.flatMap((span) =>
    span.kind === 'exact'
      ? [span.version]
      : [span.lower?.version, span.upper?.version].filter((each) => each !== undefined),
  );
}

/** The fix of the line that a version is on: the least that comes after it, else the greatest. */
export function fixFor(fixes: readonly Fix[], version: Version | undefined): Fix | undefined {
  if (version === undefined) return fixes.at(-1);
  const later = fixes.filter((each) => compared(version, each.version) === 'less');
  const near = later.toSorted(byVersion);
  return near.find((each) => releaseOf(each.version)[0] === releaseOf(version)[0]) ?? near[0] ?? fixes.toSorted(byVersion).at(-1);
}

const byVersion = (a: Fix, b: Fix): number => {
  const order = compareNumbers(releaseOf(a.version), releaseOf(b.version));
  return order === 'less' ? -1 : order === 'greater' ? 1 : 0;
};

/** Whether a version lies at or behind every fix that is named, so that nothing is left to install. */
export const isBehindAll = (fixes: readonly Fix[], version: Version): boolean =>
  fixes.length > 0 &&
  fixes.every(({ version: fix }) => {
    const order = compared(version, fix);
    return order === 'equal' || order === 'greater';
  });

/** The fix that a version has reached: one of its own line, or all of them. */
export function reachedFix(fixes: readonly Fix[], version: Version): Fix | undefined {
  const [own] = fixes.filter(
    (each) =>
      fixes.length > 1 &&
      releaseOf(each.version)[0] === releaseOf(version)[0] &&
      releaseOf(each.version).length > 1 &&
      ['equal', 'greater'].includes(compared(version, each.version) ?? ''),
  );
  const sameLine = fixes.filter((each) => releaseOf(each.version)[0] === releaseOf(version)[0]);
  if (own !== undefined && sameLine.length === 1) return own;
  return isBehindAll(fixes, version) ? fixes.toSorted(byVersion).at(-1) : undefined;
}
