import { Bdd, type Node } from '../bdd/bdd.ts';
import { PacketBits } from '../bdd/packet-bits.ts';
import { joinedLists, listed, type Listed } from '../bdd/packet-set.ts';
import { permitted, type Permitted } from '../bdd/permitted.ts';
import { Axes } from '../engine/axes.ts';
import { programOf, setsOf } from '../engine/program.ts';
import type { Chain, Clause, Firewall, Hook } from '../model/firewall.ts';
import { contains, intervalSet, type IntervalSet } from '../model/interval.ts';
import { greatest } from '../model/packet.ts';
import { asClause, opening, ranksOf, regionsOf } from './region.ts';

/** What two firewalls do differently with the packets of a question, as disjoint clauses. */
export interface Difference {
  /** Passes the old one for certain, and not the new one under any reading. */
  readonly onlyOld: Listed;
  readonly onlyNew: Listed;
  /** May be treated differently, by conditions that are not modelled in either. */
  readonly unknown: Listed;
  /** The names of the interfaces that the clauses speak of, by number. */
  readonly interfaceNames: readonly string[];
}

/**
 * What the new of two firewalls permits differently; at most `limit` clauses for each answer.
 * Interfaces are told apart by name. Throws Unfollowed where connections are untracked in a chain that is called.
 */
export function diff(
  old: Firewall,
  next: Firewall,
  { hook, question = {}, limit = 1000 }: { hook: Hook | 'path'; question?: Clause; limit?: number },
): Difference {
  const interfaceNames = [...new Set([...old.interfaceNames, ...next.interfaceNames])];
  const both = [old, next].map((each) => renumbered(each, interfaceNames)) as [Firewall, Firewall];
  const axes = new Axes(both.flatMap((each) => [...setsOf(each)]));
  const programs = both.map((each) => programOf(each, axes));
  const bits = new PacketBits(axes, new Bdd());
  const { bdd } = bits;
  const parts = [...regionsOf(opening(question))].map((region) => {
    const [before, after] = programs.map((each) => permitted(each, bits, hook, ranksOf(axes, region))) as [
      Permitted,
      Permitted,
    ];
    const onlyOld = bdd.minus(before.certain, after.possible);
    const onlyNew = bdd.minus(after.certain, before.possible);
    const doubts = bdd.or(
      bdd.minus(before.possible, before.certain),
      bdd.minus(after.possible, after.certain),
    );
    return { asked: asClause(region), onlyOld, onlyNew, unknown: doubts };
  });
  const told = (of: 'onlyOld' | 'onlyNew' | 'unknown'): Listed =>
    joinedLists(
      parts.map((part) => (left) => listed(bits, part[of] satisfies Node, part.asked, left)),
      limit,
    );
  return { onlyOld: told('onlyOld'), onlyNew: told('onlyNew'), unknown: told('unknown'), interfaceNames };
}

/** A firewall with its interfaces numbered by other names; one that it does not name is its number 0. */
export function renumbered(firewall: Firewall, names: readonly string[]): Firewall {
  const moved = (set: IntervalSet): IntervalSet => {
    const numbers = names.flatMap((name, index) => {
      const own = firewall.interfaceNames.indexOf(name);
      const number = BigInt(index);
      return contains(set, BigInt(Math.max(own, 0))) ? [{ low: number, high: number }] : [];
    });
    const isOpen = contains(set, BigInt(firewall.interfaceNames.length));
    return intervalSet(isOpen ? [...numbers, { low: BigInt(names.length), high: greatest.iif }] : numbers);
  };
  const clauseOf = (clause: Clause): Clause => ({
    ...clause,
    ...(clause.iif === undefined ? {} : { iif: moved(clause.iif) }),
    ...(clause.oif === undefined ? {} : { oif: moved(clause.oif) }),
  });
  const chains = [...firewall.chains].map(([id, chain]): [string, Chain] => [
    id,
    { ...chain, rules: chain.rules.map((rule) => ({ ...rule, clauses: rule.clauses.map(clauseOf) })) },
  ]);
  return { ...firewall, interfaceNames: names, chains: new Map(chains) };
}
