import type { Axes, Box } from '../engine/axes.ts';
import { dimensions, type Dimension } from '../model/packet.ts';
import { everything, nothing, type Bdd, type Node } from './bdd.ts';

/** The order of the axes in a diagram. Source first: lists are written source by source, and share the rest. */
const order: readonly Dimension[] = [
  'src',
  'dst',
  'protocol',
  'dport',
  'sport',
  'iif',
  'oif',
  'state',
  'icmpType',
  'icmpCode',
  'flags',
];

/** The bits of one axis: its ranks, the highest bit first. A last rank stands for all numbers behind it, too. */
export interface AxisBits {
  readonly axis: number;
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

/** Where the ranks of each axis stand among the bits of a diagram. */
export class PacketBits {
  readonly axes: Axes;
  readonly bdd: Bdd;
  readonly ordered: readonly AxisBits[];

  constructor(axes: Axes, bdd: Bdd) {
    this.axes = axes;
    this.bdd = bdd;
    let from = 0;
    this.ordered = order.map((dimension) => {
      const axis = dimensions.indexOf(dimension);
      const size = axes.size(axis);
      const bits = { axis, from, to: from + 32 - Math.clz32(size - 1), size };
      from = bits.to;
      return bits;
    });
  }

  of(axis: number): AxisBits {
    // `ordered` has every axis.
    return this.ordered.find((each) => each.axis === axis) as AxisBits;
  }

  /** The packets of a box. */
  box(box: Box): Node {
    let inside: Node = everything;
    for (let index = this.ordered.length - 1; index >= 0; index -= 1) {
      const bits = this.ordered[index] as AxisBits;
      const [low, high] = [box[2 * bits.axis] as number, box[2 * bits.axis + 1] as number];
      inside = this.range(bits, low, high, inside);
    }
    return inside;
  }

  /** Packets whose rank on an axis lies between two and that are in a set which does not depend on earlier axes. */
  range({ from, to, size }: AxisBits, low: number, high: number, inside: Node): Node {
    const end = 2 ** (to - from) - 1;
    return this.#between(from, to, low, high >= size - 1 ? end : high, inside);
  }

  #between(bit: number, to: number, low: number, high: number, inside: Node): Node {
    const span = 2 ** (to - bit);
    if (low <= 0 && high >= span - 1) return inside;
    if (low > high) return nothing;
    const half = span / 2;
    const left = low < half ? this.#between(bit + 1, to, low, Math.min(high, half - 1), inside) : nothing;
    const right =
      high >= half ? this.#between(bit + 1, to, Math.max(low - half, 0), high - half, inside) : nothing;
    return this.bdd.node(bit, left, right);
  }
}
