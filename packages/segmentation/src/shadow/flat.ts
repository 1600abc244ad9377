import type { Box } from '../engine/axes.ts';
import { meet } from '../engine/fate.ts';
import type { Action, Rule } from '../model/firewall.ts';
import { Candidates } from './candidates.ts';
import { boxOf, isInside, outsideOf } from '../engine/entry.ts';
import { Budget, uncovered } from './cover.ts';
import { packetsOf, volumeOf, type Entries } from './entries.ts';

/** A rule that can never decide. */
export interface Shadowed {
  readonly rule: Rule;
  /** The rules that take its packets, the largest intersection first. Empty where it has no packet at all. */
  readonly blockers: readonly Rule[];
  /** Whether any rule that decides one of its packets does something else with it. */
  readonly differentAction: boolean;
}

interface Blocker {
  readonly index: number;
  readonly rule: Rule;
  readonly volume: bigint;
}

/**
 * The shadowed rules of a list that calls no other and untracks nothing, in their order.
 * @see SPEC.md A4
 */
export class FlatList {
  readonly #entries: Entries;
  readonly #candidates: Candidates;
  /** Packets that no earlier rule takes, for each entry that has any. */
  readonly #witnesses: (Box | undefined)[] = [];
  /** Entries whose every packet is taken by earlier rules. */
  readonly #isTaken: boolean[] = [];
  readonly #budget: Budget;

  constructor(entries: Entries, splits: number) {
    this.#entries = entries;
    this.#budget = new Budget(splits);
    this.#candidates = new Candidates(entries);
  }

  /** Throws BudgetSpent. */
  shadowed(): readonly Shadowed[] {
    const found: Shadowed[] = [];
    this.#entries.list.chain.rules.forEach((rule, index) => {
      const parts = this.#parts(index);
      // Every entry is looked at, for its witness answers questions of later rules.
      const isTaken = parts.map(({ entry, boxes }) => this.#take(entry, boxes, this.#first(index)));
      if (isTaken.every(Boolean)) {
        found.push(
          this.#explain(
            rule,
            index,
            parts.flatMap(({ boxes }) => boxes),
          ),
        );
      }
    });
    return found;
  }

  #first(index: number): number {
    return this.#entries.firsts[index] ?? 0;
  }

  #parts(index: number): readonly { readonly entry: number; readonly boxes: readonly Box[] }[] {
    const { program, list } = this.#entries;
    const parts: { entry: number; boxes: readonly Box[] }[] = [];
    for (let entry = this.#first(index); entry < this.#first(index + 1); entry += 1)
      parts.push({ entry, boxes: packetsOf(program, boxOf(list, entry)) });
    return parts;
  }

  #take(entry: number, boxes: readonly Box[], end: number): boolean {
    const { list } = this.#entries;
    let witness: Box | undefined;
    for (const box of boxes) {
      const earlier = this.#candidates.of(box, end);
      if (earlier.some((each) => isInside(list, box, each))) continue;
      witness = uncovered(list, box, earlier, this.#budget);
      if (witness !== undefined) break;
    }
    this.#witnesses[entry] = witness;
    this.#isTaken[entry] = witness === undefined;
    return witness === undefined;
  }

  #explain(rule: Rule, index: number, boxes: readonly Box[]): Shadowed {
    const deciding = this.#deciding(index, boxes).toSorted(
      (a, b) => Number(b.volume > a.volume) - Number(b.volume < a.volume) || a.index - b.index,
    );
    const blockers: Blocker[] = [];
    let rest = boxes;
    for (const each of deciding) {
      if (rest.length === 0) break;
      blockers.push(each);
      for (let entry = this.#first(each.index); entry < this.#first(each.index + 1); entry += 1)
        rest = this.#outside(rest, entry);
    }
    const other = deciding.find((each) => !isSameAction(each.rule.action, rule.action));
    const isTold = blockers.some((each) => !isSameAction(each.rule.action, rule.action));
    if (other !== undefined && !isTold) blockers.push(other);
    return { rule, blockers: blockers.map((each) => each.rule), differentAction: other !== undefined };
  }

  /** The earlier rules that decide at least one packet of some boxes. */
  #deciding(index: number, boxes: readonly Box[]): readonly Blocker[] {
    const found = new Set<number>();
    for (const box of boxes) {
      const earlier = this.#candidates.of(box, this.#first(index));
      const container = earlier.findIndex((each) => isInside(this.#entries.list, box, each));
      const reached = container < 0 ? earlier : earlier.slice(0, container + 1);
      reached.forEach((entry) => {
        const owner = this.#ownerOf(entry);
        if (!found.has(owner) && this.#decides(entry, owner, box, reached)) found.add(owner);
      });
    }
    return [...found].map((each) => ({
      index: each,
      // The owner of an entry is a rule of the chain.
      rule: this.#entries.list.chain.rules[each] as Rule,
      volume: this.#shared(each, boxes),
    }));
  }

  #decides(entry: number, owner: number, box: Box, earlier: readonly number[]): boolean {
    if (this.#isTaken[entry] === true) return false;
    const witness = this.#witnesses[entry];
    if (witness !== undefined && meet(witness, box) !== undefined) return true;
    const { list } = this.#entries;
    const both = meet(boxOf(list, entry), box);
    if (both === undefined) return false;
    const before = earlier.filter((each) => each < this.#first(owner));
    return uncovered(list, both, before, this.#budget) !== undefined;
  }

  /** The rule of an entry, by its place in the chain. */
  #ownerOf(entry: number): number {
    const { firsts } = this.#entries;
    let [low, high] = [0, firsts.length - 2];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((firsts[middle] as number) <= entry) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #outside(boxes: readonly Box[], entry: number): readonly Box[] {
    this.#budget.spend(boxes.length >> 3);
    return boxes.flatMap((box) => outsideOf(this.#entries.list, box, entry));
  }

  /** How many packets of some boxes a rule matches. */
  #shared(index: number, boxes: readonly Box[]): bigint {
    const { program, list } = this.#entries;
    let rest = boxes;
    if (this.#first(index + 1) - this.#first(index) === 1 && boxes.length === 1) {
      const both = meet(boxOf(list, this.#first(index)), boxes[0] as Box);
      return both === undefined ? 0n : volumeOf(program, both);
    }
    const whole = volumeOfAll(program, boxes);
    for (let entry = this.#first(index); entry < this.#first(index + 1); entry += 1)
      rest = this.#outside(rest, entry);
    return whole - volumeOfAll(program, rest);
  }
}

const volumeOfAll = (program: Entries['program'], boxes: readonly Box[]): bigint =>
  boxes.reduce((sum, box) => sum + volumeOf(program, box), 0n);

/** Whether two actions do the same with a packet. */
export function isSameAction(a: Action, b: Action): boolean {
  return a.kind === b.kind && spelt(a) === spelt(b);
}

const spelt = (action: Action): string =>
  JSON.stringify(action, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
