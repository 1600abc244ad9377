import type { Translation } from '../model/firewall.ts';
import type { Interval } from '../model/interval.ts';
import { dimensions, type Dimension } from '../model/packet.ts';
import { family } from '../model/address.ts';
import { rewritten, type Flow } from './flow.ts';
import { ownAddress, type Program } from './program.ts';

const dstAxis = dimensions.indexOf('dst');

/** A flow after an address or port translation. A new value that is one of several, or not known, is all of them. */
export function translated(program: Program, flow: Flow, to: Translation): Flow {
  const [address, port] = to.kind === 'source' ? (['src', 'sport'] as const) : (['dst', 'dport'] as const);
  const leaves = to.kind === 'source' ? 'oif' : 'iif';
  const chosen = to.toInterface === true ? interfaceAddress(program, flow, leaves) : to.address;
  const moved = chosen === undefined ? flow : onAxis(program, flow, address, chosen);
  return to.port === undefined ? moved : onAxis(program, moved, port, to.port);
}

/** The only address of the only interface that a flow may use; else any address of its family. */
function interfaceAddress({ firewall, axes }: Program, flow: Flow, side: 'iif' | 'oif'): Interval {
  const axis = dimensions.indexOf(side);
  const [low, high] = [flow.box[2 * axis] ?? 0, flow.box[2 * axis + 1] ?? 0];
  const number = axes.low(axis, low);
  const isOne = low === high && axes.high(axis, low) === number;
  const name = isOne ? firewall.interfaceNames[Number(number)] : undefined;
  const own = firewall.interfaces.find((each) => each.name === name)?.addresses ?? [];
  const isLong = axes.low(dstAxis, flow.box[2 * dstAxis] ?? 0) >= family.ipv6.low;
  const [only, ...others] = own
    .flatMap((each) => ownAddress(each) ?? [])
    .filter((each) => each.low >= family.ipv6.low === isLong);
  if (only !== undefined && others.length === 0) return only;
  return isLong ? family.ipv6 : family.ipv4;
}

function onAxis({ axes }: Program, flow: Flow, dimension: Dimension, { low, high }: Interval): Flow {
  const axis = dimensions.indexOf(dimension);
  return rewritten(flow, axis, axes.rank(axis, low), axes.rank(axis, high));
}
