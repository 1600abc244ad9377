import { problem, type Position, type Problem } from '@holdfast/kernel';
import { prefixOf } from '../model/address.ts';
import type { Interval } from '../model/interval.ts';
import { entryOf, Lines, readJson, textOf, type JsonNode } from '../netfilter/json/json-node.ts';
import { fault } from '../netfilter/syntax-fault.ts';

/** A value of a document, with its path as people write it: `SecurityGroups[0].IpPermissions[2]`. */
export interface Value {
  readonly node: JsonNode;
  readonly path: string;
  readonly at: Position;
}

/** The lists that the command line prints, each under a key of its own. */
export type ListName =
  | 'SecurityGroups'
  | 'NetworkAcls'
  | 'Subnets'
  | 'NetworkInterfaces'
  | 'RouteTables'
  | 'PrefixLists'
  | 'Vpcs';

/** What one or several commands printed: one object with their keys, or a list of such objects. */
export class AwsDocument {
  readonly problems: Problem[] = [];
  readonly #lines: Lines;
  readonly #roots: readonly Value[];

  constructor(file: string, text: string) {
    this.#lines = new Lines(file, text);
    const root = this.#value(readJson(text, this.#lines), '');
    this.#roots = root.node.kind === 'array' ? this.items(root) : [root];
    if (!this.has('SecurityGroups') && !this.has('NetworkAcls'))
      fault(
        root.at,
        'this JSON has neither SecurityGroups nor NetworkAcls',
        'take what aws ec2 describe-security-groups and describe-network-acls print',
      );
  }

  has(name: ListName): boolean {
    return this.#roots.some(({ node }) => entryOf(node, name) !== undefined);
  }

  /** All entries of a list. */
  list(name: ListName): readonly Value[] {
    return this.#roots.flatMap((root) => this.entries(root, name));
  }

  /** The entries of a list in an object; none where there is no such key. Faults where the key is no list. */
  entries(value: Value, key: string): readonly Value[] {
    const own = this.get(value, key);
    if (own === undefined || (own.node.kind === 'literal' && own.node.value === null)) return [];
    if (own.node.kind !== 'array') fault(own.at, `${own.path} is no list`, undefined, 'value-invalid');
    return this.items(own);
  }

  items(value: Value): readonly Value[] {
    if (value.node.kind !== 'array') return [];
    return value.node.items.map((each, index) => this.#value(each, `${value.path}[${index}]`));
  }

  get(value: Value, key: string): Value | undefined {
    const node = entryOf(value.node, key);
    return node && this.#value(node, value.path === '' ? key : `${value.path}.${key}`);
  }

  /** A text or number of an object, as text. */
  text(value: Value, key: string): string | undefined {
    return textOf(this.get(value, key)?.node);
  }

  /** A text that must be there. */
  need(value: Value, key: string): string {
    return (
      this.text(value, key) ?? fault(value.at, `${value.path} has no ${key}`, undefined, 'value-invalid')
    );
  }

  /** A whole number, within bounds; undefined where it is not there. */
  number(value: Value, key: string, low: number, high: number): number | undefined {
    const own = this.get(value, key);
    if (own === undefined) return undefined;
    const number = own.node.kind === 'number' ? own.node.value : Number.NaN;
    if (!Number.isInteger(number) || number < low || number > high)
      fault(own.at, `${own.path} is no whole number from ${low} to ${high}`, undefined, 'value-invalid');
    return number;
  }

  /** A network in CIDR notation; undefined where it is not there. */
  network(value: Value, key: string): Interval | undefined {
    const text = this.text(value, key);
    if (text === undefined) return undefined;
    return (
      prefixOf(text) ??
      fault(
        value.at,
        `${value.path}.${key} '${text}' is no network`,
        'for example 10.0.0.0/16',
        'value-invalid',
      )
    );
  }

  /** Notes something that is not modelled, and returns the note to put on what it touches. */
  note(value: Value, message: string, hint?: string): Problem {
    const found = problem('import-partial', `${value.path === '' ? '' : `${value.path}: `}${message}`, {
      at: value.at,
      hint,
    });
    this.problems.push(found);
    return found;
  }

  /** The whole document, as a place for what belongs to no entry. */
  get root(): Value {
    const [first] = this.#roots;
    return first === undefined
      ? fault({ file: '', line: 1, column: 1 }, 'an empty list has no documents')
      : { ...first, path: '' };
  }

  #value(node: JsonNode, path: string): Value {
    return { node, path, at: this.#lines.at(node.start) };
  }
}
