import type { Hours } from '@holdfast/estate';
import { asMillis, type Millis } from '@holdfast/kernel';

/** Milliseconds since 1970 in UTC. */
export type Instant = number;

const minute = 60_000;
const day = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  const found = formats.get(zone);
  if (found) return found;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

/** What a wall clock of the zone shows at an instant, as if it were UTC. */
function wallClock(instant: Instant, zone: string): Instant {
  const parts = Object.fromEntries(
    formatFor(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const {
    year = 1970,
    month = 1,
    day: date = 1,
    hour = 0,
    minute: minutes = 0,
    second = 0,
  } = parts as Partial<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>>;
  return Date.UTC(year, month - 1, date, hour, minutes, second);
}

/** The instant at which a wall clock of the zone shows a time; of a time that is skipped or doubled, the one after the change. */
function instantOf(wall: Instant, zone: string): Instant {
  const guess = wall - (wallClock(wall, zone) - wall);
  return wall - (wallClock(guess, zone) - guess);
}

/** `2026-11-23` and `08:00` on a zone's clock. */
export function startInstant(date: string, time: string, zone: string): Instant {
  return instantOf(Date.parse(`${date}T00:00:00Z`) + timeOf(time), zone);
}

const timeOf = (time: string): number =>
  Number(time.slice(0, 2)) * 60 * minute + Number(time.slice(3, 5)) * minute;

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

function falls(hours: Hours, weekday: number): boolean {
  const days = hours.days ?? ['daily'];
  const weekend = weekday === 0 || weekday === 6;
  return days.some(
    (each) =>
      each === 'daily' ||
      each === names[weekday] ||
      (each === 'weekend' && weekend) ||
      (each === 'weekdays' && !weekend),
  );
}

type Intervals = readonly { readonly from: Millis; readonly until: Millis }[];
const remembered = new WeakMap<readonly Hours[], Map<string, Intervals>>();

/** The intervals of a scenario that lie within hours of the week, relative to its start; they may begin before it. */
export function openIntervals(
  hours: readonly Hours[],
  zone: string,
  start: Instant,
  horizon: Millis,
): Intervals {
  const own = remembered.get(hours) ?? new Map<string, Intervals>();
  remembered.set(hours, own);
  const key = `${start} ${horizon} ${zone}`;
  const intervals = own.get(key) ?? findIntervals(hours, zone, start, horizon);
  own.set(key, intervals);
  return intervals;
}

function findIntervals(hours: readonly Hours[], zone: string, start: Instant, horizon: Millis): Intervals {
  const out: { from: Millis; until: Millis }[] = [];
  const first = Math.floor(wallClock(start, zone) / day) - 1;
  const last = Math.floor(wallClock(start + horizon, zone) / day);
  for (let date = first; date <= last; date += 1) {
    for (const each of hours) {
      if (!falls(each, new Date(date * day).getUTCDay())) continue;
      const [from, to] = [timeOf(each.from), timeOf(each.to)];
      const until = to > from ? to : to + day;
      out.push({
        from: asMillis(instantOf(date * day + from, zone) - start),
        until: asMillis(instantOf(date * day + until, zone) - start),
      });
    }
  }
  return out.filter(({ until }) => until > -day).toSorted((a, b) => a.from - b.from);
}

const spelt = new Map<string, Map<number, string>>();
/** An audit spells the same few moments over and over; of a scenario that has many of its own, not all are kept. */
const speltAtMost = 10_000;

/** `08:00` on the zone's clock; with the weekday where it is not the first day of the scenario. */
export function spellTime(start: Instant, at: Millis, zone: string): string {
  const key = `${start} ${zone}`;
  const found = spelt.get(key);
  const known = found && found.size < speltAtMost ? found : new Map<number, string>();
  if (known !== found) spelt.set(key, known);
  const text = known.get(at) ?? spell(start, at, zone);
  known.set(at, text);
  return text;
}

function spell(start: Instant, at: Millis, zone: string): string {
  const wall = wallClock(start + at, zone);
  const text = new Date(wall).toISOString().slice(11, at % minute === 0 ? 16 : 19);
  const days = Math.floor(wall / day) - Math.floor(wallClock(start, zone) / day);
  return days === 0 ? text : `${text} on day ${days + 1}`;
}
