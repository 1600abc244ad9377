import type { Clause, Firewall, Hook } from '../model/firewall.ts';
import { family } from '../model/address.ts';
import { intersect, type Interval, type IntervalSet } from '../model/interval.ts';
import { dimensions, greatest, type Dimension, type Packet } from '../model/packet.ts';
import type { Axes, Box } from '../engine/axes.ts';

/** A box in values: one interval for each dimension, in the order of `dimensions`. */
export type Region = Readonly<Record<Dimension, Interval>>;

/** The boxes of a question. Source and destination are of one family; a dimension that is not named is whole. */
export function* regionsOf(question: Clause): Generator<Region> {
  for (const addresses of [family.ipv4, family.ipv6]) {
    const sets = dimensions.map((dimension): IntervalSet => {
      const asked = question[dimension] ?? [{ low: 0n, high: greatest[dimension] }];
      return dimension === 'src' || dimension === 'dst' ? intersect(asked, [addresses]) : asked;
    });
    for (const chosen of product(sets)) {
      // `product` gives one interval for each set, in their order.
      yield Object.fromEntries(dimensions.map((dimension, axis) => [dimension, chosen[axis]])) as Region;
    }
  }
}

function* product(sets: readonly IntervalSet[]): Generator<readonly Interval[]> {
  const [first, ...rest] = sets;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const each of first) for (const more of product(rest)) yield [each, ...more];
}

/** The ranks that a region touches. To every rule, a rank that it only touches is like the part that it has. */
export function ranksOf(axes: Axes, region: Region): Box {
  const box = axes.whole();
  dimensions.forEach((dimension, axis) => {
    box[2 * axis] = axes.rank(axis, region[dimension].low);
    box[2 * axis + 1] = axes.rank(axis, region[dimension].high);
  });
  return box;
}

/** The values of a box of ranks that lie in a region. */
export function valuesOf(axes: Axes, box: Box, region: Region): Region {
  const values = dimensions.map((dimension, axis) => {
    const [low, high] = [axes.low(axis, box[2 * axis] ?? 0), axes.high(axis, box[2 * axis + 1] ?? 0)];
    const within = region[dimension];
    return [
      dimension,
      { low: low > within.low ? low : within.low, high: high < within.high ? high : within.high },
    ];
  });
  // One entry for each dimension.
  return Object.fromEntries(values) as Region;
}

/** A question about packets that open a connection, unless it says otherwise. */
export const opening = (question: Clause): Clause => ({ state: [{ low: 0n, high: 0n }], ...question });

/** The sides of a packet that have an interface at a hook. */
export const sidesAt: Readonly<Record<Hook | 'path', readonly ('iif' | 'oif')[]>> = {
  prerouting: ['iif'],
  input: ['iif'],
  forward: ['iif', 'oif'],
  output: ['oif'],
  postrouting: ['oif'],
  path: ['iif', 'oif'],
};

/** A question about packets that open a connection on any interface that there is, unless it says otherwise. */
export function askedOf({ carriers }: Firewall, hook: Hook | 'path', question: Clause): Clause {
  if (carriers === undefined) return opening(question);
  return { ...Object.fromEntries(sidesAt[hook].map((side) => [side, carriers])), ...opening(question) };
}

/** A region as a clause. */
export const asClause = (region: Region): Clause =>
  Object.fromEntries(dimensions.map((dimension) => [dimension, [region[dimension]]]));

/** What a host would send: TCP from a high port to a web server, its first packet. */
const usual: Readonly<Partial<Record<Dimension, bigint>>> = {
  sport: 49_152n,
  dport: 443n,
  protocol: 6n,
  flags: 2n,
};

/** One packet of a region, such as a host would send where it may; else the first of everything. */
export function packetIn(region: Region): Packet {
  const values = dimensions.map((dimension) => {
    const { low, high } = region[dimension];
    const wanted = usual[dimension] ?? low;
    return [dimension, low <= wanted && wanted <= high ? wanted : low];
  });
  // One entry for each dimension.
  return Object.fromEntries(values) as Packet;
}
