import type { Box } from '../engine/axes.ts';
import type { List, Program } from '../engine/program.ts';
import { dimensions, ipv6Offset } from '../model/packet.ts';

/** The entries of one list, and which of them take their packets off it. */
export interface Entries {
  readonly program: Program;
  readonly list: List;
  /** The first entry of each rule of the chain, and the end behind the last. */
  readonly firsts: readonly number[];
  /** Whether what an entry matches goes no further for certain. */
  readonly decides: Uint8Array;
}

/** The entries of a chain that calls no other: what an entry matches goes no further, unless it only counts or is in doubt. */
export function entriesOf(program: Program, chain: number): Entries {
  const list = program.lists[chain] as List;
  const firsts: number[] = [];
  let entry = 0;
  for (const rule of list.chain.rules) {
    firsts.push(entry);
    while (list.rules[entry] === rule) entry += 1;
  }
  firsts.push(entry);
  const decides = Uint8Array.from(list.effects, ({ kind }, index) =>
    kind !== 'continue' && kind !== 'enter' && list.rules[index]?.unmodelled.length === 0 ? 1 : 0,
  );
  return { program, list, firsts, decides };
}

const [srcAxis, dstAxis] = [dimensions.indexOf('src'), dimensions.indexOf('dst')];

/** The parts of a box that hold packets: source and destination of one family. */
export function packetsOf({ axes }: Program, box: Box): readonly Box[] {
  const [src6, dst6] = [axes.rank(srcAxis, ipv6Offset), axes.rank(dstAxis, ipv6Offset)];
  const parts: Box[] = [];
  for (const isLong of [false, true]) {
    const part = box.slice();
    for (const [axis, first] of [
      [srcAxis, src6],
      [dstAxis, dst6],
    ] as const) {
      if (isLong) part[2 * axis] = Math.max(part[2 * axis] as number, first);
      else part[2 * axis + 1] = Math.min(part[2 * axis + 1] as number, first - 1);
    }
    const isEmpty =
      (part[2 * srcAxis] as number) > (part[2 * srcAxis + 1] as number) ||
      (part[2 * dstAxis] as number) > (part[2 * dstAxis + 1] as number);
    if (!isEmpty) parts.push(part);
  }
  return parts;
}

/** How many packets a box holds; both addresses must be of one family. */
export function volumeOf({ axes }: Program, box: Box): bigint {
  let volume = 1n;
  for (let axis = 0; axis < dimensions.length; axis += 1) {
    const [low, high] = [box[2 * axis] as number, box[2 * axis + 1] as number];
    volume *= axes.high(axis, high) - axes.low(axis, low) + 1n;
  }
  return volume;
}
