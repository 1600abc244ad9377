import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contains } from '../../model/interval.ts';
import { prefixLength, sizeOf, wildcardSet } from './wildcard.ts';

it('has an address exactly where it agrees with the base on every bit that counts', () => {
  const byte = fc.nat(255);
  fc.assert(
    fc.property(byte, byte, byte, byte, (base, gaps, low, probe) => {
      const [from, wildcard] = [0x0a000000n + (BigInt(base) << 8n), (BigInt(gaps) << 8n) + BigInt(low)];
      const value = 0x0a000000n + (BigInt(probe) << 8n) + BigInt(base);
      const set = wildcardSet(from, wildcard);
      if (set !== undefined) expect(contains(set, value)).toBe((value & ~wildcard) === (from & ~wildcard));
    }),
    { endOnFailure: true },
  );
});

it('refuses a mask that would come apart into too many pieces', () => {
  expect(wildcardSet(0n, 0xaaaaaaaan)).toBeUndefined();
  expect(sizeOf(wildcardSet(0x0a000001n, 0xfen) ?? [])).toBe(128n);
});

it('knows the length of a netmask', () => {
  expect([0xffffff00n, 0xffffffffn, 0n, 0xff00ff00n].map(prefixLength)).toEqual([24, 32, 0, undefined]);
});
