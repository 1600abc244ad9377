import type { ProductEntry } from '../advisory/advisory.ts';
import { compared } from '../range/place.ts';
import type { Bound } from '../range/range.ts';
import { compareNumbers } from '../version/compare-versions.ts';
import { releaseOf, type Version } from '../version/version.ts';

/** What upper bounds of lines that run side by side say of a version. */
export interface BranchReading {
  /** The bound of the version's own line. */
  readonly own: Bound;
  /** Whether the version lies at or behind it. */
  readonly isMended: boolean;
}

/**
 * Reads several upper bounds of one product as the ends of lines that run side by side: 10.1.6 is mended in the line 10 though it
 * lies before 11.0.3. Undefined where there is one bound, or the version is on no line that a bound ends.
 */
export function readBranches(entries: readonly ProductEntry[], version: Version): BranchReading | undefined {
  const bounds = distinct(entries.flatMap(upperBounds));
  if (bounds.length < 2) return undefined;
  const depth = partingDepth(bounds);
  const own = bounds.filter(({ version: bound }) => startsAlike(bound, version, depth));
  const [first] = own;
  if (first === undefined || own.length > 1 || first.isIncluded) return undefined;
  const order = compared(version, first.version);
  return order === undefined ? undefined : { own: first, isMended: order !== 'less' };
}

/** The upper bounds that nothing ends below: `>= 2.0 | < 3.1` is an interval of its own. */
function upperBounds({ range }: ProductEntry): readonly Bound[] {
  if (range.kind !== 'spans') return [];
  return range.spans.flatMap((span) =>
    span.kind === 'interval' &&
    span.upper !== undefined &&
    span.lower === undefined &&
    span.line === undefined
      ? [span.upper]
      : [],
  );
}

function distinct(bounds: readonly Bound[]): readonly Bound[] {
  const seen: Bound[] = [];
  for (const bound of bounds)
    if (!seen.some((each) => compareNumbers(releaseOf(each.version), releaseOf(bound.version)) === 'equal'))
      seen.push(bound);
  return seen;
}

/** How many numbers tell the lines apart: one for 10.1.6 and 11.0.3, two for 5.00.171 and 5.10.069. */
function partingDepth(bounds: readonly Bound[]): number {
  for (let depth = 1; depth <= 3; depth += 1) {
    const heads = new Set(bounds.map(({ version }) => headOf(version, depth)));
    if (heads.size === bounds.length) return depth;
  }
  return 4;
}

const headOf = (version: Version, depth: number): string =>
  Array.from({ length: depth }, (_, index) => releaseOf(version)[index] ?? 0).join('.');

const startsAlike = (bound: Version, version: Version, depth: number): boolean =>
  headOf(bound, depth) === headOf(version, depth);
