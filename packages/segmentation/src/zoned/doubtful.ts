import type { Position, Problem } from '@holdfast/kernel';
import { product } from '../cisco/access/matching.ts';
import type { Action, Clause, Rule, RuleSource } from '../model/firewall.ts';
import type { IntervalSet } from '../model/interval.ts';
import type { Dimension } from '../model/packet.ts';
import type { Doubted } from '../sense/doubted.ts';

/** Packets that a condition has for certain, those that it may have beyond, and why that is not known. */
export interface Doubtful {
  readonly sure: readonly Clause[];
  readonly maybe: readonly Clause[];
  readonly why: readonly Problem[];
}

/** A condition that every packet meets. */
export const every: Doubtful = { sure: [{}], maybe: [], why: [] };

/** A condition that no packet meets. */
export const none: Doubtful = { sure: [], maybe: [], why: [] };

export const surely = (...sure: readonly Clause[]): Doubtful => ({ sure, maybe: [], why: [] });

/** A condition of which nothing is known but that no other packets meet it. */
export const perhaps = (why: readonly Problem[], ...maybe: readonly Clause[]): Doubtful => ({
  sure: [],
  maybe,
  why,
});

/** A set of addresses or ports as a condition on one axis. */
export function onAxis(axis: Dimension, set: Doubted): Doubtful {
  const clauses = (part: IntervalSet): readonly Clause[] => (part.length === 0 ? [] : [{ [axis]: part }]);
  return { sure: clauses(set.sure), maybe: clauses(set.maybe), why: set.why };
}

/** What meets any of the conditions. */
export const anyOf = (parts: readonly Doubtful[]): Doubtful => ({
  sure: parts.flatMap(({ sure }) => sure),
  maybe: parts.flatMap(({ maybe }) => maybe),
  why: [...new Set(parts.flatMap(({ why }) => why))],
});

/** What meets all conditions: for certain where all are certain. */
export function allOf(parts: readonly Doubtful[]): Doubtful {
  const why = [...new Set(parts.flatMap((each) => each.why))];
  const sure = parts.reduce<readonly Clause[]>((so, each) => product(so, each.sure), [{}]);
  if (why.length === 0) return { sure, maybe: [], why };
  const whole = parts.reduce<readonly Clause[]>(
    (so, each) => product(so, [...each.sure, ...each.maybe]),
    [{}],
  );
  return { sure, maybe: whole, why };
}

/** The same packets, none of them for certain. */
export const doubted = ({ sure, maybe, why }: Doubtful, more: readonly Problem[]): Doubtful =>
  more.length === 0 ? { sure, maybe, why } : { sure: [], maybe: [...sure, ...maybe], why: [...why, ...more] };

/** All packets that meet a condition, or may. */
export const wholeOf = ({ sure, maybe }: Doubtful): readonly Clause[] => [...sure, ...maybe];

/** Where a rule comes from, and what it is called. */
export interface Origin {
  readonly id: string;
  readonly at: Position;
  readonly text: string;
}

/** The rules of a condition: one for what it has for certain, behind it another for what it may have beyond. */
export function rulesFor(source: Origin, { sure, maybe, why }: Doubtful, action: Action): readonly Rule[] {
  const rule = (of: RuleSource, clauses: readonly Clause[], unmodelled: readonly Problem[]): Rule => ({
    source: of,
    clauses,
    unmodelled,
    action,
  });
  if (why.length === 0 || maybe.length === 0) return sure.length === 0 ? [] : [rule(source, sure, [])];
  if (sure.length === 0) return [rule(source, maybe, why)];
  return [rule(source, sure, []), rule({ ...source, id: `${source.id}/unmodelled` }, maybe, why)];
}
