import { family, spellAddress, spellPrefixes } from '../model/address.ts';
import type { Interval, IntervalSet } from '../model/interval.ts';

/** The object groups of IPv4 addresses that lists name, each set once. IOS has none for IPv6. */
export class ObjectGroups {
  readonly #names = new Map<string, string>();
  readonly #lines: string[] = [];

  /** How an entry says a set: `any`, one prefix as it is, else a group. */
  named(set: IntervalSet | undefined): string {
    const [first, ...more] = set ?? [];
    if (set === undefined || first === undefined) return 'any';
    const alone = more.length === 0 ? wildcardText(first) : undefined;
    if (alone !== undefined) return alone;
    const members = set.map((each) => ` ${memberOf(each)}`);
    const key = members.join('\n');
    const known = this.#names.get(key);
    if (known !== undefined) return `object-group ${known}`;
    const name = `HOLDFAST-${this.#names.size + 1}`;
    this.#names.set(key, name);
    this.#lines.push(`object-group network ${name}`, ...members, '!');
    return `object-group ${name}`;
  }

  lines(): readonly string[] {
    return this.#lines;
  }
}

function memberOf(interval: Interval): string {
  const [first = '', ...more] = spellPrefixes(interval);
  if (more.length > 0) return `range ${spellAddress(interval.low)} ${spellAddress(interval.high)}`;
  const [address = '', length] = first.split('/');
  return length === undefined ? `host ${address}` : `${address} ${spellAddress(maskOf(Number(length)))}`;
}

function wildcardText(interval: Interval): string | undefined {
  const [first = '', ...more] = spellPrefixes(interval);
  if (more.length > 0) return undefined;
  const [address = '', length] = first.split('/');
  if (length === undefined) return `host ${address}`;
  return `${address} ${spellAddress(family.ipv4.high - maskOf(Number(length)))}`;
}

const maskOf = (length: number): bigint => family.ipv4.high - ((1n << BigInt(32 - length)) - 1n);
