import { asMillis, parseDuration, type Millis } from '@holdfast/kernel';
import { known } from '@holdfast/estate';
import type { Capability, Model } from '../compile/model.ts';
import { openIntervals } from '../scenario/clock.ts';
import type { Answer } from './solve.ts';
import { spans } from './timeline.ts';

/** A place that wants a guard: why, from when, until when. */
export interface GuardNeed {
  readonly place: string;
  readonly site: string;
  readonly from: Millis;
  readonly until: Millis;
  readonly because: 'traps people' | 'unlocked' | 'weakened' | 'blind';
  readonly urgency: number;
}

/** A guard's order: leave for a place so as to stand there; `late` is how long it stood alone. */
export interface GuardOrder extends GuardNeed {
  readonly post: string;
  readonly guard: number;
  readonly arrives: Millis;
  readonly late: Millis;
}

export interface GuardPlan {
  readonly orders: readonly GuardOrder[];
  /** Needs for which no guard is left, the most urgent first. */
  readonly unmet: readonly GuardNeed[];
}

const classWeight = { critical: 4, restricted: 3, staff: 2, public: 1 } as const;
const causes = [
  ['egress', 'traps people', 100],
  ['secured', 'unlocked', 20],
  ['refuses-revoked-during', 'weakened', 5],
] as const;

/** The places that want a guard in a scenario, the most urgent first. */
export function guardNeeds(model: Model, answer: Answer, quiet: Answer): readonly GuardNeed[] {
  const needs = causes.flatMap(([name, because, weight]) =>
    answer.touched
      .filter((each) => each.name === name && each.function === 'access')
      .flatMap((capability) => {
        const already = spans(quiet.timeline(capability), ['fails'], answer.scenario.horizon);
        return spans(answer.timeline(capability), ['fails'], answer.scenario.horizon)
          .filter((each) => !already.some((usual) => usual.from <= each.from && usual.until >= each.until))
          .map((each) => (because === 'weakened' ? afterHours(model, answer, capability.place, each) : each))
          .filter(({ from, until }) => from < until)
          .map(({ from, until }) => ({
            place: capability.place,
            site: capability.site,
            from,
            until,
            because,
            urgency: weight * weightOf(model, capability),
          }));
      }),
  );
  const worst = new Map<string, GuardNeed>();
  for (const need of needs.toSorted((a, b) => b.urgency - a.urgency)) {
    const known = worst.get(need.place);
    if (!known || need.from < known.from) worst.set(`${need.place}${known ? ` ${need.because}` : ''}`, need);
  }
  return [...worst.values()].toSorted(
    (a, b) => b.urgency - a.urgency || a.from - b.from || (a.place < b.place ? -1 : 1),
  );
}

/** A door that its schedule holds open wants no guard for its badges before it closes. */
function afterHours(
  model: Model,
  answer: Answer,
  place: string,
  span: { readonly from: Millis; readonly until: Millis },
): { readonly from: Millis; readonly until: Millis } {
  const scheduled = model.scheduled.get(place);
  if (!scheduled) return span;
  const open = spans(answer.timelineOf(scheduled), ['holds'], answer.scenario.horizon);
  const now = open.find(({ from, until }) => from <= span.from && span.from < until);
  return now ? { from: now.until, until: span.until } : span;
}

function weightOf(model: Model, { place }: Capability): number {
  const door = model.estate.get('door', place);
  const areaClass = known(model.estate.get('area', door?.to)?.class);
  return areaClass === undefined ? 1 : classWeight[areaClass];
}

interface Guard {
  readonly post: string;
  readonly number: number;
  free: Millis;
}

/**
 * Which guard goes where, and from when: the most urgent need first, each by the guard who is there soonest, and who then stays until it ends.
 * `guards` limits how many there are in all; else as many as the posts have on shift.
 */
export function guardPlan(model: Model, answer: Answer, quiet: Answer, guards?: number): GuardPlan {
  const staff = guardsOf(model).slice(0, guards);
  const orders: GuardOrder[] = [];
  const unmet: GuardNeed[] = [];
  for (const need of guardNeeds(model, answer, quiet)) {
    const best = staff
      .flatMap((guard) => {
        const arrives = arrival(model, guard, need, answer);
        return arrives === undefined || arrives >= need.until ? [] : [{ guard, arrives }];
      })
      .toSorted((a, b) => a.arrives - b.arrives || (a.guard.post < b.guard.post ? -1 : 1))[0];
    if (!best) {
      unmet.push(need);
      continue;
    }
    best.guard.free = need.until;
    orders.push({
      ...need,
      post: best.guard.post,
      guard: best.guard.number,
      arrives: best.arrives,
      late: asMillis(best.arrives - need.from),
    });
  }
  return { orders: orders.toSorted((a, b) => a.arrives - b.arrives), unmet };
}

function guardsOf(model: Model): Guard[] {
  return [...model.estate.all('post')].flatMap(([post, data]) =>
    Array.from({ length: known(data.guards) ?? 1 }, (_, index) => ({
      post,
      number: index + 1,
      free: asMillis(0),
    })),
  );
}

/** When a guard can stand at a place: once free, on shift, and after the walk; `undefined` where the post does not cover it. */
function arrival(model: Model, guard: Guard, need: GuardNeed, answer: Answer): Millis | undefined {
  const post = model.estate.get('post', guard.post);
  const door = model.estate.get('door', need.place);
  const walk = [need.place, door?.to, door?.from]
    .map((place) => (place === undefined ? undefined : post?.reaches?.[place]))
    .find((each) => each !== undefined);
  if (walk === undefined) return undefined;
  const read = parseDuration(walk);
  if (read.kind === 'error') return undefined;
  // A loss that is foreseen is met on time; the first moment of a fault is not.
  const leaves = Math.max(guard.free, 0);
  const ready = Math.max(leaves + read.value, need.from);
  if (!post?.shifts) return asMillis(ready);
  const zone = model.estate.get('site', need.site)?.timeZone ?? 'UTC';
  const shift = openIntervals(post.shifts, zone, answer.scenario.start, answer.scenario.horizon).find(
    ({ until }) => until > ready,
  );
  return shift && asMillis(Math.max(ready, shift.from + read.value));
}
