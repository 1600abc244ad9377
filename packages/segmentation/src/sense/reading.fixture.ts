import { formatPosition } from '@holdfast/kernel';
import type { Program } from '../engine/program.ts';
import { addressOf, spellAddress } from '../model/address.ts';
import type { Firewall, Hook } from '../model/firewall.ts';
import { connectionStates, type ConnectionState } from '../model/packet.ts';
import { trace, type Traced } from '../question/trace.ts';
import { readSense } from './read-sense.ts';

export function read(text: string): Firewall {
  const result = readSense({ name: 'config.xml', text });
  if (result.kind === 'error') throw new Error(JSON.stringify(result.error));
  return result.value;
}

export const told = ({ problems }: Firewall): readonly string[] =>
  problems.map(({ at, message }) => `${at?.line ?? 0}: ${message}`);

export function refused(text: string): readonly string[] {
  const result = readSense({ name: 'config.xml', text });
  if (result.kind === 'ok') throw new Error('it was read');
  return result.error.map(({ at, code, message }) => `${at ? formatPosition(at) : ''} ${code} ${message}`);
}

interface Asked {
  readonly hook?: Hook | 'path';
  readonly iif?: string;
  readonly oif?: string;
  readonly src: string;
  readonly dst: string;
  readonly protocol?: number;
  readonly sport?: number;
  readonly dport?: number;
  readonly icmpType?: number;
  readonly flags?: number;
  readonly state?: ConnectionState;
}

/** The fate of one packet: verdict and rule. */
export function fateOf(program: Program, asked: Asked): string {
  const { verdict, decision } = traceOf(program, asked);
  return `${verdict} ${decision.source.id}`;
}

/** Where one packet comes from and goes to in the end. */
export function endsOf(program: Program, asked: Asked): readonly string[] {
  const { src, dst, dport } = traceOf(program, asked).packet;
  return [spellAddress(src), spellAddress(dst), String(dport)];
}

function traceOf(program: Program, asked: Asked): Traced {
  const { interfaceNames } = program.firewall;
  const numberOf = (name: string | undefined): bigint => {
    const number = name === undefined ? 0 : interfaceNames.indexOf(name);
    if (number < 0) throw new Error(`no interface ${name ?? ''}`);
    return BigInt(number);
  };
  return trace(program, asked.hook ?? 'path', {
    src: addressOf(asked.src) ?? -1n,
    dst: addressOf(asked.dst) ?? -1n,
    protocol: BigInt(asked.protocol ?? 6),
    sport: BigInt(asked.sport ?? 50_000),
    dport: BigInt(asked.dport ?? 9999),
    iif: numberOf(asked.iif),
    oif: numberOf(asked.oif),
    state: BigInt(connectionStates.indexOf(asked.state ?? 'new')),
    icmpType: BigInt(asked.icmpType ?? 0),
    icmpCode: 0n,
    flags: BigInt(asked.flags ?? 2),
  });
}
