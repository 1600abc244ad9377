import type { Position } from '@holdfast/kernel';
import { fault } from '../syntax-fault.ts';

/** A JSON value that knows where it stands. */
export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, JsonNode> }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'literal'; readonly value: boolean | null }
);

const deepest = 64;

/** Gives offsets of a text their line and column. */
export class Lines {
  readonly #file: string;
  readonly #starts: readonly number[];

  constructor(file: string, text: string) {
    this.#file = file;
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  at(offset: number): Position {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.#file, line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

/** Reads JSON with positions. Faults with `json-syntax`, and says what to do by `hint`. */
export function readJson(
  text: string,
  lines: Lines,
  hint = 'take the output of the command as it is',
): JsonNode {
  return new JsonReader(text, lines, hint).read();
}

class JsonReader {
  readonly #text: string;
  readonly #lines: Lines;
  readonly #hint: string;
  #next = 0;

  constructor(text: string, lines: Lines, hint: string) {
    this.#text = text;
    this.#lines = lines;
    this.#hint = hint;
  }

  read(): JsonNode {
    const node = this.#value(0);
    this.#space();
    if (this.#next < this.#text.length) this.#broken('something stands behind the end of the JSON');
    return node;
  }

  #broken(message: string): never {
    return fault(this.#lines.at(this.#next), message, this.#hint, 'json-syntax');
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#next] ?? '')) this.#next += 1;
  }

  #value(depth: number): JsonNode {
    if (depth > deepest) this.#broken(`the JSON is nested more than ${deepest} deep`);
    this.#space();
    const start = this.#next;
    switch (this.#text[start]) {
      case '{':
        return this.#object(start, depth);
      case '[':
        return this.#array(start, depth);
      case '"':
        return { kind: 'string', value: this.#string(), start, end: this.#next };
      default:
        return this.#scalar(start);
    }
  }

  #scalar(start: number): JsonNode {
    const [word] =
      /^(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)/.exec(this.#text.slice(start, start + 40)) ?? [];
    if (word === undefined) this.#broken('here should be a JSON value');
    this.#next += word.length;
    const end = this.#next;
    if (word === 'null') return { kind: 'literal', value: null, start, end };
    if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true', start, end };
    return { kind: 'number', value: Number(word), start, end };
  }

  #string(): string {
    const start = this.#next;
    let at = start + 1;
    while (at < this.#text.length && this.#text[at] !== '"') at += this.#text[at] === '\\' ? 2 : 1;
    this.#next = at + 1;
    try {
      // JSON.parse of a string literal gives a string.
      return JSON.parse(this.#text.slice(start, this.#next)) as string;
    } catch {
      this.#next = start;
      return this.#broken('this string is not valid JSON');
    }
  }

  #take(mark: string): boolean {
    this.#space();
    if (this.#text[this.#next] !== mark) return false;
    this.#next += 1;
    return true;
  }

  #object(start: number, depth: number): JsonNode {
    const entries = new Map<string, JsonNode>();
    this.#next += 1;
    if (!this.#take('}')) {
      do {
        this.#space();
        if (this.#text[this.#next] !== '"') this.#broken('here should be a key in quotes');
        const key = this.#string();
        if (!this.#take(':')) this.#broken(`here should be a colon behind '${key}'`);
        entries.set(key, this.#value(depth + 1));
      } while (this.#take(','));
      if (!this.#take('}')) this.#broken('here should be a comma or the end of the object');
    }
    return { kind: 'object', entries, start, end: this.#next };
  }

  #array(start: number, depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.#next += 1;
    if (!this.#take(']')) {
      do items.push(this.#value(depth + 1));
      while (this.#take(','));
      if (!this.#take(']')) this.#broken('here should be a comma or the end of the list');
    }
    return { kind: 'array', items, start, end: this.#next };
  }
}

/** The value of a key, where a node is an object that has it. */
export const entryOf = (node: JsonNode | undefined, key: string): JsonNode | undefined =>
  node?.kind === 'object' ? node.entries.get(key) : undefined;

/** A string or number as its text. */
export function textOf(node: JsonNode | undefined): string | undefined {
  if (node?.kind === 'string') return node.value;
  return node?.kind === 'number' ? String(node.value) : undefined;
}

/** The only entry of an object with one. */
export function onlyEntry(node: JsonNode): readonly [string, JsonNode] | undefined {
  if (node.kind !== 'object' || node.entries.size !== 1) return undefined;
  const [entry] = node.entries;
  return entry;
}
