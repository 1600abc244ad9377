import { spellAddress, spellPrefixes } from '../model/address.ts';
import type { Clause } from '../model/firewall.ts';
import type { IntervalSet } from '../model/interval.ts';
import { connectionStates, type ConnectionState, type Packet } from '../model/packet.ts';

/** A packet as people write it; interfaces by name, left out where any will do. */
export interface PacketDocument {
  readonly iif?: string;
  readonly oif?: string;
  readonly src: string;
  readonly dst: string;
  readonly protocol: string | number;
  readonly sport?: number;
  readonly dport?: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  readonly flags?: string;
  readonly state: ConnectionState;
}

/** A set of packets as people write it. What is not named is free. Ports and types are `n` or `n-m`. */
export type ClauseDocument = Readonly<Partial<Record<keyof Packet, readonly string[]>>>;

/** IP protocols by name. @see https://www.iana.org/assignments/protocol-numbers */
export const protocols = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58, sctp: 132, udplite: 136 } as const;
export const flagNames = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr'] as const;
const withPorts = new Set<number>([protocols.tcp, protocols.udp, 33, protocols.sctp, protocols.udplite]);
const withTypes = new Set<number>([protocols.icmp, protocols.icmpv6]);

const spellProtocol = (number: number): string | number =>
  Object.entries(protocols).find(([, each]) => each === number)?.[0] ?? number;

const spellFlags = (bits: number): string =>
  flagNames.filter((_, bit) => ((bits >> bit) & 1) === 1).join(',');

/** Writes a packet. */
export function packetDocument(packet: Packet, interfaceNames: readonly string[]): PacketDocument {
  const protocol = Number(packet.protocol);
  const [iif, oif] = [interfaceNames[Number(packet.iif)] ?? '', interfaceNames[Number(packet.oif)] ?? ''];
  return {
    ...(iif === '' ? {} : { iif }),
    ...(oif === '' ? {} : { oif }),
    src: spellAddress(packet.src),
    dst: spellAddress(packet.dst),
    protocol: spellProtocol(protocol),
    ...(withPorts.has(protocol) ? { sport: Number(packet.sport), dport: Number(packet.dport) } : {}),
    ...(withTypes.has(protocol)
      ? { icmpType: Number(packet.icmpType), icmpCode: Number(packet.icmpCode) }
      : {}),
    ...(protocol === protocols.tcp ? { flags: spellFlags(Number(packet.flags)) } : {}),
    state: connectionStates[Number(packet.state)] ?? 'new',
  };
}

/** Writes a clause of one family of addresses. */
export function clauseDocument(clause: Clause, interfaceNames: readonly string[]): ClauseDocument {
  const names = (set: IntervalSet): readonly string[] =>
    numbers(set, BigInt(interfaceNames.length)).map((each) => interfaceNames[each] || 'any other');
  const states = (set: IntervalSet): readonly string[] =>
    numbers(set, BigInt(connectionStates.length)).map((each) => connectionStates[each] ?? '');
  const spell: Readonly<Partial<Record<keyof Packet, (set: IntervalSet) => readonly string[]>>> = {
    src: (set) => set.flatMap(spellPrefixes),
    dst: (set) => set.flatMap(spellPrefixes),
    iif: names,
    oif: names,
    state: states,
    protocol: (set) =>
      set.map(({ low, high }) => (low === high ? String(spellProtocol(Number(low))) : `${low}-${high}`)),
  };
  return Object.fromEntries(
    // The keys of a clause are dimensions.
    (Object.entries(clause) as [keyof Packet, IntervalSet][]).map(([dimension, set]) => [
      dimension,
      (spell[dimension] ?? ranges)(set),
    ]),
  );
}

const ranges = (set: IntervalSet): readonly string[] =>
  set.map(({ low, high }) => (low === high ? String(low) : `${low}-${high}`));

function numbers(set: IntervalSet, end: bigint): readonly number[] {
  const found: number[] = [];
  for (const { low, high } of set)
    for (let each = low; each <= high && each < end; each += 1n) found.push(Number(each));
  return found;
}
