import type { Clause, Interface } from '../model/firewall.ts';
import { greatest } from '../model/packet.ts';
import { prefixOf } from '../model/address.ts';
import {
  intersect,
  intervalSet,
  only,
  subtract,
  type Interval,
  type IntervalSet,
} from '../model/interval.ts';
import { fault } from '../netfilter/syntax-fault.ts';
import type { AwsDocument, Value } from './document.ts';
import type { Way } from './traffic.ts';

interface Attached {
  readonly id: string;
  readonly subnet: string | undefined;
  readonly groups: readonly string[];
  readonly addresses: readonly string[];
  readonly at: Interface['at'];
}

/**
 * Which packets meet which group and which network ACL. With network interfaces in the file, by the addresses of these;
 * with subnets, by the networks of these. Without them, the interface that a packet comes in by stands for what the
 * source is in, and the one that it leaves by for what the destination is in.
 */
export class Placement {
  /** Names by number; 0 is what is in none of them. */
  readonly interfaceNames: readonly string[];
  readonly hasInterfaces: boolean;
  readonly #attached: readonly Attached[];
  readonly #subnets: ReadonlyMap<string, IntervalSet>;
  readonly #known: IntervalSet;

  constructor(document: AwsDocument) {
    this.hasInterfaces = document.has('NetworkInterfaces');
    refuseOverlaps(document);
    this.#attached = document.list('NetworkInterfaces').map((each) => attachedOf(document, each));
    this.#subnets = subnetsOf(document, this.#attached);
    const groups = document.list('SecurityGroups').map((each) => document.need(each, 'GroupId'));
    const acls = document.list('NetworkAcls').map((each) => document.need(each, 'NetworkAclId'));
    const isBound = this.hasInterfaces || (groups.length === 0 && this.#subnets.size > 0);
    this.interfaceNames = isBound ? [''] : ['', ...new Set(groups.length > 0 ? groups : acls)];
    this.#known = intervalSet([...this.#addresses(() => true), ...[...this.#subnets.values()].flat()]);
  }

  get interfaces(): readonly Interface[] {
    return this.#attached.map(({ id, addresses, subnet, at }) => ({
      name: id,
      addresses,
      ...(subnet === undefined ? {} : { zone: subnet }),
      ...(at === undefined ? {} : { at }),
    }));
  }

  get hasSubnets(): boolean {
    return this.#subnets.size > 0;
  }

  /** The packets whose one end has a group: `ingress` is the destination. Undefined where nobody knows. */
  endIn(group: string, way: Way): Clause | undefined {
    const [side, through] = way === 'ingress' ? (['dst', 'oif'] as const) : (['src', 'iif'] as const);
    if (this.hasInterfaces)
      return { [side]: intervalSet(this.#addresses(({ groups }) => groups.includes(group))) };
    return this.#named(group, through);
  }

  /** The packets whose other end has a group that a permission refers to. */
  members(group: string, way: Way): Clause | undefined {
    const other = way === 'ingress' ? 'egress' : 'ingress';
    if (!this.hasInterfaces) return this.#named(group, other === 'ingress' ? 'oif' : 'iif');
    // A group of another account or network may have members that are not in the file.
    const isKnown = this.#attached.some(({ groups }) => groups.includes(group));
    return isKnown ? this.endIn(group, other) : undefined;
  }

  /** The packets whose one end has any group. */
  anyEnd(way: Way): Clause {
    const [side, through] = way === 'ingress' ? (['dst', 'oif'] as const) : (['src', 'iif'] as const);
    if (this.hasInterfaces)
      return { [side]: intervalSet(this.#addresses(({ groups }) => groups.length > 0)) };
    return { [through]: [{ low: 1n, high: BigInt(this.interfaceNames.length - 1) }] };
  }

  /** Addresses of subnets that no interface of the file has. */
  get unattached(): IntervalSet {
    const own = intervalSet(this.#addresses(() => true));
    return this.hasInterfaces ? subtract(intervalSet([...this.#subnets.values()].flat()), own) : [];
  }

  /** The networks of some subnets, or of all. */
  networks(ids?: readonly string[]): IntervalSet {
    const all = [...this.#subnets].filter(([id]) => ids === undefined || ids.includes(id));
    return intervalSet(all.flatMap(([, set]) => set));
  }

  get subnets(): readonly (readonly [string, IntervalSet])[] {
    return [...this.#subnets];
  }

  /** The packets whose ends are both outside: no rule of the file is about them. */
  get outside(): Clause {
    if (this.#known.length > 0) {
      const others = subtract([{ low: 0n, high: greatest.src }], this.#known);
      return { src: others, dst: others };
    }
    const none = [only(0n), [{ low: BigInt(this.interfaceNames.length), high: greatest.iif }]].flat();
    return { iif: none, oif: none };
  }

  #named(name: string, side: 'iif' | 'oif'): Clause | undefined {
    const number = this.interfaceNames.indexOf(name);
    return number < 1 ? undefined : { [side]: only(BigInt(number)) };
  }

  #addresses(of: (each: Attached) => boolean): readonly Interval[] {
    return this.#attached
      .filter(of)
      .flatMap(({ addresses }) => addresses.flatMap((each) => prefixOf(each) ?? []));
  }
}

function attachedOf(document: AwsDocument, value: Value): Attached {
  const addresses = [
    document.text(value, 'PrivateIpAddress'),
    ...document.entries(value, 'PrivateIpAddresses').map((each) => document.text(each, 'PrivateIpAddress')),
    ...document.entries(value, 'Ipv6Addresses').map((each) => document.text(each, 'Ipv6Address')),
    ...document.entries(value, 'Ipv4Prefixes').map((each) => document.text(each, 'Ipv4Prefix')),
    ...document.entries(value, 'Ipv6Prefixes').map((each) => document.text(each, 'Ipv6Prefix')),
  ].filter((each) => each !== undefined);
  const wrong = addresses.find((each) => prefixOf(each) === undefined);
  if (wrong !== undefined)
    fault(value.at, `${value.path} has '${wrong}', which is no address`, undefined, 'value-invalid');
  return {
    id: document.need(value, 'NetworkInterfaceId'),
    subnet: document.text(value, 'SubnetId'),
    groups: document.entries(value, 'Groups').map((each) => document.need(each, 'GroupId')),
    addresses: [...new Set(addresses)],
    at: value.at,
  };
}

/** Addresses of two VPCs may be the same: these are told apart by no packet. */
function refuseOverlaps(document: AwsDocument): void {
  const owners = new Map<string, { readonly vpc: string; readonly networks: readonly Interval[] }>();
  const entries = [
    ...document.list('Subnets').map((each) => [each, 'CidrBlock'] as const),
    ...document.list('NetworkInterfaces').map((each) => [each, 'PrivateIpAddress'] as const),
  ];
  const byVpc = Map.groupBy(entries, ([each]) => document.text(each, 'VpcId') ?? '');
  byVpc.forEach((own, vpc) => {
    const networks = intervalSet(own.flatMap(([each, key]) => document.network(each, key) ?? []));
    for (const other of owners.values()) {
      const [first] = own;
      if (first !== undefined && intersect(other.networks, networks).length > 0)
        fault(
          first[0].at,
          `${vpc} and ${other.vpc} have the same addresses`,
          'take one VPC at a time: --filters Name=vpc-id,Values=...',
        );
    }
    owners.set(vpc, { vpc, networks });
  });
}

/** The networks of subnets; where these are not in the file, the addresses of the interfaces in them. */
function subnetsOf(document: AwsDocument, attached: readonly Attached[]): ReadonlyMap<string, IntervalSet> {
  const found = new Map<string, IntervalSet>();
  for (const each of document.list('Subnets')) {
    const networks = [document.network(each, 'CidrBlock')];
    for (const more of document.entries(each, 'Ipv6CidrBlockAssociationSet'))
      networks.push(document.network(more, 'Ipv6CidrBlock'));
    found.set(
      document.need(each, 'SubnetId'),
      intervalSet(networks.filter((network) => network !== undefined)),
    );
  }
  if (document.has('Subnets')) return found;
  for (const { subnet, addresses } of attached) {
    const own = addresses.flatMap((each) => prefixOf(each) ?? []);
    if (subnet !== undefined) found.set(subnet, intervalSet([...(found.get(subnet) ?? []), ...own]));
  }
  return found;
}
