import type { Position, Problem } from '@holdfast/kernel';
import type { Action, Clause, Rule } from '../model/firewall.ts';
import type { IntervalSet } from '../model/interval.ts';
import { firstMatchOrder } from './last-match.ts';
import { through, type Matched } from './match.ts';

export type Direction = 'in' | 'out';

/** A filter rule as pf gets it, before it stands in a chain. */
export interface Draft {
  /** Where pf meets it among the others; less is sooner. */
  readonly rank: number;
  readonly quick: boolean;
  readonly directions: readonly Direction[];
  /** The interfaces that it is on; not named: all. */
  readonly ports?: IntervalSet;
  readonly matched: Matched;
  readonly action: Action;
  readonly at: Position;
  readonly text: string;
  /** The name of a rule that the product makes by itself. */
  readonly builtIn?: string;
}

/** The chain of a direction, in the order in which the first match decides. Ids are `chain/line`, or `chain/built-in/name`. */
export function chainRules(drafts: readonly Draft[], direction: Direction, ids: Ids): readonly Rule[] {
  const met = drafts
    .filter(({ directions }) => directions.includes(direction))
    .toSorted((a, b) => a.rank - b.rank);
  return firstMatchOrder(met).flatMap((draft) => rulesOf(draft, direction, ids));
}

function rulesOf(draft: Draft, direction: Direction, ids: Ids): readonly Rule[] {
  const { ports, matched, action } = draft;
  const axis = direction === 'in' ? 'iif' : 'oif';
  return rulesFrom(
    draft,
    direction,
    ids,
    {
      sure: matched.sure.map((each) => through(each, axis, ports)),
      doubtful: matched.doubtful.map((each) => through(each, axis, ports)),
      why: matched.why,
    },
    action,
  );
}

/** What a rule matches for certain, and behind it, as a rule of its own, what it may match beyond. */
export function rulesFrom(
  { at, text, builtIn }: Pick<Draft, 'at' | 'text' | 'builtIn'>,
  chain: string,
  ids: Ids,
  { sure, doubtful, why }: Matched,
  action: Action,
): readonly Rule[] {
  const id = builtIn === undefined ? ids.at(chain, at) : ids.unique(`${chain}/built-in/${builtIn}`);
  const rule = (of: string, clauses: readonly Clause[], unmodelled: readonly Problem[]): Rule => ({
    source: { id: of, at, text },
    clauses,
    unmodelled,
    action,
  });
  if (doubtful.length === 0) return [rule(id, sure, [])];
  if (sure.length === 0) return [rule(id, doubtful, why)];
  return [rule(id, sure, []), rule(ids.unique(`${id}/perhaps`), doubtful, why)];
}

/** Gives ids that are unique in their firewall. */
export class Ids {
  readonly #taken = new Set<string>();

  /** `chain/line`; with the column too where a line has several rules. */
  at(chain: string, { line, column }: Position): string {
    const id = `${chain}/${line}`;
    return this.unique(this.#taken.has(id) ? `${id}:${column}` : id);
  }

  unique(wanted: string): string {
    let id = wanted;
    for (let count = 2; this.#taken.has(id); count += 1) id = `${wanted}-${count}`;
    this.#taken.add(id);
    return id;
  }
}
