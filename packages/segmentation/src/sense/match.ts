import type { Problem } from '@holdfast/kernel';
import { family } from '../model/address.ts';
import type { Clause } from '../model/firewall.ts';
import { intersect, intervalSet, subtract, type IntervalSet } from '../model/interval.ts';
import type { Dimension } from '../model/packet.ts';
import { atMost, type Doubted } from './doubted.ts';

export type Family = 'inet' | 'inet6';

/** What a rule of pf matches. What is not named is free. */
export interface Match {
  readonly families: readonly Family[];
  /** IP protocols; each is a clause of its own where it stands beside others. */
  readonly protocols?: readonly number[];
  readonly src?: Doubted;
  readonly dst?: Doubted;
  readonly sport?: Doubted;
  readonly dport?: Doubted;
  readonly icmpTypes?: Readonly<Partial<Record<Family, readonly number[]>>>;
  readonly flags?: IntervalSet;
  readonly states?: IntervalSet;
  readonly unmodelled?: readonly Problem[];
}

/** What a match is in clauses: what it has for certain, and what it may have beyond, with the reasons. */
export interface Matched {
  readonly sure: readonly Clause[];
  readonly doubtful: readonly Clause[];
  readonly why: readonly Problem[];
}

const bounds = { inet: family.ipv4, inet6: family.ipv6 } as const;
const sides = ['src', 'dst', 'sport', 'dport'] as const;

/** States that a rule can see: new connections, and packets of none; a packet of a known connection is passed before. */
export const opening: IntervalSet = [{ low: 0n, high: 0n }];
export const openingOrStray: IntervalSet = [
  { low: 0n, high: 0n },
  { low: 3n, high: 3n },
];

/** Turns a match into clauses. Where any of its parts is not known whole, or a condition is not modelled, it is doubtful. */
export function clausesOf(match: Match): Matched {
  const why = [...new Set([...(match.unmodelled ?? []), ...sides.flatMap((side) => match[side]?.why ?? [])])];
  const sure = match.unmodelled?.length ? [] : product(match, ({ sure: set }) => set);
  return { sure, doubtful: why.length === 0 ? [] : product(match, atMost), why };
}

function product(match: Match, pick: (set: Doubted) => IntervalSet): readonly Clause[] {
  const both = match.families.length === 2 && !match.icmpTypes;
  const families = both ? [undefined] : match.families;
  return families.flatMap((each) => {
    const protocols = protocolsOf(match, each);
    const clause = clauseOf(match, each, protocols, pick);
    return clause ? [clause] : [];
  });
}

/** ICMP is another protocol in each family. */
function protocolsOf({ protocols, icmpTypes }: Match, of: Family | undefined): readonly number[] | undefined {
  if (!protocols || !icmpTypes) return protocols;
  return protocols.map((each) => (each === 1 && of === 'inet6' ? 58 : each));
}

function clauseOf(
  match: Match,
  of: Family | undefined,
  protocols: readonly number[] | undefined,
  pick: (set: Doubted) => IntervalSet,
): Clause | undefined {
  const named: [Dimension, IntervalSet][] = [];
  for (const side of sides) {
    const set = match[side];
    if (set) named.push([side, side === 'src' || side === 'dst' ? bounded(pick(set), of) : pick(set)]);
  }
  if (of && !match.src && !match.dst) named.push(['src', [bounds[of]]]);
  if (protocols) named.push(['protocol', numbers(protocols)]);
  const types = of && match.icmpTypes?.[of];
  if (types) named.push(['icmpType', numbers(types)]);
  if (match.flags) named.push(['flags', match.flags]);
  if (match.states) named.push(['state', match.states]);
  if (named.some(([, set]) => set.length === 0)) return undefined;
  return Object.fromEntries<IntervalSet>(named);
}

const bounded = (set: IntervalSet, of: Family | undefined): IntervalSet =>
  of ? intersect(set, [bounds[of]]) : set;

export const numbers = (all: readonly number[]): IntervalSet =>
  intervalSet(all.map((each) => ({ low: BigInt(each), high: BigInt(each) })));

const flagBits = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr'];

/** The TCP flags where, of those in `among`, exactly those in `set` are on; `undefined` where one is unknown. */
export function flagsOf(set: readonly string[], among: readonly string[]): IntervalSet | undefined {
  const bits = (names: readonly string[]): number =>
    names.reduce((sum, name) => sum | (1 << flagBits.indexOf(name)), 0);
  if (![...set, ...among].every((name) => flagBits.includes(name))) return undefined;
  const [on, mask] = [bits(set), bits(among)];
  return numbers(Array.from({ length: 256 }, (_, value) => value).filter((value) => (value & mask) === on));
}

/** A clause on the interface that packets come in or leave by. */
export const through = (clause: Clause, axis: 'iif' | 'oif', ports: IntervalSet | undefined): Clause =>
  ports ? { ...clause, [axis]: ports } : clause;

/** All interfaces but those of a set. */
export const otherPorts = (ports: IntervalSet): IntervalSet =>
  subtract([{ low: 0n, high: 2n ** 31n - 1n }], ports);
