import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, type Order } from './compare-versions.ts';
import { parseVersion } from './parse-version.ts';

function order(a: string, b: string): Order | undefined {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  return left === undefined || right === undefined ? undefined : compareVersions(left, right);
}

describe('versions as building devices print them', () => {
  const ascending = [
    ['V5.3.1 build 150410', 'V5.4.0 Build 160401'],
    ['5.4.0_160401', 'V5.4.0 build 160414'],
    ['9.80.3.1', '9.80.69'],
    ['9.80.69', '10.12.236'],
    ['Rev. A', 'Rev. B'],
    ['January 31 2014', 'June 30 2015'],
    ['May_1_2024', '2024/6/2'],
    ['5.0 SP2', '5.0 SP3'],
    ['6.9.2', '6.9.2 CU01'],
    ['7.2.1-Beta', '7.2.1'],
    ['7.2.1-Beta', '7.2.1-rc1'],
    ['IP8', 'IP8_SR4'],
    ['MX-V4.7.2.35-r1', 'MX-V4.7.3.11'],
    ['Illustra.SS016.05.03.01.0007', 'SS016.05.09.04.0006'],
    ['2.420.HW00.9.20180510', '2.420.HW01.33.20190812'],
    ['2.820.0000000.47.R.220101', '2.820.0000000.48.R.220614'],
    ['NVR 5.6 Build 595', 'NVR 5.6 Build 595 T2-Patch'],
    ['3.40 R5 build 571848', '3.40 R6 build 612850'],
    ['2.3.0', '2.3.0a'],
    ['12.1a', '12.1b'],
    ['V22.2a (79)', 'V22.2a (80)'],
    ['vEL8.80.1191', 'vEL8.80.1192 (MR2)'],
  ] as const;

  it.each(ascending)('%s comes before %s', (before, after) => {
    expect(order(before, after)).toBe('less');
    expect(order(after, before)).toBe('greater');
  });

  it.each([
    ['5.4', 'V5.4.0'],
    ['1.07.02', '1.7.2'],
    ['V5.4.0_160414', '5.4.0 Build 160414'],
    ['V2.820.0000000.48.R, Build Date: 2022-06-14', '2.820.0000000.48.R.220614'],
    ['6.9.2 CUO1', '6.9.2 CU01'],
    ['511.5 TCU4 HF3', '511.5_tcu4_hf3'],
    ['AXIS OS 10.12.171.0', '10.12.171'],
    ['2.6-GA', '2.6'],
  ])('%s is %s', (a, b) => {
    expect(order(a, b)).toBe('equal');
  });

  it.each([
    ['5.4.1', '5.4.1 build 160525'],
    ['5.0 SP2', '5.0 HF3'],
    ['P10.19.050004', 'K10.19.050004'],
    ['2014-01-31', '1.2'],
    ['1.2 foo', '1.2 bar'],
  ])('does not order %s and %s', (a, b) => {
    expect(order(a, b)).toBeUndefined();
    expect(order(b, a)).toBeUndefined();
  });

  it.each(['', 'n/a?', 'see the vendor', '1'.repeat(200), '1234567890123456.1', 'all'])(
    'reads no version in %j',
    (text) => {
      expect(parseVersion(text)).toBeUndefined();
    },
  );
});

describe('laws', () => {
  const number = fc.integer({ min: 0, max: 12 });
  const word = fc.constantFrom('', ' build ', ' SP', ' HF', ' CU', '-beta', '-rc', 'a', 'b', ' x', '_r');
  const version = fc
    .tuple(
      fc.constantFrom('', 'V', 'K', 'MX-V'),
      fc.array(number, { minLength: 1, maxLength: 4 }),
      fc.array(fc.tuple(word, number), { maxLength: 2 }),
    )
    .map(
      ([prefix, numbers, parts]) =>
        `${prefix}${numbers.join('.')}${parts.map(([w, n]) => (w === '' ? '' : `${w}${n}`)).join('')}`,
    );
  const rank = { less: -1, equal: 0, greater: 1 } as const;

  it('is a total preorder on what it orders', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(order(a, a)).toBe('equal');
        const [ab, ba, bc] = [order(a, b), order(b, a), order(b, c)];
        expect(ab === undefined).toBe(ba === undefined);
        if (ab !== undefined && ba !== undefined) expect(rank[ab] + rank[ba]).toBe(0);
        if (ab === undefined || bc === undefined || ab === 'greater' || bc === 'greater') return;
        const expected = ab === 'equal' && bc === 'equal' ? 'equal' : 'less';
        expect(order(a, c)).toBe(expected);
      }),
      { numRuns: 4000, seed: 1 },
    );
  });

  const anyText = fc
    .array(fc.integer({ min: 0, max: 0x2fff }), { maxLength: 30 })
    .map((codes) => String.fromCodePoint(...codes));

  it('never throws, whatever a device prints', () => {
    fc.assert(
      fc.property(anyText, fc.string({ maxLength: 30 }), (a, b) => {
        order(a, b);
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});
