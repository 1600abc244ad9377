import type { Problem } from '@holdfast/kernel';
import { addressOf, family, prefixOf } from '../model/address.ts';
import type { Interface } from '../model/firewall.ts';
import { intervalSet, only, subtract, type Interval, type IntervalSet } from '../model/interval.ts';
import { nothing, unionOf, type Doubted } from './doubted.ts';
import type { Reading } from './reading.ts';
import { childOf, childrenOf, elementAt, isOn, textOf, type Element } from './xml-tree.ts';

/** An interface as the configuration names it: `lan`, `opt3`; the device behind it, and what is known of its addresses. */
export interface Port {
  readonly key: string;
  readonly device: string;
  readonly label: string;
  readonly number: number;
  readonly at: Element['at'];
  readonly element: Element;
  readonly isEnabled: boolean;
  /** Own addresses with their prefixes; the first is the one that packets leave with. */
  readonly addresses: readonly string[];
  /** Whether more addresses come while it runs, by DHCP, PPPoE or delegation. */
  readonly isDynamic: { readonly ipv4: boolean; readonly ipv6: boolean };
  readonly hasGateway: boolean;
}

/** Interfaces that have no entry of their own: all tunnels of a kind. @see https://docs.opnsense.org/manual/firewall.html */
const tunnels: Readonly<Record<string, RegExp>> = {
  enc0: /^enc0$/,
  openvpn: /^ovpn/,
  wireguard: /^(?:wg|tun_wg)\d/,
  pppoe: /^poes\d/,
  l2tp: /^l2tps?\d/,
};

const loopback = 'lo0';

/** All interfaces of a configuration, and what rules mean by their names. */
export class Ports {
  readonly list: readonly Port[];
  readonly names: readonly string[];
  readonly #groups: ReadonlyMap<string, readonly string[]>;
  readonly #sequences: ReadonlyMap<string, number>;
  readonly #dynamic = new Map<Port, Problem>();
  readonly #reading: Reading;

  constructor(root: Element, reading: Reading) {
    this.#reading = reading;
    const virtual = virtualAddresses(root);
    const names = ['', loopback];
    this.list = (childOf(root, 'interfaces')?.children ?? [])
      .filter(
        (each) =>
          textOf(each, 'type') !== 'group' && textOf(each, 'if') !== '' && textOf(each, 'if') !== loopback,
      )
      .map((each) => {
        const device = textOf(each, 'if');
        if (!names.includes(device)) names.push(device);
        else
          reading.invalid(`two interfaces have the device '${device}'`, each.at, 'each device stands once');
        return portOf(each, names.indexOf(device), virtual.get(each.name) ?? [], reading);
      });
    this.names = [...names, ...Object.keys(tunnels).filter((each) => !names.includes(each))];
    this.#groups = new Map(
      childrenOf(childOf(root, 'ifgroups'), 'ifgroupentry').map((each) => [
        textOf(each, 'ifname'),
        textOf(each, 'members')
          .split(/[\s,]+/)
          .filter((member) => member !== ''),
      ]),
    );
    this.#sequences = new Map(
      childrenOf(childOf(root, 'ifgroups'), 'ifgroupentry').map((each) => [
        textOf(each, 'ifname'),
        Number(textOf(each, 'sequence')) || 0,
      ]),
    );
  }

  find(key: string): Port | undefined {
    return this.list.find((each) => each.key === key);
  }

  isGroup(name: string): boolean {
    return this.#groups.has(name);
  }

  /** Where the rules of a group stand among those of groups. */
  groupSequence(name: string): number {
    return this.#sequences.get(name) ?? 0;
  }

  /** The numbers of all that carry packets of others: interfaces that are on, and tunnels. */
  get carriers(): IntervalSet {
    const off = new Set(this.list.filter(({ isEnabled }) => !isEnabled).map(({ device }) => device));
    return intervalSet(
      this.names.flatMap((name, number) =>
        number === 0 || name === loopback || off.has(name) ? [] : only(BigInt(number)),
      ),
    );
  }

  /** The numbers that a rule means by a name; `undefined` where nothing has it. An interface that is off has none. */
  numbersOf(name: string): readonly number[] | undefined {
    const members = this.#groups.get(name);
    if (members) return members.flatMap((each) => this.numbersOf(each) ?? []);
    if (name === 'loopback' || name === loopback) return [this.names.indexOf(loopback)];
    const port = this.find(name);
    if (port) return port.isEnabled ? [port.number] : [];
    const pattern = Object.hasOwn(tunnels, name.toLowerCase()) ? tunnels[name.toLowerCase()] : undefined;
    if (!pattern) return undefined;
    const assigned = this.list.filter(({ device, isEnabled }) => isEnabled && pattern.test(device));
    return [this.names.indexOf(name.toLowerCase()), ...assigned.map(({ number }) => number)];
  }

  /** `lan`: the networks of an interface, or of all members of a group. `undefined` where nothing has the name. */
  networkOf(name: string): Doubted | undefined {
    const members = this.#groups.get(name);
    if (members) return unionOf(members.map((each) => this.networkOf(each) ?? nothing));
    const port = this.find(name);
    return (
      port &&
      this.#known(
        port,
        port.addresses.flatMap((each) => prefixOf(each) ?? []),
      )
    );
  }

  /** `lanip`: the addresses of an interface. */
  addressOf(name: string): Doubted | undefined {
    const port = this.find(name);
    return port && this.#known(port, ownOf(port));
  }

  /** `(self)`: all addresses of the firewall. */
  self(): Doubted {
    const own = this.list.filter(({ isEnabled }) => isEnabled).map((port) => this.#known(port, ownOf(port)));
    const local = [prefixOf('127.0.0.0/8'), prefixOf('::1')].flatMap((each) => each ?? []);
    return unionOf([...own, { sure: intervalSet(local), maybe: [], why: [] }]);
  }

  /** The address that packets leave an interface with, where the configuration gives it. */
  primaryOf(port: Port, isIpv6: boolean): Interval | undefined {
    const text = port.addresses.find((each) => each.includes(':') === isIpv6);
    return text === undefined ? undefined : prefixOf(text.split('/', 1)[0] ?? text);
  }

  #known(port: Port, own: readonly Interval[]): Doubted {
    const sure = intervalSet(own);
    const { ipv4, ipv6 } = port.isDynamic;
    if (!ipv4 && !ipv6) return { sure, maybe: [], why: [] };
    const bounds = [...(ipv4 ? [family.ipv4] : []), ...(ipv6 ? [family.ipv6] : [])];
    const maybe = subtract(this.#leasable(bounds), sure);
    return { sure, maybe, why: [this.#whyDynamic(port)] };
  }

  /** Where an address that is given while running can lie: in no network that another interface is known to have. */
  #leasable(bounds: readonly Interval[]): IntervalSet {
    const taken = this.list.filter(({ isEnabled }) => isEnabled).flatMap(({ addresses }) => addresses);
    const never = ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3', '::/8', 'ff00::/8', ...taken];
    return subtract(intervalSet(bounds), intervalSet(never.flatMap((each) => prefixOf(each) ?? [])));
  }

  #whyDynamic(port: Port): Problem {
    const known = this.#dynamic.get(port);
    if (known) return known;
    const found = this.#reading.unmodelled(
      `the addresses of ${port.key} (${port.label}) are given while it runs, so that a rule that names them is not known whole`,
      port.at,
      'give the address that it has in the network, as a static one',
    );
    this.#dynamic.set(port, found);
    return found;
  }
}

const ownOf = ({ addresses }: Port): readonly Interval[] =>
  addresses.flatMap((each) => prefixOf(each.split('/', 1)[0] ?? each) ?? []);

function portOf(element: Element, number: number, virtual: readonly string[], reading: Reading): Port {
  const addresses = (
    [
      ['ipaddr', 'subnet'],
      ['ipaddrv6', 'subnetv6'],
    ] as const
  ).map(([address, bits]) => staticOf(element, address, bits, reading));
  const [ipv4, ipv6] = addresses;
  return {
    key: element.name,
    device: textOf(element, 'if'),
    label: textOf(element, 'descr') || element.name.toUpperCase(),
    number,
    at: element.at,
    element,
    isEnabled: childOf(element, 'enable') !== undefined,
    addresses: [...addresses.flatMap((each) => (typeof each === 'string' ? [each] : [])), ...virtual],
    isDynamic: { ipv4: ipv4 === 'dynamic', ipv6: ipv6 === 'dynamic' },
    hasGateway: ipv4 === 'dynamic' || !['', 'none'].includes(textOf(element, 'gateway')),
  };
}

/** An address with its prefix; `dynamic` where it comes while running. */
function staticOf(element: Element, address: string, bits: string, reading: Reading): string | undefined {
  const text = textOf(element, address);
  if (text === '' || text === 'none') return undefined;
  if (addressOf(text) === undefined) {
    if (/^[a-z][a-z0-9]*$/i.test(text)) return 'dynamic';
    reading.invalid(`'${text}' is no address`, childOf(element, address)?.at ?? element.at);
    return undefined;
  }
  const length = textOf(element, bits);
  const whole = length === '' ? text : `${text}/${length}`;
  if (prefixOf(whole) !== undefined) return whole;
  reading.invalid(`'${length}' is no prefix length`, childOf(element, bits)?.at ?? element.at);
  return undefined;
}

/** Addresses that an interface has beside its own: aliases and those of CARP. Others are only answered for. */
function virtualAddresses(root: Element): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const each of childrenOf(elementAt(root, 'virtualip'), 'vip')) {
    if (!['carp', 'ipalias'].includes(textOf(each, 'mode')) || isOn(each, 'disabled')) continue;
    const key = textOf(each, 'interface');
    const address = `${textOf(each, 'subnet')}/${textOf(each, 'subnet_bits')}`;
    if (prefixOf(address)) found.set(key, [...(found.get(key) ?? []), address]);
  }
  return found;
}

/** The interfaces as the model has them: named by their devices, with their descriptions as zones. */
export function interfacesOf(ports: Ports, root: Element): readonly Interface[] {
  const tags = new Map(
    childrenOf(childOf(root, 'vlans'), 'vlan').map((each) => [
      textOf(each, 'vlanif'),
      Number(textOf(each, 'tag')),
    ]),
  );
  return ports.list.map(({ device, addresses, label, isEnabled, at }) => {
    const tag = tags.get(device) ?? Number(/[._](\d{1,4})$/.exec(device)?.[1] ?? NaN);
    return {
      name: device,
      addresses,
      zone: label,
      at,
      ...(Number.isInteger(tag) && tag >= 1 && tag <= 4094 ? { vlan: tag } : {}),
      ...(isEnabled ? {} : { shutdown: true }),
    };
  });
}
