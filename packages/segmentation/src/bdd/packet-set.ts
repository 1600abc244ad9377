import type { Clause } from '../model/firewall.ts';
import { intersect, intervalSet, type IntervalSet } from '../model/interval.ts';
import { dimensions, greatest, type Dimension, type Packet } from '../model/packet.ts';
import { nothing, type Node } from './bdd.ts';
import type { AxisBits, PacketBits } from './packet-bits.ts';

/** Some clauses of a set of packets, and whether these are all. */
export interface Listed {
  readonly clauses: readonly Clause[];
  readonly isWhole: boolean;
}

/** Ranks between two that go on at the same node. */
interface Branch {
  readonly node: Node;
  readonly ranks: (readonly [number, number])[];
}

/**
 * A set of packets as people read it: disjoint clauses, sources first. At most `limit` of them.
 * Values outside `within` are left out: where a set was asked for within a question, it holds only there.
 */
export function listed(bits: PacketBits, set: Node, within: Clause, limit: number): Listed {
  const clauses: Clause[] = [];
  let isWhole = true;
  const read = (index: number, node: Node, sofar: Partial<Record<Dimension, IntervalSet>>): void => {
    if (node === nothing || !isWhole) return;
    const axis = bits.ordered[index];
    if (axis === undefined) {
      if (clauses.length >= limit) isWhole = false;
      else clauses.push({ ...sofar });
      return;
    }
    const dimension = dimensions[axis.axis] as Dimension;
    for (const branch of branches(bits, axis, node)) {
      const values = valuesOf(bits, axis, branch.ranks, within[dimension]);
      if (values.length === 0) continue;
      const isFree = isAll(dimension, values);
      read(index + 1, branch.node, isFree ? sofar : { ...sofar, [dimension]: values });
    }
  };
  read(0, set, {});
  return { clauses, isWhole };
}

/** Lists one after the other, all of them within one limit. */
export function joinedLists(lists: readonly ((left: number) => Listed)[], limit: number): Listed {
  const clauses: Clause[] = [];
  let isWhole = true;
  for (const list of lists) {
    const more = list(limit - clauses.length);
    clauses.push(...more.clauses);
    isWhole &&= more.isWhole;
  }
  return { clauses, isWhole };
}

/** Whether a set has a packet. */
export function holds(bits: PacketBits, set: Node, packet: Packet): boolean {
  let node = set;
  for (const { axis, from, to, size } of bits.ordered) {
    // `ordered` speaks of the axes of `dimensions`.
    const rank = Math.min(bits.axes.rank(axis, packet[dimensions[axis] as Dimension]), size - 1);
    while (bits.bdd.bit(node) < to) {
      const place = to - 1 - bits.bdd.bit(node);
      if (bits.bdd.bit(node) < from) return false;
      node = ((rank >> place) & 1) === 1 ? bits.bdd.high(node) : bits.bdd.low(node);
    }
  }
  return node !== nothing;
}

/** One packet of a set that is not empty, within a question. */
export function anyOf(bits: PacketBits, set: Node, within: Clause): Packet | undefined {
  const [clause] = listed(bits, set, within, 1).clauses;
  if (clause === undefined) return undefined;
  const values = dimensions.map((each) => [each, clause[each]?.[0]?.low ?? within[each]?.[0]?.low ?? 0n]);
  // One entry for each dimension.
  return Object.fromEntries(values) as Packet;
}

/** The ranks of an axis that a set has, by what follows behind them. */
export function branches({ bdd }: PacketBits, { from, to, size }: AxisBits, node: Node): readonly Branch[] {
  const found = new Map<Node, Branch>();
  const read = (bit: number, at: Node, low: number): void => {
    if (at === nothing || low >= size) return;
    const span = 2 ** (to - bit);
    if (bdd.bit(at) >= to) {
      const branch = found.get(at) ?? { node: at, ranks: [] };
      branch.ranks.push([low, Math.min(low + span, size) - 1]);
      found.set(at, branch);
      return;
    }
    const isHere = bdd.bit(at) === bit;
    read(bit + 1, isHere ? bdd.low(at) : at, low);
    read(bit + 1, isHere ? bdd.high(at) : at, low + span / 2);
  };
  read(from, node, 0);
  return [...found.values()];
}

/** The values of ranks that lie in a question. */
export function valuesOf(
  { axes }: PacketBits,
  { axis }: AxisBits,
  ranks: Branch['ranks'],
  within: IntervalSet | undefined,
): IntervalSet {
  const values = intervalSet(
    ranks.map(([low, high]) => ({ low: axes.low(axis, low), high: axes.high(axis, high) })),
  );
  return within === undefined ? values : intersect(values, within);
}

function isAll(dimension: Dimension, values: IntervalSet): boolean {
  const [first] = values;
  return values.length === 1 && first?.low === 0n && first.high === greatest[dimension];
}
