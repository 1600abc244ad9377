import type { Advisory, Vulnerability } from '../advisory/advisory.ts';
import type { Version } from '../version/version.ts';
import type { Named } from './advisory-index.ts';
import { readBranches } from './branches.ts';
import { decide } from './decide.ts';
import { placeOf } from './entry-place.ts';
import type { Fixes } from './fixes.ts';
import type { Case, Reading } from './reading.ts';
import type { Judgement } from './verdict.ts';

/** A vulnerability with its judgement. */
export interface Judged {
  readonly cve: string | null;
  readonly judgement: Judgement;
}

/**
 * Judges a device that an advisory names against each of its vulnerabilities. Unknown firmware is never clear, and neither is what the
 * advisory contradicts or leaves open. A product that only may be the device is never more than up for review.
 */
export function judgeAll(
  advisory: Advisory,
  named: readonly Named[],
  version: Version | undefined,
): readonly Judged[] {
  const { groups, groupOf } = alikeIn(advisory, named);
  const places = named.flatMap(({ entry: index }) => {
    const entry = advisory.entries[index];
    return entry === undefined ? [] : [{ index, entry, place: placeOf(entry, version) }];
  });
  const judgements = groups.map(({ vulnerability, fixes }) => {
    const about: Case = { advisory, vulnerability, version, fixes };
    return judge(about, named, readingsOf(about, places));
  });
  return advisory.vulnerabilities.flatMap(({ cve }, index) => {
    const judgement = judgements[groupOf[index] ?? -1];
    return judgement === undefined ? [] : [{ cve, judgement }];
  });
}

function judge(about: Case, named: readonly Named[], readings: readonly Reading[]): Judgement {
  const publisher = readings.filter(({ entry }) => entry.authority !== 'enrichment');
  const enrichment =
    publisher.length === readings.length
      ? []
      : readings.filter(({ entry }) => entry.authority === 'enrichment');
  const first = publisher.length === 0 ? undefined : decide(about, publisher);
  const second = enrichment.length === 0 ? undefined : decide(about, enrichment);
  const joined = joinAuthorities(first, second, besideLine(about, enrichment)) ?? unlisted(about, named);
  return hedged(about, named, joined);
}

function readingsOf({ vulnerability }: Case, places: readonly Omit<Reading, 'status'>[]): readonly Reading[] {
  const readings: Reading[] = [];
  for (const { index, entry, place } of places)
    for (const status of vulnerability.statuses.get(index) ?? [])
      readings.push({ index, entry, place, status });
  return readings;
}

/** The vulnerabilities of an advisory, in groups that are judged alike. */
interface Groups {
  readonly groups: readonly { readonly vulnerability: Vulnerability; readonly fixes: Map<string, Fixes> }[];
  /** Of each vulnerability, the index of its group. */
  readonly groupOf: readonly number[];
}

const known = new WeakMap<readonly Named[], Groups>();

/** Vulnerabilities are judged alike that say the same of the entries, with the same fixes. */
function alikeIn(advisory: Advisory, named: readonly Named[]): Groups {
  const before = known.get(named);
  if (before !== undefined) return before;
  const indices = new Map<string, number>();
  const groups: { readonly vulnerability: Vulnerability; readonly fixes: Map<string, Fixes> }[] = [];
  const groupOf = advisory.vulnerabilities.map((vulnerability) => {
    const key = signatureOf(vulnerability, named);
    const index = indices.get(key) ?? groups.length;
    if (index === groups.length) groups.push({ vulnerability, fixes: new Map() });
    indices.set(key, index);
    return index;
  });
  const found = { groups, groupOf };
  known.set(named, found);
  return found;
}

function signatureOf(vulnerability: Vulnerability, named: readonly Named[]): string {
  const statuses = named.map(({ entry }) => vulnerability.statuses.get(entry)?.join('+') ?? '');
  const fixes = vulnerability.fixes.map(
    ({ version, sentence, entries }) => `${version.written}|${sentence}|${[...entries].join(',')}`,
  );
  return [vulnerability.statuses.size === 0, ...statuses, ...fixes].join('\n');
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
