import { intersect, subtract, type IntervalSet } from '../model/interval.ts';
import type { Clause } from '../model/firewall.ts';
import { greatest } from '../model/packet.ts';

/** What a policy tells packets apart by. */
const policyAxes = ['src', 'dst', 'protocol', 'dport'] as const;

/** All packets with each of these in its set; empty where any is. */
export type Parcel = Readonly<Record<(typeof policyAxes)[number], IntervalSet>>;

const whole = {
  protocol: [{ low: 0n, high: greatest.protocol }],
  dport: [{ low: 0n, high: greatest.dport }],
} as const satisfies Clause;

/** Packets from some addresses to others, of the protocols and ports that are given. */
export const parcel = (
  src: IntervalSet,
  dst: IntervalSet,
  service: Partial<Pick<Parcel, 'protocol' | 'dport'>> = {},
): Parcel => ({
  src,
  dst,
  protocol: service.protocol ?? whole.protocol,
  dport: service.dport ?? whole.dport,
});

export const isEmpty = (of: Parcel): boolean => policyAxes.some((axis) => of[axis].length === 0);

/** What both have. */
export function common(a: Parcel, b: Parcel): Parcel | undefined {
  const both: Parcel = {
    src: intersect(a.src, b.src),
    dst: intersect(a.dst, b.dst),
    protocol: intersect(a.protocol, b.protocol),
    dport: intersect(a.dport, b.dport),
  };
  return isEmpty(both) ? undefined : both;
}

/** What some disjoint parcels have outside others, as disjoint parcels. */
export function without(parcels: readonly Parcel[], others: readonly Parcel[]): readonly Parcel[] {
  let left = parcels.filter((each) => !isEmpty(each));
  for (const other of others) {
    if (left.length === 0) return left;
    left = left.flatMap((each) => minus(each, other));
  }
  return left;
}

function minus(from: Parcel, other: Parcel): readonly Parcel[] {
  if (common(from, other) === undefined) return [from];
  const parts: Parcel[] = [];
  let rest = from;
  for (const axis of policyAxes) {
    const outside = subtract(rest[axis], other[axis]);
    if (outside.length > 0) parts.push({ ...rest, [axis]: outside });
    rest = Object.assign({}, rest, { [axis]: intersect(rest[axis], other[axis]) });
  }
  return parts;
}
