import { family } from '../model/address.ts';
import type { Translation } from '../model/firewall.ts';
import type { Interval } from '../model/interval.ts';
import { dimensions, type Dimension } from '../model/packet.ts';
import type { Box } from './axes.ts';
import { narrowed, rewritten, shifted, type Flow } from './flow.ts';
import { ownAddress, type Program } from './program.ts';

const axisOf = (dimension: Dimension): number => dimensions.indexOf(dimension);
const dstAxis = axisOf('dst');

/** The axis of the interface whose address a translation gives. */
export const interfaceAxis = ({ kind }: Translation): number => axisOf(kind === 'source' ? 'oif' : 'iif');

/** The axes of the address and of the port that a translation sets. */
const axesOf = ({ kind }: Translation): readonly [number, number] =>
  kind === 'source' ? [axisOf('src'), axisOf('sport')] : [axisOf('dst'), axisOf('dport')];

/**
 * A flow after an address or port translation. A new value that is one of several, or not known, is all of them.
 * Where the address is that of an interface, the flow has one rank of interfaces only.
 */
export function translated(program: Program, flow: Flow, to: Translation): Flow {
  const [address, port] = axesOf(to);
  const isLong = program.axes.low(dstAxis, flow.box[2 * dstAxis] ?? 0) >= family.ipv6.low;
  const rank = flow.box[2 * interfaceAxis(to)] ?? 0;
  const chosen = to.toInterface === true ? interfaceAddress(program, to, rank, isLong) : to.address;
  const moved = chosen === undefined ? flow : onAxis(program, flow, address, chosen);
  return to.port === undefined ? moved : onAxis(program, moved, port, to.port);
}

/** A flow after a translation of a network to another, in parts that stay together; undefined where it is none. */
export function netmapped(
  program: Program,
  flow: Flow,
  to: Translation,
): readonly { readonly from: Flow; readonly there: Flow }[] | undefined {
  return program.netmaps.get(to)?.flatMap(({ axis, low, high, to: rank, by }) => {
    const from = Math.max(low, flow.box[2 * axis] as number);
    const until = Math.min(high, flow.box[2 * axis + 1] as number);
    if (from > until) return [];
    const part = narrowed(flow, axis, from, until, flow.next);
    const there = shifted(part, axis, rank, by);
    const numbered = to.port === undefined ? there : onAxis(program, there, axesOf(to)[1], to.port);
    return { from: part, there: numbered };
  });
}

/** Translated packets that are for the firewall itself, and the others. */
export function parted(
  { own }: Program,
  flow: Flow,
  to: Translation,
): { readonly own: readonly Flow[]; readonly others: readonly Flow[] } {
  if (to.kind !== 'destination' || to.address === undefined) return { own: [], others: [flow] };
  const found = { own: [] as Flow[], others: [] as Flow[] };
  let from = flow.box[2 * dstAxis] as number;
  const high = flow.box[2 * dstAxis + 1] as number;
  const take = (side: 'own' | 'others', low: number, end: number): void => {
    if (low <= end) found[side].push(narrowed(flow, dstAxis, low, end, flow.next));
  };
  for (const [first, last] of own) {
    if (last < from || first > high) continue;
    take('others', from, first - 1);
    take('own', Math.max(from, first), Math.min(high, last));
    from = last + 1;
  }
  take('others', from, high);
  return found;
}

/** Packets that a translation treats alike, and the ranks between which it sets an axis for them. */
interface NewValues {
  readonly where: Box;
  readonly values: readonly (readonly [axis: number, low: number, high: number])[];
}

/** What a translation does to all packets, case by case. */
export function newValues(program: Program, to: Translation): readonly NewValues[] {
  const { axes } = program;
  const [address, port] = axesOf(to);
  const ranked = (axis: number, { low, high }: Interval): readonly [number, number, number] => [
    axis,
    axes.rank(axis, low),
    axes.rank(axis, high),
  ];
  const ports = to.port === undefined ? [] : [ranked(port, to.port)];
  const pieces = program.netmaps.get(to);
  if (pieces !== undefined)
    return pieces.map((piece) => {
      const where = axes.whole();
      where[2 * piece.axis] = piece.low;
      where[2 * piece.axis + 1] = piece.high;
      return { where, values: [[piece.axis, piece.to, piece.to], ...ports] };
    });
  if (to.toInterface !== true) {
    const values = to.address === undefined ? ports : [ranked(address, to.address), ...ports];
    return [{ where: axes.whole(), values }];
  }
  const cases: NewValues[] = [];
  for (let rank = 0; rank < axes.size(interfaceAxis(to)); rank += 1) {
    for (const isLong of [false, true]) {
      const where = axes.whole();
      where.fill(rank, 2 * interfaceAxis(to), 2 * interfaceAxis(to) + 2);
      const first = axes.rank(dstAxis, family.ipv6.low);
      where[2 * dstAxis + (isLong ? 0 : 1)] = isLong ? first : first - 1;
      cases.push({
        where,
        values: [ranked(address, interfaceAddress(program, to, rank, isLong)), ...ports],
      });
    }
  }
  return cases;
}

/** The only address of an interface; else any address of the family. */
function interfaceAddress(
  { firewall, axes }: Program,
  to: Translation,
  rank: number,
  isLong: boolean,
): Interval {
  const name = firewall.interfaceNames[Number(axes.low(interfaceAxis(to), rank))];
  const own = firewall.interfaces.find((each) => each.name === name)?.addresses ?? [];
  const [only, ...others] = own
    .flatMap((each) => ownAddress(each) ?? [])
    .filter((each) => each.low >= family.ipv6.low === isLong);
  if (only !== undefined && others.length === 0) return only;
  return isLong ? family.ipv6 : family.ipv4;
}

function onAxis({ axes }: Program, flow: Flow, axis: number, { low, high }: Interval): Flow {
  return rewritten(flow, axis, axes.rank(axis, low), axes.rank(axis, high));
}
