import type { Position } from '@holdfast/kernel';
import type { Reading } from '../cisco/text/reading.ts';
import { ipv4Of, maskedSet } from '../cisco/text/wildcard.ts';
import { addressOf, family, prefixOf } from '../model/address.ts';
import { everyAddress, nothing, sureOf, unionOf, type Doubted } from '../sense/doubted.ts';
import type { Statement } from './statement.ts';

const deepest = 32;
const anyAddress: Doubted = sureOf(everyAddress);

/**
 * Address books: the one of a zone goes before the global one. What a DNS name or a feed stands for is not known.
 * @see https://www.juniper.net/documentation/en_US/junos-space22.2/topics/concept/junos-space-nat-global-address-book-overview.html
 */
export class AddressBooks {
  readonly #reading: Reading;
  readonly #books: ReadonlyMap<string, readonly Statement[]>;
  readonly #feeds: Statement | undefined;
  readonly #known = new Map<Statement, Doubted>();
  readonly #open = new Set<Statement>();

  constructor(root: Statement, reading: Reading) {
    this.#reading = reading;
    this.#feeds = root.at('security', 'dynamic-address', 'address-name');
    const books = new Map<string, Statement[]>();
    const add = (zone: string, book: Statement): void => {
      books.set(zone, [...(books.get(zone) ?? []), book]);
    };
    for (const zone of root.below('security', 'zones', 'security-zone')) {
      const book = zone.at('address-book');
      if (book !== undefined) add(zone.word, book);
    }
    for (const book of root.below('security', 'address-book')) {
      if (book.word === 'global') add('', book);
      else for (const zone of book.below('attach', 'zone')) add(zone.word, book);
    }
    this.#books = books;
  }

  /** The addresses of a name as policies of a zone know it; '' for those of no zone. Told where it is not there. */
  named(name: string, zone: string, at: Position): Doubted {
    if (name === 'any') return anyAddress;
    if (name === 'any-ipv4') return sureOf([family.ipv4]);
    if (name === 'any-ipv6') return sureOf([family.ipv6]);
    const books = [...(this.#books.get(zone) ?? []), ...(zone === '' ? [] : (this.#books.get('') ?? []))];
    for (const book of books) {
      const [address, set] = [book.at('address', name), book.at('address-set', name)];
      if (address !== undefined) return this.#once(address, () => this.#address(address));
      if (set !== undefined) return this.#once(set, () => this.#set(set, zone));
    }
    const feed = this.#feeds?.child(name);
    if (feed !== undefined)
      return this.#once(feed, () => this.#unknown(feed, 'which addresses a feed has is not known'));
    this.#reading.error(
      at,
      zone === ''
        ? `there is no address ${name}`
        : `neither zone ${zone} nor all zones have an address ${name}`,
      undefined,
      'reference-unknown',
    );
    return nothing;
  }

  #once(statement: Statement, read: () => Doubted): Doubted {
    const known = this.#known.get(statement);
    if (known !== undefined) return known;
    const value = read();
    this.#known.set(statement, value);
    return value;
  }

  #unknown({ line }: Statement, message: string): Doubted {
    return { sure: [], maybe: everyAddress, why: [this.#reading.note(this.#reading.at(line), message)] };
  }

  #address(statement: Statement): Doubted {
    const value = statement.children.find(({ word }) => word !== 'description');
    if (value === undefined) return this.#invalid(statement, `address ${statement.word} has no value`);
    if (value.word === 'dns-name') return this.#unknown(value, 'what a DNS name stands for is not known');
    if (value.word === 'wildcard-address') return this.#wildcard(value);
    if (value.word === 'range-address') return this.#range(value);
    const prefix = prefixOf(value.word === 'ip-prefix' ? (value.children[0]?.word ?? '') : value.word);
    if (prefix !== undefined) return sureOf([prefix]);
    return this.#invalid(value, `'${value.word.slice(0, 60)}' is no prefix`);
  }

  #wildcard(value: Statement): Doubted {
    const text = value.children[0]?.word ?? '';
    const [base, mask] = text.split('/');
    const [low, ones] = [ipv4Of(base), ipv4Of(mask)];
    const set = low === undefined || ones === undefined ? undefined : maskedSet(low, ones);
    return set === undefined
      ? this.#invalid(value, `'${text.slice(0, 60)}' is no wildcard address`)
      : sureOf(set);
  }

  #range(value: Statement): Doubted {
    const [from] = value.children;
    const [low, high] = [addressOf(from?.word ?? ''), addressOf(from?.value('to') ?? '')];
    return low === undefined || high === undefined || high < low
      ? this.#invalid(value, 'the range has no two addresses in order')
      : sureOf([{ low, high }]);
  }

  #set(statement: Statement, zone: string): Doubted {
    if (this.#open.has(statement) || this.#open.size >= deepest)
      return this.#invalid(
        statement,
        this.#open.has(statement)
          ? `the set ${statement.word} holds itself`
          : `sets lie in each other more than ${deepest} deep`,
      );
    this.#open.add(statement);
    const members = [...statement.below('address'), ...statement.below('address-set')];
    const value = unionOf(members.map(({ word, line }) => this.named(word, zone, this.#reading.at(line))));
    this.#open.delete(statement);
    return value;
  }

  #invalid({ line }: Statement, message: string): Doubted {
    this.#reading.error(this.#reading.at(line), message, 'for example 10.1.0.0/16');
    return nothing;
  }
}
