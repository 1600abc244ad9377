import type { Finding } from './finding.ts';

/** What changed from one audit to another, by fingerprint and place. */
export interface Comparison {
  readonly added: readonly Finding[];
  readonly gone: readonly Known[];
  readonly kept: readonly Finding[];
}

/** What a baseline remembers of a finding. */
export interface Known {
  readonly id: string;
  readonly fingerprint: string;
  readonly places: readonly string[];
  readonly message: string;
}

/** Compares findings with those of an earlier audit. A finding that reaches a place more counts as added. */
export function compareFindings(before: readonly Known[], after: readonly Finding[]): Comparison {
  const old = new Map(before.map((each) => [each.fingerprint, each]));
  const fresh = new Set(after.map((each) => each.fingerprint));
  const isKept = (finding: Finding): boolean => {
    const known = old.get(finding.fingerprint);
    return known !== undefined && finding.places.every((place) => known.places.includes(place));
  };
  return {
    added: after.filter((each) => !isKept(each)),
    gone: before.filter((each) => !fresh.has(each.fingerprint)),
    kept: after.filter(isKept),
  };
}
