import { describe, expect, it } from 'vitest';
import { ScenarioClock } from './scenario-clock.ts';

const hour = 3_600_000;
const clockOf = (start: string, hours: number, timeZone = 'Europe/Berlin'): ScenarioClock =>
  new ScenarioClock({ start, timeZone, length: hours * hour, horizon: hours * hour });

describe('ScenarioClock', () => {
  it('marks round times of the local clock, the first at the start where that is round', () => {
    const marks = clockOf('2026-11-23T07:00:00.000Z', 6).ticks();
    expect(marks.map(({ label }) => label)).toEqual(['08:00', '09:00', '10:00', '11:00', '12:00', '13:00']);
  });

  it('marks round times where the start is not one', () => {
    expect(clockOf('2026-11-23T07:23:00.000Z', 6).ticks()[0]).toEqual({ at: 37 * 60_000, label: '09:00' });
  });

  it('names the day at midnight', () => {
    expect(
      clockOf('2026-11-23T07:00:00.000Z', 26)
        .ticks()
        .map(({ label }) => label),
    ).toEqual(['08:00', '12:00', '16:00', '20:00', 'Tue', '04:00']);
  });

  it('has at most seven marks, however long', () => {
    for (const hours of [0.1, 1, 5, 26, 170, 2000, 90_000])
      expect(clockOf('2026-11-23T07:00:00.000Z', hours).ticks().length).toBeLessThanOrEqual(8);
  });

  it('tells the time of the place, on both sides of a change of clocks', () => {
    const clock = clockOf('2026-10-25T00:30:00.000Z', 3);
    expect([clock.time(0), clock.time(hour)]).toEqual(['02:30', '02:30']);
    expect(clock.date).toBe('Sunday 25 October 2026');
  });

  it('names the day of a time on another day, and the date after a week', () => {
    expect(clockOf('2026-11-23T07:00:00.000Z', 26).time(25 * hour)).toBe('Tue 09:00');
    expect(clockOf('2026-11-23T07:00:00.000Z', 400).time(240 * hour)).toBe('3 Dec 08:00');
  });

  it('places a moment as a share of the whole, never outside', () => {
    const clock = clockOf('2026-11-23T07:00:00.000Z', 4);
    expect([clock.share(-1), clock.share(hour), clock.share(9 * hour)]).toEqual([0, 25, 100]);
  });
});
