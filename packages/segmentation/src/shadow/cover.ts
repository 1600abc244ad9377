import type { Box } from '../engine/axes.ts';
import { isApart, outsideOf } from '../engine/entry.ts';
import type { List } from '../engine/program.ts';
import { BudgetSpent } from '../engine/walk.ts';

/** How many splits a search may still take. */
export class Budget {
  #left: number;

  constructor(splits: number) {
    this.#left = splits;
  }

  /** Throws BudgetSpent. */
  spend(splits: number): void {
    this.#left -= splits;
    if (this.#left < 0) throw new BudgetSpent();
  }
}

/**
 * Looks for a part of a box that none of the entries covers. Depth first: a part that is outside of one entry is tried
 * against those behind it. Undefined when the entries cover the box. Throws BudgetSpent.
 */
export function uncovered(list: List, box: Box, entries: readonly number[], budget: Budget): Box | undefined {
  const work: { readonly box: Box; readonly from: number }[] = [{ box, from: 0 }];
  for (let part = work.pop(); part !== undefined; part = work.pop()) {
    let place = part.from;
    while (place < entries.length && isApart(part.box, list, entries[place] as number)) place += 1;
    const entry = entries[place];
    if (entry === undefined) return part.box;
    budget.spend(1);
    for (const outside of outsideOf(list, part.box, entry)) work.push({ box: outside, from: place + 1 });
  }
  return undefined;
}
