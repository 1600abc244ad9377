import { asMillis, type Millis } from '@holdfast/kernel';

/** What can be said of a capability: of an unknown, that the facts do not settle it. */
export type Verdict = 'holds' | 'fails' | 'unknown';

export interface Step {
  readonly at: Millis;
  readonly verdict: Verdict;
}

/** A verdict over time, exact: `before` the scenario, then a step at 0 and at each change. */
export interface Timeline {
  readonly before: Verdict;
  readonly steps: readonly Step[];
}

/** Makes timelines that say the same one: thousands of scenarios have few that differ. */
export class Timelines {
  readonly #known = new Map<string, Timeline>();
  /** Those of one step at 0, which are most of all that is asked, by what was before and is from then on. */
  readonly #steady = new Map<Verdict, Map<Verdict, Timeline>>();

  one(timeline: Timeline): Timeline {
    const [first, second] = timeline.steps;
    if (second === undefined && first?.at === 0) return this.#oneSteady(timeline, first.verdict);
    let key: string = timeline.before;
    for (const { at, verdict } of timeline.steps) key += ` ${at} ${verdict}`;
    const found = this.#known.get(key);
    if (found) return found;
    this.#known.set(key, timeline);
    return timeline;
  }

  #oneSteady(timeline: Timeline, verdict: Verdict): Timeline {
    const own = this.#steady.get(timeline.before) ?? new Map<Verdict, Timeline>();
    this.#steady.set(timeline.before, own);
    const found = own.get(verdict);
    if (found) return found;
    own.set(verdict, timeline);
    return timeline;
  }
}

/** The verdict at a time. */
export function verdictAt(timeline: Timeline, time: Millis): Verdict {
  return timeline.steps.findLast((step) => step.at <= time)?.verdict ?? timeline.before;
}

/** The first time from `from` on at which the verdict is one of those given, or `undefined`. */
export function firstTime(
  timeline: Timeline,
  wanted: readonly Verdict[],
  from: Millis = asMillis(0),
): Millis | undefined {
  if (wanted.includes(verdictAt(timeline, from))) return from;
  return timeline.steps.find((step) => step.at > from && wanted.includes(step.verdict))?.at;
}

/** The intervals, up to a horizon, in which the verdict is one of those given. */
export function spans(
  timeline: Timeline,
  wanted: readonly Verdict[],
  horizon: Millis,
): readonly { readonly from: Millis; readonly until: Millis }[] {
  const out: { from: Millis; until: Millis }[] = [];
  for (const [index, step] of timeline.steps.entries()) {
    if (step.at >= horizon || !wanted.includes(step.verdict)) continue;
    const until = asMillis(Math.min(horizon, timeline.steps[index + 1]?.at ?? horizon));
    const last = out.at(-1);
    if (last?.until === step.at) last.until = until;
    else out.push({ from: step.at, until });
  }
  return out;
}

/** Whether two timelines say the same at every time. */
export function sameTimeline(a: Timeline, b: Timeline): boolean {
  if (a === b) return true;
  return (
    a.before === b.before &&
    a.steps.length === b.steps.length &&
    a.steps.every((step, index) => step.at === b.steps[index]?.at && step.verdict === b.steps[index]?.verdict)
  );
}

/** Whether a verdict is unknown at any time. */
export const isUnknown = ({ steps }: Timeline): boolean => steps.some(({ verdict }) => verdict === 'unknown');
