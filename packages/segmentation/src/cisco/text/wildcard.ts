import type { Interval, IntervalSet } from '../../model/interval.ts';
import { ipv6Offset } from '../../model/packet.ts';

const all = ipv6Offset - 1n;

/** An IPv4 address, or `undefined`. Long lists have tens of thousands of them, so that they are read by themselves. */
export function ipv4Of(text: string | undefined): bigint | undefined {
  const bytes = text === undefined ? [] : text.split('.');
  if (bytes.length !== 4) return undefined;
  let value = 0;
  for (const each of bytes) {
    const byte = /^(?:0|[1-9]\d{0,2})$/.test(each) ? Number(each) : 256;
    if (byte > 255) return undefined;
    value = value * 256 + byte;
  }
  return BigInt(value);
}

/** The most intervals that a wildcard mask may be taken apart into. */
const most = 1024;

/**
 * The addresses that agree with `base` wherever the wildcard has a 0, exactly, also where its ones have gaps.
 * `undefined` where that takes more than 1024 intervals.
 * @see http://www.electronicbook.org.ua/book/151083/Interconnecting-Cisco-Network-Devices--Part-2--ICND2----CCNA-Exam-640-802-and-ICND-exam-640-816---3rd-Edition-/num_339.html source-wildcard
 */
export function wildcardSet(base: bigint, wildcard: bigint): IntervalSet | undefined {
  const fixed = base & ~wildcard & all;
  let size = 1n;
  while ((wildcard & size) !== 0n) size *= 2n;
  const gaps: bigint[] = [];
  for (let bit = size; bit <= all; bit *= 2n) if ((wildcard & bit) !== 0n) gaps.push(bit);
  if (2 ** gaps.length > most) return undefined;
  let lows = [fixed];
  for (const bit of gaps.toReversed()) lows = lows.flatMap((low) => [low, low | bit]);
  return lows.map((low) => ({ low, high: low + size - 1n }));
}

/** The same for a netmask, whose ones are the bits that count. */
export const maskedSet = (base: bigint, mask: bigint): IntervalSet | undefined =>
  wildcardSet(base, all ^ mask);

/** How long the prefix of a netmask is; `undefined` where its ones have gaps. */
export function prefixLength(mask: bigint): number | undefined {
  const zeros = all ^ mask;
  return (zeros & (zeros + 1n)) === 0n ? 32 - zeros.toString(2).replace(/^0$/, '').length : undefined;
}

/** How many numbers a set has. */
export const sizeOf = (set: Iterable<Interval>): bigint => {
  let size = 0n;
  for (const { low, high } of set) size += high - low + 1n;
  return size;
};
