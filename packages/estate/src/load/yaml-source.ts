import { problem, type Position, type Problem } from '@holdfast/kernel';
import { parseDocument, type Document } from 'yaml';
import type { Path } from '../shape/shape.ts';
import { offsetOf } from './marks.ts';
import type { Locator } from './origin.ts';
import { positionsIn } from './positions.ts';
import { depthLimit, yamlLimit, type SourceFile } from './source.ts';
import { Converter, startOfNode, type Read } from './yaml-converter.ts';
import { prescan } from './yaml-prescan.ts';
import { readSubset } from './yaml-subset.ts';

/** A YAML file as plain data, with the way back to its lines. */
export interface YamlSource extends Locator {
  /** `undefined` where the file could not be read. */
  readonly data: unknown;
  readonly problems: readonly Problem[];
}

/** Reads one YAML 1.2 document. Nothing of it is run; nesting, size and aliases are limited. */
export function readYaml(file: SourceFile): YamlSource {
  if (file.text.length > yamlLimit) return new Refused(tooLarge(file));
  const subset = readSubset(file.text, depthLimit);
  return subset ? new Located({ ...subset, problems: [] }, positionsIn(file)) : readAnyYaml(file);
}

/** The same by the parser of all of YAML, which is slower, and words what is wrong. */
export function readAnyYaml(file: SourceFile): YamlSource {
  const refusal = prescan(file, depthLimit);
  if (refusal) return new Refused(refusal);
  const document = parse(file.text);
  if (!document)
    return new Refused(
      problem('yaml-limit', `${file.name} nests more than ${depthLimit} deep`, {
        at: startOf(file),
        hint: 'flatten it',
      }),
    );
  const positions = positionsIn(file);
  return new Located(
    { ...new Converter(document, positions).result, start: startOfNode(document.contents) ?? 0 },
    positions,
  );
}

const startOf = (file: SourceFile): Position => ({ file: file.name, line: 1, column: 1 });

const tooLarge = (file: SourceFile): Problem =>
  problem('file-too-large', `${file.name} has more than 16 MiB`, {
    at: startOf(file),
    hint: 'write large estates as NDJSON: `holdfast estate show --format ndjson`',
  });

function parse(text: string): Document.Parsed | undefined {
  const { stackTraceLimit } = Error;
  // The parser makes an error of each problem; a million stacks would take seconds and gigabytes.
  Error.stackTraceLimit = 0;
  try {
    const document = parseDocument(text, {
      uniqueKeys: false,
      keepSourceTokens: false,
      prettyErrors: false,
      logLevel: 'error',
    });
    // The stack of the parser is the last limit of depth; it may tell so itself.
    return document.errors.some(({ message }) => message.startsWith('Maximum call stack'))
      ? undefined
      : document;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

class Refused implements YamlSource {
  readonly data = undefined;
  readonly problems: readonly Problem[];

  constructor(refusal: Problem) {
    this.problems = [refusal];
  }

  locate(): Position {
    return this.problems[0]?.at ?? { file: '', line: 1, column: 1 };
  }

  spelling(): undefined {
    return undefined;
  }
}

class Located implements YamlSource {
  readonly #read: Read;
  readonly #position: (offset: number) => Position;

  constructor(read: Read, position: (offset: number) => Position) {
    this.#read = read;
    this.#position = position;
  }

  get data(): unknown {
    return this.#read.data;
  }

  get problems(): readonly Problem[] {
    return this.#read.problems;
  }

  locate(path: Path, on: 'key' | 'value' = 'value'): Position {
    return this.#position(offsetOf(this.#read.marks, this.#read.start, path, on));
  }

  spelling(path: Path, value: number): string {
    return (
      this.#read.spellings.get(offsetOf(this.#read.marks, this.#read.start, path, 'value')) ?? String(value)
    );
  }
}
