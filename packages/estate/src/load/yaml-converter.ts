import { problem, type Position, type Problem } from '@holdfast/kernel';
import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair } from 'yaml';
import { emptyRecord } from '../shape/record.ts';
import { clip } from '../shape/shape.ts';
import type { Marks } from './marks.ts';
import { depthLimit } from './source.ts';
import type { Plain } from './subset-cursor.ts';

const nodeLimit = 2_000_000;
const errorLimit = 100;

/** What was read, whole or with problems. */
export interface Read {
  readonly data: unknown;
  readonly marks?: Marks | undefined;
  readonly start: number;
  readonly spellings: ReadonlyMap<number, string>;
  readonly problems: readonly Problem[];
}

const plainTags = /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/;

/** From the nodes of a parsed document to plain data and marks. */
export class Converter {
  readonly result: Omit<Read, 'start'>;
  readonly #problems: Problem[] = [];
  readonly #spellings = new Map<number, string>();
  readonly #position: (offset: number) => Position;
  readonly #anchors = new Map<string, Node>();
  readonly #targets = new Map<Node, Node | undefined>();
  #nodes = 0;
  #expanding = 0;
  #full = false;

  constructor(document: Document.Parsed, position: (offset: number) => Position) {
    this.#position = position;
    for (const { message, pos } of [
      ...document.errors.slice(0, errorLimit),
      ...document.warnings.slice(0, errorLimit),
    ])
      this.#report('yaml-syntax', inWords(message), pos[0]);
    const { version, explicit } = document.directives.yaml;
    if (explicit === true && version !== '1.2')
      this.#report(
        'yaml-syntax',
        `the file says that it is YAML ${version}`,
        0,
        'Holdfast reads YAML 1.2; drop the %YAML line',
      );
    const { data = null, marks } = this.#problems.length > 0 ? {} : this.#plain(document.contents, 0);
    const whole = this.#problems.every((each) => each.code === 'key-duplicate');
    this.result = {
      data: whole ? data : undefined,
      marks,
      spellings: this.#spellings,
      problems: this.#problems,
    };
  }

  #report(
    code: 'yaml-syntax' | 'yaml-limit' | 'key-duplicate',
    message: string,
    offset: number,
    hint?: string,
  ): void {
    if (this.#problems.length < errorLimit)
      this.#problems.push(problem(code, message, { at: this.#position(offset), hint }));
  }

  #plain(node: unknown, depth: number): Plain {
    this.#nodes += 1;
    if (this.#full) return { data: undefined };
    if (depth > depthLimit || this.#nodes > nodeLimit) return this.#refuse(node, depth);
    if (isAlias(node)) return this.#alias(node, depth);
    const { anchor, tag } = (node ?? {}) as { readonly anchor?: string; readonly tag?: string };
    if (tag !== undefined && !plainTags.test(tag))
      this.#report(
        'yaml-syntax',
        `the tag ${clip(tag)} is not allowed`,
        startOfNode(node) ?? 0,
        'drop the tag; an estate is plain data',
      );
    if (anchor !== undefined && this.#expanding === 0) this.#anchors.set(anchor, node as Node);
    if (isSeq(node)) return this.#list(node.items, depth);
    if (isMap(node)) return this.#map(node.items, depth);
    return { data: isScalar(node) ? this.#scalar(node) : null };
  }

  #refuse(node: unknown, depth: number): Plain {
    this.#full = true;
    const what =
      depth > depthLimit
        ? `the file nests more than ${depthLimit} deep`
        : 'with its aliases the file has more than 2,000,000 values';
    this.#report('yaml-limit', what, startOfNode(node) ?? 0, 'write it flatter, or without aliases');
    return { data: undefined };
  }

  /** An alias means the anchor that was last set before it, wherever it is expanded. */
  #alias(node: Node & { source: string }, depth: number): Plain {
    if (!this.#targets.has(node)) this.#targets.set(node, this.#anchors.get(node.source));
    const target = this.#targets.get(node);
    if (!target) {
      this.#report(
        'yaml-syntax',
        `no anchor &${clip(node.source)} stands before this alias`,
        startOfNode(node) ?? 0,
      );
      return { data: null };
    }
    this.#expanding += 1;
    const plain = this.#plain(target, depth + 1);
    this.#expanding -= 1;
    return plain;
  }

  #list(items: readonly unknown[], depth: number): Plain {
    const read = items.map((each) => this.#plain(each, depth + 1));
    return {
      data: read.map(({ data }) => data ?? null),
      marks: { valuesAt: items.map((each) => startOfNode(each) ?? 0), below: read.map(({ marks }) => marks) },
    };
  }

  #map(pairs: readonly Pair[], depth: number): Plain {
    const data = emptyRecord<unknown>();
    const keys: string[] = [];
    const keysAt: number[] = [];
    const valuesAt: number[] = [];
    const below: (Marks | undefined)[] = [];
    for (const pair of pairs) {
      const key = this.#key(pair, data);
      if (key === undefined) continue;
      const value = this.#plain(pair.value, depth + 1);
      data[key] = value.data ?? null;
      keys.push(key);
      keysAt.push(startOfNode(pair.key) ?? 0);
      valuesAt.push(startOfNode(pair.value) ?? startOfNode(pair.key) ?? 0);
      below.push(value.marks);
    }
    return { data, marks: { keys, keysAt, valuesAt, below } };
  }

  #key({ key }: Pair, data: Readonly<Record<string, unknown>>): string | undefined {
    const at = startOfNode(key) ?? 0;
    const name = isScalar(key) ? keyText(key) : undefined;
    if (name === undefined)
      this.#report('yaml-syntax', 'a key must be a plain word', at, 'quote it, or write it as text');
    else if (name === '<<')
      this.#report('yaml-syntax', "merge keys '<<' are not part of YAML 1.2", at, 'write the keys out');
    else if (name in data)
      this.#report('key-duplicate', `'${clip(name)}' stands twice here`, at, 'join the two, or rename one');
    else return name;
    return undefined;
  }

  #scalar(node: Node & { value: unknown; source?: string }): unknown {
    const { value, source } = node;
    if (typeof value === 'number' && source !== undefined && source !== String(value))
      this.#spellings.set(startOfNode(node) ?? 0, source);
    return value;
  }
}

function keyText({ value, source }: { value: unknown; source?: string }): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? (source ?? String(value)) : undefined;
}

/** Where a node begins, if it stands anywhere. */
export const startOfNode = (node: unknown): number | undefined =>
  (node as Node | undefined | null)?.range?.[0];

/** The parser's message without its advice to programmers. */
function inWords(message: string): string {
  if (message.startsWith('Source contains multiple documents'))
    return "the file holds several documents; split it at the line '---'";
  if (message.startsWith('Unresolved tag'))
    return `tags are not allowed: ${clip(message.slice('Unresolved tag: '.length))}`;
  const [first = message] = message.split('\n');
  return first
    .replace(/ at line .*$/, '')
    .replaceAll(/\p{Cc}/gu, ' ')
    .slice(0, 200);
}
