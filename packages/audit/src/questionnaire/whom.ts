import type { Estate } from '@holdfast/estate';
import type { FactRef } from '@holdfast/outage';
import type { Expectation } from './expectation.ts';
import type { QuestionGroup } from './questionnaire-document.ts';

export type Whom = Omit<QuestionGroup, 'questions'>;

/**
 * Who can answer. What is a choice of words was set by whoever set it up; what a product does, its vendor knows;
 * what the estate does not say of a thing, whoever maintains or owns it; else the people of the site.
 */
export function whomOf(
  estate: Estate,
  fact: FactRef,
  expected: Expectation,
  devices: readonly string[],
): Whom {
  const vendor = fact.kind === 'profile' ? estate.get('profile', fact.id)?.vendor : undefined;
  const keeper = keeperOf(estate, [...devices, fact.id]);
  if (vendor !== undefined && (expected.kind !== 'word' || !keeper)) return { whom: vendor, as: 'vendor' };
  return keeper ?? { whom: 'The people of the site', as: 'site' };
}

function keeperOf(estate: Estate, ids: readonly string[]): Whom | undefined {
  for (const as of ['maintainer', 'owner'] as const) {
    for (const id of ids) {
      const kind = estate.kindOf(id);
      const data: unknown = kind && estate.get(kind, id);
      const party = partyIn(
        (data as { readonly maintainer?: unknown; readonly owner?: unknown } | undefined)?.[as],
      );
      if (party !== undefined && estate.get('party', party)) return { whom: estate.nameOf(party), as, party };
    }
  }
  return undefined;
}

function partyIn(fact: unknown): string | undefined {
  const value = typeof fact === 'object' && fact !== null && 'value' in fact ? fact.value : fact;
  return typeof value === 'string' && value !== 'unknown' ? value : undefined;
}
