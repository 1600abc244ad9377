import type { Advisory, Vulnerability } from '../advisory/advisory.ts';
import type { Version } from '../version/version.ts';
import type { Named } from './advisory-index.ts';
import { readBranches } from './branches.ts';
import { decide } from './decide.ts';
import { placeOf } from './entry-place.ts';
import type { Case, Reading } from './reading.ts';
import type { Judgement } from './verdict.ts';

/**
 * Judges a device that an advisory names against one of its vulnerabilities. Unknown firmware is never clear, and neither is what the
 * advisory contradicts or leaves open. A product that only may be the device is never more than up for review.
 */
export function judge(
  advisory: Advisory,
  vulnerability: Vulnerability,
  named: readonly Named[],
  version: Version | undefined,
  firmware: string,
): Judgement {
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
  if (first.verdict === 'affected' && mended !== undefined)
    return { ...first, verdict: 'needs_review', why: `${first.why}; but ${mended}` };
  if (
    first.verdict === 'not_affected' &&
    second.verdict !== 'not_affected' &&
    second.isHit === true &&
    first.isBacked !== true
  )
    return {
      ...first,
      verdict: 'needs_review',
      why: `the publisher says: ${first.why}; but the record's enrichment says: ${second.why}`,
    };
  const isOpen = first.verdict === 'needs_review' && !/ but only | only on /.test(first.why);
  return isOpen && second.verdict === 'affected' ? second : first;
}

/** What the enrichment says of lines that run side by side, such as long-term support, where the version's own line is mended. */
function besideLine({ version }: Case, enrichment: readonly Reading[]): string | undefined {
  if (version === undefined) return undefined;
  const branch = readBranches(
    enrichment.filter(({ status }) => status === 'affected').map(({ entry }) => entry),
    version,
  );
  return branch?.isMended === true
    ? `the record's enrichment ends its line at ${branch.own.version.written}`
    : undefined;
}

/** The entry names the device, and the vulnerability says nothing of it. */
function unlisted({ advisory, vulnerability }: Case, named: readonly Named[]): Judgement {
  const matched = matchedOf(advisory, named);
  if (vulnerability.statuses.size === 0)
    return {
      verdict: 'needs_review',
      matched,
      fixedIn: null,
      why: 'the advisory does not say which of its products this vulnerability affects',
    };
  const isForgotten = named.every(({ entry }) =>
    advisory.vulnerabilities.every((each) => !each.statuses.has(entry)),
  );
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
  const doubt = [
    ...advisory.doubts,
    ...named.flatMap(({ entry }) => advisory.entries[entry]?.doubts ?? []),
  ][0];
  if (doubt !== undefined) return review(judgement, `${judgement.why}; but ${doubt}`);
  if (judgement.verdict === 'affected' && (strength === 'part' || strength === 'kind'))
    return review(
      judgement,
      `${judgement.why}; but it is not sure that the device is meant: ${best?.match.why ?? ''}`,
    );
  if (strength === 'part' || strength === 'kind')
    return { ...judgement, why: `${judgement.why}; ${best?.match.why ?? ''}` };
  return strength === 'family'
    ? { ...judgement, why: `${judgement.why} (${best?.match.why ?? ''})` }
    : judgement;
}

const review = (judgement: Judgement, why: string): Judgement => ({
  ...judgement,
  verdict: 'needs_review',
  why,
});

const matchedOf = (advisory: Advisory, named: readonly Named[]): string =>
  [...new Set(named.map(({ entry }) => advisory.entries[entry]?.matched ?? ''))].slice(0, 3).join('; ');
