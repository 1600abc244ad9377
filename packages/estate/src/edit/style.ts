import { isMap, isScalar, isSeq, visit, type Document, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { lineStart } from './splice.ts';
import { needsQuotes } from './write-scalar.ts';

/** How a file is written, so that new text looks like what is around it. */
export interface Style {
  readonly eol: string;
  /** Spaces of one level. */
  readonly indent: number;
  /** Spaces of a list below its key. */
  readonly listIndent: number;
  readonly quote: "'" | '"';
  /** Whether texts are quoted that need no quotes. */
  readonly quotesAll: boolean;
  /** Inside of brackets and braces. */
  readonly padding: string;
  readonly listPadding: string;
  /** Whether small mappings are written in braces, and small lists in brackets. */
  readonly flowMaps: boolean;
  readonly flowLists: boolean;
}

/** Reads the style off a parsed document; the habits of the house where it shows none. */
export function styleOf(text: string, document: Document.Parsed): Style {
  const seen = new Seen(text);
  visit(document, {
    Scalar: (key, node) => (key === 'key' ? undefined : seen.scalar(node)),
    // The root is never in braces, whatever the style.
    Map: (key, node) => seen.map(node, key === null),
    Seq: (_key, node, path) => seen.list(node, path.at(-1)),
  });
  return {
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    indent: seen.indent ?? 2,
    listIndent: seen.listIndent ?? 2,
    quote: seen.double > seen.single ? '"' : "'",
    quotesAll: seen.chosen > seen.plain,
    padding: seen.padding ?? ' ',
    listPadding: seen.listPadding ?? '',
    flowMaps: seen.flowMaps > 0 || seen.blockLeaves === 0,
    flowLists: seen.flowLists > 0 || seen.blockLists === 0,
  };
}

const isLeaf = (node: YAMLMap): boolean => node.items.every(({ value }) => isScalar(value));

class Seen {
  indent: number | undefined;
  listIndent: number | undefined;
  padding: string | undefined;
  listPadding: string | undefined;
  single = 0;
  double = 0;
  plain = 0;
  chosen = 0;
  flowMaps = 0;
  blockLeaves = 0;
  flowLists = 0;
  blockLists = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  scalar({ type, value }: Scalar): void {
    if (typeof value !== 'string') return;
    if (type === 'QUOTE_SINGLE') this.single += 1;
    else if (type === 'QUOTE_DOUBLE') this.double += 1;
    if (type === 'PLAIN') this.plain += 1;
    else if (!needsQuotes(value, true)) this.chosen += 1;
  }

  map(node: YAMLMap, isRoot: boolean): void {
    const [start = 0] = node.range ?? [];
    if (node.flow) {
      if (node.items.length === 0) return;
      this.flowMaps += 1;
      this.padding ??= /^\{[^\S\r\n]/.test(this.#text.slice(start, start + 2)) ? ' ' : '';
      return;
    }
    if (isLeaf(node) && !isRoot) this.blockLeaves += 1;
    for (const { key, value } of node.items) {
      if (isMap(value) && !value.flow) this.indent ??= this.#column(value) - this.#column(key);
    }
  }

  list(node: YAMLSeq, parent: unknown): void {
    const [start = 0] = node.range ?? [];
    if (node.flow) {
      if (node.items.length === 0) return;
      this.flowLists += 1;
      this.listPadding ??= /^\[[^\S\r\n]/.test(this.#text.slice(start, start + 2)) ? ' ' : '';
      return;
    }
    if (node.items.every((each) => isScalar(each))) this.blockLists += 1;
    const key = (parent as { readonly key?: unknown } | undefined)?.key;
    if (key !== undefined && !isSeq(parent))
      this.listIndent ??= Math.max(0, this.#column(node) - this.#column(key));
  }

  #column(node: unknown): number {
    const [start = 0] =
      (node as { readonly range?: readonly [number, number, number] } | undefined)?.range ?? [];
    return start - lineStart(this.#text, start);
  }
}
