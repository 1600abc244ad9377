import type { CandidateCheck, CandidateDocument, Outcome } from '@holdfast/audit';
import { asMillis, formatDuration } from '@holdfast/kernel';
import { count } from '../reading/names.ts';

/** What happens to a check: `holds`, `fails at 30m`, `unknown from 6h`. */
export function sayOutcome(outcome: Outcome | undefined): string {
  if (!outcome) return 'is not asked';
  const { verdict, at } = outcome;
  if (verdict === 'holds') return 'holds';
  const when = at === undefined || at === 0 ? 'at once' : `after ${formatDuration(asMillis(at))}`;
  return verdict === 'fails' ? `fails ${when}` : `unknown ${when === 'at once' ? 'from the start' : when}`;
}

const scenariosShown = 3;

/** The scenarios of a check, the first by name. */
export function sayScenarios({ scenarios }: CandidateCheck): string {
  const more = scenarios.length - scenariosShown;
  return `${scenarios.slice(0, scenariosShown).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** The first sentence of a judgement. */
export function sayJudgement({ profile, place, replaces, counts }: CandidateDocument): string {
  const instead = replaces.length === 0 ? '' : ` instead of ${replaces.map(({ name }) => name).join(', ')}`;
  const all = counts.holds + counts.fails + counts.unknown;
  return `${profile.name} at ${place.name}${instead}: of ${count(all, 'check')} ${counts.holds} hold, ${counts.fails} fail, and of ${counts.unknown} nobody can tell.`;
}

const ways = {
  today: 'as today',
  others: 'as others here have it',
  new: 'new',
  itself: '',
  nobody: 'the estate does not have it',
} as const;

/** A need, and who gives it. */
export function sayNeed({ what, given, by }: CandidateDocument['needs'][number]): string {
  const way = ways[by];
  if (given === undefined) return `${what}: ${way}`;
  return `${what}: ${given}${way === '' || by === 'new' ? '' : ` (${way})`}`;
}
