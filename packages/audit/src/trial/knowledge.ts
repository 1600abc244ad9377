import { provenanceOf, range, type Profile } from '@holdfast/estate';

/** How much of what a profile claims is known, and from where. */
export interface Knowledge {
  readonly facts: number;
  /** Facts with a value, or with the least and the greatest. */
  readonly known: number;
  /** Those of them that name their source. */
  readonly sourced: number;
}

/** Counts the facts of a profile. */
export function knowledgeOf(profile: Profile): Knowledge {
  const facts = Object.values(profile.facts ?? {});
  const known = facts.filter((fact) => range(fact) !== undefined);
  return {
    facts: facts.length,
    known: known.length,
    sourced: known.filter((fact) => provenanceOf(fact).source !== undefined).length,
  };
}
