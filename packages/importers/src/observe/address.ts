import { isIpv4, isIpv6 } from '@holdfast/estate';

/** A range of addresses of one family, both ends within. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** An address as a number, with its family; `undefined` of what is none. A zone is cut off. */
export function addressOf(text: string): { readonly family: 4 | 6; readonly bits: bigint } | undefined {
  const plain = text.split('%', 1)[0] ?? '';
  if (isIpv4(plain)) return { family: 4, bits: bitsOf(plain.split('.'), 8n, 10) };
  if (!isIpv6(plain)) return undefined;
  const hex = plain.includes('.') ? withoutDots(plain) : plain;
  const [head = '', tail] = hex.split('::');
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return { family: 6, bits: bitsOf([...left, ...zeros, ...right], 16n, 16) };
}

const groupsOf = (half: string): readonly string[] => (half === '' ? [] : half.split(':'));

const bitsOf = (parts: readonly string[], width: bigint, radix: number): bigint =>
  parts.reduce((bits, part) => (bits << width) | BigInt(Number.parseInt(part, radix)), 0n);

function withoutDots(address: string): string {
  const cut = address.lastIndexOf(':') + 1;
  const bits = bitsOf(address.slice(cut).split('.'), 8n, 10);
  return `${address.slice(0, cut)}${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
}

/** The range of a network in CIDR notation; bits of the host are let go. */
export function rangeOf(cidr: string): AddressRange | undefined {
  const slash = cidr.indexOf('/');
  const address = addressOf(slash < 0 ? cidr : cidr.slice(0, slash));
  if (!address) return undefined;
  const width = address.family === 4 ? 32 : 128;
  const length = slash < 0 ? width : Number(cidr.slice(slash + 1));
  if (!Number.isInteger(length) || length < 0 || length > width || (slash >= 0 && cidr.endsWith('/')))
    return undefined;
  const hosts = (1n << BigInt(width - length)) - 1n;
  const first = address.bits & ~hosts;
  return { family: address.family, first, last: first | hosts };
}

/** The fewest networks that cover exactly a range. */
export function networksOf({ family, first, last }: AddressRange): readonly string[] {
  const width = family === 4 ? 32 : 128;
  const networks: string[] = [];
  let from = first;
  while (from <= last) {
    let host = 0;
    while (host < width) {
      const larger = (1n << BigInt(host + 1)) - 1n;
      if ((from & larger) !== 0n || from + larger > last) break;
      host += 1;
    }
    networks.push(`${spellAddress(family, from)}/${width - host}`);
    from += 1n << BigInt(host);
  }
  return networks;
}

/**
 * An address as people write it; of IPv6 the longest run of zeros is left out.
 * @see RFC 5952 section 4
 */
export function spellAddress(family: 4 | 6, bits: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 0xffn)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bits >> BigInt(112 - index * 16)) & 0xffffn).toString(16),
  );
  const text = groups.join(':');
  const runs = text.match(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return text;
  const at = text.search(new RegExp(`(?<![0-9a-f])${longest}(?![0-9a-f])`));
  return `${text.slice(0, at).replace(/:$/, '')}::${text.slice(at + longest.length).replace(/^:/, '')}`;
}

/** The one spelling of an address; `undefined` of what is none. */
export function plainAddress(text: string): string | undefined {
  const address = addressOf(text);
  return address && spellAddress(address.family, address.bits);
}

/**
 * A hardware address in lower case with colons, from any of the ways in which tools write it: `00:40:8C:12:34:56`,
 * `0040.8c12.3456`, `00408c-123456`, `00-40-8c-12-34-56`. `undefined` of others, and of what no single host has:
 * group addresses and zero.
 * @see IEEE 802-2014 section 8.2
 */
export function plainMac(text: string): string | undefined {
  const digits = text.trim().toLowerCase().replaceAll(/[.:-]/g, '');
  if (!/^[0-9a-f]{12}$/.test(digits) || /^0+$/.test(digits)) return undefined;
  if (Number.parseInt(digits.slice(0, 2), 16) % 2 === 1) return undefined;
  return digits.match(/../g)?.join(':');
}
