import type { Position } from '@holdfast/kernel';
import { portRangeOf, rangeOf, type Aliases } from './aliases.ts';
import { complementOf, everyAddress, nothing, sureOf, unionOf, type Doubted } from './doubted.ts';
import type { Ports } from './interfaces.ts';
import type { Reading } from './reading.ts';
import { childOf, isOn, textOf, type Element } from './xml-tree.ts';

/** What a configuration is read with. */
export interface Names {
  readonly ports: Ports;
  readonly aliases: Aliases;
  readonly reading: Reading;
}

/** One end of a rule: its addresses, its ports, and the words that say so. Not named: any. */
export interface Side {
  readonly addresses?: Doubted;
  readonly ports?: Doubted;
  readonly portsAt?: Position;
  readonly text: string;
}

/** The addresses that a word stands for; a word that nothing has is an error. */
export function addressesOf(word: string, at: Position, { ports, aliases, reading }: Names): Doubted {
  if (word === '(self)' || word === 'self') return ports.self();
  const range = rangeOf(word);
  if (range) return sureOf([range]);
  const [, key] = /^(\w+)ip$/.exec(word) ?? [];
  const found =
    ports.networkOf(word) ??
    (key === undefined ? undefined : ports.addressOf(key)) ??
    aliases.find(word, 'addresses', at);
  if (found) return found;
  if (ports.numbersOf(word)) {
    const why = reading.unmodelled(`the networks of '${word}' are not in the configuration`, at);
    return { sure: [], maybe: everyAddress, why: [why] };
  }
  reading.unknown(
    `'${word}' is neither an address, an interface nor an alias of this file`,
    at,
    'export the configuration whole',
  );
  return nothing;
}

/** The ports that a word stands for. */
export function portsOf(word: string, at: Position, { aliases, reading }: Names): Doubted {
  const range = portRangeOf(word);
  if (range) return sureOf([range]);
  const found = aliases.find(word, 'ports', at);
  if (found) return found;
  reading.unknown(`'${word}' is neither a port, a range nor an alias of this file`, at);
  return nothing;
}

/** `source` or `destination` of a rule in the older form. */
export function olderSide(rule: Element, name: 'source' | 'destination', names: Names): Side {
  const side = childOf(rule, name);
  if (!side || childOf(side, 'any') || textOf(side, 'network') === 'any')
    return { ...portPart(side, names), text: textOfSide('any', side) };
  const element = [childOf(side, 'network'), childOf(side, 'address')].find(
    (each) => each && each.text !== '',
  );
  if (!element) {
    const why = names.reading.unmodelled(
      `the ${name} names nothing`,
      side.at,
      'the product leaves such a rule out',
    );
    return { addresses: { sure: [], maybe: everyAddress, why: [why] }, text: 'nothing' };
  }
  const found = addressesOf(element.text, element.at, names);
  const isNot = isOn(side, 'not');
  return {
    addresses: isNot ? complementOf(found, everyAddress) : found,
    ...portPart(side, names),
    text: textOfSide(`${isNot ? '!' : ''}${element.text}`, side),
  };
}

const textOfSide = (text: string, side: Element | undefined): string => {
  const port = textOf(side, 'port');
  return port === '' ? text : `${text} port ${port}`;
};

function portPart(side: Element | undefined, names: Names): Pick<Side, 'ports' | 'portsAt'> {
  const port = childOf(side, 'port');
  if (!port || ['', 'any'].includes(port.text)) return {};
  return { ports: portsOf(port.text, port.at, names), portsAt: port.at };
}

/** `source_net`, `source_not` and `source_port` of a rule in the newer form, or the same of its destination. */
export function newerSide(rule: Element, name: 'source' | 'destination', names: Names): Side {
  const net = childOf(rule, `${name}_net`);
  const port = childOf(rule, `${name}_port`);
  const words = (net?.text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  const isNot = isOn(rule, `${name}_not`);
  const ports =
    port && !['', 'any'].includes(port.text)
      ? { ports: portsOf(port.text, port.at, names), portsAt: port.at }
      : {};
  const tail = port && port.text !== '' ? ` port ${port.text}` : '';
  if (!net || words.length === 0 || words.includes('any')) return { ...ports, text: `any${tail}` };
  const found = unionOf(words.map((each) => addressesOf(each, net.at, names)));
  return {
    addresses: isNot ? complementOf(found, everyAddress) : found,
    ...ports,
    text: `${isNot ? '!' : ''}${words.join(',')}${tail}`,
  };
}

/** A word that may stand for any port. */
export const portsOrAny = (element: Element | undefined, names: Names): Doubted | undefined =>
  element && !['', 'any'].includes(element.text) ? portsOf(element.text, element.at, names) : undefined;
