import { known, type Estate } from '@holdfast/estate';
import { problem, type Position, type Problem } from '@holdfast/kernel';
import { family, prefixOf } from '../model/address.ts';
import { unrouted } from '../network/landscape.ts';
import { intervalSet, subtract, type Interval, type IntervalSet } from '../model/interval.ts';

/** Addresses that a word of a conduit stands for, and how they are reached: in a network, through a VPN, or outside. */
export interface End {
  readonly set: IntervalSet;
  readonly network?: string;
  readonly vpn?: string;
  readonly isOutside?: boolean;
}

const whole: IntervalSet = [{ low: family.ipv4.low, high: family.ipv6.high }];

/** What the words of conduits stand for in an estate. What has no address is a problem where it is declared. */
export class EstateEnds {
  readonly problems: Problem[] = [];
  readonly #estate: Estate;
  readonly #told = new Set<string>();
  #outside: IntervalSet | undefined;

  constructor(estate: Estate) {
    this.#estate = estate;
  }

  /** The ends of a word that a conduit has at `at`. */
  of(word: string, at: Position | undefined): readonly End[] {
    if (word === 'internet') return [this.#outsideEnd()];
    const zoned = [...this.#estate.all('network')].filter(([, { zone }]) => zone === word);
    if (zoned.length > 0) return zoned.flatMap(([id]) => this.#network(id));
    switch (this.#estate.kindOf(word)) {
      case 'zone':
        return this.#bareZone(word, at);
      case 'network':
        return this.#network(word);
      case 'device':
        return this.#device(word);
      case 'service':
        return this.#service(word, at);
      case 'party':
        return this.#party(word, at);
      default:
        return this.#none(`'${word}' stands for no addresses`, at);
    }
  }

  #none(message: string, at: Position | undefined, hint?: string): readonly End[] {
    const key = `${message} ${at?.line}`;
    if (!this.#told.has(key)) this.problems.push(problem('key-missing', message, { at, hint }));
    this.#told.add(key);
    return [];
  }

  #bareZone(id: string, at: Position | undefined): readonly End[] {
    if (this.#estate.get('zone', id)?.function === 'internet') return [this.#outsideEnd()];
    return this.#none(`the zone ${id} has no network`, at, `name it at its networks: zone: ${id}`);
  }

  #network(id: string): readonly End[] {
    const cidr = this.#estate.get('network', id)?.cidr;
    const prefix = cidr === undefined ? undefined : prefixOf(cidr);
    if (prefix !== undefined) return [{ set: [prefix], network: id }];
    return this.#none(
      `the network ${id} has no addresses that rules can name`,
      this.#estate.at('network', id),
      'add its cidr: 10.20.30.0/24',
    );
  }

  #device(id: string): readonly End[] {
    const device = this.#estate.get('device', id);
    const own = (device?.address ?? []).flatMap((each) => this.#leg(each, device?.network));
    const legs = Object.values(device?.interfaces ?? {}).flatMap(({ address, network }) =>
      address === undefined ? [] : this.#leg(address, network),
    );
    const ends = [...own, ...legs];
    if (ends.length > 0) return ends;
    return this.#none(
      `the device ${id} has no address that rules can name`,
      this.#estate.at('device', id),
      'add its address',
    );
  }

  #leg(address: string, network: string | undefined): readonly End[] {
    const found = prefixOf(address);
    return found === undefined ? [] : [{ set: [found], ...(network === undefined ? {} : { network }) }];
  }

  #service(id: string, at: Position | undefined): readonly End[] {
    const service = this.#estate.get('service', id);
    if (service?.on === undefined) return [this.#outsideEnd()];
    const hosts = known(service.on);
    if (hosts === undefined)
      return this.#none(
        `on which hosts the service ${id} runs is not known`,
        this.#estate.at('service', id, ['on']) ?? at,
      );
    return hosts.flatMap((each) => this.#device(each));
  }

  #party(id: string, at: Position | undefined): readonly End[] {
    const vpns = [...this.#estate.all('vpn')].filter(([, { from }]) => from === id);
    if (vpns.length === 0)
      return this.#none(`${id} has no VPN to come in by`, at, `declare one with from: ${id} and its pool`);
    return vpns.flatMap(([vpn, { pool }]): readonly End[] => {
      const prefix = pool === undefined ? undefined : prefixOf(pool);
      if (prefix !== undefined) return [{ set: [prefix], vpn }];
      return this.#none(
        `the VPN ${vpn} has no pool of addresses`,
        this.#estate.at('vpn', vpn),
        'add its pool: 10.99.0.0/24',
      );
    });
  }

  #outsideEnd(): End {
    this.#outside ??= this.#everythingElse();
    return { set: this.#outside, isOutside: true };
  }

  /** What is routed on the internet, and in no declared network and no pool. */
  #everythingElse(): IntervalSet {
    const networks = [...this.#estate.all('network').keys()].flatMap((id) => this.#network(id));
    const pools = [...this.#estate.all('vpn').values()].flatMap(({ pool }): readonly Interval[] => {
      const prefix = pool === undefined ? undefined : prefixOf(pool);
      return prefix === undefined ? [] : [prefix];
    });
    const inside = [...networks.flatMap(({ set }) => set), ...pools];
    return subtract(whole, intervalSet([...unrouted, ...inside]));
  }
}
