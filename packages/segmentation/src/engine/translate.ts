import { family } from '../model/address.ts';
import type { Translation } from '../model/firewall.ts';
import type { Interval } from '../model/interval.ts';
import { dimensions, type Dimension } from '../model/packet.ts';
import type { Box } from './axes.ts';
import { rewritten, type Flow } from './flow.ts';
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
