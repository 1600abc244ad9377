import { addressOf, family, prefixOf } from '../../model/address.ts';
import { intervalSet, only, type IntervalSet } from '../../model/interval.ts';
import { ipv6Offset } from '../../model/packet.ts';
import type { Cursor, Reading } from '../text/reading.ts';
import { ipv4Of, maskedSet, wildcardSet } from '../text/wildcard.ts';
import type { Known } from './matching.ts';

/** What an address may be an alias of. */
interface Aliases {
  alias(text: string): string;
}

const known = (set: IntervalSet): Known => ({ set, unknown: [] });

/** Which bits of the word behind an address count: those that a netmask sets, or those that a wildcard leaves. */
export type MaskKind = 'mask' | 'wildcard';

/** Every address of one family, or of both. */
export const anyOf = (which: 'ipv4' | 'ipv6' | 'both'): Known =>
  known(which === 'both' ? [{ low: family.ipv4.low, high: family.ipv6.high }] : [family[which]]);

/** Reads `any`, `host A`, `range A B`, `A MASK`, `A /LENGTH` or `A/LENGTH`. Undefined, and told, where it is none. */
export function readAddressRange(
  cursor: Cursor,
  reading: Reading,
  aliases: Aliases,
  masks: MaskKind,
): Known | undefined {
  const any = cursor.take('any', 'any4', 'any6');
  if (any === 'any') return anyOf(masks === 'wildcard' ? 'ipv4' : 'both');
  if (any !== undefined) return anyOf(any === 'any6' ? 'ipv6' : 'ipv4');
  if (cursor.take('host') !== undefined) {
    const value = readAddress(cursor, reading, aliases);
    return value === undefined ? undefined : known(only(value));
  }
  if (cursor.take('range') !== undefined) return readRange(cursor, reading, aliases);
  const word = cursor.peek() ?? '';
  if (!word.includes('/')) return readMasked(cursor, reading, aliases, masks);
  const prefix = prefixOf(word);
  if (prefix === undefined)
    return reading.error(cursor.at(), `'${word}' is no prefix`, 'for example 2001:db8::/32');
  cursor.next();
  return known([prefix]);
}

/** Reads one address, or the name that stands for one. Undefined, and told, where it is none. */
export function readAddress(cursor: Cursor, reading: Reading, aliases: Aliases): bigint | undefined {
  const at = cursor.at();
  const word = cursor.next();
  const text = word === undefined ? undefined : aliases.alias(word);
  const value = text === undefined ? undefined : (ipv4Of(text) ?? addressOf(text));
  return (
    value ??
    reading.error(
      at,
      word === undefined ? 'an address is missing' : `'${word}' is no address`,
      'for example 10.0.0.1',
    )
  );
}

function readRange(cursor: Cursor, reading: Reading, aliases: Aliases): Known | undefined {
  const at = cursor.at();
  const low = readAddress(cursor, reading, aliases);
  const high = low === undefined ? undefined : readAddress(cursor, reading, aliases);
  if (low === undefined || high === undefined) return undefined;
  if (low > high || low < ipv6Offset !== high < ipv6Offset)
    return reading.error(at, 'the range of addresses ends before it begins');
  return known([{ low, high }]);
}

function readMasked(cursor: Cursor, reading: Reading, aliases: Aliases, masks: MaskKind): Known | undefined {
  const at = cursor.at();
  const base = readAddress(cursor, reading, aliases);
  if (base === undefined) return undefined;
  const maskAt = cursor.at();
  const word = cursor.next() ?? '';
  if (base < ipv6Offset && /^\/([12]?\d|3[0-2])$/.test(word)) {
    const wildcard = (1n << BigInt(32 - Number(word.slice(1)))) - 1n;
    return known(wildcardSet(base, wildcard) ?? []);
  }
  const mask = ipv4Of(word);
  if (mask === undefined || base >= ipv6Offset)
    return reading.error(
      maskAt,
      word === '' ? `a ${masks} is missing` : `'${word}' is no ${masks}`,
      masks === 'mask' ? 'for example 255.255.255.0' : 'for example 0.0.0.255',
    );
  const set = masks === 'mask' ? maskedSet(base, mask) : wildcardSet(base, mask);
  if (set !== undefined) return known(intervalSet(set));
  return { set: [], unknown: [reading.note(at, 'the mask has too many gaps to be taken apart exactly')] };
}
