import type { Position } from '@holdfast/kernel';
import { fault } from '../syntax-fault.ts';

/** The words of a line of iptables-save. A word in quotes may have spaces, and quotes behind a backslash. */
export function wordsOf(line: string, at: Position): readonly string[] {
  const words: string[] = [];
  const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|(\S+))/y;
  while (pattern.lastIndex < line.trimEnd().length) {
    const found = pattern.exec(line);
    if (found === null) break;
    const [, quoted, plain] = found;
    if (plain?.startsWith('"') === true) fault(at, 'a quote in this line is never closed');
    words.push(plain ?? quoted?.replaceAll(/\\(.)/g, '$1') ?? '');
  }
  return words;
}

/** Reads the words of a rule one after the other. */
export class WordCursor {
  readonly at: Position;
  readonly #words: readonly string[];
  #next = 0;

  constructor(words: readonly string[], at: Position) {
    this.#words = words;
    this.at = at;
  }

  peek(ahead = 0): string | undefined {
    return this.#words[this.#next + ahead];
  }

  take(): string | undefined {
    this.#next += 1;
    return this.#words[this.#next - 1];
  }

  accept(word: string): boolean {
    if (this.peek() !== word) return false;
    this.#next += 1;
    return true;
  }

  need(what: string): string {
    return this.take() ?? fault(this.at, `the rule ends where ${what} should be`);
  }
}
