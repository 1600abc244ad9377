import type { Marks } from './marks.ts';

/** Data with the offsets of its parts, and how numbers are written where that is not how they print. */
export interface Plain {
  readonly data: unknown;
  readonly marks?: Marks | undefined;
}

/** Thrown within the reader at anything beyond the subset. */
export class Beyond extends Error {
  static readonly instance = new Beyond();
}

export const blank = 32;
export const newline = 10;
const code = (character: string): number => character.charCodeAt(0);
export const [hash, colon, comma, hyphen, single, double] = [
  code('#'),
  code(':'),
  code(','),
  code('-'),
  code("'"),
  code('"'),
];
export const [openList, closeList, openMap, closeMap] = [code('['), code(']'), code('{'), code('}')];
/** Beginnings that mean something else than a plain scalar, or that only the parser judges. */
export const special = new Set(Array.from('?&*!|>%@`\'"#,[]{}:\uFEFF').map(code));

/** A place in a text that is read line by line. */
export class Cursor {
  protected readonly text: string;
  /** The next character to read. */
  protected at: number;
  /** Where the line of `at` begins. */
  protected line: number;

  constructor(text: string) {
    this.text = text;
    this.at = text.startsWith('\uFEFF') ? 1 : 0;
    this.line = this.at;
  }

  protected beyond(): never {
    throw Beyond.instance;
  }

  protected code(): number {
    return this.text.charCodeAt(this.at);
  }

  protected column(): number {
    return this.at - this.line;
  }

  /** From the end of a value to the next content, over blanks, comments and empty lines; nowhere if it is there already. Returns false at the end. */
  protected nextContent(): boolean {
    const text = this.text;
    for (;;) {
      while (text.charCodeAt(this.at) === blank) this.at += 1;
      const here = text.charCodeAt(this.at);
      if (Number.isNaN(here)) return false;
      if (here === hash) this.skipComment();
      else if (here === newline) {
        this.at += 1;
        this.line = this.at;
      } else if (here === 13 && text.charCodeAt(this.at + 1) === newline) this.at += 1;
      else return true;
    }
  }

  protected skipComment(): void {
    const end = this.text.indexOf('\n', this.at);
    const stop = end < 0 ? this.text.length : end;
    this.checkLine(this.at, stop);
    this.at = stop;
  }

  /** A comment may hold anything but what the parser may take for a line end or refuse. */
  protected checkLine(start: number, end: number): void {
    const text = this.text;
    for (let index = start; index < end; index += 1) {
      const here = text.charCodeAt(index);
      if (here < blank && here !== 9 && !(here === 13 && index === end - 1)) this.beyond();
    }
  }

  /** Whether nothing but a comment follows on the line; moves to its end. */
  protected endLine(): void {
    const before = this.at;
    while (this.code() === blank) this.at += 1;
    const here = this.code();
    if (
      Number.isNaN(here) ||
      here === newline ||
      (here === 13 && this.text.charCodeAt(this.at + 1) === newline)
    )
      return;
    if (here !== hash || this.at === before) this.beyond();
  }

  protected isBlank(here: number): boolean {
    return here === blank || here === newline || here === 13 || Number.isNaN(here);
  }

  protected skipBlanks(): number {
    while (this.code() === blank) this.at += 1;
    return this.code();
  }
}
