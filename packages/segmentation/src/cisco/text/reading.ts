import { problem, type Position, type Problem, type ProblemCode } from '@holdfast/kernel';
import type { ConfigLine } from './config-lines.ts';

/** What goes wrong while a configuration is read. Any error refuses the file; notes go with the firewall. */
export class Reading {
  readonly file: string;
  readonly errors: Problem[] = [];
  readonly notes: Problem[] = [];

  constructor(file: string) {
    this.file = file;
  }

  /** Records what makes the file unreadable. */
  error(at: Position, message: string, hint?: string, code: ProblemCode = 'value-invalid'): undefined {
    this.errors.push(problem(code, message, { at, hint }));
    return undefined;
  }

  /** Records what is not modelled, or has no effect, and returns it. */
  note(at: Position, message: string, hint?: string): Problem {
    const note = problem('import-partial', message, { at, hint });
    this.notes.push(note);
    return note;
  }

  at(line: ConfigLine, word = 0): Position {
    return { file: this.file, line: line.number, column: line.words[word]?.column ?? line.indent + 1 };
  }

  cursor(line: ConfigLine, from = 0): Cursor {
    return new Cursor(this.file, line, from);
  }
}

/** Reads a line word by word. */
export class Cursor {
  readonly line: ConfigLine;
  readonly #file: string;
  #index: number;

  constructor(file: string, line: ConfigLine, from: number) {
    this.#file = file;
    this.line = line;
    this.#index = from;
  }

  get isDone(): boolean {
    return this.#index >= this.line.words.length;
  }

  /** The next word, or a later one, in lower case: Cisco's keywords have no case. */
  peek(ahead = 0): string | undefined {
    return this.line.words[this.#index + ahead]?.text.toLowerCase();
  }

  /** A word to come, as it is written. */
  written(ahead: number): string | undefined {
    return this.line.words[this.#index + ahead]?.text;
  }

  /** Takes the next word as it is written. */
  next(): string | undefined {
    const word = this.line.words[this.#index];
    this.#index += 1;
    return word?.text;
  }

  /** Takes the next word if it is one of these. */
  take(...words: readonly string[]): string | undefined {
    const next = this.peek();
    if (next === undefined || !words.includes(next)) return undefined;
    this.#index += 1;
    return next;
  }

  /** Where the next word stands, or would stand at the end of the line. */
  at(): Position {
    const { words, number } = this.line;
    const word = words[this.#index];
    const last = words.at(-1);
    const column = word?.column ?? (last === undefined ? 1 : last.column + last.text.length);
    return { file: this.#file, line: number, column };
  }
}
