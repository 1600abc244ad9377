import type { Rule } from '../model/firewall.ts';
import { axisCount, type Box } from './axes.ts';
import type { Doubt, Flow, Verdict } from './flow.ts';

/** Packets with one fate. `rule` is undefined where the policy of `chain` decided. */
export interface Fate {
  readonly verdict: Verdict;
  readonly rule: Rule | undefined;
  readonly chain: string;
  /** The packets as they came in. */
  readonly part: Box;
  /** The packets as they are at the end. */
  readonly flow: Flow;
  /** What makes it `unknown`; empty for every other verdict. */
  readonly doubts: readonly Pick<Doubt, 'rule' | 'why'>[];
}

/**
 * Joins the fates that the same packets have under several readings, each reading whole, into one for each part.
 * Where all pass, or none does, the first reading is told; else the fate is `unknown` by what parted the readings.
 * `spend` is told what the joining takes, for it may take more than the walk itself.
 * @see SPEC.md U1, R8
 */
export function joined(
  whole: Box,
  readings: readonly (readonly Fate[])[],
  doubts: Fate['doubts'],
  spend: (steps: number) => void,
): readonly Fate[] {
  let parts: readonly Fate[] = [];
  let rest: readonly Box[] = [whole];
  for (const fate of readings.flatMap((each) => each.toSorted(byCorner))) {
    spend(1 + ((parts.length + rest.length) >> 3));
    const next: Fate[] = [];
    for (const each of parts) {
      const both = meet(each.part, fate.part);
      if (both === undefined) next.push(each);
      else {
        next.push({ ...alike(each, fate, doubts), part: both });
        for (const part of without(each.part, both)) next.push({ ...each, part });
      }
    }
    const open: Box[] = [];
    for (const each of rest) {
      const both = meet(each, fate.part);
      if (both === undefined) open.push(each);
      else {
        next.push({ ...fate, part: both });
        open.push(...without(each, both));
      }
    }
    parts = next;
    rest = open;
  }
  return parts;
}

function alike(first: Fate, other: Fate, doubts: Fate['doubts']): Fate {
  if (first.verdict === 'unknown') return first;
  if (other.verdict === 'unknown') return { ...first, verdict: 'unknown', doubts: other.doubts };
  if ((first.verdict === 'accept') === (other.verdict === 'accept')) return first;
  return { ...first, verdict: 'unknown', doubts };
}

/** Orders fates by the least new values of their packets, so that the same one of several comes first for a box and for each of its packets. */
function byCorner(a: Fate, b: Fate): number {
  for (let axis = 0; axis < axisCount; axis += 1) {
    if ((a.flow.linked & (1 << axis)) !== 0 && (b.flow.linked & (1 << axis)) !== 0) continue;
    const difference = (a.flow.box[2 * axis] ?? 0) - (b.flow.box[2 * axis] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What two boxes have in common. */
export function meet(a: Box, b: Box): Box | undefined {
  const both = new Int32Array(a.length);
  for (let place = 0; place < a.length; place += 2) {
    const low = Math.max(a[place] as number, b[place] as number);
    const high = Math.min(a[place + 1] as number, b[place + 1] as number);
    if (low > high) return undefined;
    both[place] = low;
    both[place + 1] = high;
  }
  return both;
}

/** What a box has outside a box that lies in it, as disjoint boxes. */
function without(box: Box, inner: Box): readonly Box[] {
  const parts: Box[] = [];
  const left = box.slice();
  for (let place = 0; place < box.length; place += 2) {
    const [low, high] = [inner[place] as number, inner[place + 1] as number];
    if ((left[place] as number) < low) {
      const below = left.slice();
      below[place + 1] = low - 1;
      parts.push(below);
    }
    if ((left[place + 1] as number) > high) {
      const above = left.slice();
      above[place] = high + 1;
      parts.push(above);
    }
    left[place] = low;
    left[place + 1] = high;
  }
  return parts;
}
