import type { Hours } from '@holdfast/estate';

const day = 86_400_000;
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const millisOf = (time: string): number =>
  Number(time.slice(0, 2)) * 3_600_000 + Number(time.slice(3)) * 60_000;

function names(weekday: number): readonly string[] {
  return ['daily', weekdays[weekday] ?? '', weekday === 0 || weekday === 6 ? 'weekend' : 'weekdays'];
}

const clocks = new Map<string, number>();

/** What a clock of a zone shows, as if it were UTC: the Swedish way to write a time is that of ISO 8601. */
function shown(instant: number, zone: string): number {
  if (zone === 'UTC') return instant;
  const key = `${zone} ${instant}`;
  const found = clocks.get(key);
  if (found !== undefined) return found;
  const text = new Date(instant).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T');
  const wall = Date.parse(`${text}Z`);
  clocks.set(key, wall);
  return wall;
}

/** Whether an instant lies within hours of the week, on the clock of a zone. */
export function isWithin(hours: readonly Hours[], at: number, zone: string): boolean {
  const instant = shown(at, zone);
  return hours.some(({ days = ['daily'], from, to }) => {
    const [start, end] = [millisOf(from), millisOf(to)];
    const on = (date: number): boolean =>
      days.some((each) => names(new Date(date).getUTCDay()).includes(each));
    const midnight = Math.floor(instant / day) * day;
    const time = instant - midnight;
    if (end > start) return on(midnight) && start <= time && time < end;
    return (on(midnight) && start <= time) || (on(midnight - day) && time < end);
  });
}
