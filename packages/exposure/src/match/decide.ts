import type { Fix } from '../advisory/advisory.ts';
import { compared } from '../range/place.ts';
import type { Version } from '../version/version.ts';
import { decideHit } from './decide-hit.ts';
import { boundsOf, reachedFix, reachedOther } from './fixes.ts';
import { endsIncluded, fixesFor, phrase, said, type Case, type Reading } from './reading.ts';
import type { Judgement } from './verdict.ts';

/** The verdict of the entries of one authority. */
export function decide(about: Case, readings: readonly Reading[]): Judgement {
  const affected = readings.filter(({ status }) => status === 'affected');
  const clear = readings.filter(({ status }) => status === 'fixed' || status === 'not_affected');
  const open = readings.filter(({ status }) => status === 'investigating');
  const hit = affected.filter(({ place }) => place.side === 'in');
  const cleared = clear.filter(({ place }) => place.side === 'in');
  if (hit.length > 0 && cleared.length > 0 && !isNarrower(cleared, hit))
    return said(
      about,
      hit,
      'needs_review',
      `${phrase(hit)}, and the advisory also calls it ${cleared[0]?.status === 'fixed' ? 'fixed' : 'not affected'}`,
    );
  if (cleared.length > 0)
    return said(
      about,
      cleared,
      'not_affected',
      `${phrase(cleared)}, which the advisory calls ${cleared[0]?.status === 'fixed' ? 'fixed' : 'not affected'}`,
    );
  if (hit.length > 0) return { ...decideHit(about, affected, hit), isHit: true };
  const unknown = [...affected, ...open].filter(
    ({ place, status }) => place.side === 'unknown' || status === 'investigating',
  );
  if (unknown.length > 0) return decideUnknown(about, unknown);
  return decideOut(about, affected, clear);
}

/** Nobody can order the version, but it may be one that the advisory names as what mends it. */
function decideUnknown(about: Case, unknown: readonly Reading[]): Judgement {
  const { version } = about;
  const isOpen = unknown.some(
    ({ entry, status }) =>
      status === 'investigating' ||
      entry.range.kind !== 'spans' ||
      entry.range.condition !== undefined ||
      entry.range.isCutOff === true,
  );
  const fixes = fixesFor(about, unknown).own;
  const reached = version === undefined || isOpen ? undefined : reachedFix(fixes, version);
  return reached === undefined
    ? said(about, unknown, 'needs_review', phrase(unknown))
    : {
        ...said(
          about,
          unknown,
          'not_affected',
          `${phrase(unknown)}; but the advisory says: ${reached.sentence}`,
        ),
        isBacked: true,
      };
}

/** A single version that is called mended says more than a range that would hold it. */
const isNarrower = (cleared: readonly Reading[], hit: readonly Reading[]): boolean =>
  cleared.every(
    ({ entry }) => entry.range.kind === 'spans' && entry.range.spans.every((each) => each.kind === 'exact'),
  ) && hit.every(({ entry }) => entry.range.kind === 'all' && entry.otherVersions === 'affected');

/** The version lies in no range of what is affected. */
function decideOut(about: Case, affected: readonly Reading[], clear: readonly Reading[]): Judgement {
  const { version } = about;
  const all = affected.length > 0 ? affected : clear;
  if (version === undefined || affected.length === 0)
    return said(
      about,
      all,
      'needs_review',
      affected.length === 0
        ? `the advisory calls other versions of it mended, and does not name ${version?.written ?? 'this one'}`
        : 'the firmware is not known',
    );
  const fixes = fixesFor(about, affected);
  const reached = reachedFix(fixes.own, version) ?? reachedOther(fixes.other, version);
  if (reached !== undefined)
    return {
      ...said(about, affected, 'not_affected', `${phrase(affected)}; ${reached.sentence}`),
      isBacked: true,
    };
  const gap = fixGap(affected, fixes.own, version);
  if (gap !== undefined) return said(about, affected, 'needs_review', `${phrase(affected)}; but ${gap}`);
  if (affected.some(({ entry }) => entry.otherVersions === 'affected'))
    return said(
      about,
      affected,
      'needs_review',
      `${phrase(affected)}, but the record calls versions affected that it does not name`,
    );
  if (affected.every(({ entry }) => entry.otherVersions === 'unaffected'))
    return said(about, affected, 'not_affected', `${phrase(affected)}, and other versions are not affected`);
  if (affected.every(({ place }) => place.isListed))
    return said(
      about,
      affected,
      'needs_review',
      `${phrase(affected)}, and the advisory says nothing of other versions`,
    );
  if (affected.every(({ place }) => place.isApart) && affected.some(({ place }) => place.isBelow))
    return said(
      about,
      affected,
      'needs_review',
      `${phrase(affected)}, and the advisory says nothing of older lines`,
    );
  return said(about, affected, 'not_affected', phrase(affected));
}

/** A version behind the last that is called affected, and before the first that is called mended. */
function fixGap(affected: readonly Reading[], fixes: readonly Fix[], version: Version): string | undefined {
  if (
    fixes.length === 0 ||
    !affected.some(({ entry }) => endsIncluded(entry)) ||
    affected.every(({ place }) => place.isBelow)
  )
    return undefined;
  const bounds = affected.flatMap(({ entry }) => boundsOf(entry));
  const later = fixes.filter((fix) => compared(version, fix.version) === 'less');
  const isAbove = bounds.every((bound) => ['greater', 'equal'].includes(compared(version, bound) ?? ''));
  const [first] = later;
  if (!isAbove || first === undefined || later.length < fixes.length) return undefined;
  return `the first version that mends it is ${first.version.written}: ${first.sentence}`;
}
