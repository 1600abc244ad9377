import type { Problem } from '@holdfast/kernel';
import { addressOf, prefixOf } from '../model/address.ts';
import { intervalSet, subtract, type Interval, type IntervalSet } from '../model/interval.ts';
import { everyAddress, everyPort, sureOf, unionOf, type Doubted } from './doubted.ts';
import type { Ports } from './interfaces.ts';
import { serviceOf } from './protocols.ts';
import type { Reading } from './reading.ts';
import { childOf, childrenOf, elementAt, isOn, textOf, type Element } from './xml-tree.ts';

/** What a rule may name instead of addresses or ports. */
export type AliasKind = 'addresses' | 'ports';

/** The kinds whose content stands in the file. What others hold is fetched, resolved or learned while the firewall runs. */
const written: ReadonlySet<string> = new Set(['host', 'network', 'port', 'networkgroup']);

/** Tables that OPNsense has of its own. */
const tables: ReadonlySet<string> = new Set(['bogons', 'bogonsv6', 'virusprot', 'sshlockout']);

/**
 * The aliases of a configuration: `aliases/alias` of both products, and OPNsense's `OPNsense/Firewall/Alias`.
 * @see https://docs.opnsense.org/manual/aliases.html
 * @see https://docs.netgate.com/pfsense/en/latest/firewall/aliases.html
 */
export class Aliases {
  readonly #elements = new Map<string, Element>();
  readonly #read = new Map<string, Doubted>();
  readonly #open = new Set<string>();
  readonly #ports: Ports;
  readonly #reading: Reading;

  constructor(root: Element, ports: Ports, reading: Reading) {
    this.#ports = ports;
    this.#reading = reading;
    const all = [
      ...childrenOf(childOf(root, 'aliases'), 'alias'),
      ...childrenOf(elementAt(root, 'OPNsense', 'Firewall', 'Alias', 'aliases'), 'alias'),
    ];
    for (const each of all) {
      const name = textOf(each, 'name');
      if (this.#elements.has(name)) reading.invalid(`a second alias is named '${name}'`, each.at);
      else if (name !== '') this.#elements.set(name, each);
    }
  }

  /** What an alias stands for; `undefined` where nothing in the file has the name, or it is of the other kind. */
  find(name: string, kind: AliasKind, at: Element['at']): Doubted | undefined {
    const element = this.#elements.get(name);
    if (!element) return kind === 'addresses' ? this.#own(name, at) : undefined;
    const isPorts = /port/.test(textOf(element, 'type'));
    return isPorts === (kind === 'ports') ? this.#content(name, element, kind) : undefined;
  }

  /** What OPNsense names by itself: tables, and `__lan_network`. */
  #own(name: string, at: Element['at']): Doubted | undefined {
    const [, key] = /^__(\w+)_network$/.exec(name) ?? [];
    if (key !== undefined) return this.#ports.networkOf(key);
    if (!tables.has(name)) return undefined;
    return anything('addresses', [
      this.#reading.unmodelled(`what the table '${name}' holds is not in the configuration`, at),
    ]);
  }

  #content(name: string, element: Element, kind: AliasKind): Doubted {
    const known = this.#read.get(name);
    if (known) return known;
    if (this.#open.has(name)) {
      this.#reading.invalid(`the alias '${name}' contains itself`, element.at);
      return sureOf([]);
    }
    this.#open.add(name);
    const found = this.#parts(name, element, kind);
    this.#open.delete(name);
    this.#read.set(name, found);
    return found;
  }

  #parts(name: string, element: Element, kind: AliasKind): Doubted {
    const type = textOf(element, 'type');
    const isOff = childOf(element, 'enabled') !== undefined && !isOn(element, 'enabled');
    if (isOff || !written.has(type)) {
      const why = isOff
        ? `the alias '${name}' is off`
        : `what the alias '${name}' (${type}) holds is not in the configuration`;
      return anything(kind, [this.#reading.unmodelled(why, element.at)]);
    }
    const content = childOf(element, 'content') ?? childOf(element, 'address');
    const words = content?.text.split(/[\s,]+/).filter((each) => each !== '') ?? [];
    const at = content?.at ?? element.at;
    const ranges: Interval[] = [];
    const others: Doubted[] = [];
    for (const word of words) {
      const range = kind === 'ports' ? portRangeOf(word) : rangeOf(word);
      if (range) ranges.push(range);
      else others.push(this.#nested(name, word, kind, at));
    }
    return unionOf([sureOf(intervalSet(ranges)), ...others]);
  }

  #nested(name: string, word: string, kind: AliasKind, at: Element['at']): Doubted {
    const nested = this.find(word, kind, at);
    if (nested) return nested;
    if (kind === 'addresses' && /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+\.?$/i.test(word) && !/^[\d.]+$/.test(word))
      return anything(kind, [
        this.#reading.unmodelled(`the alias '${name}' names the host ${word}, whose addresses DNS gives`, at),
      ]);
    if (kind === 'addresses' && (word.startsWith('!') || /^[\d.]+\/[\d.]+$/.test(word)))
      return anything(kind, [
        this.#reading.unmodelled(`the alias '${name}' has '${word}', which is not modelled`, at),
      ]);
    this.#reading.unknown(
      `the alias '${name}' has '${word}', which is neither ${kind === 'ports' ? 'a port' : 'an address'} nor an alias of this file`,
      at,
    );
    return sureOf([]);
  }
}

/** All that an alias could hold. */
const anything = (kind: AliasKind, why: readonly Problem[]): Doubted => ({
  sure: [],
  maybe: kind === 'ports' ? everyPort : everyAddress,
  why,
});

/** An address, a prefix, or a range from one address to another. */
export function rangeOf(text: string): Interval | undefined {
  const [first = '', last, more] = text.split('-');
  if (last === undefined) return prefixOf(text);
  const [low, high] = [addressOf(first), addressOf(last)];
  return more === undefined && low !== undefined && high !== undefined && low <= high
    ? { low, high }
    : undefined;
}

/** A port, a service, or a range with `:` or `-`. `any` stands for the end that it is at. */
export function portRangeOf(text: string): Interval | undefined {
  const [first = '', last, more] = text.split(/[:-]/);
  if (more !== undefined) return undefined;
  const low = last !== undefined && first === 'any' ? 1n : portOf(first);
  const high = last === undefined ? low : last === 'any' ? 65_535n : portOf(last);
  return low !== undefined && high !== undefined && low <= high ? { low, high } : undefined;
}

function portOf(text: string): bigint | undefined {
  const service = serviceOf(text.toLowerCase());
  if (service !== undefined) return BigInt(service);
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? BigInt(text) : undefined;
}

/** What is left of addresses when networks that are certain are taken out. */
export const without = (set: IntervalSet, taken: readonly string[]): IntervalSet =>
  subtract(set, intervalSet(taken.flatMap((each) => prefixOf(each) ?? [])));
