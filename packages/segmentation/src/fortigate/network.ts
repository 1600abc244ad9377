import type { Reading } from '../cisco/text/reading.ts';
import type { ConfigLine } from '../cisco/text/config-lines.ts';
import { ipv4Of, prefixLength } from '../cisco/text/wildcard.ts';
import { prefixOf } from '../model/address.ts';
import type { Interface } from '../model/firewall.ts';
import { intervalSet, type IntervalSet } from '../model/interval.ts';
import type { Block } from './config-text.ts';
import { lineOf, valueOf, valuesOf, type Unit, type Vdom } from './vdom.ts';

/** A zone of interfaces; policies name it in their place. */
export interface Zone {
  readonly name: string;
  readonly vdom: string;
  readonly line: ConfigLine;
  readonly members: readonly string[];
  readonly letsThrough: boolean;
}

/** An interface of the unit. */
export interface Port {
  readonly name: string;
  readonly vdom: string;
  readonly line: ConfigLine;
  readonly block: Block | undefined;
}

/** The interfaces of a unit, their zones, and their numbers on the axes. */
export class Network {
  readonly ports: readonly Port[];
  readonly zones: readonly Zone[];
  readonly #reading: Reading;
  readonly #numbers: ReadonlyMap<string, bigint>;
  readonly #isParted: boolean;

  constructor(unit: Unit, reading: Reading) {
    this.#reading = reading;
    this.#isParted = unit.vdoms.some(({ name }) => name !== '');
    this.ports = portsOf(unit, this.#isParted);
    this.#numbers = new Map(this.ports.map(({ name }, index) => [name, BigInt(index + 1)]));
    this.zones = unit.vdoms.flatMap((vdom) => zonesOf(vdom));
    for (const zone of this.zones)
      for (const member of zone.members) {
        if (!this.#numbers.has(member))
          reading.error(
            reading.at(zone.line),
            `zone ${zone.name} has an interface ${member} that is not there`,
            undefined,
            'reference-unknown',
          );
      }
  }

  get names(): readonly string[] {
    return ['', ...this.ports.map(({ name }) => name)];
  }

  numbers(names: readonly string[]): IntervalSet {
    return intervalSet(
      names.flatMap((name) => {
        const number = this.#numbers.get(name);
        return number === undefined ? [] : [{ low: number, high: number }];
      }),
    );
  }

  /** All interfaces of a virtual domain; `undefined` where there is only one domain, which has all. */
  ofVdom({ name }: Vdom): IntervalSet | undefined {
    if (!this.#isParted) return undefined;
    return this.numbers(this.ports.filter(({ vdom }) => vdom === name).map((each) => each.name));
  }

  /** The interfaces that a setting names, by zones or by themselves; `undefined` for all. Tells names that are not there. */
  named(block: Block, key: string, vdom: Vdom): IntervalSet | undefined {
    const words = valuesOf(block, key);
    if (words.includes('any')) return this.ofVdom(vdom);
    return this.numbers(words.flatMap((word, index) => this.#members(word, block, key, index, vdom)));
  }

  #members(word: string, block: Block, key: string, index: number, vdom: Vdom): readonly string[] {
    const zone = this.zones.find((each) => each.name === word && each.vdom === vdom.name);
    if (zone !== undefined) return zone.members;
    if (this.#numbers.has(word)) return [word];
    const at = this.#reading.at(lineOf(block, key), index + 2);
    this.#reading.error(at, `there is no interface or zone ${word}`, undefined, 'reference-unknown');
    return [];
  }
}

function portsOf({ global, vdoms }: Unit, isParted: boolean): readonly Port[] {
  const whole = isParted ? [global, ...vdoms] : vdoms;
  const ports = new Map<string, Port>();
  for (const part of whole)
    for (const block of part.entries('system interface')) {
      const vdom = isParted ? (valueOf(block, 'vdom') ?? (part.name === '' ? 'root' : part.name)) : '';
      ports.set(block.name, { name: block.name, vdom, line: block.line, block });
    }
  // Tunnels, virtual links and the tunnel interface of SSL VPN may stand in policies alone.
  for (const vdom of vdoms) {
    const beside = [
      ...vdom.entries('vpn ipsec phase1-interface').map(({ name, line }) => ({ name, line })),
      ...vdom.entries('system gre-tunnel').map(({ name, line }) => ({ name, line })),
    ];
    for (const { name, line } of beside)
      if (!ports.has(name)) ports.set(name, { name, vdom: vdom.name, line, block: undefined });
    const tunnel = `ssl.${vdom.name === '' ? 'root' : vdom.name}`;
    const first = vdom.sections('firewall policy')[0];
    if (!ports.has(tunnel) && first !== undefined)
      ports.set(tunnel, { name: tunnel, vdom: vdom.name, line: first.line, block: undefined });
  }
  return [...ports.values()];
}

/** Zones, and those of SD-WAN, whose members stand in a list of their own. */
function zonesOf(vdom: Vdom): readonly Zone[] {
  const zones: Zone[] = vdom.entries('system zone').map((block) => ({
    name: block.name,
    vdom: vdom.name,
    line: block.line,
    members: valuesOf(block, 'interface'),
    letsThrough: valueOf(block, 'intrazone') === 'allow',
  }));
  for (const kind of ['system sdwan', 'system virtual-wan-link'] as const) {
    const section = vdom.only(kind);
    if (section === undefined) continue;
    const part = (name: string): readonly Block[] =>
      section.blocks.filter((each) => each.name === name).flatMap(({ blocks }) => blocks);
    const names = new Set(['virtual-wan-link', ...part('zone').map(({ name }) => name)]);
    for (const name of names) {
      const members = part('members').filter(
        (each) => (valueOf(each, 'zone') ?? 'virtual-wan-link') === name,
      );
      zones.push({
        name,
        vdom: vdom.name,
        line: section.line,
        members: members.flatMap((each) => valueOf(each, 'interface') ?? []),
        letsThrough: false,
      });
    }
  }
  return zones;
}

/** The addresses of an interface as prefixes: its own, secondary ones, and of IPv6. */
function addressesOf({ block }: Port, reading: Reading): readonly string[] {
  if (block === undefined) return [];
  const sections = (name: string): readonly Block[] => block.blocks.filter((each) => each.name === name);
  const short = [block, ...sections('secondaryip').flatMap(({ blocks }) => blocks)].flatMap((each) => {
    const [address = '', mask = ''] = valuesOf(each, 'ip');
    if (address === '' || address === '0.0.0.0') return [];
    const length = prefixLength(ipv4Of(mask) ?? 1n);
    if (ipv4Of(address) === undefined || length === undefined) {
      reading.error(reading.at(lineOf(each, 'ip'), 2), `'${address} ${mask}' is no address with a netmask`);
      return [];
    }
    return [`${address}/${length}`];
  });
  const long = sections('ipv6').flatMap((each) => {
    const extra = each.blocks.flatMap(({ blocks }) => blocks.map(({ name }) => name));
    return [valueOf(each, 'ip6-address') ?? '::/0', ...extra].filter(
      (text) => text !== '::/0' && text.includes(':') && prefixOf(text) !== undefined,
    );
  });
  return [...short, ...long];
}

/** An interface as others are told of it. */
export function interfaceOf(port: Port, network: Network, reading: Reading): Interface {
  const zone = network.zones.find(({ vdom, members }) => vdom === port.vdom && members.includes(port.name));
  const vlan = port.block === undefined ? undefined : valueOf(port.block, 'vlanid');
  return {
    name: port.name,
    addresses: addressesOf(port, reading),
    ...(zone === undefined ? {} : { zone: zone.name }),
    ...(vlan === undefined || !/^[1-9]\d{0,3}$/.test(vlan) ? {} : { vlan: Number(vlan) }),
    ...(port.vdom === '' ? {} : { vrf: port.vdom }),
    ...(port.block !== undefined && valueOf(port.block, 'status') === 'down' ? { shutdown: true } : {}),
    at: reading.at(port.line),
  };
}

/** Whether a portal asks whoever comes in by an interface who they are. */
export const hasPortal = ({ block }: Port): boolean =>
  block !== undefined && (valueOf(block, 'security-mode') ?? 'none') !== 'none';
