import { fail, ok, problem, type Position, type Problem, type Result } from '@holdfast/kernel';
import { SaxesParser } from 'saxes';
import type { ConfigFile } from '../model/firewall.ts';
import { isRead, isSection } from './what-is-read.ts';

/** An element of a configuration. `text` is kept only of elements that are read, so that no secret is. */
export interface Element {
  readonly name: string;
  readonly at: Position;
  readonly text: string;
  /** Whether it holds any text at all, read or not. */
  readonly isFilled: boolean;
  readonly children: readonly Element[];
}

interface Draft {
  readonly name: string;
  readonly at: Position;
  text: string;
  isFilled: boolean;
  readonly children: Draft[];
}

const depthLimit = 40;
const elementLimit = 1_000_000;
const sizeLimit = 64 * 1024 * 1024;
const chunk = 1 << 16;

/**
 * Reads the elements of a `config.xml` that say what the firewall does. Stops at the first place that is not well-formed.
 * A DOCTYPE is refused, so that no entity expands: neither product writes one.
 * Codes: `xml-syntax`, `file-too-large`.
 * @see https://www.w3.org/TR/xml/
 */
export function readTree({ name, text }: ConfigFile): Result<Element, Problem> {
  const start: Position = { file: name, line: 1, column: 1 };
  if (text.length > sizeLimit)
    return tooLarge(`the file has more than ${sizeLimit / 1024 / 1024} MiB`, start);
  return new TreeReader(name).read(text);
}

const tooLarge = (message: string, at: Position): Result<never, Problem> =>
  fail(
    problem('file-too-large', message, { hint: 'a configuration has a few MiB at most; is this one?', at }),
  );

class TreeReader {
  readonly #file: string;
  readonly #parser = new SaxesParser({ position: true, xmlns: false } as const);
  readonly #open: (Draft | undefined)[] = [];
  #root: Draft | undefined;
  #broken: Problem | undefined;
  #count = 0;
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
    if (this.#broken) return fail(this.#broken);
    if (this.#root) return ok(this.#root);
    return fail(problem('xml-syntax', 'the file has no element', { at: this.#here() }));
  }

  #here(): Position {
    return { file: this.#file, line: this.#parser.line, column: this.#parser.column + 1 };
  }

  #stop(code: 'xml-syntax' | 'file-too-large', message: string, hint: string): void {
    this.#broken ??= problem(code, message, { at: this.#here(), hint });
  }

  #listen(): void {
    const parser = this.#parser;
    parser.on('error', ({ message }) => {
      this.#stop(
        'xml-syntax',
        saidSafely(message),
        'the file was cut off or changed by hand; export it again',
      );
    });
    parser.on('doctype', () => {
      this.#stop('xml-syntax', 'the file has a DOCTYPE', 'a configuration has none; export it again');
    });
    parser.on('opentagstart', ({ name }) => {
      this.#opened = { ...this.#here(), column: Math.max(1, parser.column - name.length - 1) };
    });
    parser.on('opentag', ({ name }) => {
      if (!this.#broken) this.#enter(name);
    });
    parser.on('text', (text) => {
      this.#text(text);
    });
    parser.on('cdata', (text) => {
      this.#text(text);
    });
    parser.on('closetag', () => {
      this.#open.pop();
    });
  }

  #enter(name: string): void {
    const depth = this.#open.length;
    if (depth >= depthLimit) {
      this.#stop('xml-syntax', `this nests deeper than ${depthLimit} elements`, 'export the file again');
      return;
    }
    const parent = this.#open.at(-1);
    const isKept = depth === 0 || (parent !== undefined && (depth > 1 || isSection(name)));
    if (!isKept) {
      this.#open.push(undefined);
      return;
    }
    this.#count += 1;
    if (this.#count > elementLimit)
      this.#stop(
        'file-too-large',
        `the file has more than ${elementLimit} elements that are read`,
        'is this a configuration?',
      );
    const draft: Draft = { name, at: this.#opened, text: '', isFilled: false, children: [] };
    if (parent) parent.children.push(draft);
    else this.#root = draft;
    this.#open.push(draft);
  }

  #text(text: string): void {
    const element = this.#open.at(-1);
    if (!element || !/\S/.test(text)) return;
    element.isFilled = true;
    if (isRead(element.name)) element.text = `${element.text} ${text}`.trim();
  }
}

/** The parser's words without the place, and without what it quotes of the file: that may be a secret. */
const saidSafely = (message: string): string =>
  message
    .replace(/^\d+:\d+: /, '')
    .replace(/\.$/, '')
    .replace(/: .*$/s, '');

/** The first child of a name. */
export const childOf = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((each) => each.name === name);

/** All children of a name. */
export const childrenOf = (element: Element | undefined, name: string): readonly Element[] =>
  element?.children.filter((each) => each.name === name) ?? [];

/** An element down a path of names. */
export const elementAt = (element: Element, ...path: readonly string[]): Element | undefined =>
  path.reduce<Element | undefined>(childOf, element);

/** The text of the first child of a name; empty where there is none. */
export const textOf = (element: Element | undefined, name: string): string =>
  childOf(element, name)?.text.trim() ?? '';

/** Whether a switch is on: it is there, and does not say no. */
export function isOn(element: Element | undefined, name: string): boolean {
  const child = childOf(element, name);
  return child !== undefined && !['0', 'no', 'disabled'].includes(child.text.toLowerCase());
}
