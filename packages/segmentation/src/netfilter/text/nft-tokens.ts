import type { Position } from '@holdfast/kernel';
import { Lines } from '../json/json-node.ts';
import { fault } from '../syntax-fault.ts';

/** A word of an nftables file. `end` closes a statement: a line's end or a semicolon. */
export interface Token {
  readonly kind: 'word' | 'string' | 'mark' | 'handle' | 'end' | 'eof';
  readonly text: string;
  readonly start: number;
  readonly stop: number;
}

const patterns = [
  ['space', /(?:[ \t\r]|\\\r?\n)+/y],
  ['handle', /# handle (\d+)[^\n]*/y],
  ['comment', /#[^\n]*/y],
  ['end', /[\n;]/y],
  ['string', /"([^"\n]*)"/y],
  // An IPv6 address has two colons at least, and no spaces.
  ['word', /(?:[\da-fA-F]{0,4}:){2}[\da-fA-F:.]*/y],
  ['word', /\d[\w.]*/y],
  ['word', /@?[A-Za-z_][\w.-]*(?:\\?\*)?/y],
  ['word', /\$[A-Za-z_][\w.-]*/y],
  ['mark', /==|!=|<=|>=|<<|>>|[{}()[\],.:/=<>!&|^*+-]/y],
] as const;

/** Cuts a file into tokens, the last of which is `eof`. Faults at a character that no token begins with. */
function tokensOf(text: string, lines: Lines): readonly Token[] {
  const tokens: Token[] = [];
  let start = 0;
  while (start < text.length) {
    const token = tokenAt(text, start);
    if (token === undefined)
      fault(lines.at(start), `'${text[start] ?? ''}' begins no word of an nftables file`);
    if (token.kind !== 'skip') tokens.push({ ...token, kind: token.kind, start });
    start = token.stop;
  }
  tokens.push({ kind: 'eof', text: '', start, stop: start });
  return tokens;
}

function tokenAt(
  text: string,
  start: number,
): { kind: Token['kind'] | 'skip'; text: string; stop: number } | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    const found = pattern.exec(text);
    if (found === null) continue;
    const stop = start + found[0].length;
    if (kind === 'space' || kind === 'comment') return { kind: 'skip', text: '', stop };
    return { kind, text: found[1] ?? found[0], stop };
  }
  return undefined;
}

/** Reads tokens one after the other. */
export class Cursor {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #lines: Lines;
  #next = 0;

  constructor(file: string, text: string) {
    this.#text = text;
    this.#lines = new Lines(file, text);
    this.#tokens = tokensOf(text, this.#lines);
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)] as Token;
  }

  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  /** Whether the next token is one of these words or marks. */
  is(...texts: readonly string[]): boolean {
    const { kind, text } = this.peek();
    return (kind === 'word' || kind === 'mark') && texts.includes(text);
  }

  accept(...texts: readonly string[]): string | undefined {
    return this.is(...texts) ? this.take().text : undefined;
  }

  expect(text: string): void {
    if (this.accept(text) === undefined) this.wrong(`'${text}'`);
  }

  /** A word or a string. */
  word(what: string): string {
    const { kind, text } = this.peek();
    if (kind !== 'word' && kind !== 'string') this.wrong(what);
    this.take();
    return text;
  }

  skipEnds(): void {
    while (this.peek().kind === 'end' || this.peek().kind === 'handle') this.take();
  }

  /** Whether a statement ends here. */
  isEnd(): boolean {
    const { kind } = this.peek();
    return kind === 'end' || kind === 'eof' || kind === 'handle' || this.is('}');
  }

  /** Skips to the end of the statement, over blocks in braces. */
  skipStatement(): void {
    while (!this.isEnd()) {
      if (this.is('{')) this.skipBlock();
      else this.take();
    }
  }

  /** Skips a block in braces. */
  skipBlock(): void {
    const opened = this.at();
    this.expect('{');
    let depth = 1;
    while (depth > 0) {
      const { kind, text } = this.take();
      if (kind === 'eof') fault(opened, 'this brace is never closed');
      if (kind === 'mark' && text === '{') depth += 1;
      if (kind === 'mark' && text === '}') depth -= 1;
    }
  }

  at(token = this.peek()): Position {
    return this.#lines.at(token.start);
  }

  /** The file's own words from a token up to the one before the next, without the line's end. */
  wordsFrom(token: Token): string {
    const last = this.#tokens[Math.max(this.#next - 1, 0)] ?? token;
    return this.#text.slice(token.start, Math.max(last.stop, token.stop)).trim();
  }

  wrong(expected: string): never {
    const { kind, text } = this.peek();
    const found = kind === 'eof' ? 'the end of the file' : kind === 'end' ? "the line's end" : `'${text}'`;
    return fault(this.at(), `here should be ${expected}, not ${found}`);
  }
}
