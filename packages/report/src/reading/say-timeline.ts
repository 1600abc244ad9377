import type { StepRow } from '@holdfast/audit';
import type { Verdict } from '@holdfast/outage';
import type { ScenarioClock } from './scenario-clock.ts';
import { breakpoints, spansOf, verdictOf, type Span } from './timeline.ts';

/** `holds to 09:00, fails to 12:00, then holds`. */
export function sayVerdicts(clock: ScenarioClock, steps: readonly StepRow[]): string {
  return saySpans(
    clock,
    spansOf(
      breakpoints([steps], clock.horizon),
      clock.horizon,
      (at): Verdict => verdictOf(steps, at) ?? 'holds',
    ),
  );
}

/** The same of any values. */
export function saySpans(clock: ScenarioClock, spans: readonly Span<string>[]): string {
  const merged = spansOf(
    spans.map(({ from }) => from),
    clock.horizon,
    (at) => spans.find(({ from }) => from === at)?.value ?? '',
  );
  if (merged.length === 1) return `${merged[0]?.value} throughout`;
  return merged
    .map(({ until, value }, index) =>
      index === merged.length - 1 ? `then ${value}` : `${value} to ${clock.time(until)}`,
    )
    .join(', ');
}
