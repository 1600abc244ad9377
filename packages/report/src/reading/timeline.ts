import type { StepRow } from '@holdfast/audit';
import type { Verdict } from '@holdfast/outage';

/** A stretch of time in which something stays as it is: `[from, until)`, milliseconds from the start. */
export interface Span<T> {
  readonly from: number;
  readonly until: number;
  readonly value: T;
}

/** The verdict at a time. */
export function verdictOf(steps: readonly StepRow[], at: number): Verdict | undefined {
  return steps.findLast(([from]) => from <= at)?.[1];
}

/** Every moment before the horizon at which one of several timelines may change. */
export function breakpoints(timelines: readonly (readonly StepRow[])[], horizon: number): readonly number[] {
  const all = new Set<number>([0]);
  for (const steps of timelines) for (const [at] of steps) if (at > 0 && at < horizon) all.add(at);
  return [...all].toSorted((a, b) => a - b);
}

/** The stretches between breakpoints; neighbours of one value are one. */
export function spansOf<T>(
  times: readonly number[],
  horizon: number,
  valueAt: (at: number) => T,
  same: (a: T, b: T) => boolean = Object.is,
): readonly Span<T>[] {
  const out: { from: number; until: number; value: T }[] = [];
  for (const [index, from] of times.entries()) {
    const until = times[index + 1] ?? horizon;
    const value = valueAt(from);
    const last = out.at(-1);
    if (last && same(last.value, value)) last.until = until;
    else out.push({ from, until, value });
  }
  return out;
}
