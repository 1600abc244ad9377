import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asMillis, forever, formatDuration, parseDuration, spellDuration } from './duration.ts';

const hintOf = (text: string): string => {
  const read = parseDuration(text);
  return read.kind === 'error' ? read.error : 'no error';
};

describe('parseDuration', () => {
  test.each<[string, number]>([
    ['0', 0],
    ['250ms', 250],
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['30min', 1_800_000],
    ['4h', 14_400_000],
    ['3d', 259_200_000],
    ['2w', 1_209_600_000],
    ['1h30m', 5_400_000],
    ['1h 30 m', 5_400_000],
    [' 4 h ', 14_400_000],
    ['1.5h', 5_400_000],
    ['0.4ms', 0],
    ['forever', Infinity],
  ])('%s', (text, millis) => {
    expect(parseDuration(text)).toEqual({ kind: 'ok', value: millis });
  });

  test.each([
    '',
    ' ',
    'h',
    '4',
    '-4h',
    '4h-',
    '4x',
    '4hm',
    '1..5h',
    '1.h',
    '.5h',
    'ever',
    '4 h,',
    '4h\n5',
    '101w101w101w9999999999w',
    '1e3h',
    '４h',
  ])('refuses %j', (text) => {
    expect(parseDuration(text).kind).toBe('error');
  });

  test.each([
    ['4 hors', '4h'],
    ['4 hours', '4h'],
    ['30 mins', '30m'],
    ['30M', '30m'],
    ['2 days', '2d'],
    ['1 hour and 30 minutes', '1h30m'],
    ['5 secs', '5s'],
    ['20 mss', '20ms'],
    ['3 wekes', '3w'],
    ['1.5 hrs', '1.5h'],
    ['foreever', 'forever'],
  ])('%s: did you mean %s?', (text, meant) => {
    expect(hintOf(text)).toContain(`did you mean \`${meant}\`?`);
  });

  test.each(['5 months', '2 years', '4 parsecs of it', 'soon', '4h?', '5 mo'])(
    'makes no guess at %s',
    (text) => {
      expect(hintOf(text)).toMatch(/^A duration is a number with/);
    },
  );

  test('more than a century is refused', () => {
    expect(parseDuration('36500d').kind).toBe('ok');
    expect(hintOf('36501d')).toContain('100 years');
  });

  test.each(['1'.repeat(1e6), ' '.repeat(1e6), '1h'.repeat(5e5), `${'9'.repeat(1e6)}h`])(
    'is quick on a long text',
    (text) => {
      const started = performance.now();
      expect(parseDuration(text).kind).toBe('error');
      expect(performance.now() - started).toBeLessThan(1000);
    },
  );
});

const millis = fc
  .oneof(
    fc.nat(3_153_600_000_000),
    fc.nat(100_000),
    fc.nat(900).map((days) => days * 86_400_000),
  )
  .map(asMillis);

describe('formatDuration', () => {
  test('reads back as the same', () => {
    fc.assert(
      fc.property(millis, (value) => {
        expect(parseDuration(formatDuration(value))).toEqual({ kind: 'ok', value });
      }),
    );
    expect(formatDuration(forever)).toBe('forever');
    expect(formatDuration(asMillis(0))).toBe('0');
  });

  test('is the same for every spelling of one length', () => {
    for (const text of ['90m', '1h30m', '1.5h', '5400s']) {
      const read = parseDuration(text);
      expect(read.kind === 'ok' && formatDuration(read.value)).toBe('1h30m');
    }
  });
});

test.each<[number, string]>([
  [0, 'no time'],
  [1, '1 millisecond'],
  [60_000, '1 minute'],
  [5_400_000, '1 hour 30 minutes'],
  [93_600_000, '1 day 2 hours'],
  [86_400_000 + 60_000, '1 day'],
  [90_061_001, '1 day 1 hour'],
  [Infinity, 'ever'],
])('spellDuration %d is %s', (value, words) => {
  expect(spellDuration(asMillis(value))).toBe(words);
});
