import { family } from '../../model/address.ts';
import type { Clause } from '../../model/firewall.ts';
import { only, type IntervalSet } from '../../model/interval.ts';
import { greatest, type Dimension } from '../../model/packet.ts';

/** How the values of a field are written. */
type ValueKind =
  | 'address'
  | 'port'
  | 'protocol'
  | 'family'
  | 'interface'
  | 'state'
  | 'flags'
  | 'icmp-type'
  | 'icmp-code'
  | 'icmpv6-type'
  | 'icmpv6-code';

/** A part of a packet that rules look at, and where it lies on the axes. */
export interface Field {
  readonly dimension: Dimension;
  readonly values: ValueKind;
  /** All that it may be. */
  readonly universe: IntervalSet;
  /** What a packet must be to have it. */
  readonly needs: Clause;
  /** Whether packets without ports have other bytes in its place. */
  readonly isAnyTransport?: boolean;
}

const ofFamily = { ip: { src: [family.ipv4] }, ip6: { src: [family.ipv6] } } as const satisfies Record<
  string,
  Clause
>;
const whole = (dimension: Dimension): IntervalSet => [{ low: 0n, high: greatest[dimension] }];
const plain = (dimension: Dimension, values: ValueKind, needs: Clause = {}): Field => ({
  dimension,
  values,
  universe: whole(dimension),
  needs,
});
const address = (dimension: 'src' | 'dst', universe: IntervalSet): Field => ({
  dimension,
  values: 'address',
  universe,
  needs: {},
});

function fields(): ReadonlyMap<string, Field> {
  const table = new Map<string, Field>([
    ['ip saddr', address('src', [family.ipv4])],
    ['ip daddr', address('dst', [family.ipv4])],
    ['ip6 saddr', address('src', [family.ipv6])],
    ['ip6 daddr', address('dst', [family.ipv6])],
    ['ip protocol', plain('protocol', 'protocol', ofFamily.ip)],
    ['ip6 nexthdr', plain('protocol', 'protocol', ofFamily.ip6)],
    ['meta l4proto', plain('protocol', 'protocol')],
    ['meta nfproto', plain('src', 'family')],
    ['meta protocol', plain('src', 'family')],
    ['meta iifname', plain('iif', 'interface')],
    ['meta oifname', plain('oif', 'interface')],
    ['meta iif', plain('iif', 'interface')],
    ['meta oif', plain('oif', 'interface')],
    ['ct state', plain('state', 'state')],
    ['tcp flags', plain('flags', 'flags', { protocol: only(6n) })],
    ['icmp type', plain('icmpType', 'icmp-type', { ...ofFamily.ip, protocol: only(1n) })],
    ['icmp code', plain('icmpCode', 'icmp-code', { ...ofFamily.ip, protocol: only(1n) })],
    ['icmpv6 type', plain('icmpType', 'icmpv6-type', { ...ofFamily.ip6, protocol: only(58n) })],
    ['icmpv6 code', plain('icmpCode', 'icmpv6-code', { ...ofFamily.ip6, protocol: only(58n) })],
  ]);
  const numbers = [
    ['tcp', 6n],
    ['udp', 17n],
    ['dccp', 33n],
    ['sctp', 132n],
    ['udplite', 136n],
  ] as const;
  for (const side of ['sport', 'dport'] as const) {
    for (const [name, number] of numbers)
      table.set(`${name} ${side}`, plain(side, 'port', { protocol: only(number) }));
    table.set(`th ${side}`, { ...plain(side, 'port'), isAnyTransport: true });
  }
  return table;
}

const known = fields();

/** The field of a name such as `ip saddr`, or `undefined` where it is not modelled. */
export const fieldOf = (name: string): Field | undefined => known.get(name);

/** The protocols that have ports. */
export const portProtocols: IntervalSet = [6n, 17n, 33n, 132n, 136n].flatMap(only);
