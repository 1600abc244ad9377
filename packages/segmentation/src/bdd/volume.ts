import type { Clause } from '../model/firewall.ts';
import { dimensions, type Dimension } from '../model/packet.ts';
import { nothing, type Node } from './bdd.ts';
import { branches, valuesOf } from './packet-set.ts';
import type { PacketBits } from './packet-bits.ts';

/** How many packets of a question a set has. Each part of a diagram is counted once, however many ways lead to it. */
export function volumeWithin(bits: PacketBits, set: Node, within: Clause = {}): bigint {
  const known = new Map<string, bigint>();
  const count = (index: number, node: Node): bigint => {
    const axis = bits.ordered[index];
    if (node === nothing) return 0n;
    if (axis === undefined) return 1n;
    const key = `${index} ${node}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    let volume = 0n;
    for (const branch of branches(bits, axis, node)) {
      const values = valuesOf(bits, axis, branch.ranks, within[dimensions[axis.axis] as Dimension]);
      const width = values.reduce((sum, { low, high }) => sum + high - low + 1n, 0n);
      volume += width * count(index + 1, branch.node);
    }
    known.set(key, volume);
    return volume;
  };
  return count(0, set);
}

/** How many packets a box of values has. */
export const volumeOfRegion = (
  region: Readonly<Record<(typeof dimensions)[number], { low: bigint; high: bigint }>>,
): bigint => dimensions.reduce((product, each) => product * (region[each].high - region[each].low + 1n), 1n);
