import { emptyRecord } from '../shape/record.ts';
import type { Marks } from './marks.ts';
import { plainValue, unescape } from './plain-scalar.ts';

/** Data with the offsets of its parts, and how numbers are written where that is not how they print. */
export interface Plain {
  readonly data: unknown;
  readonly marks?: Marks | undefined;
}

/** A document of the subset. */
export interface SubsetDocument extends Plain {
  /** Where its root stands. */
  readonly start: number;
  readonly spellings: ReadonlyMap<number, string>;
}

/** Thrown within the reader at anything beyond the subset. */
class Beyond extends Error {
  static readonly instance = new Beyond();
}

const blank = 32;
const newline = 10;
const code = (character: string): number => character.charCodeAt(0);
const [hash, colon, comma, hyphen, single, double] = [
  code('#'),
  code(':'),
  code(','),
  code('-'),
  code("'"),
  code('"'),
];
const [openList, closeList, openMap, closeMap] = [code('['), code(']'), code('{'), code('}')];
// Beginnings that mean something else than a plain scalar, or that only the parser judges.
const special = new Set(Array.from('?&*!|>%@`\'"#,[]{}:\uFEFF').map(code));

/**
 * Reads the part of YAML that people mostly write: mappings, lists, plain and quoted scalars on one line, brackets on one line,
 * comments. It is ten times as fast as the parser, and agrees with it; at anything else, wrong or right, the result is `undefined`.
 */
export function readSubset(text: string, depthLimit: number): SubsetDocument | undefined {
  const reader = new SubsetReader(text, depthLimit);
  try {
    return reader.document();
  } catch (error) {
    if (error instanceof Beyond) return undefined;
    throw error;
  }
}

class SubsetReader {
  readonly #text: string;
  readonly #depthLimit: number;
  readonly #spellings = new Map<number, string>();
  /** The next character to read. */
  #at: number;
  /** Where the line of `#at` begins, once `#nextContent` has found it. */
  #line: number;

  constructor(text: string, depthLimit: number) {
    this.#text = text;
    this.#depthLimit = depthLimit;
    this.#at = text.startsWith('\uFEFF') ? 1 : 0;
    this.#line = this.#at;
  }

  document(): SubsetDocument {
    if (!this.#nextContent() || this.#column() !== 0) return this.#beyond();
    const start = this.#at;
    const { data, marks } = this.#blockMap(0, 0);
    if (this.#at < this.#text.length) return this.#beyond();
    return { data, marks, start, spellings: this.#spellings };
  }

  #beyond(): never {
    throw Beyond.instance;
  }

  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #column(): number {
    return this.#at - this.#line;
  }

  /** From the end of a value to the next content, over blanks, comments and empty lines; nowhere if it is there already. Returns false at the end. */
  #nextContent(): boolean {
    const text = this.#text;
    for (;;) {
      while (text.charCodeAt(this.#at) === blank) this.#at += 1;
      const here = text.charCodeAt(this.#at);
      if (Number.isNaN(here)) return false;
      if (here === hash) this.#skipComment();
      else if (here === newline) {
        this.#at += 1;
        this.#line = this.#at;
      } else if (here === 13 && text.charCodeAt(this.#at + 1) === newline) this.#at += 1;
      else return true;
    }
  }

  #skipComment(): void {
    const end = this.#text.indexOf('\n', this.#at);
    const stop = end < 0 ? this.#text.length : end;
    this.#checkLine(this.#at, stop);
    this.#at = stop;
  }

  /** A comment may hold anything but what the parser may take for a line end or refuse. */
  #checkLine(start: number, end: number): void {
    const text = this.#text;
    for (let index = start; index < end; index += 1) {
      const here = text.charCodeAt(index);
      if (here < blank && here !== 9 && !(here === 13 && index === end - 1)) this.#beyond();
    }
  }

  /** Whether nothing but a comment follows on the line; moves to its end. */
  #endLine(): void {
    const before = this.#at;
    while (this.#code() === blank) this.#at += 1;
    const here = this.#code();
    if (
      Number.isNaN(here) ||
      here === newline ||
      (here === 13 && this.#text.charCodeAt(this.#at + 1) === newline)
    )
      return;
    if (here !== hash || this.#at === before) this.#beyond();
  }

  #blockMap(column: number, depth: number): Plain {
    if (depth > this.#depthLimit) this.#beyond();
    const data = emptyRecord<unknown>();
    const [keys, keysAt, valuesAt]: [string[], number[], number[]] = [[], [], []];
    const below: (Marks | undefined)[] = [];
    do {
      const keyAt = this.#at;
      const key = this.#key();
      if (key in data || key === '<<') this.#beyond();
      const value = this.#valueAfterKey(column, depth);
      data[key] = value.data;
      keys.push(key);
      keysAt.push(keyAt);
      valuesAt.push(value.at);
      below.push(value.marks);
    } while (this.#nextContent() && this.#column() === column);
    if (this.#at < this.#text.length && this.#column() > column) this.#beyond();
    return { data, marks: { keys, keysAt, valuesAt, below } };
  }

  /** A key with its colon. */
  #key(): string {
    const first = this.#code();
    const start = this.#at;
    let key: unknown;
    if (first === single || first === double) key = this.#quoted(first);
    else {
      // Three full stops end a document.
      if (special.has(first) || first === hyphen || this.#text.startsWith('...', start)) this.#beyond();
      while (!this.#endsPlain(this.#code(), false)) this.#at += 1;
      key = this.#text.slice(start, this.#at);
      if (key === '' || String(key).endsWith(' ') || plainValue(String(key)) === null) this.#beyond();
    }
    if (this.#code() !== colon || this.#at - start > 1000) this.#beyond();
    this.#at += 1;
    const next = this.#code();
    if (next !== blank && next !== newline && next !== 13 && !Number.isNaN(next)) this.#beyond();
    return String(key);
  }

  #valueAfterKey(column: number, depth: number): Plain & { readonly at: number } {
    const here = this.#skipBlanks();
    if (here !== hash && here !== newline && here !== 13 && !Number.isNaN(here)) return this.#inline(depth);
    this.#endLine();
    const empty = { data: null, at: this.#at };
    if (!this.#nextContent()) return empty;
    const at = this.#at;
    const isList = this.#code() === hyphen && this.#isBlank(this.#text.charCodeAt(at + 1));
    if (isList && this.#column() >= column) return { ...this.#blockList(this.#column(), depth + 1), at };
    return this.#column() > column ? { ...this.#blockMap(this.#column(), depth + 1), at } : empty;
  }

  #isBlank(here: number): boolean {
    return here === blank || here === newline || here === 13 || Number.isNaN(here);
  }

  #blockList(column: number, depth: number): Plain {
    if (depth > this.#depthLimit) this.#beyond();
    const data: unknown[] = [];
    const valuesAt: number[] = [];
    const below: (Marks | undefined)[] = [];
    do {
      if (this.#code() !== hyphen || !this.#isBlank(this.#text.charCodeAt(this.#at + 1))) break;
      this.#at += 1;
      while (this.#code() === blank) this.#at += 1;
      const at = this.#at;
      const item = this.#startsPair() ? this.#blockMap(this.#column(), depth + 1) : this.#inline(depth);
      data.push(item.data);
      valuesAt.push(at);
      below.push(item.marks);
    } while (this.#nextContent() && this.#column() === column);
    if (this.#at < this.#text.length && this.#column() > column) this.#beyond();
    return { data, marks: { valuesAt, below } };
  }

  /** Whether `key: ` begins here, within an item of a list. */
  #startsPair(): boolean {
    const text = this.#text;
    let end = this.#at;
    while (/[\w./-]/.test(text[end] ?? '')) end += 1;
    return (
      end > this.#at &&
      text.charCodeAt(end) === colon &&
      this.#isBlank(text.charCodeAt(end + 1)) &&
      text.charCodeAt(this.#at) !== hyphen
    );
  }

  /** A value on the rest of the line. */
  #inline(depth: number): Plain & { readonly at: number } {
    const at = this.#at;
    const value = this.#value(depth, false);
    this.#endLine();
    return { ...value, at };
  }

  #value(depth: number, inFlow: boolean): Plain {
    const first = this.#code();
    if (first === openList) return this.#flowList(depth + 1);
    if (first === openMap) return this.#flowMap(depth + 1);
    return { data: first === single || first === double ? this.#quoted(first) : this.#plain(inFlow) };
  }

  #plain(inFlow: boolean): unknown {
    const text = this.#text;
    const start = this.#at;
    if (
      special.has(this.#code()) ||
      (this.#code() === hyphen &&
        (this.#isBlank(text.charCodeAt(start + 1)) || isFlow(text.charCodeAt(start + 1))))
    )
      this.#beyond();
    while (!this.#endsPlain(this.#code(), inFlow)) this.#at += 1;
    if (this.#code() === colon) this.#beyond();
    let end = this.#at;
    while (end > start && text.charCodeAt(end - 1) === blank) end -= 1;
    const source = text.slice(start, end);
    const value = source === '' ? undefined : plainValue(source);
    if (value === undefined) this.#beyond();
    if (typeof value === 'number' && String(value) !== source) this.#spellings.set(start, source);
    return value;
  }

  #endsPlain(here: number, inFlow: boolean): boolean {
    if (here > 96 && here < 123) return false;
    if (Number.isNaN(here) || here === newline) return true;
    const next = this.#text.charCodeAt(this.#at + 1);
    if (here === 13 && next === newline) return true;
    if (here < blank) this.#beyond();
    if (here === colon) return this.#isBlank(next) || (inFlow && isFlow(next));
    return (here === blank && next === hash) || (inFlow && isFlow(here));
  }

  /** A quoted scalar on one line. */
  #quoted(quote: number): string {
    const text = this.#text;
    const start = this.#at + 1;
    for (let index = start; ; index += 1) {
      const here = text.charCodeAt(index);
      if (!(here >= blank)) this.#beyond();
      if (quote === double && here === 92) index += 1;
      else if (here === quote && quote === single && text.charCodeAt(index + 1) === single) index += 1;
      else if (here === quote) {
        this.#at = index + 1;
        const source = text.slice(start, index);
        return quote === single ? source.replaceAll("''", "'") : (unescape(source) ?? this.#beyond());
      }
    }
  }

  #skipBlanks(): number {
    while (this.#code() === blank) this.#at += 1;
    return this.#code();
  }

  #flowList(depth: number): Plain {
    if (depth > this.#depthLimit) this.#beyond();
    const data: unknown[] = [];
    const valuesAt: number[] = [];
    const below: (Marks | undefined)[] = [];
    this.#at += 1;
    while (this.#skipBlanks() !== closeList) {
      valuesAt.push(this.#at);
      const item = this.#value(depth, true);
      data.push(item.data);
      below.push(item.marks);
      this.#separate(closeList);
    }
    this.#at += 1;
    return { data, marks: { valuesAt, below } };
  }

  /** A comma, or the closing bracket, which is left. */
  #separate(close: number): void {
    const here = this.#skipBlanks();
    if (here === comma) this.#at += 1;
    else if (here !== close) this.#beyond();
  }

  #flowMap(depth: number): Plain {
    if (depth > this.#depthLimit) this.#beyond();
    const data = emptyRecord<unknown>();
    const [keys, keysAt, valuesAt]: [string[], number[], number[]] = [[], [], []];
    const below: (Marks | undefined)[] = [];
    this.#at += 1;
    while (this.#skipBlanks() !== closeMap) {
      keysAt.push(this.#at);
      const key = this.#flowKey();
      if (key in data || key === '<<') this.#beyond();
      this.#skipBlanks();
      valuesAt.push(this.#at);
      const value = this.#value(depth, true);
      data[key] = value.data;
      keys.push(key);
      below.push(value.marks);
      this.#separate(closeMap);
    }
    this.#at += 1;
    return { data, marks: { keys, keysAt, valuesAt, below } };
  }

  #flowKey(): string {
    const start = this.#at;
    const first = this.#code();
    const isQuoted = first === single || first === double;
    if (!isQuoted && (special.has(first) || first === hyphen)) this.#beyond();
    if (!isQuoted) while (!this.#endsPlain(this.#code(), true)) this.#at += 1;
    const key = isQuoted ? this.#quoted(first) : this.#text.slice(start, this.#at);
    if (
      this.#code() !== colon ||
      this.#at - start > 1000 ||
      (!isQuoted && (key.endsWith(' ') || plainValue(key) === null))
    )
      this.#beyond();
    this.#at += 1;
    return key;
  }
}

const isFlow = (here: number): boolean =>
  here === comma || here === openList || here === closeList || here === openMap || here === closeMap;
