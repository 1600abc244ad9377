import type { Box } from '../engine/axes.ts';
import type { List } from '../engine/program.ts';
import { BudgetSpent } from '../engine/walk.ts';

/**
 * Looks for a part of a box that none of the entries covers. Depth first: a part that is outside of one entry is tried
 * against those behind it. Undefined when the entries cover the box. Throws BudgetSpent.
 */
export function uncovered(
  list: List,
  box: Box,
  entries: readonly number[],
  budget = Infinity,
): Box | undefined {
  const work: { readonly box: Box; readonly from: number }[] = [{ box, from: 0 }];
  let left = budget;
  for (let part = work.pop(); part !== undefined; part = work.pop()) {
    let place = part.from;
    while (place < entries.length && isApart(list, part.box, entries[place] as number)) place += 1;
    const entry = entries[place];
    if (entry === undefined) return part.box;
    left -= 1;
    if (left < 0) throw new BudgetSpent();
    for (const outside of outsideOf(list, part.box, entry)) work.push({ box: outside, from: place + 1 });
  }
  return undefined;
}

function isApart({ axes, lows, highs }: List, box: Box, entry: number): boolean {
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
