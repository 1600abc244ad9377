import type { ConfigLine } from '../cisco/text/config-lines.ts';

/** A word of the configuration and what stands below it. Both written forms of Junos become the same tree. */
export class Statement {
  readonly word: string;
  readonly line: ConfigLine;
  readonly #children = new Map<string, Statement>();
  isInactive = false;

  constructor(word: string, line: ConfigLine) {
    this.word = word;
    this.line = line;
  }

  /** What stands below, in the order in which it was first named; what is inactive is as if it were not there. */
  get children(): readonly Statement[] {
    return [...this.#children.values()];
  }

  get words(): readonly string[] {
    return [...this.#children.keys()];
  }

  has(word: string): boolean {
    return this.#children.has(word);
  }

  /** What stands below a path of words. */
  at(...path: readonly string[]): Statement | undefined {
    const [first, ...rest] = path;
    return first === undefined ? this : this.child(first)?.at(...rest);
  }

  child(word: string): Statement | undefined {
    return this.#children.get(word);
  }

  /** The statements below a path. */
  below(...path: readonly string[]): readonly Statement[] {
    return this.at(...path)?.children ?? [];
  }

  /** The first word below a path: of a statement that has one value, its value. */
  value(...path: readonly string[]): string | undefined {
    return this.below(...path)[0]?.word;
  }

  /** The child of a word, made where it is not there. */
  grow(word: string, line: ConfigLine): Statement {
    const known = this.#children.get(word);
    if (known !== undefined) return known;
    const made = new Statement(word, line);
    this.#children.set(word, made);
    return made;
  }

  /** Takes out what is inactive, and what stands below it. */
  prune(): void {
    for (const [word, child] of this.#children) {
      if (child.isInactive) this.#children.delete(word);
      else child.prune();
    }
  }

  /** Writes the statement and all below it, as one line. */
  spell(): string {
    const parts = this.children.map((each) => each.spell());
    if (parts.length === 0) return this.word;
    const [only, ...others] = parts;
    return others.length === 0 ? `${this.word} ${only ?? ''}` : `${this.word} { ${parts.join('; ')} }`;
  }
}

/** The words of a statement as a path, the last of which may be one of several. */
export interface Path {
  readonly words: readonly { readonly text: string; readonly column: number }[];
  readonly list: readonly { readonly text: string; readonly column: number }[];
}

/** Puts a path into a tree and returns its ends. */
export function plant(root: Statement, { words, list }: Path, line: ConfigLine): readonly Statement[] {
  let top = root;
  for (const { text, column } of words) top = top.grow(text, at(line, column));
  return list.length === 0 ? [top] : list.map(({ text, column }) => top.grow(text, at(line, column)));
}

const at = (line: ConfigLine, column: number): ConfigLine => ({ ...line, indent: column - 1, words: [] });
