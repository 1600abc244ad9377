import type { Clause } from '../../model/firewall.ts';
import { intersect, intervalSet, subtract } from '../../model/interval.ts';
import { dimensions, greatest } from '../../model/packet.ts';

/** What both clauses match, or `undefined` where that is nothing. */
export function both(a: Clause, b: Clause): Clause | undefined {
  const joined: { -readonly [K in keyof Clause]: Clause[K] } = { ...a };
  for (const dimension of dimensions) {
    const [one, other] = [a[dimension], b[dimension]];
    if (other === undefined) continue;
    const set = one === undefined ? other : intersect(one, other);
    if (set.length === 0) return undefined;
    joined[dimension] = set;
  }
  return joined;
}

/** What some clause of each list matches. */
export const meet = (a: readonly Clause[], b: readonly Clause[]): readonly Clause[] =>
  a.flatMap((one) => b.flatMap((other) => both(one, other) ?? []));

/** What none of the clauses matches, or `undefined` where that takes more clauses than `most`. */
export function outside(clauses: readonly Clause[], most: number): readonly Clause[] | undefined {
  let left: readonly Clause[] = [{}];
  for (const clause of clauses) {
    left = meet(left, negated(clause));
    if (left.length > most) return undefined;
  }
  return left;
}

/** Everything but a clause, in clauses that do not overlap. */
function negated(clause: Clause): readonly Clause[] {
  const pieces: Clause[] = [];
  const inside: { -readonly [K in keyof Clause]: Clause[K] } = {};
  for (const dimension of dimensions) {
    const set = clause[dimension];
    if (set === undefined) continue;
    const rest = subtract([{ low: 0n, high: greatest[dimension] }], set);
    if (rest.length > 0) pieces.push({ ...inside, [dimension]: rest });
    inside[dimension] = set;
  }
  return pieces;
}

/** Puts clauses that differ on one dimension only into one, where all of them do so on the same. */
export function merged(clauses: readonly Clause[]): readonly Clause[] {
  const [first, ...others] = clauses;
  if (first === undefined || others.length === 0) return clauses;
  const [dimension, ...more] = dimensions.filter((each) => first[each] !== undefined);
  if (dimension === undefined || more.length > 0) return clauses;
  if (others.some((each) => Object.keys(each).length !== 1 || each[dimension] === undefined)) return clauses;
  return [{ [dimension]: intervalSet(clauses.flatMap((each) => each[dimension] ?? [])) }];
}
