import { fail, ok, problem, type Position, type Problem, type Result } from '@holdfast/kernel';
import { SaxesParser } from 'saxes';

/** A text with the name of its file. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** An element where its tag begins. Text between elements says nothing in a fault tree, and is not kept. */
export interface Element {
  readonly name: string;
  readonly at: Position;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
}

/** No formula that a person or a tool writes nests so deep; what reads elements may recurse. */
const depthLimit = 200;
const sizeLimit = 256 * 1024 * 1024;
const chunk = 1 << 16;

/**
 * Reads the elements of a document; stops at the first place that is not well-formed.
 * A DOCTYPE may name a type, but declare nothing: no entity expands, and nothing is fetched.
 * Codes: `xml-syntax`, `file-too-large`.
 * @see https://www.w3.org/TR/xml/
 */
export function readElements({ name, text }: SourceText): Result<Element, Problem> {
  if (text.length <= sizeLimit) return new ElementReader(name).read(text);
  return fail(
    problem('file-too-large', `the file has more than ${sizeLimit / 1024 / 1024} MiB`, {
      at: { file: name, line: 1, column: 1 },
      hint: 'is this a fault tree?',
    }),
  );
}

class ElementReader {
  readonly #file: string;
  readonly #parser = new SaxesParser({ position: true, xmlns: false } as const);
  readonly #open: Element[] = [];
  #root: Element | undefined;
  #broken: Problem | undefined;
  #opened: Position;

  constructor(file: string) {
    this.#file = file;
    this.#opened = { file, line: 1, column: 1 };
  }

  read(text: string): Result<Element, Problem> {
    this.#listen();
    for (let at = 0; at < text.length && !this.#broken; at += chunk)
      this.#parser.write(text.slice(at, at + chunk));
    if (!this.#broken) this.#parser.close();
    if (!this.#root) this.#stop('the file has no element', 'an Open-PSA model begins with <opsa-mef>');
    return this.#broken || !this.#root ? fail(this.#broken as Problem) : ok(this.#root);
  }

  #stop(message: string, hint: string): void {
    const at = { file: this.#file, line: this.#parser.line, column: this.#parser.column + 1 };
    this.#broken ??= problem('xml-syntax', message, { at, hint });
  }

  #listen(): void {
    const parser = this.#parser;
    parser.on('error', ({ message }) => {
      this.#stop(message.replace(/^\d+:\d+: /, '').replace(/\.$/, ''), 'mend the line, or export it again');
    });
    parser.on('doctype', (doctype) => {
      if (doctype.includes('['))
        this.#stop('the DOCTYPE declares entities or elements', 'a model has none; write their text out');
    });
    parser.on('opentagstart', ({ name }) => {
      const column = Math.max(1, parser.column - name.length - 1);
      this.#opened = { file: this.#file, line: parser.line, column };
    });
    parser.on('opentag', ({ name, attributes }) => {
      if (!this.#broken) this.#enter({ name, at: this.#opened, attributes, children: [] });
    });
    parser.on('closetag', () => {
      this.#open.pop();
    });
  }

  #enter(element: Element): void {
    if (this.#open.length >= depthLimit)
      this.#stop(
        `this nests deeper than ${depthLimit} elements`,
        'give the inner formulas gates of their own',
      );
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(element);
    else this.#root ??= element;
    this.#open.push(element);
  }
}
