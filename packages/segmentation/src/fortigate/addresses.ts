import type { Position } from '@holdfast/kernel';
import type { Reading } from '../cisco/text/reading.ts';
import { ipv4Of, maskedSet } from '../cisco/text/wildcard.ts';
import { addressOf, family, prefixOf } from '../model/address.ts';
import type { IntervalSet } from '../model/interval.ts';
import { complementOf, nothing, sureOf, unionOf, type Doubted } from '../sense/doubted.ts';
import type { Block } from './config-text.ts';
import { isOn, lineOf, valueOf, valuesOf, type Vdom } from './vdom.ts';

export type Family = 'ipv4' | 'ipv6';

/** Groups may lie in each other so deep. */
const deepest = 32;

/**
 * Addresses and groups of a virtual domain, read when they are first asked for, and once. What a name, a country or a
 * connector stands for is not known.
 * @see https://docs.fortinet.com/document/fortigate/7.0.3/cli-reference/258620 config firewall address
 */
export class Addresses {
  readonly #reading: Reading;
  readonly #family: Family;
  readonly #blocks = new Map<string, Block>();
  readonly #groups = new Map<string, Block>();
  readonly #known = new Map<string, Doubted>();
  readonly #open = new Set<string>();

  constructor(vdom: Vdom, which: Family, reading: Reading) {
    this.#reading = reading;
    this.#family = which;
    const end = which === 'ipv6' ? '6' : '';
    for (const block of vdom.entries(`firewall address${end}`)) this.#blocks.set(block.name, block);
    for (const block of vdom.entries(`firewall addrgrp${end}`)) this.#groups.set(block.name, block);
  }

  has(name: string): boolean {
    return this.#blocks.has(name) || this.#groups.has(name) || name === 'all' || name === 'none';
  }

  /** The addresses of a name. An unknown name is told at the place given. */
  named(name: string, at: Position): Doubted {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const value = this.#read(name, at);
    this.#known.set(name, value);
    return value;
  }

  #read(name: string, at: Position): Doubted {
    const [block, group] = [this.#blocks.get(name), this.#groups.get(name)];
    if (block !== undefined) return this.#address(block);
    if (group !== undefined) return this.#group(group);
    if (name === 'all') return sureOf([family[this.#family]]);
    if (name === 'none') return nothing;
    this.#reading.error(at, `there is no address ${name}`, undefined, 'reference-unknown');
    return nothing;
  }

  #unknown(block: Block, message: string, key: string): Doubted {
    const why = this.#reading.note(this.#reading.at(lineOf(block, key)), message);
    return { sure: [], maybe: [family[this.#family]], why: [why] };
  }

  #invalid(block: Block, key: string, hint: string): Doubted {
    const line = lineOf(block, key);
    const text = line.words
      .slice(2)
      .map((each) => each.text)
      .join(' ');
    this.#reading.error(
      this.#reading.at(line, line === block.line ? 0 : 2),
      `address ${block.name} has ${line === block.line ? `no ${key}` : `no right ${key}: '${text.slice(0, 60)}'`}`,
      hint,
    );
    return nothing;
  }

  #address(block: Block): Doubted {
    const type = valueOf(block, 'type') ?? (this.#family === 'ipv4' ? 'ipmask' : 'ipprefix');
    if (type === 'iprange') return this.#range(block);
    if (type === 'wildcard') return this.#wildcard(block);
    if (type === 'ipmask' || type === 'interface-subnet') return this.#subnet(block, type);
    if (type === 'ipprefix') return this.#prefix(block);
    const what =
      type === 'fqdn' || type === 'wildcard-fqdn'
        ? 'what a DNS name stands for is not known'
        : type === 'geography'
          ? 'which addresses a country has is not known'
          : `addresses of type '${type}' are not modelled`;
    return this.#unknown(block, what, 'type');
  }

  #subnet(block: Block, type: string): Doubted {
    const words = valuesOf(block, 'subnet');
    if (words.length === 0)
      return type === 'ipmask'
        ? sureOf([family.ipv4])
        : this.#unknown(block, 'the network of the interface is not in this address', 'interface');
    const prefix = words.length === 1 ? prefixOf(words[0] ?? '') : undefined;
    if (prefix !== undefined && words[0]?.includes('/') === true) return sureOf([prefix]);
    const set = this.#masked(words);
    return set === undefined
      ? this.#invalid(block, 'subnet', 'for example 10.1.0.0 255.255.0.0')
      : sureOf(set);
  }

  #masked([address, mask]: readonly string[]): IntervalSet | undefined {
    const [base, ones] = [ipv4Of(address), ipv4Of(mask)];
    return base === undefined || ones === undefined ? undefined : maskedSet(base, ones);
  }

  #wildcard(block: Block): Doubted {
    const set = this.#masked(valuesOf(block, 'wildcard'));
    return set === undefined
      ? this.#invalid(
          block,
          'wildcard',
          'for example 10.1.0.5 255.255.0.255, whose ones are the bits that count',
        )
      : sureOf(set);
  }

  #range(block: Block): Doubted {
    const [low, high] = [
      addressOf(valueOf(block, 'start-ip') ?? ''),
      addressOf(valueOf(block, 'end-ip') ?? ''),
    ];
    if (low === undefined) return this.#invalid(block, 'start-ip', 'one address');
    if (high === undefined || high < low)
      return this.#invalid(block, 'end-ip', 'one address, not below the first');
    return sureOf([{ low, high }]);
  }

  #prefix(block: Block): Doubted {
    const text = valueOf(block, 'ip6');
    if (text === undefined) return sureOf([family.ipv6]);
    const prefix = prefixOf(text);
    return prefix === undefined || !text.includes(':')
      ? this.#invalid(block, 'ip6', 'for example 2001:db8::/64')
      : sureOf([prefix]);
  }

  #group(block: Block): Doubted {
    if (this.#open.has(block.name) || this.#open.size >= deepest) {
      this.#reading.error(
        this.#reading.at(block.line),
        this.#open.has(block.name)
          ? `the group ${block.name} holds itself`
          : `groups lie in each other more than ${deepest} deep`,
      );
      return nothing;
    }
    this.#open.add(block.name);
    const members = this.#members(block, 'member');
    const without = isOn(block, 'exclude') ? this.#members(block, 'exclude-member') : nothing;
    this.#open.delete(block.name);
    if (without === nothing) return members;
    const left = complementOf(without, [family[this.#family]]);
    return both(members, left);
  }

  #members(block: Block, key: string): Doubted {
    return unionOf(
      valuesOf(block, key).map((name, index) =>
        this.named(name, this.#reading.at(lineOf(block, key), index + 2)),
      ),
    );
  }
}

/** What is in both sets. */
function both(a: Doubted, b: Doubted): Doubted {
  const all = [{ low: family.ipv4.low, high: family.ipv6.high }];
  return complementOf(unionOf([complementOf(a, all), complementOf(b, all)]), all);
}
