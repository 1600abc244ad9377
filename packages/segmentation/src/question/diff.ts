import { Bdd, everything, nothing, type Node } from '../bdd/bdd.ts';
import { PacketBits } from '../bdd/packet-bits.ts';
import { joinedLists, listed, type Listed } from '../bdd/packet-set.ts';
import { permitted, type Permitted } from '../bdd/permitted.ts';
import { volumeOfRegion, volumeWithin } from '../bdd/volume.ts';
import { axesOf, programOf, type Program } from '../engine/program.ts';
import type { Chain, Clause, Firewall, Hook } from '../model/firewall.ts';
import { contains, intervalSet, only, type IntervalSet } from '../model/interval.ts';
import { dimensions, greatest, ipv6Offset } from '../model/packet.ts';
import { asClause, askedOf, ranksOf, regionsOf, sidesAt, type Region } from './region.ts';

/** What two firewalls do differently with the packets of a question, as disjoint clauses. */
export interface Difference {
  /** Passes the old one for certain, and not the new one under any reading. */
  readonly onlyOld: Listed;
  readonly onlyNew: Listed;
  /** Known in one of them and unknown in the other, by conditions that are not modelled there. */
  readonly unknown: Listed;
  /** How much of the question is unknown in both, so that nobody knows whether it changed: from 0 to 1 of each family asked. */
  readonly unknownInBoth: Readonly<Partial<Record<'ipv4' | 'ipv6', number>>>;
  /** The names of the interfaces that the clauses speak of, by number. */
  readonly interfaceNames: readonly string[];
}

/** A part of a question, of one family of addresses, and what differs in it. */
interface Part {
  readonly region: Region;
  readonly onlyOld: Node;
  readonly onlyNew: Node;
  readonly unknown: Node;
  readonly both: Node;
}

/**
 * What the new of two firewalls permits differently; at most `limit` clauses for each answer. The question names
 * interfaces by their numbers in the new one.
 * Interfaces are told apart by name; what a configuration names all of its interfaces and not this one permits nothing on it.
 */
export function diff(
  old: Firewall,
  next: Firewall,
  { hook, question = {}, limit = 1000 }: { hook: Hook | 'path'; question?: Clause; limit?: number },
): Difference {
  const interfaceNames = [...new Set([...old.interfaceNames, ...next.interfaceNames])];
  const [before, after] = [old, next].map((each) => renumbered(each, interfaceNames)) as [Firewall, Firewall];
  const axes = axesOf(before, after);
  const bits = new PacketBits(axes, new Bdd());
  const programs = [programOf(before, axes), programOf(after, axes)] as const;
  const asked = askedOf(ofBoth(before, after), hook, renumberedClause(question, next, interfaceNames));
  const parts = [...regionsOf(asked)].map((region) => partOf(programs, bits, hook, region));
  const told = (of: 'onlyOld' | 'onlyNew' | 'unknown'): Listed =>
    joinedLists(
      parts.map((part) => (left) => listed(bits, part[of], asClause(part.region), left)),
      limit,
    );
  return {
    onlyOld: told('onlyOld'),
    onlyNew: told('onlyNew'),
    unknown: told('unknown'),
    unknownInBoth: sharesOf(bits, parts),
    interfaceNames,
  };
}

function partOf(
  programs: readonly [Program, Program],
  bits: PacketBits,
  hook: Hook | 'path',
  region: Region,
): Part {
  const { bdd } = bits;
  const box = ranksOf(bits.axes, region);
  const [before, after] = programs.map((program) => {
    const sets = permitted(program, bits, hook, box);
    const open = carried(program.firewall, bits, hook);
    return { certain: bdd.and(sets.certain, open), possible: bdd.and(sets.possible, open) };
  }) as [Permitted, Permitted];
  const [doubtful, later] = [before, after].map((each) => bdd.minus(each.possible, each.certain)) as [
    Node,
    Node,
  ];
  return {
    region,
    onlyOld: bdd.minus(before.certain, after.possible),
    onlyNew: bdd.minus(after.certain, before.possible),
    unknown: bdd.or(bdd.minus(doubtful, later), bdd.minus(later, doubtful)),
    both: bdd.and(doubtful, later),
  };
}

/** The packets that use interfaces which a firewall has. */
function carried({ carriers }: Firewall, bits: PacketBits, hook: Hook | 'path'): Node {
  if (carriers === undefined) return everything;
  const sides = sidesAt[hook].map((side) => {
    const axis = bits.of(dimensions.indexOf(side));
    const ranks = carriers.map(({ low, high }) =>
      bits.range(axis, bits.axes.rank(axis.axis, low), bits.axes.rank(axis.axis, high), everything),
    );
    return ranks.reduce((all, each) => bits.bdd.or(all, each), nothing);
  });
  return sides.reduce((all, each) => bits.bdd.and(all, each), everything);
}

/** The carriers of either, where both configurations name all their interfaces. */
function ofBoth(before: Firewall, after: Firewall): Firewall {
  const { carriers: _carriers, ...open } = before;
  if (before.carriers === undefined || after.carriers === undefined) return open;
  return { ...open, carriers: intervalSet([...before.carriers, ...after.carriers]) };
}

function sharesOf(bits: PacketBits, parts: readonly Part[]): Difference['unknownInBoth'] {
  const shares: Partial<Record<'ipv4' | 'ipv6', number>> = {};
  for (const name of ['ipv4', 'ipv6'] as const) {
    const own = parts.filter(({ region }) => region.src.low >= ipv6Offset === (name === 'ipv6'));
    const whole = own.reduce((sum, { region }) => sum + volumeOfRegion(region), 0n);
    const both = own.reduce(
      (sum, { both: set, region }) => sum + volumeWithin(bits, set, asClause(region)),
      0n,
    );
    if (own.length > 0) shares[name] = Number((both * 1_000_000n) / whole) / 1_000_000;
  }
  return shares;
}

/** A firewall with its interfaces numbered by other names. */
export function renumbered(firewall: Firewall, names: readonly string[]): Firewall {
  const chains = [...firewall.chains].map(([id, chain]): [string, Chain] => [
    id,
    {
      ...chain,
      rules: chain.rules.map((rule) => ({
        ...rule,
        clauses: rule.clauses.map((each) => renumberedClause(each, firewall, names)),
      })),
    },
  ]);
  const { carriers } = firewall;
  const own = firewall.interfaceNames.flatMap((name, index) =>
    carriers !== undefined && contains(carriers, BigInt(index)) ? only(BigInt(names.indexOf(name))) : [],
  );
  return {
    ...firewall,
    interfaceNames: names,
    chains: new Map(chains),
    ...(carriers === undefined ? {} : { carriers: intervalSet(own) }),
  };
}

function renumberedClause(clause: Clause, { interfaceNames }: Firewall, names: readonly string[]): Clause {
  /** An interface that the firewall does not name is its number 0. */
  const moved = (set: IntervalSet): IntervalSet => {
    const numbers = names.flatMap((name, index) => {
      const own = interfaceNames.indexOf(name);
      return contains(set, BigInt(Math.max(own, 0))) ? only(BigInt(index)) : [];
    });
    const isOpen = contains(set, BigInt(interfaceNames.length));
    return intervalSet(isOpen ? [...numbers, { low: BigInt(names.length), high: greatest.iif }] : numbers);
  };
  return {
    ...clause,
    ...(clause.iif === undefined ? {} : { iif: moved(clause.iif) }),
    ...(clause.oif === undefined ? {} : { oif: moved(clause.oif) }),
  };
}
