import { formatDuration, nearestName, parseDuration } from '@holdfast/kernel';
import { cidrPattern, ipPattern, isCidr, isIpv4, isIpv6 } from './address.ts';
import { rate, size, type Measure } from './quantity.ts';
import { mismatch, quote, spelt, type Shape } from './shape.ts';

/** Free text of at most 4,000 characters. */
export const text: Shape<string> = {
  expected: 'text',
  read(value, trail, sink) {
    const read = spelt(value, trail, sink);
    if (read === undefined)
      return mismatch('text', value, trail, sink, typeof value === 'object' ? undefined : 'put it in quotes');
    if (read.length <= 4000) return read;
    sink.report(trail, 'value-invalid', 'the text is longer than 4,000 characters');
    return undefined;
  },
  schema: () => ({ type: ['string', 'number'], maxLength: 4000 }),
};

/** Yes or no. */
export const flag: Shape<boolean> = {
  expected: 'true or false',
  read(value, trail, sink) {
    if (typeof value === 'boolean') return value;
    const meant =
      value === 'yes' || value === 'on' ? 'true' : value === 'no' || value === 'off' ? 'false' : undefined;
    return mismatch('true or false', value, trail, sink, meant && `write ${meant}`);
  },
  schema: () => ({ type: 'boolean' }),
};

/** A number within limits. */
export function number(
  expected: string,
  limits: { min?: number; max?: number; whole?: boolean } = {},
): Shape<number> {
  const { min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER, whole = false } = limits;
  return {
    expected,
    read(value, trail, sink) {
      if (typeof value !== 'number') return mismatch(expected, value, trail, sink);
      if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
      sink.report(trail, 'value-invalid', `expected ${expected}, found ${value}`);
      return undefined;
    },
    schema: () => ({ type: whole ? 'integer' : 'number', minimum: min, maximum: max }),
    measure: (value) => value,
  };
}

/** A whole number from 0. */
export const count = number('a whole number from 0', { min: 0, whole: true });

/** One of a closed list of words. */
export function oneOf<const W extends string>(...words: readonly W[]): Shape<W> {
  const expected = words.length === 1 ? `'${words[0]}'` : `one of ${words.join(', ')}`;
  const known = new Set<string>(words);
  return {
    expected,
    read(value, trail, sink) {
      // `known` holds exactly the words of W.
      if (typeof value === 'string' && known.has(value)) return value as W;
      const hint = (): string | undefined => {
        const near = typeof value === 'string' ? nearestName(value, words) : undefined;
        return near && `did you mean '${near}'?`;
      };
      sink.report(trail, 'value-invalid', `expected ${expected}, found ${quote(value)}`, hint);
      return undefined;
    },
    schema: () => ({ enum: [...words] }),
  };
}

function patterned(
  expected: string,
  pattern: string,
  hint: string,
  accepts: (value: string) => boolean,
  example: string,
): Shape<string> {
  return {
    expected,
    read(value, trail, sink) {
      if (typeof value === 'string' && value.length <= 200 && accepts(value)) return value;
      sink.report(trail, 'value-invalid', `expected ${expected}, found ${quote(value)}`, hint);
      return undefined;
    },
    schema: () => ({ type: 'string', pattern, examples: [example] }),
  };
}

const datePattern = String.raw`^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$`;
const dateForm = new RegExp(datePattern);

function isDay(value: string): boolean {
  if (!dateForm.test(value)) return false;
  const [year = 0, month = 0, day = 0] = value.split('-').map(Number);
  if (day <= 28) return true;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

/** `2026-11-22`, a day of the calendar. */
export const date = patterned('a date', datePattern, 'write the day as 2026-11-22', isDay, '2026-11-22');

const timePattern = '^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$';
const timeForm = new RegExp(timePattern);

/** `08:00`, a time of day on the site's clock; `24:00` is the end of the day. */
export const timeOfDay = patterned(
  'a time of day',
  timePattern,
  'write the time as 08:00, in quotes where YAML would read a number',
  (value) => timeForm.test(value),
  '08:00',
);

const zones = new Map<string, boolean>();

/** A time zone of the IANA database. */
export const timeZone: Shape<string> = {
  expected: 'a time zone such as Europe/Berlin',
  read(value, trail, sink) {
    if (typeof value === 'string' && isTimeZone(value)) return value;
    const hint = (): string | undefined => {
      const near =
        typeof value === 'string' ? nearestName(value, Intl.supportedValuesOf('timeZone')) : undefined;
      return near && `did you mean ${near}?`;
    };
    sink.report(
      trail,
      'value-invalid',
      `expected a time zone such as Europe/Berlin, found ${quote(value)}`,
      hint,
    );
    return undefined;
  },
  schema: () => ({ type: 'string', maxLength: 64, examples: ['Europe/Berlin', 'America/Chicago'] }),
};

function isTimeZone(name: string): boolean {
  if (name.length > 64) return false;
  const earlier = zones.get(name);
  if (earlier !== undefined) return earlier;
  const valid = resolves(name);
  if (zones.size < 1000) zones.set(name, valid);
  return valid;
}

function resolves(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A length of time, kept in its shortest form. */
export const duration: Shape<string> = {
  expected: 'a duration such as 4h',
  read(value, trail, sink) {
    if (value === 0) return '0';
    if (typeof value !== 'string')
      return mismatch(
        'a duration such as 4h',
        value,
        trail,
        sink,
        typeof value === 'number' ? `write the unit, for example ${value}m or ${value}h` : undefined,
      );
    const read = parseDuration(value);
    if (read.kind === 'ok') return formatDuration(read.value);
    sink.report(trail, 'duration-invalid', `${quote(value)} is not a duration`, read.error);
    return undefined;
  },
  // The only number is 0, which needs no unit.
  schema: () => ({
    type: ['string', 'integer'],
    minimum: 0,
    maximum: 0,
    maxLength: 200,
    pattern: String.raw`^\s*(?:forever|0|(?:\d+(?:\.\d+)?\s*(?:ms|min|s|m|h|d|w) *)+)\s*$`,
    examples: ['30m', '4h', '1h30m', '3d'],
  }),
  measure: (value) => {
    const read = parseDuration(value);
    return read.kind === 'ok' ? read.value : undefined;
  },
};

function measured(expected: string, measure: Measure, example: string): Shape<string> {
  const hint = `a number with one of ${measure.units.join(', ')}`;
  const read = patterned(
    expected,
    measure.pattern,
    hint,
    (value) => measure.read(value) !== undefined,
    example,
  );
  return {
    ...read,
    read: (value, trail, sink) => read.read(value, trail, sink)?.replaceAll(' ', ''),
    measure: (value) => measure.read(value),
  };
}

/** A size of a store: `256GB`. */
export const dataSize = measured('a size such as 256GB', size, '256GB');

/** A rate of a stream: `4Mbit/s`. */
export const dataRate = measured('a rate such as 4Mbit/s', rate, '4Mbit/s');

/** An IPv4 or IPv6 address. */
export const address = patterned(
  'an IP address',
  ipPattern,
  'for example 10.1.20.31',
  (value) => isIpv4(value) || isIpv6(value),
  '10.1.20.31',
);

/** A network in CIDR form, IPv4 or IPv6. */
export const cidr = patterned(
  'a network such as 10.1.20.0/24',
  cidrPattern,
  'write the address, a slash and the length of the prefix',
  isCidr,
  '10.1.20.0/24',
);
