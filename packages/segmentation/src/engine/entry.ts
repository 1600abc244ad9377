import { dimensions } from '../model/packet.ts';
import type { Box } from './axes.ts';
import type { List } from './program.ts';

/** The box of an entry. */
export function boxOf({ lows, highs }: List, entry: number): Box {
  const box = new Int32Array(2 * dimensions.length);
  for (let axis = 0; axis < dimensions.length; axis += 1) {
    box[2 * axis] = lows[axis]?.[entry] as number;
    box[2 * axis + 1] = highs[axis]?.[entry] as number;
  }
  return box;
}

/** Whether no packet of a box is in an entry. */
export function isApart(box: Box, { axes, lows, highs }: List, entry: number): boolean {
  for (const axis of axes) {
    if (
      (box[2 * axis] as number) > (highs[axis]?.[entry] as number) ||
      (box[2 * axis + 1] as number) < (lows[axis]?.[entry] as number)
    )
      return true;
  }
  return false;
}

/** Whether an entry holds a whole box. */
export function isInside({ axes, lows, highs }: List, box: Box, entry: number): boolean {
  for (const axis of axes) {
    if (
      (box[2 * axis] as number) < (lows[axis]?.[entry] as number) ||
      (box[2 * axis + 1] as number) > (highs[axis]?.[entry] as number)
    )
      return false;
  }
  return true;
}

/** The parts of a box outside an entry, disjoint. */
export function outsideOf({ axes, lows, highs }: List, box: Box, entry: number): readonly Box[] {
  const parts: Box[] = [];
  const inside = box.slice();
  for (const axis of axes) {
    const [low, high] = [lows[axis]?.[entry] as number, highs[axis]?.[entry] as number];
    const [from, to] = [inside[2 * axis] as number, inside[2 * axis + 1] as number];
    if (from > high || to < low) return [box];
    if (from < low) {
      const below = inside.slice();
      below[2 * axis + 1] = low - 1;
      parts.push(below);
      inside[2 * axis] = low;
    }
    if (to > high) {
      const above = inside.slice();
      above[2 * axis] = high + 1;
      parts.push(above);
      inside[2 * axis + 1] = high;
    }
  }
  return parts;
}
