import ipaddr from 'ipaddr.js';
import type { Interval } from './interval.ts';
import { greatest, ipv6Offset } from './packet.ts';

/** The place of an address on the address axis, or `undefined` where the text is none. */
export function addressOf(text: string): bigint | undefined {
  if (!ipaddr.isValid(text) || (!text.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(text)))
    return undefined;
  const parsed = ipaddr.parse(text);
  const value = parsed.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return parsed.kind() === 'ipv6' ? ipv6Offset + value : value;
}

/** What a CIDR prefix or a single address covers; bits beyond the prefix are let fall. `undefined` where the text is neither. */
export function prefixOf(text: string): Interval | undefined {
  const [address = '', length, more] = text.split('/');
  const value = addressOf(address);
  const bits = value !== undefined && value >= ipv6Offset ? 128 : 32;
  if (value === undefined || more !== undefined) return undefined;
  if (length === undefined) return { low: value, high: value };
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits) return undefined;
  const size = 1n << BigInt(bits - Number(length));
  const base = bits === 128 ? ipv6Offset : 0n;
  const low = ((value - base) / size) * size + base;
  return { low, high: low + size - 1n };
}

/** All IPv4 addresses, or all IPv6 addresses. */
export const family = {
  ipv4: { low: 0n, high: ipv6Offset - 1n },
  ipv6: { low: ipv6Offset, high: greatest.src },
} as const satisfies Record<string, Interval>;

/** Writes an address as people do. */
export function spellAddress(value: bigint): string {
  const isLong = value >= ipv6Offset;
  let rest = isLong ? value - ipv6Offset : value;
  const bytes = Array.from({ length: isLong ? 16 : 4 }, () => 0);
  for (let index = bytes.length - 1; index >= 0; index -= 1) {
    bytes[index] = Number(rest % 256n);
    rest /= 256n;
  }
  return ipaddr.fromByteArray(bytes).toString();
}

/** Writes a range as the fewest prefixes that make it up, in ascending order, those of IPv4 first. */
export function spellPrefixes({ low, high }: Interval): readonly string[] {
  if (low < ipv6Offset && high >= ipv6Offset)
    return [
      ...spellPrefixes({ low, high: family.ipv4.high }),
      ...spellPrefixes({ low: family.ipv6.low, high }),
    ];
  const base = low >= ipv6Offset ? ipv6Offset : 0n;
  const bits = base === 0n ? 32 : 128;
  const prefixes: string[] = [];
  let from = low;
  while (from <= high) {
    let size = 1n;
    let length = bits;
    while (length > 0 && (from - base) % (size * 2n) === 0n && from + size * 2n - 1n <= high) {
      size *= 2n;
      length -= 1;
    }
    prefixes.push(length === bits ? spellAddress(from) : `${spellAddress(from)}/${length}`);
    from += size;
  }
  return prefixes;
}
