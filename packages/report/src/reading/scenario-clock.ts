import type { ScenarioRow } from '@holdfast/audit';
import { asMillis, formatDuration, spellDuration } from '@holdfast/kernel';
import { spellTime } from '@holdfast/outage';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  4 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  30 * day,
  365 * day,
];

/** A mark past this share of the axis has no room for its label. */
const lastMark = 0.92;

/** A mark on the axis of time: `at` milliseconds from the start. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Tells the moments of a scenario on the clock of its site. */
export class ScenarioClock {
  readonly length: number;
  readonly horizon: number;
  readonly #start: number;
  readonly #zone: string;
  readonly #spelt = new Map<number, string>();

  constructor({
    start,
    timeZone,
    length,
    horizon,
  }: Pick<ScenarioRow, 'start' | 'timeZone' | 'length' | 'horizon'>) {
    this.#start = Date.parse(start);
    this.#zone = timeZone;
    this.length = length;
    this.horizon = Math.max(horizon, 1);
  }

  /** `08:00` on the first day; then `Sat 08:00`, and after a week `5 Dec 08:00`. */
  time(at: number): string {
    const known = this.#spelt.get(at);
    if (known !== undefined) return known;
    const spelt = spellTime(this.#start, asMillis(at), this.#zone);
    const clock = spelt.split(' ')[0] ?? spelt;
    const text = clock === spelt ? clock : `${this.#dayOf(at)} ${clock}`;
    this.#spelt.set(at, text);
    return text;
  }

  /** `09:00`, or `09:00 to 09:50`. */
  times({ at, last }: { readonly at: number; readonly last?: number }): string {
    return last === undefined || last === at ? this.time(at) : `${this.time(at)} to ${this.time(last)}`;
  }

  /** `at once`, or `+1h30m`. */
  since(at: number): string {
    return at <= 0 ? 'at once' : `+${formatDuration(asMillis(at))}`;
  }

  /** `at once`, or `after 1 hour`. */
  after(at: number): string {
    return at <= 0 ? 'at once' : `after ${spellDuration(asMillis(at))}`;
  }

  /** `Monday 23 November 2026`. */
  get date(): string {
    return this.#format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
      .format(this.#start)
      .replace(',', '');
  }

  /** Percent of the whole, to three places. */
  share(at: number): number {
    return Math.round((Math.min(Math.max(at, 0), this.horizon) / this.horizon) * 100_000) / 1000;
  }

  /** At most seven marks, or fewer, at round times of the local clock; at midnight the day. */
  ticks(most = 7): readonly Tick[] {
    const step = steps.find((each) => this.horizon / each <= most) ?? this.horizon;
    const out: Tick[] = [];
    let lastDay = 0;
    for (let at = this.#untilRound(step); at < this.horizon * lastMark; at += step) {
      const dayNow = Math.floor((at + this.#sinceMidnight()) / day);
      const clock = this.#clock(at);
      out.push({
        at,
        label:
          dayNow === lastDay ? clock : clock === '00:00' ? this.#dayOf(at) : `${this.#dayOf(at)} ${clock}`,
      });
      lastDay = dayNow;
    }
    return out;
  }

  #untilRound(step: number): number {
    const over = this.#sinceMidnight() % Math.min(step, day);
    return over === 0 ? 0 : Math.min(step, day) - over;
  }

  #sinceMidnight(): number {
    const [hours = 0, minutes = 0, seconds = 0] = this.#format({
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
      .format(this.#start)
      .split(':')
      .map(Number);
    return hours * hour + minutes * minute + seconds * 1000;
  }

  #clock(at: number): string {
    return this.time(at).split(' ').at(-1) ?? '';
  }

  #dayOf(at: number): string {
    return this.#format(
      this.horizon < 7 * day ? { weekday: 'short' } : { day: 'numeric', month: 'short' },
    ).format(this.#start + at);
  }

  #format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return formatter(this.#zone, options);
  }
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A formatter takes far longer to make than to use, and a page uses few. */
function formatter(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([timeZone, options]);
  const found = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  formatters.set(key, found);
  return found;
}
