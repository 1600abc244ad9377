import type { Position } from '@holdfast/kernel';
import type { Reading } from '../cisco/text/reading.ts';
import type { ConfigLine } from '../cisco/text/config-lines.ts';
import type { Clause } from '../model/firewall.ts';
import { intervalSet, only, type Interval, type IntervalSet } from '../model/interval.ts';
import { anyOf, none, perhaps, surely, type Doubtful } from '../zoned/doubtful.ts';
import type { Block } from './config-text.ts';
import { predefinedServiceGroups, predefinedServices, type Predefined } from './predefined-services.ts';
import { isOn, lineOf, valueOf, valuesOf, type Vdom } from './vdom.ts';

const deepest = 32;
const protocols = { tcp: 6n, udp: 17n, sctp: 132n } as const;

/**
 * Services and groups of a virtual domain, as conditions on protocol, ports and ICMP messages; read when first asked for.
 * @see https://docs.fortinet.com/document/fortigate/7.4.8/cli-reference/198499981 config firewall service custom
 */
export class Services {
  readonly #reading: Reading;
  readonly #blocks = new Map<string, Block>();
  readonly #groups = new Map<string, Block>();
  readonly #known = new Map<string, Doubtful>();
  readonly #open = new Set<string>();

  constructor(vdom: Vdom, reading: Reading) {
    this.#reading = reading;
    for (const block of vdom.entries('firewall service custom')) this.#blocks.set(block.name, block);
    for (const block of vdom.entries('firewall service group')) this.#groups.set(block.name, block);
  }

  /** What a service has. An unknown name is told at the place given. */
  named(name: string, at: Position): Doubtful {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const value = this.#read(name, at);
    this.#known.set(name, value);
    return value;
  }

  #read(name: string, at: Position): Doubtful {
    const [block, group] = [this.#blocks.get(name), this.#groups.get(name)];
    if (block !== undefined) return this.#custom(block);
    if (group !== undefined) return this.#group(group);
    const shipped = predefinedServices.get(name);
    if (shipped !== undefined) return surely(...clausesOf(shipped));
    const members = predefinedServiceGroups.get(name);
    if (members !== undefined) return anyOf(members.map((each) => this.named(each, at)));
    if (name === 'NONE') return none;
    this.#reading.error(at, `there is no service ${name}`, undefined, 'reference-unknown');
    return none;
  }

  #group(block: Block): Doubtful {
    if (this.#open.has(block.name) || this.#open.size >= deepest) {
      this.#reading.error(
        this.#reading.at(block.line),
        this.#open.has(block.name)
          ? `the group ${block.name} holds itself`
          : `groups lie in each other more than ${deepest} deep`,
      );
      return none;
    }
    this.#open.add(block.name);
    const members = valuesOf(block, 'member').map((name, index) =>
      this.named(name, this.#reading.at(lineOf(block, 'member'), index + 2)),
    );
    this.#open.delete(block.name);
    return anyOf(members);
  }

  #custom(block: Block): Doubtful {
    const kind = valueOf(block, 'protocol') ?? 'TCP/UDP/SCTP';
    const clauses = this.#clauses(block, kind);
    if (clauses === undefined) {
      const why = this.#reading.note(
        this.#reading.at(lineOf(block, 'protocol')),
        `services of protocol '${kind}' are not modelled`,
      );
      return perhaps([why], {});
    }
    const [key] = [
      ...(isOn(block, 'proxy') ? ['proxy'] : []),
      ...((valueOf(block, 'fqdn') ?? '') === '' ? [] : ['fqdn']),
      ...((valueOf(block, 'iprange') ?? '0.0.0.0') === '0.0.0.0' ? [] : ['iprange']),
      ...((valueOf(block, 'app-service-type') ?? 'disable') === 'disable' ? [] : ['app-service-type']),
    ];
    if (key === undefined) return surely(...clauses);
    const why = this.#reading.note(
      this.#reading.at(lineOf(block, key)),
      `'${key}' of a service is not modelled`,
    );
    return perhaps([why], ...clauses);
  }

  #clauses(block: Block, kind: string): readonly Clause[] | undefined {
    if (kind === 'TCP/UDP/SCTP' || kind === 'TCP/UDP/UDP-Lite/SCTP')
      return (['tcp', 'udp', 'sctp'] as const).flatMap((name) => this.#ports(block, name));
    if (kind === 'ICMP' || kind === 'ICMP6') return [this.#icmp(block, kind === 'ICMP' ? 1n : 58n)];
    if (kind !== 'IP') return undefined;
    const text = valueOf(block, 'protocol-number') ?? '0';
    const number = this.#number(block, 'protocol-number', text, 255);
    if (number === undefined) return [];
    return [number === 0n ? {} : { protocol: only(number) }];
  }

  #ports(block: Block, name: keyof typeof protocols): readonly Clause[] {
    const key = `${name}-portrange`;
    return valuesOf(block, key).flatMap((text, index) => {
      const clause = portClause(text, protocols[name]);
      if (clause === 'broken')
        this.#reading.error(
          this.#reading.at(block.settings.get(key) ?? block.line, index + 2),
          `'${text.slice(0, 60)}' is no range of ports`,
          'for example 443, 8000-8080 or 514:512-1023',
        );
      return clause === 'broken' || clause === 'nothing' ? [] : [clause];
    });
  }

  #icmp(block: Block, protocol: bigint): Clause {
    const value = (key: string): bigint | undefined => {
      const text = valueOf(block, key);
      return text === undefined || text === '' ? undefined : this.#number(block, key, text, 255);
    };
    const [type, code] = [value('icmptype'), value('icmpcode')];
    return {
      protocol: only(protocol),
      ...(type === undefined ? {} : { icmpType: only(type) }),
      ...(type === undefined || code === undefined ? {} : { icmpCode: only(code) }),
    };
  }

  #number(block: Block, key: string, text: string, most: number): bigint | undefined {
    if (/^\d{1,5}$/.test(text) && Number(text) <= most) return BigInt(text);
    const line: ConfigLine = lineOf(block, key);
    return this.#reading.error(
      this.#reading.at(line, 2),
      `'${text.slice(0, 60)}' is no number up to ${most}`,
    );
  }
}

const clausesOf = (each: Predefined): readonly Clause[] => {
  if (each.protocol !== undefined)
    return [
      {
        protocol: only(BigInt(each.protocol)),
        ...(each.icmp === undefined ? {} : { icmpType: only(BigInt(each.icmp)) }),
      },
    ];
  if (each.tcp === undefined && each.udp === undefined) return [{}];
  return (['tcp', 'udp'] as const).flatMap((name) =>
    (each[name] ?? '')
      .split(' ')
      .filter((text) => text !== '')
      .flatMap((text) => {
        const clause = portClause(text, protocols[name]);
        return typeof clause === 'string' ? [] : [clause];
      }),
  );
};

/** `80`, `80-90`, `514:512-1023`: destination ports, and source ports behind a colon. Port 0 alone stands for none. */
function portClause(text: string, protocol: bigint): Clause | 'broken' | 'nothing' {
  const [to = '', from, more] = text.split(':');
  const [dport, sport] = [portsOf(to), from === undefined ? undefined : portsOf(from)];
  if (dport === undefined || more !== undefined || (from !== undefined && sport === undefined))
    return 'broken';
  if (dport.high === 0n) return 'nothing';
  const isWhole = dport.low <= 1n && dport.high === 65_535n;
  return {
    protocol: only(protocol),
    ...(isWhole ? {} : { dport: [dport] }),
    ...(sport === undefined || (sport.low <= 1n && sport.high === 65_535n) ? {} : { sport: [sport] }),
  };
}

/** `80` or `80-90`; undefined where it is neither. */
export function portsOf(text: string): Interval | undefined {
  const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return undefined;
  const range = { low: BigInt(from), high: BigInt(to) };
  return range.low <= range.high && range.high <= 65_535n ? range : undefined;
}

const everyPort: Interval = { low: 0n, high: 65_535n };

/**
 * What is none of the services; `undefined` where that is not modelled: services of one protocol that tell packets apart
 * by more than one of destination port, source port and ICMP message.
 */
export function otherServices(clauses: readonly Clause[]): readonly Clause[] | undefined {
  if (clauses.some(({ protocol }) => protocol === undefined)) return [];
  const byProtocol = Map.groupBy(
    clauses.flatMap((clause) => (clause.protocol ?? []).map(({ low }) => ({ low, clause }))),
    ({ low }) => low,
  );
  const rest: Clause[] = [{ protocol: without([...byProtocol.keys()], 255n) }];
  for (const [protocol, group] of byProtocol) {
    const parts = group.map(({ clause }) => clause);
    const axes = new Set(
      parts.flatMap((clause) =>
        (['dport', 'sport', 'icmpType', 'icmpCode'] as const).filter((axis) => clause[axis]),
      ),
    );
    const isWhole = parts.some((clause) => Object.keys(clause).length === 1);
    if (isWhole) continue;
    const [axis, ...more] = axes;
    if (axis === undefined || more.length > 0) return undefined;
    const named = intervalSet(parts.flatMap((clause): IntervalSet => clause[axis] ?? []));
    const gaps = gapsIn(named, axis === 'dport' || axis === 'sport' ? everyPort.high : 255n);
    if (gaps.length > 0) rest.push({ protocol: only(protocol), [axis]: gaps });
  }
  return rest;
}

const without = (values: readonly bigint[], most: bigint): IntervalSet =>
  gapsIn(intervalSet(values.map((each) => ({ low: each, high: each }))), most);

function gapsIn(set: IntervalSet, most: bigint): IntervalSet {
  const gaps: Interval[] = [];
  let from = 0n;
  for (const { low, high } of set) {
    gaps.push({ low: from, high: low - 1n });
    from = high + 1n;
  }
  return intervalSet([...gaps, { low: from, high: most }]);
}
