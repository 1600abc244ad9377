import { Bdd, everything, nothing, type Node } from '../bdd/bdd.ts';
import { PacketBits } from '../bdd/packet-bits.ts';
import { anyOf, listed } from '../bdd/packet-set.ts';
import { permitted, type Permitted } from '../bdd/permitted.ts';
import { clauseDocument, packetDocument, type PacketDocument } from '../document/packet-document.ts';
import { axesOf, programOf, type Program } from '../engine/program.ts';
import { family } from '../model/address.ts';
import type { Clause, Firewall } from '../model/firewall.ts';
import { intervalSet, subtract, type IntervalSet } from '../model/interval.ts';
import { dimensions, greatest, ipv6Offset, type Dimension } from '../model/packet.ts';
import { renumbered } from '../question/diff.ts';
import { asClause, opening, ranksOf, regionsOf } from '../question/region.ts';
import { trace } from '../question/trace.ts';

/** That rules permit exactly what was meant, among packets that open a connection. */
export interface Proof {
  readonly equal: true;
  readonly by: 'sets of packets';
  /** How many nodes the decision diagrams took. */
  readonly nodes: number;
  /** Kinds of packets of which the product lets some pass by rules of its own, whatever is written. */
  readonly passesAnyway: readonly PacketKind[];
  /** Kinds of packets of which some were meant to pass, and the product stops them by rules of its own. */
  readonly stopsAnyway: readonly PacketKind[];
}

/** What packets are, whatever their addresses and interfaces. */
type PacketKind = Readonly<
  Partial<Record<'protocol' | 'sport' | 'dport' | 'icmpType', readonly string[]>>
> & { readonly family: 'ipv4' | 'ipv6' };

/** A packet that rules treat otherwise than was meant, and the rule that decides. */
export interface Disproof {
  readonly equal: false;
  readonly packet: PacketDocument;
  readonly meant: 'pass' | 'stop';
  readonly rule: string;
}

/** What is compared. */
export interface Comparison {
  readonly meant: Firewall;
  readonly written: Firewall;
  /** The same product with nothing permitted, and with everything: what it passes and stops by itself. */
  readonly bounds?: { readonly closed: Firewall; readonly open: Firewall };
  /** The only packets that are looked at: of a family, by these interfaces, not by those. */
  readonly family?: 'ipv4' | 'ipv6';
  readonly by?: readonly string[];
  readonly notBy?: readonly string[];
}

/** So many kinds of packets are listed. */
const listLimit = 100;

/** The four firewalls over one numbering, as programs over the same axes. */
interface Prepared {
  readonly names: readonly string[];
  readonly bits: PacketBits;
  readonly meant: Program;
  readonly written: Program;
  readonly closed: Program | undefined;
  readonly open: Program | undefined;
}

/**
 * Whether the hook `forward` of written rules passes exactly the packets that were meant, and those that the product passes
 * by itself, but for those that it stops by itself. Packets open a connection.
 */
export function prove(comparison: Comparison): Proof | Disproof {
  const prepared = prepare(comparison);
  const { bits, names, written } = prepared;
  const { bdd } = bits;
  const question = questionOf(comparison, names);
  const parts = [...regionsOf(opening(question))].map((region) => {
    const sets = setsIn(prepared, ranksOf(bits.axes, region));
    const wanted = bdd.or(bdd.and(sets.meant.certain, sets.open.certain), sets.closed.possible);
    return {
      asked: asClause(region),
      family: region.src.low < ipv6Offset ? ('ipv4' as const) : ('ipv6' as const),
      missing: bdd.minus(wanted, sets.written.certain),
      extra: bdd.minus(sets.written.possible, wanted),
      passes: bdd.minus(sets.closed.possible, sets.meant.certain),
      stops: bdd.minus(sets.meant.certain, sets.written.certain),
    };
  });
  for (const { asked, missing, extra } of parts) {
    const packet = anyOf(bits, missing, asked) ?? anyOf(bits, extra, asked);
    if (packet === undefined) continue;
    return {
      equal: false,
      packet: packetDocument(packet, names),
      meant: anyOf(bits, missing, asked) === undefined ? 'stop' : 'pass',
      rule: trace(written, 'forward', packet).decision.source.id,
    };
  }
  const told = (which: 'passes' | 'stops'): readonly PacketKind[] =>
    (['ipv4', 'ipv6'] as const).flatMap((of) => {
      const own = parts.filter(({ family: each }) => each === of).map((part) => part[which]);
      return kindsIn(
        bits,
        own.reduce((all, each) => bdd.or(all, each), nothing),
        of,
      );
    });
  return {
    equal: true,
    by: 'sets of packets',
    nodes: bdd.size,
    passesAnyway: told('passes'),
    stopsAnyway: told('stops'),
  };
}

/** The kinds of packets in a set: what is left of it when addresses, interfaces and the like are let fall. */
function kindsIn(bits: PacketBits, packets: Node, of: PacketKind['family']): readonly PacketKind[] {
  const told: ReadonlySet<Dimension> = new Set(['protocol', 'sport', 'dport', 'icmpType']);
  let rest = packets;
  for (const { axis, from, to } of bits.ordered) {
    const dimension = dimensions[axis];
    if (dimension !== undefined && !told.has(dimension)) rest = bits.bdd.exists(rest, from, to);
  }
  return listed(bits, rest, {}, listLimit).clauses.map((clause) => {
    const { protocol, sport, dport, icmpType } = clauseDocument(clause, []);
    return {
      family: of,
      ...(protocol && { protocol }),
      ...(sport && { sport }),
      ...(dport && { dport }),
      ...(icmpType && { icmpType }),
    };
  });
}

function prepare({ meant, written, bounds }: Comparison): Prepared {
  const all = [meant, written, ...(bounds === undefined ? [] : [bounds.closed, bounds.open])];
  const names = [...new Set(all.flatMap(({ interfaceNames }) => interfaceNames))];
  const moved = all.map((each) => renumbered(each, names));
  const axes = axesOf(...moved);
  const [first, second, closed, open] = moved.map((each) => programOf(each, axes)) as [
    Program,
    Program,
    Program | undefined,
    Program | undefined,
  ];
  return { names, bits: new PacketBits(axes, new Bdd()), meant: first, written: second, closed, open };
}

function setsIn(
  { bits, meant, written, closed, open }: Prepared,
  box: Int32Array,
): Readonly<Record<'meant' | 'written' | 'closed' | 'open', Permitted>> {
  const of = (program: Program | undefined, otherwise: Node): Permitted =>
    program === undefined
      ? { certain: otherwise, possible: otherwise }
      : permitted(program, bits, 'forward', box);
  return {
    meant: of(meant, nothing),
    written: of(written, nothing),
    closed: of(closed, nothing),
    open: of(open, everything),
  };
}

function questionOf({ family: of, by, notBy }: Comparison, names: readonly string[]): Clause {
  const numbers = (wanted: readonly string[]): IntervalSet =>
    intervalSet(
      names.flatMap((name, index) =>
        wanted.includes(name) ? [{ low: BigInt(index), high: BigInt(index) }] : [],
      ),
    );
  const all: IntervalSet = [{ low: 0n, high: greatest.iif }];
  const iif = by === undefined ? subtract(all, numbers(notBy ?? [])) : numbers(by);
  return {
    iif,
    oif: subtract(all, numbers(notBy ?? [])),
    ...(of === undefined ? {} : { src: [family[of]], dst: [family[of]] }),
  };
}
