import { provenanceOf, range, type Profile } from '@holdfast/estate';
import type { TrialClaim } from './trial-document.ts';

/** Each fact of a profile with what it rests on. */
export function claimsOf({ facts }: Profile): readonly TrialClaim[] {
  return Object.entries(facts ?? {}).map(([name, fact]) => {
    const ends = [...new Set(range(fact))];
    const note = typeof fact === 'object' ? fact.note : undefined;
    return {
      fact: name,
      value: ends.length === 0 ? 'unknown' : ends.map(String).join(' to '),
      ...provenanceOf(fact),
      ...(note === undefined ? {} : { note }),
    };
  });
}
