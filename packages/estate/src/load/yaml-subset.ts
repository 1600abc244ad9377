import { emptyRecord } from '../shape/record.ts';
import type { Marks } from './marks.ts';
import { plainValue } from './plain-scalar.ts';
import {
  Beyond,
  blank,
  colon,
  double,
  hash,
  hyphen,
  newline,
  single,
  special,
  type Plain,
} from './subset-cursor.ts';
import { FlowReader } from './subset-flow.ts';

/** A document of the subset. */
export interface SubsetDocument extends Plain {
  /** Where its root stands. */
  readonly start: number;
  readonly spellings: ReadonlyMap<number, string>;
}

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

/** Where a text leaves the subset; its end where it does not. */
export function subsetEnd(text: string, depthLimit: number): number {
  const reader = new SubsetReader(text, depthLimit);
  try {
    reader.document();
  } catch (error) {
    if (!(error instanceof Beyond)) throw error;
  }
  return Math.min(reader.end, text.length);
}

class SubsetReader extends FlowReader {
  /** How far it has read. */
  get end(): number {
    return this.at;
  }

  document(): SubsetDocument {
    if (!this.nextContent() || this.column() !== 0) return this.beyond();
    const start = this.at;
    const { data, marks } = this.blockMap(0, 0);
    if (this.at < this.text.length) return this.beyond();
    return { data, marks, start, spellings: this.spellings };
  }

  protected blockMap(column: number, depth: number): Plain {
    if (depth > this.depthLimit) this.beyond();
    const data = emptyRecord<unknown>();
    const [keys, keysAt, valuesAt]: [string[], number[], number[]] = [[], [], []];
    const below: (Marks | undefined)[] = [];
    do {
      const keyAt = this.at;
      const key = this.key();
      if (key in data || key === '<<') this.beyond();
      const value = this.valueAfterKey(column, depth);
      data[key] = value.data;
      keys.push(key);
      keysAt.push(keyAt);
      valuesAt.push(value.at);
      below.push(value.marks);
    } while (this.nextContent() && this.column() === column);
    if (this.at < this.text.length && this.column() > column) this.beyond();
    return { data, marks: { keys, keysAt, valuesAt, below } };
  }

  /** A key with its colon. */
  protected key(): string {
    const first = this.code();
    const start = this.at;
    let key: unknown;
    if (first === single || first === double) key = this.quoted(first);
    else {
      // Three full stops end a document.
      if (special.has(first) || first === hyphen || this.text.startsWith('...', start)) this.beyond();
      while (!this.endsPlain(this.code(), false)) this.at += 1;
      key = this.text.slice(start, this.at);
      if (key === '' || String(key).endsWith(' ') || plainValue(String(key)) === null) this.beyond();
    }
    if (this.code() !== colon || this.at - start > 1000) this.beyond();
    this.at += 1;
    const next = this.code();
    if (next !== blank && next !== newline && next !== 13 && !Number.isNaN(next)) this.beyond();
    return String(key);
  }

  protected valueAfterKey(column: number, depth: number): Plain & { readonly at: number } {
    const here = this.skipBlanks();
    if (here !== hash && here !== newline && here !== 13 && !Number.isNaN(here)) return this.inline(depth);
    this.endLine();
    const empty = { data: null, at: this.at };
    if (!this.nextContent()) return empty;
    const at = this.at;
    const isList = this.code() === hyphen && this.isBlank(this.text.charCodeAt(at + 1));
    if (isList && this.column() >= column) return { ...this.blockList(this.column(), depth + 1), at };
    return this.column() > column ? { ...this.blockMap(this.column(), depth + 1), at } : empty;
  }

  protected blockList(column: number, depth: number): Plain {
    if (depth > this.depthLimit) this.beyond();
    const data: unknown[] = [];
    const valuesAt: number[] = [];
    const below: (Marks | undefined)[] = [];
    do {
      if (this.code() !== hyphen || !this.isBlank(this.text.charCodeAt(this.at + 1))) break;
      this.at += 1;
      while (this.code() === blank) this.at += 1;
      const at = this.at;
      const item = this.startsPair() ? this.blockMap(this.column(), depth + 1) : this.inline(depth);
      data.push(item.data);
      valuesAt.push(at);
      below.push(item.marks);
    } while (this.nextContent() && this.column() === column);
    if (this.at < this.text.length && this.column() > column) this.beyond();
    return { data, marks: { valuesAt, below } };
  }

  /** Whether `key: ` begins here, within an item of a list. */
  protected startsPair(): boolean {
    const text = this.text;
    let end = this.at;
    while (/[\w./-]/.test(text[end] ?? '')) end += 1;
    return (
      end > this.at &&
      text.charCodeAt(end) === colon &&
      this.isBlank(text.charCodeAt(end + 1)) &&
      text.charCodeAt(this.at) !== hyphen
    );
  }

  /** A value on the rest of the line. */
  protected inline(depth: number): Plain & { readonly at: number } {
    const at = this.at;
    const value = this.value(depth, false);
    this.endLine();
    return { ...value, at };
  }
}
