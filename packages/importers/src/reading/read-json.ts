import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import type { DecodedFile } from './decode.ts';
import type { JsonNode } from './json-node.ts';

/** Deeper nesting than any of these tools writes. */
const depthLimit = 100;

const space = /[ \t\n\r]*/y;
// Every character but the quote, the backslash and those below the space.
const plainString = /"[ !#-[\]-\uFFFF]*"/y;
const plainRun = /[ !#-[\]-\uFFFF]*/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;

class JsonError extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Reads RFC 8259 JSON into nodes that know where they stand. Of a key that stands twice the last counts.
 * Fails with `json-syntax` at the first character that does not fit.
 */
export function readJson(file: DecodedFile): Result<JsonNode, Problem> {
  try {
    return ok(new JsonReader(file.text).whole());
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const isCut = error.offset >= file.text.length;
    return fail(
      problem('json-syntax', isCut ? `${file.name} ends in the middle` : error.message, {
        at: file.at(Math.min(error.offset, file.text.length)),
        hint: isCut ? 'the export was cut off; make it again' : 'expected JSON as the tool wrote it',
      }),
    );
  }
}

class JsonReader {
  readonly #text: string;
  #offset = 0;
  readonly #keys = new Map<string, string>();

  constructor(text: string) {
    this.#text = text;
    if (text.startsWith('\uFEFF')) this.#offset = 1;
  }

  whole(): JsonNode {
    this.#match(space);
    const node = this.#value(0);
    this.#match(space);
    if (this.#offset < this.#text.length) throw this.#unexpected('the end of the file');
    return node;
  }

  #value(depth: number): JsonNode {
    const offset = this.#offset;
    if (depth > depthLimit) throw new JsonError(offset, `this nests deeper than ${depthLimit} levels`);
    const first = this.#text[offset];
    if (first === '{') return this.#object(offset, depth);
    if (first === '[') return this.#array(offset, depth);
    if (first === '"') return { kind: 'scalar', offset, value: this.#string() };
    const digits = this.#match(number);
    if (digits !== undefined) return { kind: 'scalar', offset, value: Number(digits) };
    const name = this.#match(word);
    if (name === undefined) throw this.#unexpected('a value');
    return { kind: 'scalar', offset, value: name === 'null' ? null : name === 'true' };
  }

  #object(offset: number, depth: number): JsonNode {
    const keys: string[] = [];
    const values: JsonNode[] = [];
    this.#offset += 1;
    this.#match(space);
    if (this.#take('}')) return { kind: 'object', offset, keys, values };
    do {
      this.#match(space);
      if (this.#text[this.#offset] !== '"') throw this.#unexpected('a key in quotes');
      const key = this.#string();
      this.#match(space);
      if (!this.#take(':')) throw this.#unexpected(':');
      this.#match(space);
      keys.push(this.#shared(key));
      values.push(this.#value(depth + 1));
      this.#match(space);
    } while (this.#take(','));
    if (!this.#take('}')) throw this.#unexpected(', or }');
    return { kind: 'object', offset, keys, values };
  }

  #array(offset: number, depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.#offset += 1;
    this.#match(space);
    if (this.#take(']')) return { kind: 'array', offset, items };
    do {
      this.#match(space);
      items.push(this.#value(depth + 1));
      this.#match(space);
    } while (this.#take(','));
    if (!this.#take(']')) throw this.#unexpected(', or ]');
    return { kind: 'array', offset, items };
  }

  #string(): string {
    const plain = this.#match(plainString);
    if (plain !== undefined) return plain.slice(1, -1);
    const start = this.#offset;
    this.#offset += 1;
    // Piece by piece: one pattern for all of a long text would use up the stack.
    do this.#match(plainRun);
    while (this.#match(escape) !== undefined);
    // What the patterns let through is a string of JSON.
    if (this.#take('"')) return JSON.parse(this.#text.slice(start, this.#offset)) as string;
    throw this.#offset >= this.#text.length
      ? new JsonError(this.#text.length, 'a text without its closing quote')
      : this.#unexpected('a text without control characters, with known escapes');
  }

  /** One text for all keys that are alike. */
  #shared(key: string): string {
    const known = this.#keys.get(key);
    if (known === undefined && this.#keys.size < 10_000) this.#keys.set(key, key);
    return known ?? key;
  }

  #take(character: string): boolean {
    if (this.#text[this.#offset] !== character) return false;
    this.#offset += 1;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#offset += found.length;
    return found;
  }

  #unexpected(expected: string): JsonError {
    const found = this.#text[this.#offset];
    return new JsonError(this.#offset, `expected ${expected}, found ${JSON.stringify(found ?? 'the end')}`);
  }
}
