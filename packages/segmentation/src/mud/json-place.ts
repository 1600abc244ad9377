import { problem, type Position, type Problem, type ProblemCode } from '@holdfast/kernel';
import type { JsonNode, Lines } from '../netfilter/json/json-node.ts';

/** Gathers what is wrong with a JSON document, by line and by pointer. */
export class JsonSink {
  readonly problems: Problem[] = [];
  readonly notes: Problem[] = [];
  readonly #lines: Lines;

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  at(offset: number): Position {
    return this.#lines.at(offset);
  }

  wrong(place: JsonPlace, message: string, code: ProblemCode = 'value-invalid', hint?: string): void {
    this.problems.push(problem(code, `${message} (at ${place.pointer})`, { at: place.at, hint }));
  }

  note(place: JsonPlace, message: string): void {
    this.notes.push(problem('import-partial', `${message} (at ${place.pointer})`, { at: place.at }));
  }
}

/** A value of a JSON document with its pointer. Keys are found with and without the name of their YANG module. @see RFC 6901, RFC 7951 section 4 */
export class JsonPlace {
  readonly node: JsonNode;
  readonly pointer: string;
  readonly #sink: JsonSink;

  constructor(node: JsonNode, pointer: string, sink: JsonSink) {
    this.node = node;
    this.pointer = pointer;
    this.#sink = sink;
  }

  get at(): Position {
    return this.#sink.at(this.node.start);
  }

  /** The entries of an object, by their names without a module. */
  entries(): readonly (readonly [name: string, place: JsonPlace])[] {
    if (this.node.kind !== 'object') {
      this.#sink.wrong(this, 'expected an object', 'type-mismatch');
      return [];
    }
    return [...this.node.entries].map(([key, node]) => [localName(key), this.#inside(key, node)] as const);
  }

  /** The entry of a name, where there is one. */
  find(name: string): JsonPlace | undefined {
    if (this.node.kind !== 'object') return undefined;
    const found = [...this.node.entries].find(([key]) => localName(key) === name);
    return found === undefined ? undefined : this.#inside(...found);
  }

  /** The entry of a name; a problem where there is none. */
  need(name: string): JsonPlace | undefined {
    const found = this.find(name);
    if (found === undefined) this.#sink.wrong(this, `'${name}' is missing`, 'key-missing');
    return found;
  }

  items(): readonly JsonPlace[] {
    if (this.node.kind !== 'array') {
      this.#sink.wrong(this, 'expected a list', 'type-mismatch');
      return [];
    }
    return this.node.items.map((node, index) => this.#inside(String(index), node));
  }

  text(): string | undefined {
    if (this.node.kind === 'string') return this.node.value;
    this.#sink.wrong(this, 'expected a text', 'type-mismatch');
    return undefined;
  }

  /** A whole number up to a greatest one. */
  number(most: number): number | undefined {
    const value = this.node.kind === 'number' ? this.node.value : Number.NaN;
    if (Number.isInteger(value) && value >= 0 && value <= most) return value;
    this.#sink.wrong(this, `expected a whole number up to ${most}`);
    return undefined;
  }

  #inside(key: string, node: JsonNode): JsonPlace {
    const step = key.replaceAll('~', '~0').replaceAll('/', '~1');
    return new JsonPlace(node, `${this.pointer}/${step}`, this.#sink);
  }
}

const localName = (key: string): string => key.slice(key.lastIndexOf(':') + 1);
