import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressOf, networksOf, plainAddress, plainMac, rangeOf, spellAddress } from './address.ts';

describe('hardware addresses', () => {
  test.each(['00:40:8C:12:34:56', '0040.8c12.3456', '00408c-123456', '00-40-8c-12-34-56', '00408c123456'])(
    '%s',
    (text) => {
      expect(plainMac(text)).toBe('00:40:8c:12:34:56');
    },
  );

  test.each([
    '',
    '00:40:8c:12:34',
    '01:00:5e:00:00:01',
    'ff:ff:ff:ff:ff:ff',
    '00:00:00:00:00:00',
    'zz:40:8c:12:34:56',
  ])('%s is none of a host', (text) => {
    expect(plainMac(text)).toBeUndefined();
  });
});

describe('addresses', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['::', '::'],
    ['::1', '::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::ffff:192.0.2.1', '::ffff:c000:201'],
    ['192.0.2', undefined],
    ['cam', undefined],
  ])('%s', (text, spelt) => {
    expect(plainAddress(text)).toBe(spelt);
  });

  test('are spelt as they are read', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const spelt = plainAddress(text) ?? '';
        expect(plainAddress(spelt)).toBe(spelt);
        // The URL standard spells by the same rules.
        expect(`[${spelt}]`).toBe(new URL(`http://[${text}]`).hostname);
      }),
    );
  });
});

describe('networks', () => {
  test('cover exactly their range, and are the fewest', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 4000n }), fc.bigInt({ min: 0n, max: 4000n }), (a, b) => {
        const [first, last] = a < b ? [a, b] : [b, a];
        const networks = networksOf({ family: 4, first, last });
        const ranges = networks.map((each) => rangeOf(each));
        expect(ranges[0]?.first).toBe(first);
        expect(ranges.at(-1)?.last).toBe(last);
        for (const [index, range] of ranges.entries())
          if (index > 0) expect(range?.first).toBe((ranges[index - 1]?.last ?? 0n) + 1n);
        expect(networks.length).toBeLessThanOrEqual(24);
      }),
    );
  });

  test('are none where the length does not fit', () => {
    for (const text of ['192.0.2.0/33', '192.0.2.0/', '192.0.2.0/x', '::/129', '/8', '192.0.2.0/-1'])
      expect(rangeOf(text)).toBeUndefined();
    expect(addressOf('1.2.3.4')?.bits).toBe(0x01020304n);
    expect(spellAddress(4, 0x01020304n)).toBe('1.2.3.4');
  });
});
