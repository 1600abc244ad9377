import { addressOf } from '../../model/address.ts';
import { intervalSet, type IntervalSet } from '../../model/interval.ts';
import type { Position } from '@holdfast/kernel';
import type { Block, ConfigLine } from '../text/config-lines.ts';
import type { Cursor, Reading } from '../text/reading.ts';
import type { Dialect } from '../text/dialect.ts';
import { readAddressRange } from './addresses.ts';
import type { Known, Services } from './matching.ts';
import { isPortOperator, readPorts } from './ports.ts';
import { protocolClause, readIcmp, readProtocol, readService } from './services.ts';

type Kind = 'network' | 'service' | 'protocol' | 'icmp-type';
const kinds: readonly string[] = ['network', 'service', 'protocol', 'icmp-type'] satisfies Kind[];

interface Definition {
  readonly kind: Kind;
  /** Of a service group of ASA that holds ports alone. */
  readonly ports: string | undefined;
  readonly line: ConfigLine;
  readonly body: ConfigLine[];
}

const nothing: Known = { set: [], unknown: [] };

/** The most groups that may lie in each other. */
const deepest = 100;

/** A group that is reached on several ways counts once. */
const distinct = <T>(members: readonly T[]): readonly T[] => [...new Set(members)];

/** The objects and groups of a configuration, read when they are asked for. */
export class Objects {
  readonly #reading: Reading;
  readonly #dialect: Dialect;
  readonly #names: ReadonlyMap<string, string>;
  readonly #objects = new Map<string, Definition>();
  readonly #groups = new Map<string, Definition>();
  readonly #networks = new Map<Definition, Known>();
  readonly #services = new Map<Definition, Services>();
  readonly #open = new Set<Definition>();

  constructor(reading: Reading, dialect: Dialect, names: ReadonlyMap<string, string> = new Map()) {
    this.#reading = reading;
    this.#dialect = dialect;
    this.#names = names;
  }

  /** Takes in an `object` or `object-group` block. An object that comes again goes on with the first. */
  define(block: Block): void {
    const [verb, kind, name, ports] = block.words.map(({ text }) => text);
    if (kind === undefined || name === undefined) {
      this.#reading.error(this.#reading.at(block), `${verb ?? ''} without a kind and a name`);
      return;
    }
    if (!kinds.includes(kind)) {
      this.#reading.note(this.#reading.at(block, 1), `${verb ?? ''} ${kind} is not modelled`);
      return;
    }
    const known = verb === 'object' ? this.#objects : this.#groups;
    const earlier = known.get(name);
    if (earlier !== undefined) earlier.body.push(...block.body);
    // `kinds` has the members of Kind.
    else known.set(name, { kind: kind as Kind, ports, line: block, body: [...block.body] });
  }

  /** An address that may be an alias of the `name` command. */
  alias(text: string): string {
    return this.#names.get(text) ?? text;
  }

  /** A single address, or what the `name` command gave a name to. */
  address(text: string): Known | undefined {
    const value = addressOf(this.alias(text));
    return value === undefined ? undefined : { set: [{ low: value, high: value }], unknown: [] };
  }

  /** Reads every definition, so that a broken one that nothing uses is told too. */
  readAll(): void {
    for (const each of [...this.#objects.values(), ...this.#groups.values()]) {
      if (each.kind === 'network') this.#network(each);
      else this.#service(each);
    }
  }

  isService(name: string): boolean {
    return this.#groups.get(name)?.kind === 'service';
  }

  has(kind: 'object' | 'object-group', name: string): boolean {
    return (kind === 'object' ? this.#objects : this.#groups).has(name);
  }

  /** The addresses of an object or a group. */
  network(kind: 'object' | 'object-group', name: string, at: Position): Known | undefined {
    const found = this.#find(kind, name, at);
    if (found === undefined) return undefined;
    return found.kind === 'network'
      ? this.#network(found)
      : this.#reading.error(at, `${kind} ${name} holds no networks`, undefined, 'reference-kind');
  }

  /** The services, protocols or ICMP messages of an object or a group. */
  services(kind: 'object' | 'object-group', name: string, at: Position): Services | undefined {
    const found = this.#find(kind, name, at);
    if (found === undefined) return undefined;
    return found.kind === 'network'
      ? this.#reading.error(at, `${kind} ${name} holds networks, not services`, undefined, 'reference-kind')
      : this.#service(found);
  }

  #find(kind: 'object' | 'object-group', name: string, at: Position): Definition | undefined {
    const found = (kind === 'object' ? this.#objects : this.#groups).get(name);
    return found ?? this.#reading.error(at, `there is no ${kind} ${name}`, undefined, 'reference-unknown');
  }

  #network(definition: Definition): Known {
    const known = this.#networks.get(definition);
    if (known !== undefined) return known;
    const members = this.#members(definition, (line) => this.#networkMember(line));
    const value = {
      set: intervalSet(members.flatMap(({ set }): IntervalSet => set)),
      unknown: distinct(members.flatMap(({ unknown }) => unknown)),
    };
    this.#networks.set(definition, value);
    return value;
  }

  #service(definition: Definition): Services {
    const known = this.#services.get(definition);
    if (known !== undefined) return known;
    const members = this.#members(definition, (line) => this.#serviceMember(line, definition));
    const value = {
      clauses: distinct(members.flatMap(({ clauses }) => clauses)),
      unknown: distinct(members.flatMap(({ unknown }) => unknown)),
    };
    this.#services.set(definition, value);
    return value;
  }

  #members<T>(definition: Definition, read: (line: ConfigLine) => T | undefined): readonly T[] {
    if (this.#open.has(definition)) {
      this.#reading.error(
        this.#reading.at(definition.line),
        'the group holds itself',
        'take one of the groups out',
      );
      return [];
    }
    if (this.#open.size >= deepest) {
      this.#reading.error(
        this.#reading.at(definition.line),
        `groups lie in each other more than ${deepest} deep`,
      );
      return [];
    }
    this.#open.add(definition);
    const members = definition.body.flatMap((line) => read(line) ?? []);
    this.#open.delete(definition);
    return members;
  }

  #networkMember(line: ConfigLine): Known | undefined {
    const cursor = this.#reading.cursor(line);
    const at = cursor.at();
    const word = cursor.peek();
    if (word === 'description' || word === 'nat' || word === 'no') return nothing;
    if (cursor.take('group-object') !== undefined)
      return this.network('object-group', cursor.next() ?? '', at);
    const isObject = cursor.take('network-object', 'subnet') !== undefined;
    if (isObject && cursor.take('object') !== undefined)
      return this.network('object', cursor.next() ?? '', at);
    if (cursor.take('fqdn') !== undefined)
      return { set: [], unknown: [this.#reading.note(at, 'what a DNS name stands for is not known')] };
    const known = readAddressRange(cursor, this.#reading, this, 'mask');
    if (known !== undefined && !cursor.isDone)
      return this.#reading.error(cursor.at(), `'${cursor.peek() ?? ''}' is one word too many`);
    return known;
  }

  #serviceMember(line: ConfigLine, { kind, ports }: Definition): Services | undefined {
    const cursor: Cursor = this.#reading.cursor(line);
    const at = cursor.at();
    const word = cursor.take(
      'description',
      'group-object',
      'port-object',
      'service-object',
      'protocol-object',
      'icmp-object',
      'service',
    );
    if (word === 'description') return { clauses: [], unknown: [] };
    if (word === 'group-object') return this.services('object-group', cursor.next() ?? '', at);
    if (word === 'port-object') return this.#ports(cursor, ports);
    if (word === 'icmp-object' || kind === 'icmp-type') return this.#icmp(cursor);
    if (word === 'protocol-object') {
      const protocol = readProtocol(cursor, this.#reading);
      return protocol && { clauses: [protocolClause(protocol)], unknown: [] };
    }
    if (word === 'service-object' && cursor.take('object') !== undefined)
      return this.services('object', cursor.next() ?? '', at);
    return readService(cursor, this.#reading, this.#dialect);
  }

  #ports(cursor: Cursor, protocol: string | undefined): Services | undefined {
    if (!isPortOperator(cursor.peek()))
      return this.#reading.error(cursor.at(), `'${cursor.peek() ?? ''}' is no port operator`, 'eq or range');
    const known = readPorts(cursor, this.#reading, this.#dialect, protocol);
    return known && { clauses: known.set.length === 0 ? [] : [{ dport: known.set }], unknown: known.unknown };
  }

  #icmp(cursor: Cursor): Services | undefined {
    const at = cursor.at();
    const word = cursor.peek();
    const clause = readIcmp(cursor, this.#reading, 'icmp') ?? readIcmp(cursor, this.#reading, 'icmp6');
    if (clause !== undefined) return { clauses: [clause], unknown: [] };
    return {
      clauses: [],
      unknown: [this.#reading.note(at, `the ICMP message '${word ?? ''}' is not known`)],
    };
  }
}
