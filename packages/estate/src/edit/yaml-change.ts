import type { Json } from '@holdfast/kernel';
import { isMap, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { sameJson } from './same-json.ts';
import { lineEnd, type Splice } from './splice.ts';
import type { Style } from './style.ts';
import { needsQuotes, writeKey, writeScalar } from './write-scalar.ts';
import {
  fitsOnLine,
  isItems,
  isMembers,
  keyLook,
  writeBelow,
  writeFlow,
  writeFlowPair,
  writePair,
} from './write-value.ts';
import {
  colonOf,
  columnOf,
  endOf,
  endOfPair,
  hyphenOf,
  isBlock,
  isFirstOnLine,
  keyOf,
  startOf,
  type Slot,
} from './yaml-nodes.ts';
import { Refusal } from './refusal.ts';
import { removals } from './removals.ts';

type Members = { readonly [key: string]: Json };

/** Turns changes of values into splices of one text, touching as little as can be. */
export class Changer {
  readonly splices: Splice[] = [];
  readonly #text: string;
  readonly #style: Style;

  constructor(text: string, style: Style) {
    this.#text = text;
    this.#style = style;
  }

  /** Gives a slot another value. */
  replace(slot: Slot, old: unknown, value: Json): void {
    if (sameJson(old, value)) return;
    const node = slot.value;
    if (
      isMap(node) &&
      node.items.length > 0 &&
      isMembers(value) &&
      node.items.some((pair) => Object.hasOwn(value, keyOf(pair) ?? ''))
    )
      this.#merge(node, old as Members, value);
    else if (
      isSeq(node) &&
      node.items.length > 0 &&
      isItems(value) &&
      value.length > 0 &&
      this.#mergeItems(node, old as readonly Json[], value)
    )
      return;
    else this.#rewrite(slot, value);
  }

  #merge(map: YAMLMap, old: Members, value: Members): void {
    const gone = new Set<number>();
    for (const [index, pair] of map.items.entries()) {
      const key = keyOf(pair) ?? '';
      const next = Object.hasOwn(value, key) ? value[key] : undefined;
      if (next === undefined) gone.add(index);
      else this.replace({ kind: 'pair', parent: map, pair, value: pair.value }, old[key], next);
    }
    this.removePairs(map, gone);
    const behind = map.items.findLast((_pair, index) => !gone.has(index));
    for (const [key, each] of Object.entries(value)) {
      if (!Object.hasOwn(old, key)) this.insertPair(map, key, each, { behind });
    }
  }

  /** Items that stay the same at the beginning and the end are left alone. Returns false where writing all anew is simpler. */
  #mergeItems(list: YAMLSeq, old: readonly Json[], value: readonly Json[]): boolean {
    const shorter = Math.min(old.length, value.length);
    let head = 0;
    while (head < shorter && sameJson(old[head], value[head])) head += 1;
    let tail = 0;
    while (tail < shorter - head && sameJson(old.at(-1 - tail), value.at(-1 - tail))) tail += 1;
    if (old.length < value.length && tail > 0) return false;
    const changed = shorter - tail;
    for (let index = head; index < changed; index += 1)
      this.replace(
        { kind: 'item', parent: list, index, value: list.items[index] },
        old[index],
        value[index] ?? null,
      );
    this.removeItems(
      list,
      new Set(
        old
          .keys()
          .drop(changed)
          .take(Math.max(0, old.length - value.length)),
      ),
    );
    for (const each of value.slice(old.length)) this.insertItem(list, each);
    return true;
  }

  /** Writes a slot anew. */
  #rewrite(slot: Slot, value: Json): void {
    const node = slot.value;
    if (slot.kind === 'root') throw new Refusal('the whole file cannot be replaced');
    if (slot.kind === 'item' || slot.parent.flow === true) {
      this.#put(startOf(node), endOf(node, this.#text), this.#inline(value, node, slot.parent.flow === true));
      return;
    }
    const colon = colonOf(slot.pair);
    if (colon === undefined)
      throw new Refusal('the key is written without a colon', 'write it as `key: value`');
    const column = columnOf(this.#text, startOf(slot.pair.key));
    const keyLength = endOf(slot.pair.key, this.#text) - startOf(slot.pair.key);
    if (this.#stays(node, value, column + keyLength + 2))
      this.#putInline(node, colon, this.#inline(value, node, false));
    else this.#putBelow(node, colon, writeBelow(value, this.#style, column));
  }

  /** Whether a new value goes where its key is. What was on one line stays on one line. */
  #stays(node: unknown, value: Json, column: number): boolean {
    if (isBlock(node) && (isMembers(value) || isItems(value)))
      return (isItems(value) ? value : Object.keys(value)).length === 0;
    return fitsOnLine(value, this.#style, column);
  }

  #inline(value: Json, node: unknown, inFlow: boolean): string {
    if (typeof value !== 'string' || !isScalar(node)) return writeFlow(value, this.#style, inFlow);
    const { type } = node;
    if (type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE')
      return writeScalar(value, { quote: type === 'QUOTE_SINGLE' ? "'" : '"', always: true, inFlow });
    if (type === 'PLAIN' && !needsQuotes(value, inFlow)) return value;
    return writeFlow(value, this.#style, inFlow);
  }

  #putInline(node: unknown, colon: number, text: string): void {
    if (isBlock(node)) {
      // What follows the colon on its line is a comment, and stays.
      this.#put(colon, colon, ` ${text}`);
      this.#put(lineEnd(this.#text, colon), lineEnd(this.#text, endOf(node, this.#text)), '');
    } else if (isEmpty(node)) this.#put(colon, colon, ` ${text}`);
    else this.#put(startOf(node), endOf(node, this.#text), text);
  }

  #putBelow(node: unknown, colon: number, text: string): void {
    const end = isEmpty(node) ? colon : endOf(node, this.#text);
    if (isBlock(node)) this.#put(lineEnd(this.#text, colon), lineEnd(this.#text, end), text);
    else {
      if (end > colon) this.#put(colon, end, '');
      this.#put(lineEnd(this.#text, end), lineEnd(this.#text, end), text);
    }
  }

  /** Adds a pair to a mapping that has some: behind one of them, else behind the last. */
  insertPair(map: YAMLMap, key: string, value: Json, how: Insertion = {}): void {
    const behind = how.behind ?? map.items.at(-1);
    if (!behind) throw new Refusal('the mapping is empty');
    const end = endOfPair(behind, this.#text);
    const look = keyLook(this.#style, isScalar(behind.key) && behind.key.type === 'QUOTE_DOUBLE');
    if (map.flow === true) {
      this.#put(
        end,
        end,
        `,${this.#between(startOf(behind.key))}${writeFlowPair(key, value, this.#style, look)}`,
      );
      return;
    }
    const column = columnOf(this.#text, startOf(map.items[0]?.key));
    const { eol } = this.#style;
    const at = lineEnd(this.#text, end);
    this.#put(
      at,
      at,
      `${how.gap ? eol : ''}${eol}${' '.repeat(column)}${writePair(key, value, this.#style, column, look, how.below)}`,
    );
  }

  /** Adds an item behind the last one of a list that has some. */
  insertItem(list: YAMLSeq, value: Json): void {
    const index = list.items.length - 1;
    const last = list.items[index];
    const end = endOf(last, this.#text);
    if (list.flow === true) {
      this.#put(end, end, `,${this.#between(startOf(last))}${this.#inline(value, last, true)}`);
      return;
    }
    const hyphen = hyphenOf(list, index);
    if (hyphen === undefined) throw new Refusal('the list is written in a form that the editor leaves alone');
    const at = lineEnd(this.#text, Math.max(end, hyphen));
    this.#put(
      at,
      at,
      `${this.#style.eol}${' '.repeat(columnOf(this.#text, hyphen))}- ${this.#inline(value, last, false)}`,
    );
  }

  /** Between two items in brackets: a blank, or a new line where each has its own. */
  #between(last: number): string {
    return isFirstOnLine(this.#text, last)
      ? `${this.#style.eol}${' '.repeat(columnOf(this.#text, last))}`
      : ' ';
  }

  /** Takes pairs away, each with the comment behind it on its line. */
  removePairs(map: YAMLMap, gone: ReadonlySet<number>): void {
    const spans = map.items.map((each) => ({ start: startOf(each.key), end: endOfPair(each, this.#text) }));
    this.splices.push(...removals(this.#text, spans, gone, map.flow === true));
  }

  /** Takes items away, each with the comment behind it on its line. */
  removeItems(list: YAMLSeq, gone: ReadonlySet<number>): void {
    const inFlow = list.flow === true;
    const spans = list.items.map((each, index) => ({
      start: (inFlow ? undefined : hyphenOf(list, index)) ?? startOf(each),
      end: endOf(each, this.#text),
    }));
    this.splices.push(...removals(this.#text, spans, gone, inFlow));
  }

  /** Gives a key another name. */
  renameKey(pair: Pair, to: string): void {
    const { key } = pair;
    const type = isScalar(key) ? key.type : undefined;
    const quoted = type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE';
    this.#put(
      startOf(key),
      endOf(key, this.#text),
      writeKey(to, { quote: type === 'QUOTE_SINGLE' ? "'" : '"', always: quoted, inFlow: true }),
    );
  }

  #put(start: number, end: number, text: string): void {
    this.splices.push({ start, end, text });
  }
}

/** Where and how a new pair goes. */
export interface Insertion {
  readonly behind?: Pair | undefined;
  /** Whether its value goes on lines of its own, although it would fit on one. */
  readonly below?: boolean;
  /** Whether an empty line goes before it. */
  readonly gap?: boolean;
}

/** A value that is not written: `key:`. */
function isEmpty(node: unknown): boolean {
  const [start, end] = (node as { readonly range?: readonly number[] } | null | undefined)?.range ?? [];
  return start === end;
}
