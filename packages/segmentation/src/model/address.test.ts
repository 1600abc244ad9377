import { expect, test } from 'vitest';
import { greatest, ipv6Offset } from './packet.ts';
import { prefixOf, spellPrefixes } from './address.ts';

test.each([
  [{ low: 0n, high: greatest.src }, ['0.0.0.0/0', '::/0']],
  [{ low: ipv6Offset - 1n, high: ipv6Offset }, ['255.255.255.255', '::']],
  [{ low: 1n, high: 4n }, ['0.0.0.1', '0.0.0.2/31', '0.0.0.4']],
])('a range is written as its fewest prefixes, family by family: %o', (range, prefixes) => {
  expect(spellPrefixes(range)).toEqual(prefixes);
});

test('a prefix reads back as it was written', () => {
  for (const each of ['10.0.0.0/8', '2001:db8::/32', '0.0.0.0/0', '::/0']) {
    const range = prefixOf(each);
    expect(range && spellPrefixes(range)).toEqual([each]);
  }
});
