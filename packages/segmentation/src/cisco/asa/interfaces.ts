import type { Interface } from '../../model/firewall.ts';
import type { Block, ConfigLine } from '../text/config-lines.ts';
import type { Reading } from '../text/reading.ts';
import { ipv4Of, prefixLength } from '../text/wildcard.ts';

/** An interface of an ASA that has a name; the others pass nothing. */
export interface AsaInterface {
  readonly block: Block;
  readonly name: string;
  /** How far it is trusted; traffic falls from high to low where no access list speaks. */
  readonly level: number;
  readonly levelLine: ConfigLine;
  readonly addresses: readonly string[];
  readonly vlan: number | undefined;
  readonly shutdown: ConfigLine | undefined;
  readonly managementOnly: ConfigLine | undefined;
}

const inert: ReadonlySet<string> = new Set([
  'description',
  'duplex',
  'speed',
  'no',
  'channel-group',
  'mac-address',
  'ospf',
  'rip',
  'eigrp',
  'delay',
  'mtu',

  'igmp',
  'pim',
  'lacp',
  'port-channel',
  'flowcontrol',
  'member-interface',
  'switchport',
  'zone',
  'standby',
  'dhcp',

  'authentication',
  'hello-interval',
  'hold-time',
  'multicast',
  'redundant',
  'nve-only',
  'tunnel',
  'soft-forward',
  'bfd',
]);

/** Reads an `interface` block; undefined where it has no name and so passes nothing. */
export function readAsaInterface(block: Block, reading: Reading): AsaInterface | undefined {
  const first = (command: string): ConfigLine | undefined =>
    block.body.find(({ words }) => words[0]?.text === command);
  const name = first('nameif')?.words[1]?.text;
  const levelLine = first('security-level');
  const level = Number(levelLine?.words[1]?.text ?? (name === 'inside' ? 100 : 0));
  if (!Number.isInteger(level) || level < 0 || level > 100)
    return reading.error(
      reading.at(levelLine ?? block, 1),
      'the security level is none',
      'a number from 0 to 100',
    );
  const vlan = Number(first('vlan')?.words[1]?.text ?? /^Vlan(\d+)$/i.exec(block.words[1]?.text ?? '')?.[1]);
  const addresses: string[] = [];
  for (const line of block.body) {
    const [verb = '', kind] = line.words.map(({ text }) => text);
    if ((verb === 'ip' || verb === 'ipv6') && kind === 'address')
      addresses.push(...addressesOf(line, reading));
    else if (!known.has(verb) && !inert.has(verb) && verb !== 'ip' && verb !== 'ipv6')
      reading.note(reading.at(line), `'${verb}' is not known on an interface and was left out`);
  }
  if (name === undefined) return undefined;
  return {
    block,
    name,
    level,
    levelLine: levelLine ?? block,
    addresses,
    vlan: Number.isInteger(vlan) ? vlan : undefined,
    shutdown: first('shutdown'),
    managementOnly: first('management-only'),
  };
}

const known: ReadonlySet<string> = new Set([
  'nameif',
  'security-level',
  'vlan',
  'shutdown',
  'management-only',
]);

function addressesOf(line: ConfigLine, reading: Reading): readonly string[] {
  const [verb, , address = '', mask] = line.words.map(({ text }) => text);
  if (['dhcp', 'pppoe', 'autoconfig', 'enable'].includes(address)) return [];
  if (verb === 'ipv6') return address.includes('/') ? [address] : [];
  const bits = ipv4Of(mask);
  const length = bits === undefined ? undefined : prefixLength(bits);
  if (ipv4Of(address) !== undefined && length !== undefined) return [`${address}/${length}`];
  reading.error(
    reading.at(line, 2),
    `'${address}' with its mask is no address of an interface`,
    'for example 10.0.0.1 255.255.255.0',
  );
  return [];
}

/** The interface as the model has it. */
export const modelledAsa = (
  { name, addresses, vlan, shutdown, block }: AsaInterface,
  reading: Reading,
): Interface => ({
  name,
  addresses,
  ...(vlan === undefined ? {} : { vlan }),
  ...(shutdown === undefined ? {} : { shutdown: true }),
  at: reading.at(block),
});
