import type { Hours } from '@holdfast/estate';

const day = 86_400_000;
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const millisOf = (time: string): number =>
  Number(time.slice(0, 2)) * 3_600_000 + Number(time.slice(3)) * 60_000;

function names(weekday: number): readonly string[] {
  return ['daily', weekdays[weekday] ?? '', weekday === 0 || weekday === 6 ? 'weekend' : 'weekdays'];
}

/** Whether an instant lies within hours of the week, on a clock that shows UTC. */
export function isWithin(hours: readonly Hours[], instant: number): boolean {
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
