import type { Fix, ProductEntry } from '../advisory/advisory.ts';
import { beginsLike, compared, isLine } from '../range/place.ts';
import { compareNumbers } from '../version/compare-versions.ts';
import { releaseOf, type Version } from '../version/version.ts';
import { readBranches } from './branches.ts';
import { boundsOf, isDecimalFix, reachedFix, reachedOther } from './fixes.ts';
import { endsIncluded, fixesFor, phrase, said, type Case, type Reading } from './reading.ts';
import type { Judgement } from './verdict.ts';

/** The version lies in a range: affected, but for lines that run side by side and for fixes that contradict the range. */
export function decideHit(about: Case, affected: readonly Reading[], hit: readonly Reading[]): Judgement {
  const { version } = about;
  const variants = variantsApart(affected);
  if (variants !== undefined) return said(about, hit, 'needs_review', `${phrase(hit)}; but ${variants}`);
  if (version === undefined) return said(about, hit, 'affected', phrase(hit));
  const fixes = fixesFor(about, affected);
  const elsewhere = reachedOther(fixes.other, version);
  if (elsewhere !== undefined && hit.every(({ entry }) => boundsOf(entry).length > 0))
    return said(
      about,
      hit,
      'not_affected',
      `${version.written} is in the numbering of the fix: ${elsewhere.sentence}`,
    );
  const branch = readBranches(
    affected.map(({ entry }) => entry),
    version,
  );
  if (branch?.isMended === true) return decideBranch(about, affected, branch.own.version, version, fixes.own);
  if (betweenBounds(affected, version))
    return said(
      about,
      hit,
      'needs_review',
      `${phrase(hit)}; but the advisory gives the same product another end`,
    );
  return decideFix(about, hit, version);
}

/** The version is mended in its own line, where the bounds are ends of lines. */
function decideBranch(
  about: Case,
  affected: readonly Reading[],
  own: Version,
  version: Version,
  fixes: readonly Fix[],
): Judgement {
  const isLines = linesAreReal(affected, fixes);
  const why = isLines
    ? `${version.written} is not before ${own.written}, which ends its own line`
    : `${version.written} is not before ${own.written}, but before a later bound; the advisory does not say that the two are separate lines`;
  return said(about, affected, isLines ? 'not_affected' : 'needs_review', why);
}

/** What the fixes say of a version that lies in a range: reached within a named line it is mended, otherwise the two contradict. */
function decideFix(about: Case, hit: readonly Reading[], version: Version): Judgement {
  const fixes = fixesFor(about, hit).own;
  const reached = reachedFix(fixes, version);
  const bounds = hit.flatMap(({ entry }) => boundsOf(entry));
  if (reached === undefined) return said(about, hit, 'affected', phrase(hit));
  if (hit.every(({ entry }) => namesLineOf(entry, reached.version)))
    return said(about, hit, 'not_affected', `${phrase(hit)}, which is mended: ${reached.sentence}`);
  if (isDecimalFix(reached, bounds))
    return compared(version, reached.version) === 'equal'
      ? said(
          about,
          hit,
          'not_affected',
          `the advisory names ${version.written} as what mends it: ${reached.sentence}`,
        )
      : said(about, hit, 'affected', phrase(hit));
  if (
    hit.every(({ entry }) => listsExactly(entry, version)) &&
    compared(version, reached.version) === 'greater'
  )
    return said(about, hit, 'affected', phrase(hit));
  return endsBefore(hit, reached.version)
    ? said(about, hit, 'affected', phrase(hit))
    : said(about, hit, 'needs_review', `${phrase(hit)}; but the advisory also says: ${reached.sentence}`);
}

/** Whether a range of several spans names a version by itself: that says more than a fix of another line. */
const listsExactly = ({ range }: ProductEntry, version: Version): boolean =>
  range.kind === 'spans' &&
  range.spans.length > 1 &&
  range.spans.some((span) => span.kind === 'exact' && compared(version, span.version) === 'equal');

/** Two ends of one product that no line tells apart, with the version between them. */
function betweenBounds(affected: readonly Reading[], version: Version): boolean {
  const products = new Set(affected.map(({ entry }) => entry.product));
  const ends = affected
    .filter(
      ({ entry }) => !endsIncluded(entry) && entry.range.kind === 'spans' && entry.range.spans.length === 1,
    )
    .flatMap(({ entry }) => boundsOf(entry));
  const isOneLine = ends.every(
    (end) => compareNumbers(releaseOf(end), releaseOf(ends[0] ?? end)) === 'equal',
  );
  return (
    products.size === 1 &&
    affected.length > 1 &&
    isOneLine &&
    ends.some((end) => compared(version, end) === 'less') &&
    ends.some((end) => ['equal', 'greater'].includes(compared(version, end) ?? ''))
  );
}

/** Variants of one name that fare differently: which of them the device is, nobody said. */
function variantsApart(affected: readonly Reading[]): string | undefined {
  const names = new Set(affected.map(({ entry }) => entry.product));
  const isUnsure =
    names.size > 1 &&
    affected.some(({ place }) => place.side !== 'in') &&
    affected.every(({ entry }) => entry.forms.some((form) => form.variant.length > 0));
  return isUnsure ? `the device may be one of ${[...names].join(', ')}, of which not all are` : undefined;
}

/** Whether the bounds are ends of lines: they stand in one range, differ in their first number, or each has a fix of its own. */
function linesAreReal(affected: readonly Reading[], fixes: readonly Fix[]): boolean {
  const inOne = affected.some(({ entry }) => entry.range.kind === 'spans' && entry.range.spans.length > 1);
  const bounds = affected.flatMap(({ entry }) => boundsOf(entry));
  const mended = bounds.filter((bound) => fixes.some((each) => compared(each.version, bound) === 'equal'));
  return inOne || mended.length === bounds.length || fixes.length === 0;
}

/** Whether an entry names a whole line, such as version 10, of which a fix is a later release. */
function namesLineOf({ range }: ProductEntry, fix: Version): boolean {
  return (
    range.kind === 'spans' &&
    range.spans.some(
      (span) =>
        span.kind === 'exact' &&
        isLine(span.version) &&
        fix.depth > span.version.depth &&
        beginsLike(span.version, fix),
    )
  );
}

/** Whether all hit ranges end before a version, so that a fix there does not contradict them. */
function endsBefore(hit: readonly Reading[], version: Version): boolean {
  return hit.every(({ entry }) => {
    const bounds = boundsOf(entry);
    return bounds.length > 0 && bounds.every((bound) => compared(version, bound) === 'greater');
  });
}
