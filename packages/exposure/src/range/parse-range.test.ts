import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseVersion } from '../version/parse-version.ts';
import { parseRange } from './parse-range.ts';
import { placeIn } from './place.ts';
import type { Range } from './range.ts';

/** `in`, `out` or `unknown`, or why the range was not read. */
function sideOf(range: Range, written: string): string {
  const version = parseVersion(written);
  if (range.kind === 'unread') return range.reason;
  if (range.kind === 'all') return 'in';
  if (version === undefined) return 'unknown';
  const sides = new Set(range.spans.map((span) => placeIn(span, version).side));
  return sides.has('in') ? 'in' : sides.has('unknown') ? 'unknown' : 'out';
}

describe('ranges as advisories write them', () => {
  it.each([
    ['>= 5.3.1 build 150410 | <= 5.4.4 Build 161125', '5.4.4 build 161125', 'in'],
    ['>= 5.3.1 build 150410 | <= 5.4.4 Build 161125', '5.4.4 build 161126', 'out'],
    ['>= 5.3.1 build 150410 | <= 5.4.4 Build 161125', '5.4.4', 'unknown'],
    ['>=V2.8<V3.1.1', 'V3.1.1', 'out'],
    ['>= V2.3 and < V6.30.016', '6.30.015', 'in'],
    ['vers:all/<V20.2 HotfixRev14', 'V20.2 HotfixRev13', 'in'],
    ['vers:all/*', 'anything', 'in'],
    ['All versions < V8.3', '8.3', 'out'],
    ['< 19.0.1 | < 18.0.1', '18.5', 'in'],
    ['9.0.1 | 9.0.2 | 9.0.5', '9.0.3', 'out'],
    ['<= 1.12.0.25 | 1.12.13.2 | 1.12.14.5', '1.12.13.2', 'in'],
    ['10 | 11', '11.0.1', 'in'],
    ['V4.x', '4.2', 'in'],
    ['V4.x', '5.0', 'out'],
    ['V1.1, V1.2, and V1.3', '1.2', 'in'],
    ['NMC2 <= 6.9.6', '6.9.6', 'in'],
    ['> 6.8.6 | < 6.9.2 CU01', '6.8.6', 'out'],
    ['> 6.8.6 | < 6.9.2 CU01', '6.9.2', 'in'],
    ['< 2.15 (Firmware versions prior to 8.26.4)', '8.26.3', 'in'],
    ['< 2.15 (Firmware versions prior to 8.26.4)', '2.15', 'out'],
    ['>= A1.5.3 | <= B1.2.4', 'A2.0', 'in'],
    ['>= A1.5.3 | <= B1.2.4', 'B1.2.5', 'out'],
    ['Versions below V2.5.1 (including V2.5.1)', '2.5.1', 'in'],
    [
      'Versions after V5.00.000 (including V5.00.000) and before V5.02.006（not including V5.02.006）',
      '5.02.006',
      'out',
    ],
    ['3.05.62 and prior versions', '3.05.62', 'in'],
    ['10.5 – 11.5', '11.0', 'in'],
    ['Prior to version 1.41.16;Prior to version 2.22.00;', '1.41.15', 'in'],
    ['NVR4XXX Versions which Build time before 2023/12/13', '4.003, Build Date: 2023-12-12', 'in'],
    ['< January 31 2014', '2014-02-01', 'out'],
    ['1.5', '1.5.2', 'unknown'],
    ['<= 21.03', '21.03.2', 'unknown'],
    ['<= 2.80', '2.9', 'unknown'],
    ['<= 4.8', '4.10', 'unknown'],
    ['<= 4.8', '4.9', 'out'],
  ])('%s holds %s: %s', (range, version, side) => {
    expect(sideOf(parseRange(range), version)).toBe(side);
  });

  it('keeps what no version tells as a condition', () => {
    expect(parseRange('* (with nossl tag)')).toMatchObject({ kind: 'all', condition: 'with nossl tag' });
    expect(parseRange('All versions with OIS running on Debian 9 or earlier')).toMatchObject({ kind: 'all' });
    expect(parseRange('<= 3.3-006 (with <= bacnetstac 4.2.1)')).toMatchObject({
      condition: 'with <= bacnetstac 4.2.1',
    });
  });

  it('says that a list breaks off, and that a bound is left open', () => {
    expect(parseRange('V5.00.204, V5.00.260, and')).toMatchObject({ isCutOff: true });
    expect(parseRange('All versions up to 7.0')).toMatchObject({ isVague: true });
  });

  it.each(['', '-', 'n/a', 'see the notes', '>= 5.0 | <= 4.0'])('says why it does not read %j', (text) => {
    expect(parseRange(text)).toMatchObject({ kind: 'unread' });
  });

  it('spells versions as they were written', () => {
    const range = parseRange('< 2.820.0000000.48.R.220614');
    expect(JSON.stringify(range)).toContain('"written":"2.820.0000000.48.R.220614"');
  });
});

describe('laws', () => {
  const pieces = fc.constantFrom(
    '<',
    '<=',
    '>=',
    '>',
    '|',
    ',',
    ' and ',
    ' or earlier',
    'prior to ',
    'V',
    '1.2',
    '10.1.6',
    'build 5',
    '(',
    ')',
    '*',
    'x',
    ' - ',
    'vers:all/',
    '\u0000',
    'ü',
  );

  it('never throws, and names a reason where it reads nothing', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const range = parseRange(parts.join(''));
        if (range.kind === 'unread') expect(range.reason).not.toBe('');
        else if (range.kind === 'spans') expect(range.spans.length).toBeGreaterThan(0);
      }),
      { numRuns: 3000, seed: 3 },
    );
  });

  it('a version that an upper bound holds, every earlier one is held too', () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(numbers, numbers, numbers, (bound, a, b) => {
        const range = parseRange(`<= ${bound.join('.')}`);
        const [lower, upper] = [a, b].toSorted((x, y) =>
          x.reduce((sum, each, index) => sum || each - (y[index] ?? 0), 0),
        );
        if (sideOf(range, (upper ?? []).join('.')) === 'in')
          expect(sideOf(range, (lower ?? []).join('.'))).toBe('in');
      }),
      { numRuns: 800, seed: 4 },
    );
  });

  it('reads long and nested text in no more than a moment', () => {
    for (const text of [
      '('.repeat(390),
      '1.'.repeat(190),
      'and '.repeat(99),
      '<='.repeat(190),
      'x'.repeat(1_000_000),
    ])
      expect(['unread', 'spans', 'all']).toContain(parseRange(text).kind);
  });
});
