import { transportsOf, type Transport } from '@holdfast/estate';
import { intersect, intervalSet, only, subtract, type IntervalSet } from '../model/interval.ts';
import { greatest } from '../model/packet.ts';
import type { Parcel } from './parcel.ts';

type Service = Pick<Parcel, 'protocol' | 'dport'>;

const numbers = { icmp: [1n, 58n], tcp: [6n], udp: [17n], sctp: [132n] } as const;
const anyPort: IntervalSet = [{ low: 0n, high: greatest.dport }];
const anyProtocol: IntervalSet = [{ low: 0n, high: greatest.protocol }];

/** The packets of a service of a conduit, whatever their addresses. */
export function packetsOfService(name: string): readonly Service[] {
  const transports = transportsOf(name) ?? [];
  return transports === 'any' ? [{ protocol: anyProtocol, dport: anyPort }] : transports.map(serviceOf);
}

const serviceOf = ({ protocol, low, high }: Transport): Service => ({
  protocol: intervalSet(
    (typeof protocol === 'number' ? [BigInt(protocol)] : numbers[protocol]).map((each) => ({
      low: each,
      high: each,
    })),
  ),
  dport: [{ low: BigInt(low), high: BigInt(high) }],
});

const names: ReadonlyMap<bigint, string> = new Map([
  [1n, 'icmp'],
  [6n, 'tcp'],
  [17n, 'udp'],
  [58n, 'icmpv6'],
  [132n, 'sctp'],
]);
const withPorts = new Set([6n, 17n, 33n, 132n, 136n]);
const mostRanges = 6;

/**
 * Writes what services packets are of, taken together: `tcp/22`, `udp/5000-5010`, `icmp`, `ip/50`, `any`, or `any but tcp/554`.
 * At most so many ranges of ports are written out.
 */
export function spellServices(parcels: readonly Service[]): readonly string[] {
  const held = portsByProtocol(parcels);
  const full = held.filter(([, ports]) => isWhole(ports));
  const covered = intervalSet(full.map(([protocol]) => protocol));
  const left = subtract(anyProtocol, covered);
  const missing = left.reduce((sum, { low, high }) => sum + high - low + 1n, 0n);
  if (missing === 0n) return ['any'];
  if (missing <= 4n) {
    const gaps = left.flatMap(({ low, high }) =>
      Array.from({ length: Number(high - low) + 1 }, (_, index) => low + BigInt(index)),
    );
    const but = gaps.flatMap((protocol) =>
      spellPorts(only(protocol), subtract(anyPort, portsOf(held, protocol))),
    );
    return [`any but ${but.join(', ')}`];
  }
  return held.flatMap(([protocol, ports]) => spellPorts([protocol], ports));
}

/** The ports of each run of protocols that have the same. */
function portsByProtocol(
  parcels: readonly Service[],
): readonly (readonly [IntervalSet[number], IntervalSet])[] {
  const cuts = new Set<bigint>([0n]);
  for (const { protocol } of parcels) for (const { low, high } of protocol) cuts.add(low).add(high + 1n);
  const starts = [...cuts].filter((each) => each <= greatest.protocol).toSorted((a, b) => Number(a - b));
  return starts.flatMap((low, index) => {
    const high = (starts[index + 1] ?? greatest.protocol + 1n) - 1n;
    const ports = intervalSet(
      parcels.flatMap(({ protocol, dport }) => (intersect(protocol, only(low)).length > 0 ? dport : [])),
    );
    return ports.length === 0 ? [] : [[{ low, high }, ports] as const];
  });
}

const portsOf = (held: ReturnType<typeof portsByProtocol>, protocol: bigint): IntervalSet =>
  held.find(([{ low, high }]) => low <= protocol && protocol <= high)?.[1] ?? [];

const isWhole = (ports: IntervalSet): boolean => subtract(anyPort, ports).length === 0;

function spellPorts(protocols: IntervalSet, ports: IntervalSet): readonly string[] {
  return protocols.flatMap(({ low, high }) => {
    const name = low === high ? (names.get(low) ?? `ip/${low}`) : `ip/${low}-${high}`;
    if (isWhole(ports) || low !== high || !withPorts.has(low)) return [name];
    const ranges = ports.map(
      (each) => `${name}/${each.low === each.high ? each.low : `${each.low}-${each.high}`}`,
    );
    return ranges.length <= mostRanges
      ? ranges
      : [...ranges.slice(0, mostRanges), `${name}/... (${ranges.length - mostRanges} more)`];
  });
}
