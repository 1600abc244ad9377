import type { Advisory, Fix, ProductEntry, Status, Vulnerability } from '../advisory/advisory.ts';
import { beginsLike, compared, isLine } from '../range/place.ts';
import { compareNumbers } from '../version/compare-versions.ts';
import { releaseOf, type Version } from '../version/version.ts';
import type { Named } from './advisory-index.ts';
import { readBranches } from './branches.ts';
import { placeOf, type EntryPlace } from './entry-place.ts';
import { boundsOf, fixesOf, fixFor, isDecimalFix, reachedFix, reachedOther } from './fixes.ts';
import type { Judgement, Verdict } from './verdict.ts';

/** An entry that names the device, with what the vulnerability says of it and where the version lies. */
interface Reading {
  readonly index: number;
  readonly entry: ProductEntry;
  readonly status: Status;
  readonly place: EntryPlace;
}

interface Case {
  readonly advisory: Advisory;
  readonly vulnerability: Vulnerability;
  readonly version: Version | undefined;
  readonly firmware: string;
}

/**
 * Judges a device that an advisory names against one of its vulnerabilities. Unknown firmware is never clear, and neither is what the
 * advisory contradicts or leaves open. A product that only may be the device is never more than up for review.
 */
export function judge(advisory: Advisory, vulnerability: Vulnerability, named: readonly Named[], version: Version | undefined, firmware: string): Judgement {
  const about: Case = { advisory, vulnerability, version, firmware };
  const readings = readingsOf(about, named);
  const publisher = readings.filter(({ entry }) => entry.authority !== 'enrichment');
  const enrichment = readings.filter(({ entry }) => entry.authority === 'enrichment');
  const first = publisher.length === 0 ? undefined : decide(about, publisher);
  const second = enrichment.length === 0 ? undefined : decide(about, enrichment);
  const joined = joinAuthorities(first, second, besideLine(about, enrichment)) ?? unlisted(about, named);
  return hedged(about, named, joined);
}

function readingsOf({ advisory, vulnerability, version }: Case, named: readonly Named[]): readonly Reading[] {
  return named.flatMap(({ entry: index }) => {
    const entry = advisory.entries[index];
    const statuses = vulnerability.statuses.get(index) ?? [];
    if (entry === undefined) return [];
    const place = placeOf(entry, version);
    return statuses.map((status) => ({ index, entry, status, place }));
  });
}

/** The publisher's word counts first; where it clears a device that the enrichment calls affected, the two contradict. */
function joinAuthorities(
  first: Judgement | undefined,
  second: Judgement | undefined,
  mended: string | undefined,
): Judgement | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  if (first.verdict === 'affected' && mended !== undefined) return { ...first, verdict: 'needs_review', why: `${first.why}; but ${mended}` };
  if (first.verdict === 'not_affected' && second.verdict !== 'not_affected' && second.isHit === true && first.isBacked !== true)
    return { ...first, verdict: 'needs_review', why: `the publisher says: ${first.why}; but the record's enrichment says: ${second.why}` };
  const isOpen = first.verdict === 'needs_review' && !/ but only | only on /.test(first.why);
  return isOpen && second.verdict === 'affected' ? second : first;
}

/** What the enrichment says of lines that run side by side, such as long-term support, where the version's own line is mended. */
function besideLine({ version }: Case, enrichment: readonly Reading[]): string | undefined {
  if (version === undefined) return undefined;
  const branch = readBranches(enrichment.filter(({ status }) => status === 'affected').map(({ entry }) => entry), version);
  return branch?.isMended === true ? `the record's enrichment ends its line at ${branch.own.version.written}` : undefined;
}

/** The entry names the device, and the vulnerability says nothing of it. */
function unlisted({ advisory, vulnerability }: Case, named: readonly Named[]): Judgement {
  const matched = matchedOf(advisory, named);
  if (vulnerability.statuses.size === 0)
    return { verdict: 'needs_review', matched, fixedIn: null, why: 'the advisory does not say which of its products this vulnerability affects' };
  const isForgotten = named.every(({ entry }) => advisory.vulnerabilities.every((each) => !each.statuses.has(entry)));
  return {
    verdict: isForgotten ? 'needs_review' : 'not_affected',
    matched,
    fixedIn: null,
    why: isForgotten
      ? 'the advisory lists this product, and says under none of its vulnerabilities whether it is affected'
      : 'the advisory lists this product under other vulnerabilities, and not under this one',
  };
}

/** A verdict that rests on a doubtful name, or on an advisory in doubt, is up for review. */
function hedged({ advisory }: Case, named: readonly Named[], judgement: Judgement): Judgement {
  const [best] = named;
  const strength = best?.match.strength;
  const doubt = [...advisory.doubts, ...named.flatMap(({ entry }) => advisory.entries[entry]?.doubts ?? [])][0];
  if (doubt !== undefined)
    return review(judgement, `${judgement.why}; but ${doubt}`);
  if (judgement.verdict === 'affected' && (strength === 'part' || strength === 'kind'))
    return review(judgement, `${judgement.why}; but it is not sure that the device is meant: ${best?.match.why ?? ''}`);
  if (strength === 'part' || strength === 'kind') return { ...judgement, why: `${judgement.why}; ${best?.match.why ?? ''}` };
  return strength === 'family' ? { ...judgement, why: `${judgement.why} (${best?.match.why ?? ''})` } : judgement;
}

const review = (judgement: Judgement, why: string): Judgement => ({ ...judgement, verdict: 'needs_review', why });

/** The verdict of the entries of one authority. */
function decide(about: Case, readings: readonly Reading[]): Judgement {
  const affected = readings.filter(({ status }) => status === 'affected');
  const clear = readings.filter(({ status }) => status === 'fixed' || status === 'not_affected');
  const open = readings.filter(({ status }) => status === 'investigating');
  const hit = affected.filter(({ place }) => place.side === 'in');
  const cleared = clear.filter(({ place }) => place.side === 'in');
  if (hit.length > 0 && cleared.length > 0 && !isNarrower(cleared, hit))
    return said(about, hit, 'needs_review', `${phrase(hit)}, and the advisory also calls it ${cleared[0]?.status === 'fixed' ? 'fixed' : 'not affected'}`);
  if (cleared.length > 0)
    return said(about, cleared, 'not_affected', `${phrase(cleared)}, which the advisory calls ${cleared[0]?.status === 'fixed' ? 'fixed' : 'not affected'}`);
  if (hit.length > 0) return { ...decideHit(about, affected, hit), isHit: true };
  const unknown = [...affected, ...open].filter(({ place, status }) => place.side === 'unknown' || status === 'investigating');
  if (unknown.length > 0) return decideUnknown(about, unknown);
  return decideOut(about, affected, clear);
}

/** Nobody can order the version, but it may be one that the advisory names as what mends it. */
function decideUnknown(about: Case, unknown: readonly Reading[]): Judgement {
  const { version, vulnerability, advisory } = about;
  const isOpen = unknown.some(({ entry, status }) => status === 'investigating' || entry.range.kind !== 'spans' || entry.range.condition !== undefined || entry.range.isCutOff === true);
  const fixes = fixesOf(vulnerability, unknown.map(({ index }) => index), advisory.entries).own;
  const reached = version === undefined || isOpen ? undefined : reachedFix(fixes, version);
  return reached === undefined
    ? said(about, unknown, 'needs_review', phrase(unknown))
    : { ...said(about, unknown, 'not_affected', `${phrase(unknown)}; but the advisory says: ${reached.sentence}`), isBacked: true };
}

/** A single version that is called mended says more than a range that would hold it. */
const isNarrower = (cleared: readonly Reading[], hit: readonly Reading[]): boolean =>
  cleared.every(({ entry }) => entry.range.kind === 'spans' && entry.range.spans.every((each) => each.kind === 'exact')) &&
  hit.every(({ entry }) => entry.range.kind === 'all' && entry.otherVersions === 'affected');

/** The version lies in a range: affected, but for lines that run side by side and for fixes that contradict the range. */
function decideHit(about: Case, affected: readonly Reading[], hit: readonly Reading[]): Judgement {
  const { version, vulnerability, advisory } = about;
  const variants = variantsApart(affected);
  if (variants !== undefined)
    return said(about, hit, 'needs_review', `${phrase(hit)}; but ${variants}`);
  if (version === undefined) return said(about, hit, 'affected', phrase(hit));
  const fixes = fixesOf(vulnerability, affected.map(({ index }) => index), advisory.entries);
  const elsewhere = reachedOther(fixes.other, version);
  if (elsewhere !== undefined && hit.every(({ entry }) => boundsOf(entry).length > 0))
    return said(about, hit, 'not_affected', `${version.written} is in the numbering of the fix: ${elsewhere.sentence}`);
  const branch = readBranches(affected.map(({ entry }) => entry), version);
  if (branch?.isMended === true) return decideBranch(about, affected, branch.own.version, version, fixes.own);
  if (betweenBounds(affected, version)) return said(about, hit, 'needs_review', `${phrase(hit)}; but the advisory gives the same product another end`);
  return decideFix(about, hit, version);
}

/** The version is mended in its own line, where the bounds are ends of lines. */
function decideBranch(about: Case, affected: readonly Reading[], own: Version, version: Version, fixes: readonly Fix[]): Judgement {
  const isLines = linesAreReal(affected, fixes);
  const why = isLines
    ? `${version.written} is not before ${own.written}, which ends its own line`
    : `${version.written} is not before ${own.written}, but before a later bound; the advisory does not say that the two are separate lines`;
  return said(about, affected, isLines ? 'not_affected' : 'needs_review', why);
}

/** What the fixes say of a version that lies in a range: reached within a named line it is mended, otherwise the two contradict. */
function decideFix(about: Case, hit: readonly Reading[], version: Version): Judgement {
  const fixes = fixesOf(about.vulnerability, hit.map(({ index }) => index), about.advisory.entries).own;
  const reached = reachedFix(fixes, version);
  const bounds = hit.flatMap(({ entry }) => boundsOf(entry));
  if (reached === undefined) return said(about, hit, 'affected', phrase(hit));
  if (hit.every(({ entry }) => namesLineOf(entry, reached.version)))
    return said(about, hit, 'not_affected', `${phrase(hit)}, which is mended: ${reached.sentence}`);
  if (isDecimalFix(reached, bounds))
    return compared(version, reached.version) === 'equal'
      ? said(about, hit, 'not_affected', `the advisory names ${version.written} as what mends it: ${reached.sentence}`)
      : said(about, hit, 'affected', phrase(hit));
  if (hit.every(({ entry }) => listsExactly(entry, version)) && compared(version, reached.version) === 'greater')
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
  const ends = affected.filter(({ entry }) => !endsIncluded(entry) && entry.range.kind === 'spans' && entry.range.spans.length === 1).flatMap(({ entry }) => boundsOf(entry));
  const isOneLine = ends.every((end) => compareNumbers(releaseOf(end), releaseOf(ends[0] ?? end)) === 'equal');
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
  const isUnsure = names.size > 1 && affected.some(({ place }) => place.side !== 'in') && affected.every(({ entry }) => entry.forms.some((form) => form.variant.length > 0));
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
    range.spans.some((span) => span.kind === 'exact' && isLine(span.version) && fix.depth > span.version.depth && beginsLike(span.version, fix))
  );
}

/** Whether all hit ranges end before a version, so that a fix there does not contradict them. */
function endsBefore(hit: readonly Reading[], version: Version): boolean {
  return hit.every(({ entry }) => {
    const bounds = boundsOf(entry);
    return bounds.length > 0 && bounds.every((bound) => compared(version, bound) === 'greater');
  });
}

/** The version lies in no range of what is affected. */
function decideOut(about: Case, affected: readonly Reading[], clear: readonly Reading[]): Judgement {
  const { version, vulnerability, advisory } = about;
  const all = affected.length > 0 ? affected : clear;
  if (version === undefined || affected.length === 0)
    return said(about, all, 'needs_review', affected.length === 0 ? `the advisory calls other versions of it mended, and does not name ${version?.written ?? 'this one'}` : 'the firmware is not known');
  const fixes = fixesOf(vulnerability, affected.map(({ index }) => index), advisory.entries);
  const reached = reachedFix(fixes.own, version) ?? reachedOther(fixes.other, version);
  if (reached !== undefined)
    return { ...said(about, affected, 'not_affected', `${phrase(affected)}; ${reached.sentence}`), isBacked: true };
  const gap = fixGap(affected, fixes.own, version);
  if (gap !== undefined) return said(about, affected, 'needs_review', `${phrase(affected)}; but ${gap}`);
  if (affected.some(({ entry }) => entry.otherVersions === 'affected'))
    return said(about, affected, 'needs_review', `${phrase(affected)}, but the record calls versions affected that it does not name`);
  if (affected.every(({ entry }) => entry.otherVersions === 'unaffected'))
    return said(about, affected, 'not_affected', `${phrase(affected)}, and other versions are not affected`);
  if (affected.every(({ place }) => place.isListed))
    return said(about, affected, 'needs_review', `${phrase(affected)}, and the advisory says nothing of other versions`);
  if (affected.every(({ place }) => place.isApart) && affected.some(({ place }) => place.isBelow))
    return said(about, affected, 'needs_review', `${phrase(affected)}, and the advisory says nothing of older lines`);
  return said(about, affected, 'not_affected', phrase(affected));
}

/** Whether a range ends at a version that is affected itself, so that the first that is mended is another. */
const endsIncluded = ({ range }: ProductEntry): boolean =>
  range.kind === 'spans' && range.spans.some((span) => span.kind === 'interval' && span.upper?.isIncluded === true);

/** A version behind the last that is called affected, and before the first that is called mended. */
function fixGap(affected: readonly Reading[], fixes: readonly Fix[], version: Version): string | undefined {
  if (fixes.length === 0 || !affected.some(({ entry }) => endsIncluded(entry)) || affected.every(({ place }) => place.isBelow)) return undefined;
  const bounds = affected.flatMap(({ entry }) => boundsOf(entry));
  const later = fixes.filter((fix) => compared(version, fix.version) === 'less');
  const isAbove = bounds.every((bound) => ['greater', 'equal'].includes(compared(version, bound) ?? ''));
  const [first] = later;
  if (!isAbove || first === undefined || later.length < fixes.length) return undefined;
  return `the first version that mends it is ${first.version.written}: ${first.sentence}`;
}

function phrase(readings: readonly Reading[]): string {
  const comparisons = [...new Set(readings.map(({ place }) => place.comparison))];
  return comparisons.slice(0, 3).join('; ');
}

function said({ advisory, vulnerability, version }: Case, readings: readonly Reading[], verdict: Verdict, why: string): Judgement {
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
          span.kind === 'interval' && span.upper !== undefined && !span.upper.isIncluded ? [span.upper.version] : [],
        ),
  );
  const later = version === undefined ? ends : ends.filter((each) => compared(version, each) === 'less');
  return later.toSorted((a, b) => (compared(a, b) === 'less' ? -1 : 1))[0]?.written;
}

const matchedOf = (advisory: Advisory, named: readonly Named[]): string =>
  [...new Set(named.map(({ entry }) => advisory.entries[entry]?.matched ?? ''))].slice(0, 3).join('; ');
