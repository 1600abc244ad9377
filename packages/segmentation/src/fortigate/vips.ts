import type { Problem } from '@holdfast/kernel';
import type { Reading } from '../cisco/text/reading.ts';
import { addressOf, family, prefixOf } from '../model/address.ts';
import type { Clause } from '../model/firewall.ts';
import { intersect, intervalSet, only, type Interval, type IntervalSet } from '../model/interval.ts';
import type { Family } from './addresses.ts';
import type { Block } from './config-text.ts';
import type { Network } from './network.ts';
import { portsOf } from './services.ts';
import { isOn, lineOf, valueOf, valuesOf, type Vdom } from './vdom.ts';

/** Ports that a virtual address forwards. */
interface Forwarded {
  readonly protocol: bigint;
  readonly outside: Interval;
  readonly inside: Interval;
}

/** A virtual address: what comes for it, and what its destination becomes. */
export interface Vip {
  readonly name: string;
  readonly family: Family;
  readonly block: Block;
  readonly outside: Interval;
  /** What the destination becomes; `undefined` where that is not known. */
  readonly inside: Interval | undefined;
  readonly ports: Forwarded | undefined;
  /** The interfaces that it is for; `undefined` for all. */
  readonly iif: IntervalSet | undefined;
  readonly sources: IntervalSet | undefined;
  /** Whether what the host itself opens always gets the outer address. */
  readonly isSource: boolean;
  readonly why: readonly Problem[];
}

/**
 * The virtual addresses of a domain and their groups. Two that are for the same packets are both not modelled: which of
 * them is asked first is in no document.
 * @see https://docs.fortinet.com/document/fortigate/7.0.6/cli-reference/303620 config firewall vip
 */
export class Vips {
  readonly all: readonly Vip[];
  readonly #named: ReadonlyMap<string, Vip>;
  readonly #groups: ReadonlyMap<string, readonly string[]>;

  constructor(vdom: Vdom, which: Family, network: Network, reading: Reading) {
    const end = which === 'ipv6' ? '6' : '';
    const read = vdom
      .entries(`firewall vip${end}`)
      .filter((block) => valueOf(block, 'status') !== 'disable')
      .flatMap((block) => readVip(block, which, vdom, network, reading) ?? []);
    this.all = withClashes(read, reading);
    this.#named = new Map(this.all.map((vip) => [vip.name, vip]));
    this.#groups = new Map(
      vdom.entries(`firewall vipgrp${end}`).map((block) => [block.name, valuesOf(block, 'member')]),
    );
  }

  /** The virtual addresses of a name; `undefined` where it names none. */
  named(name: string): readonly Vip[] | undefined {
    const vip = this.#named.get(name);
    if (vip !== undefined) return [vip];
    return this.#groups.get(name)?.flatMap((member) => this.#named.get(member) ?? []);
  }
}

function readVip(
  block: Block,
  which: Family,
  vdom: Vdom,
  network: Network,
  reading: Reading,
): Vip | undefined {
  const outside = rangeOf(valueOf(block, 'extip') ?? '');
  if (outside === undefined) {
    const key = block.settings.has('extaddr') ? 'extaddr' : 'extip';
    reading.error(
      reading.at(lineOf(block, key), block.settings.has(key) ? 2 : 0),
      `the virtual address ${block.name} has no outer address`,
      'extip: an address, or two with a hyphen',
    );
    return undefined;
  }
  const why = unmodelledOf(block, reading);
  const ports = isOn(block, 'portforward') ? portsForwarded(block, reading) : undefined;
  const mapped = rangeOf(valueOf(block, 'mappedip') ?? '');
  if (mapped === undefined && why.length === 0)
    reading.error(
      reading.at(lineOf(block, 'mappedip')),
      `the virtual address ${block.name} has no mapped address`,
      'mappedip: an address, or two with a hyphen',
    );
  const isEven = mapped !== undefined && mapped.high - mapped.low === outside.high - outside.low;
  if (mapped !== undefined && !isEven && why.length === 0)
    why.push(
      reading.note(reading.at(lineOf(block, 'mappedip')), 'ranges of different sizes are not modelled'),
    );
  const anyOuter = outside.low === 0n || outside.low === family.ipv6.low;
  if (anyOuter)
    why.push(
      reading.note(reading.at(lineOf(block, 'extip')), 'the outer address is not in the configuration'),
    );
  const filter = valuesOf(block, 'src-filter');
  return {
    name: block.name,
    family: which,
    block,
    outside: anyOuter ? family[which] : outside,
    inside: why.length > 0 || !isEven ? undefined : mapped,
    ports,
    iif: interfacesOf(block, vdom, network),
    sources: filter.length === 0 ? undefined : intervalSet(filter.flatMap((text) => sourceOf(text) ?? [])),
    isSource: isOn(block, 'nat-source-vip'),
    why,
  };
}

function interfacesOf(block: Block, vdom: Vdom, network: Network): IntervalSet | undefined {
  const outer =
    (valueOf(block, 'extintf') ?? 'any') === 'any'
      ? network.ofVdom(vdom)
      : network.named(block, 'extintf', vdom);
  if (valuesOf(block, 'srcintf-filter').length === 0) return outer;
  const filter = network.named(block, 'srcintf-filter', vdom);
  return outer === undefined || filter === undefined ? (filter ?? outer) : intersect(outer, filter);
}

/** What keeps a virtual address from being modelled: how it picks a host, or whom it is for. */
function unmodelledOf(block: Block, reading: Reading): Problem[] {
  const note = (key: string, message: string): Problem =>
    reading.note(reading.at(lineOf(block, key)), message);
  const type = valueOf(block, 'type') ?? 'static-nat';
  const why: Problem[] = [];
  if (type !== 'static-nat') why.push(note('type', `virtual addresses of type '${type}' are not modelled`));
  for (const key of ['service', 'mapped-addr', 'extaddr'])
    if (valuesOf(block, key).some((text) => text !== ''))
      why.push(note(key, `'${key}' of a virtual address is not modelled`));
  if (valueOf(block, 'portmapping-type') === 'm-to-n')
    why.push(note('portmapping-type', 'ports that are mapped many to many are not modelled'));
  if (isOn(block, 'nat46') || isOn(block, 'nat64') || valueOf(block, 'nat44') === 'disable')
    why.push(note('nat46', 'translation between IPv4 and IPv6 is not modelled'));
  const source = valuesOf(block, 'src-filter').find((text) => sourceOf(text) === undefined);
  if (source !== undefined)
    reading.error(
      reading.at(lineOf(block, 'src-filter'), 2),
      `'${source.slice(0, 60)}' is no address or range`,
    );
  return why;
}

function portsForwarded(block: Block, reading: Reading): Forwarded | undefined {
  const name = valueOf(block, 'protocol') ?? 'tcp';
  const protocol = { tcp: 6n, udp: 17n, sctp: 132n, icmp: 1n }[name];
  const outer = valueOf(block, 'extport') ?? '0-65535';
  const outside = portsOf(outer);
  const inside = portsOf(valueOf(block, 'mappedport') ?? outer);
  if (
    protocol !== undefined &&
    outside !== undefined &&
    inside !== undefined &&
    outside.high - outside.low === inside.high - inside.low
  )
    return { protocol, outside, inside };
  return reading.error(
    reading.at(lineOf(block, 'extport'), block.settings.has('extport') ? 2 : 0),
    `the virtual address ${block.name} forwards no ports that are understood`,
    'protocol tcp, udp or sctp; extport and mappedport: ranges of the same size',
  );
}

/** `192.0.2.1` or `192.0.2.1-192.0.2.9`. */
export function rangeOf(text: string): Interval | undefined {
  const [from = '', to, more] = text.split('-');
  const [low, high] = [addressOf(from), addressOf(to ?? from)];
  return low === undefined || high === undefined || more !== undefined || high < low
    ? undefined
    : { low, high };
}

const sourceOf = (text: string): Interval | undefined =>
  text.includes('/') ? prefixOf(text) : rangeOf(text);

/** What comes for a virtual address, as it comes. */
export const outerClause = ({ outside, ports, iif, sources }: Vip): Clause => ({
  dst: [outside],
  ...(iif && { iif }),
  ...(sources && { src: sources }),
  ...(ports === undefined
    ? {}
    : ports.protocol === 1n
      ? { protocol: only(1n) }
      : { protocol: only(ports.protocol), dport: [ports.outside] }),
});

/** Marks those that are for the same packets as others. */
function withClashes(vips: readonly Vip[], reading: Reading): readonly Vip[] {
  const sorted = vips.toSorted((a, b) => (a.outside.low < b.outside.low ? -1 : 1));
  const clashing = new Map<Vip, Vip>();
  sorted.forEach((one, index) => {
    for (let next = index + 1; next < sorted.length; next += 1) {
      const other = sorted[next];
      if (other === undefined || other.outside.low > one.outside.high) break;
      if (!meets(one, other)) continue;
      clashing.set(one, other);
      clashing.set(other, one);
    }
  });
  return vips.map((vip) => {
    const other = clashing.get(vip);
    if (other === undefined) return vip;
    const why = reading.note(
      reading.at(vip.block.line),
      `the virtual addresses ${vip.name} and ${other.name} are for the same packets: which is asked first is not modelled`,
    );
    return { ...vip, inside: undefined, why: [...vip.why, why] };
  });
}

function meets(one: Vip, other: Vip): boolean {
  const [a, b] = [outerClause(one), outerClause(other)];
  return (['dst', 'iif', 'src', 'protocol', 'dport'] as const).every((axis) => {
    const [first, second] = [a[axis], b[axis]];
    return first === undefined || second === undefined || intersect(first, second).length > 0;
  });
}
