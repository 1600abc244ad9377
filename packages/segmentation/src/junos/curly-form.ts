import type { ConfigLine } from '../cisco/text/config-lines.ts';
import type { Reading } from '../cisco/text/reading.ts';
import { plant, type Statement } from './statement.ts';

type Word = ConfigLine['words'][number];
interface Token extends Word {
  readonly kind: 'word' | '{' | '}' | ';' | '[' | ']';
  readonly number: number;
}

const deepest = 64;
const mostFaults = 20;

/** Reads the form that `show configuration` prints: statements in braces. Comments are left out. */
export function readCurlyForm(text: string, root: Statement, reading: Reading): void {
  new Reader(text, root, reading).run();
}

class Reader {
  readonly #lines: readonly string[];
  readonly #reading: Reading;
  readonly #open: { readonly ends: readonly Statement[]; readonly line: ConfigLine }[];
  readonly #pattern = /\/\*|"((?:[^"\\]|\\.)*)"|[{};[\]]|#.*$|[^\s{};[\]"]+|"/g;
  #words: Token[] = [];
  #list: Token[] | undefined;
  #faults = 0;

  constructor(text: string, root: Statement, reading: Reading) {
    this.#lines = text.split('\n');
    this.#reading = reading;
    this.#open = [{ ends: [root], line: lineAt(1, 1, '') }];
  }

  run(): void {
    let inComment = false;
    this.#lines.forEach((raw, index) => {
      let from = 0;
      if (/^[\w.-]+@[\w.-]+[>#]/.test(raw)) return;
      for (;;) {
        if (inComment) {
          const end = raw.indexOf('*/', from);
          if (end < 0) return;
          inComment = false;
          from = end + 2;
        }
        this.#pattern.lastIndex = from;
        const match = this.#pattern.exec(raw);
        if (match === null) return;
        from = this.#pattern.lastIndex;
        if (match[0] === '/*') inComment = true;
        else if (match[0].startsWith('#')) return;
        else this.#token(match, index + 1);
      }
    });
    const left = this.#open.at(-1);
    if (this.#open.length > 1 && left !== undefined)
      this.#fault(left.line, 'a brace is not closed: the file ends too soon');
    else if (this.#words.length > 0 && this.#faults === 0)
      this.#fault(lineOf(this.#words[0], this.#lines), 'the last statement has no end');
  }

  #token(match: RegExpExecArray, number: number): void {
    const [text] = match;
    const column = match.index + 1;
    const kind = isMark(text) ? text : 'word';
    const token: Token = { kind, text: match[1] ?? text, column, number };
    if (text === '"') this.#fault(lineAt(number, column, ''), 'a quotation mark is not closed');
    else if (kind === 'word') (this.#list ?? this.#words).push(token);
    else if (kind === '[') this.#list = [];
    else if (kind === '{') this.#enter(token);
    else if (kind === ';') this.#end(token);
    else if (kind === '}') this.#close(token);
  }

  #enter(token: Token): void {
    const line = lineOf(this.#words[0] ?? token, this.#lines);
    if (this.#words.length === 0) this.#fault(line, 'a brace opens behind nothing');
    if (this.#open.length > deepest) {
      this.#fault(line, `statements lie in each other more than ${deepest} deep`);
      return;
    }
    this.#open.push({ ends: this.#plant(), line });
  }

  #end(token: Token): void {
    if (this.#words.length === 0 && this.#list === undefined) {
      this.#fault(lineOf(token, this.#lines), 'a semicolon ends nothing');
      return;
    }
    this.#plant();
  }

  #close(token: Token): void {
    const line = lineOf(token, this.#lines);
    if (this.#words.length > 0) this.#fault(line, 'the statement before the brace has no end');
    this.#words = [];
    this.#list = undefined;
    if (this.#open.length === 1) this.#fault(line, 'a brace closes nothing');
    else this.#open.pop();
  }

  #plant(): readonly Statement[] {
    const [first] = this.#words;
    const tag = /^(inactive|protect|replace|delete|active):$/.exec(first?.text ?? '')?.[1];
    const words = tag === undefined ? this.#words : this.#words.slice(1);
    const line = lineOf(first, this.#lines);
    const list = this.#list ?? [];
    this.#words = [];
    this.#list = undefined;
    const tops = this.#open.at(-1)?.ends ?? [];
    const ends = tops.flatMap((top) => plant(top, { words, list }, line));
    if (tag === 'inactive' || tag === 'delete')
      for (const end of ends) if (!tops.includes(end)) end.isInactive = true;
    return ends;
  }

  #fault(line: ConfigLine, message: string): void {
    this.#faults += 1;
    if (this.#faults <= mostFaults) this.#reading.error(this.#reading.at(line), message);
  }
}

const isMark = (text: string): text is '{' | '}' | ';' | '[' | ']' =>
  text === '{' || text === '}' || text === ';' || text === '[' || text === ']';

const lineAt = (number: number, column: number, text: string): ConfigLine => ({
  number,
  indent: column - 1,
  text,
  words: [],
});

const lineOf = (token: Token | undefined, lines: readonly string[]): ConfigLine =>
  token === undefined
    ? lineAt(1, 1, '')
    : lineAt(token.number, token.column, (lines[token.number - 1] ?? '').trim().slice(0, 400));
