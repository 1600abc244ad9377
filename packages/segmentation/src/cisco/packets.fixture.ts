import { present, type Problem, type Result } from '@holdfast/kernel';
import { programOf } from '../engine/program.ts';
import { addressOf, spellAddress } from '../model/address.ts';
import type { Firewall, Hook } from '../model/firewall.ts';
import type { Packet } from '../model/packet.ts';
import { trace } from '../question/trace.ts';

/** A packet as the tests write it: TCP from port 49152 by a SYN, unless said otherwise. */
export interface Written {
  readonly src: string;
  readonly dst: string;
  readonly iif?: string;
  readonly oif?: string;
  readonly protocol?: number;
  readonly sport?: number;
  readonly dport?: number;
  readonly icmp?: readonly [number, number];
  readonly flags?: number;
  readonly state?: number;
}

/** The firewall that was read, or a failure that shows what was wrong. */
export function readOf(result: Result<Firewall, readonly Problem[]>): Firewall {
  if (result.kind === 'error')
    throw new Error(result.error.map(({ message, at }) => `${at?.line}: ${message}`).join('\n'));
  return result.value;
}

function packetOf(firewall: Firewall, written: Written): Packet {
  const number = (name: string | undefined): bigint => {
    if (name === undefined) return 0n;
    const index = firewall.interfaceNames.indexOf(name);
    if (index === -1) throw new Error(`there is no interface ${name}`);
    return BigInt(index);
  };
  return {
    src: present(addressOf(written.src), written.src),
    dst: present(addressOf(written.dst), written.dst),
    protocol: BigInt(written.protocol ?? 6),
    sport: BigInt(written.sport ?? 49_152),
    dport: BigInt(written.dport ?? 80),
    iif: number(written.iif),
    oif: number(written.oif),
    state: BigInt(written.state ?? 0),
    icmpType: BigInt(written.icmp?.[0] ?? 8),
    icmpCode: BigInt(written.icmp?.[1] ?? 0),
    flags: BigInt(written.flags ?? 2),
  };
}

/** What becomes of a packet: the verdict and the rule, and where it is translated what it leaves as; `*` is any port. */
export function fateOf(firewall: Firewall, written: Written, hook: Hook | 'path' = 'path'): string {
  const packet = packetOf(firewall, written);
  const { verdict, decision, packet: out, open } = trace(programOf(firewall), hook, packet);
  const spelt = (address: bigint, port: bigint, isOpen: boolean): string =>
    `${spellAddress(address)}:${isOpen ? '*' : port}`;
  const moved =
    out.src === packet.src &&
    out.dst === packet.dst &&
    out.sport === packet.sport &&
    out.dport === packet.dport
      ? ''
      : ` as ${spelt(out.src, out.sport, open.includes('sport'))} > ${spelt(out.dst, out.dport, open.includes('dport'))}`;
  return `${verdict} ${decision.source.id}${moved}`;
}
