import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { prefixOf } from '../model/address.ts';
import { interfaceNumber } from '../netfilter/interface-names.ts';
import type { Clause, Firewall } from '../model/firewall.ts';
import { only, type Interval } from '../model/interval.ts';
import { connectionStates } from '../model/packet.ts';
import { protocols } from './packet-document.ts';

/** A question as a person asks it on a command line; what is not said is free. */
export interface Asked {
  readonly from?: string;
  readonly to?: string;
  readonly protocol?: string;
  readonly port?: string;
  readonly sourcePort?: string;
  readonly iif?: string;
  readonly oif?: string;
  readonly state?: string;
}

/** The packets that a question is about. Codes: `usage`, all bad parts at once. */
export function questionOf(
  asked: Asked,
  { interfaceNames, interfaces }: Firewall,
): Result<Clause, readonly Problem[]> {
  const problems: Problem[] = [];
  const part = <T>(
    text: string | undefined,
    read: (text: string) => T | undefined,
    what: string,
  ): T | undefined => {
    if (text === undefined) return undefined;
    const value = read(text);
    if (value === undefined) problems.push(problem('usage', `'${text.slice(0, 60)}' is no ${what}`));
    return value;
  };
  const named = (text: string): bigint | undefined => {
    const device = interfaces.find(({ name, zone }) => name === text || zone === text)?.name ?? text;
    const number = interfaceNumber(interfaceNames, device);
    // Where the configuration lists its interfaces, a name that is none of them is a slip.
    return number > 0 || interfaces.length === 0 ? BigInt(number) : undefined;
  };
  const known = interfaceNames.slice(1).join(', ') || 'none';
  const [src, dst] = [
    part(asked.from, prefixOf, 'address or prefix'),
    part(asked.to, prefixOf, 'address or prefix'),
  ];
  const protocol = part(
    asked.protocol,
    protocolOf,
    `protocol; known are ${Object.keys(protocols).join(', ')} and numbers`,
  );
  const [dport, sport] = [
    part(asked.port, portsOf, 'port or range of ports'),
    part(asked.sourcePort, portsOf, 'port or range of ports'),
  ];
  const [iif, oif] = [
    part(asked.iif, named, `interface of this firewall; it names ${known}`),
    part(asked.oif, named, `interface of this firewall; it names ${known}`),
  ];
  const state = part(asked.state, stateOf, `state of a connection; known are ${connectionStates.join(', ')}`);
  if ((dport ?? sport) !== undefined && protocol === undefined)
    problems.push(problem('usage', 'a port needs a protocol', { hint: 'add --protocol tcp or udp' }));
  if (problems.length > 0) return fail(problems);
  return ok({
    ...(src && { src: [src] }),
    ...(dst && { dst: [dst] }),
    ...(protocol !== undefined && { protocol: only(protocol) }),
    ...(dport && { dport: [dport] }),
    ...(sport && { sport: [sport] }),
    ...(iif !== undefined && { iif: only(iif) }),
    ...(oif !== undefined && { oif: only(oif) }),
    ...(state !== undefined && { state: only(state) }),
  });
}

function protocolOf(text: string): bigint | undefined {
  if (/^\d{1,3}$/.test(text)) return Number(text) <= 255 ? BigInt(text) : undefined;
  return Object.hasOwn(protocols, text) ? BigInt(protocols[text as keyof typeof protocols]) : undefined;
}

function portsOf(text: string): Interval | undefined {
  const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return undefined;
  const range = { low: BigInt(from), high: BigInt(to) };
  return range.low <= range.high && range.high <= 65_535n ? range : undefined;
}

function stateOf(text: string): bigint | undefined {
  const index = connectionStates.findIndex((each) => each === text);
  return index < 0 ? undefined : BigInt(index);
}
