import { nearestName } from './nearest-name.ts';
import { fail, ok, type Result } from './result.ts';

declare const millis: unique symbol;
/** A length of time, or an offset from the start of a scenario, in milliseconds. `Infinity` is 'for good'. */
export type Millis = number & { readonly [millis]: true };

/** Marks a number as milliseconds. */
// The only place where a plain number becomes Millis.
export const asMillis = (value: number): Millis => value as Millis;

export const forever: Millis = asMillis(Infinity);

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const longest = 100 * 365 * 86_400_000;
const part = /(\d+(?:\.\d+)?)\s*(ms|min|s|m|h|d|w)/gy;

/**
 * Reads `90s`, `30m`, `4h`, `1h30m`, `3d`, `2w` or `forever`.
 * The error is a hint that says what a duration looks like.
 */
export function parseDuration(text: string): Result<Millis, string> {
  if (text.length > 200) return fail(durationHint(text));
  const trimmed = text.trim();
  if (trimmed === 'forever') return ok(forever);
  if (trimmed === '0') return ok(asMillis(0));
  let total = 0;
  part.lastIndex = 0;
  while (part.lastIndex < trimmed.length) {
    const match = part.exec(trimmed);
    if (!match) return fail(durationHint(trimmed));
    total += Number(match[1]) * (units[match[2] ?? ''] ?? Number.NaN);
    while (trimmed[part.lastIndex] === ' ') part.lastIndex += 1;
  }
  if (trimmed === '' || !Number.isFinite(total)) return fail(durationHint(trimmed));
  return total > longest
    ? fail('a duration is at most 100 years; write `forever` for more')
    : ok(asMillis(Math.round(total)));
}

const spellings: Readonly<Record<string, readonly string[]>> = {
  ms: ['ms', 'msec', 'millis', 'millisecond', 'milliseconds'],
  s: ['s', 'sec', 'secs', 'second', 'seconds'],
  m: ['m', 'min', 'mins', 'minute', 'minutes'],
  h: ['h', 'hr', 'hrs', 'hour', 'hours'],
  d: ['d', 'day', 'days'],
  w: ['w', 'wk', 'wks', 'week', 'weeks'],
};
const unitOf = new Map(
  Object.entries(spellings).flatMap(([unit, words]) => words.map((word) => [word, unit])),
);
// These have no fixed length, so that no guess is better than a wrong one.
const calendar = ['mo', 'mon', 'month', 'months', 'y', 'yr', 'yrs', 'year', 'years'];

function durationHint(text: string): string {
  const meant = text.length > 60 ? undefined : guess(text.toLowerCase());
  return `${meant ? `did you mean \`${meant}\`? ` : ''}A duration is a number with ms, s, m, h, d or w, for example 30m, 4h, 1h30m, 3d`;
}

function guess(text: string): string | undefined {
  if (nearestName(text, ['forever'])) return 'forever';
  let meant = '';
  for (const [, number = '', word = ''] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)) {
    const name = nearestName(word, [...unitOf.keys(), ...calendar]);
    const unit = name && unitOf.get(name);
    if (!unit) return undefined;
    meant += `${number}${unit}`;
  }
  return meant === '' || text.replaceAll(/(\d+(?:\.\d+)?)\s*([a-z]+)|[\s,.]|and/g, '') !== ''
    ? undefined
    : meant;
}

const steps = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** The shortest exact form that `parseDuration` reads back: `1h30m`, `3d`, `0`, `forever`. */
export function formatDuration(value: Millis): string {
  if (value === Infinity) return 'forever';
  let rest = Math.round(value);
  if (rest === 0) return '0';
  let text = '';
  for (const [unit, size] of steps) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}

/** For sentences: `30 minutes`, `4 hours`, `1 day 2 hours`; at most two units, rounded down. */
export function spellDuration(value: Millis): string {
  if (value === Infinity) return 'ever';
  const words = ['day', 'hour', 'minute', 'second', 'millisecond'];
  let rest = Math.round(value);
  const said: string[] = [];
  for (const [index, [, size]] of steps.entries()) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) said.push(`${count} ${words[index]}${count === 1 ? '' : 's'}`);
    if (said.length === 2 || (said.length === 1 && count === 0)) break;
  }
  return said.join(' ') || 'no time';
}
