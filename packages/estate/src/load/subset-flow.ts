import { emptyRecord } from '../shape/record.ts';
import type { Marks } from './marks.ts';
import { plainValue, unescape } from './plain-scalar.ts';
import {
  blank,
  closeList,
  closeMap,
  colon,
  comma,
  Cursor,
  double,
  hash,
  hyphen,
  newline,
  openList,
  openMap,
  single,
  special,
  type Plain,
} from './subset-cursor.ts';

/** Reads scalars and brackets that stand on one line. */
export class FlowReader extends Cursor {
  protected readonly spellings = new Map<number, string>();
  protected readonly depthLimit: number;

  constructor(text: string, depthLimit: number) {
    super(text);
    this.depthLimit = depthLimit;
  }

  protected value(depth: number, inFlow: boolean): Plain {
    const first = this.code();
    if (first === openList) return this.flowList(depth + 1);
    if (first === openMap) return this.flowMap(depth + 1);
    return { data: first === single || first === double ? this.quoted(first) : this.plain(inFlow) };
  }

  protected plain(inFlow: boolean): unknown {
    const text = this.text;
    const start = this.at;
    if (
      special.has(this.code()) ||
      (this.code() === hyphen &&
        (this.isBlank(text.charCodeAt(start + 1)) || isFlow(text.charCodeAt(start + 1))))
    )
      this.beyond();
    while (!this.endsPlain(this.code(), inFlow)) this.at += 1;
    if (this.code() === colon) this.beyond();
    let end = this.at;
    while (end > start && text.charCodeAt(end - 1) === blank) end -= 1;
    const source = text.slice(start, end);
    const value = source === '' ? undefined : plainValue(source);
    if (value === undefined) this.beyond();
    if (typeof value === 'number' && String(value) !== source) this.spellings.set(start, source);
    return value;
  }

  protected endsPlain(here: number, inFlow: boolean): boolean {
    if (here > 96 && here < 123) return false;
    if (Number.isNaN(here) || here === newline) return true;
    const next = this.text.charCodeAt(this.at + 1);
    if (here === 13 && next === newline) return true;
    if (here < blank) this.beyond();
    if (here === colon) return this.isBlank(next) || (inFlow && isFlow(next));
    return (here === blank && next === hash) || (inFlow && isFlow(here));
  }

  /** A quoted scalar on one line. */
  protected quoted(quote: number): string {
    const text = this.text;
    const start = this.at + 1;
    for (let index = start; ; index += 1) {
      const here = text.charCodeAt(index);
      if (!(here >= blank)) this.beyond();
      if (quote === double && here === 92) index += 1;
      else if (here === quote && quote === single && text.charCodeAt(index + 1) === single) index += 1;
      else if (here === quote) {
        this.at = index + 1;
        const source = text.slice(start, index);
        return quote === single ? source.replaceAll("''", "'") : (unescape(source) ?? this.beyond());
      }
    }
  }

  protected flowList(depth: number): Plain {
    if (depth > this.depthLimit) this.beyond();
    const data: unknown[] = [];
    const valuesAt: number[] = [];
    const below: (Marks | undefined)[] = [];
    this.at += 1;
    while (this.skipBlanks() !== closeList) {
      valuesAt.push(this.at);
      const item = this.value(depth, true);
      data.push(item.data);
      below.push(item.marks);
      this.separate(closeList);
    }
    this.at += 1;
    return { data, marks: { valuesAt, below } };
  }

  /** A comma, or the closing bracket, which is left. */
  protected separate(close: number): void {
    const here = this.skipBlanks();
    if (here === comma) this.at += 1;
    else if (here !== close) this.beyond();
  }

  protected flowMap(depth: number): Plain {
    if (depth > this.depthLimit) this.beyond();
    const data = emptyRecord<unknown>();
    const [keys, keysAt, valuesAt]: [string[], number[], number[]] = [[], [], []];
    const below: (Marks | undefined)[] = [];
    this.at += 1;
    while (this.skipBlanks() !== closeMap) {
      keysAt.push(this.at);
      const key = this.flowKey();
      if (key in data || key === '<<') this.beyond();
      this.skipBlanks();
      valuesAt.push(this.at);
      const value = this.value(depth, true);
      data[key] = value.data;
      keys.push(key);
      below.push(value.marks);
      this.separate(closeMap);
    }
    this.at += 1;
    return { data, marks: { keys, keysAt, valuesAt, below } };
  }

  protected flowKey(): string {
    const start = this.at;
    const first = this.code();
    const isQuoted = first === single || first === double;
    if (!isQuoted && (special.has(first) || first === hyphen)) this.beyond();
    if (!isQuoted) while (!this.endsPlain(this.code(), true)) this.at += 1;
    const key = isQuoted ? this.quoted(first) : this.text.slice(start, this.at);
    if (
      this.code() !== colon ||
      this.at - start > 1000 ||
      (!isQuoted && (key.endsWith(' ') || plainValue(key) === null))
    )
      this.beyond();
    this.at += 1;
    return key;
  }
}

const isFlow = (here: number): boolean =>
  here === comma || here === openList || here === closeList || here === openMap || here === closeMap;
