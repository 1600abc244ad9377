import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  visit,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Path } from '../shape/shape.ts';
import { Refusal } from './refusal.ts';
import { lineStart } from './splice.ts';

/** A value with where it hangs: the pair of a mapping, or the item of a list. */
export type Slot =
  | { readonly kind: 'root'; readonly value: unknown }
  | { readonly kind: 'pair'; readonly parent: YAMLMap; readonly pair: Pair; readonly value: unknown }
  | { readonly kind: 'item'; readonly parent: YAMLSeq; readonly index: number; readonly value: unknown };

/** The slot at a path; where the path does not exist, the last one on the way, and how many steps lead there. */
export interface Found {
  readonly slot: Slot;
  readonly depth: number;
}

/** Finds a slot. Refuses what anchors share with other places. */
export function slotAt(contents: unknown, path: Path, shared: ReadonlySet<string>): Found {
  let slot: Slot = { kind: 'root', value: contents };
  for (const [depth, step] of path.entries()) {
    const next = below(slot.value, step);
    if (!next) return { slot, depth };
    slot = next;
    refuseShared(slot.value, shared);
  }
  return { slot, depth: path.length };
}

/** The anchors that some alias means. */
export function sharedAnchors(document: Document.Parsed): ReadonlySet<string> {
  const shared = new Set<string>();
  if (document.contents) visit(document, { Alias: (_key, { source }) => void shared.add(source) });
  return shared;
}

function refuseShared(node: unknown, shared: ReadonlySet<string>): void {
  if (isAlias(node))
    throw new Refusal(
      `the value is the alias *${node.source}, which stands for a value elsewhere`,
      'write the value out here, or edit it where its anchor is',
    );
  const { anchor } = (node ?? {}) as { readonly anchor?: string };
  if (anchor !== undefined && shared.has(anchor))
    throw new Refusal(`the value is shared with every *${anchor}`, 'write the value out at each alias first');
}

function below(node: unknown, step: string | number): Slot | undefined {
  if (isSeq(node)) {
    const index = Number(step);
    return Number.isInteger(index) && index >= 0 && index < node.items.length
      ? { kind: 'item', parent: node, index, value: node.items[index] }
      : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((each) => keyOf(each) === String(step));
  return pair && { kind: 'pair', parent: node, pair, value: pair.value };
}

/** The text of a key. */
export function keyOf({ key }: Pair): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

export const startOf = (node: unknown): number => (node as Node | undefined)?.range?.[0] ?? 0;

/** Whether a node is a collection on lines of its own. */
export const isBlock = (node: unknown): node is YAMLMap | YAMLSeq =>
  (isMap(node) || isSeq(node)) && node.flow !== true;

/** Where the text of a node ends: without comments and line ends behind it. */
export function endOf(node: unknown, text: string): number {
  if (isBlock(node)) {
    const last: unknown = node.items.at(-1);
    return isMap(node) ? endOfPair(last as Pair, text) : endOf(last, text);
  }
  const end = (node as Node | undefined)?.range?.[1] ?? 0;
  if (!isScalar(node) || !(node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')) return end;
  let stripped = end;
  while (stripped > 0 && (text[stripped - 1] === '\n' || text[stripped - 1] === '\r')) stripped -= 1;
  return stripped;
}

/** Where a pair ends: with its value, or with the colon where it has none. */
export const endOfPair = (pair: Pair, text: string): number =>
  Math.max(endOf(pair.value, text), endOf(pair.key, text), colonOf(pair) ?? 0);

interface Token {
  readonly type: string;
  readonly offset: number;
}

/** Just behind the colon of a pair. */
export function colonOf(pair: Pair): number | undefined {
  const { sep = [] } = ((pair as { srcToken?: unknown }).srcToken ?? {}) as {
    readonly sep?: readonly Token[];
  };
  const colon = sep.find(({ type }) => type === 'map-value-ind');
  return colon && colon.offset + 1;
}

/** The hyphen of an item of a block list. */
export function hyphenOf(list: YAMLSeq, index: number): number | undefined {
  const { items = [] } = ((list as { srcToken?: unknown }).srcToken ?? {}) as {
    readonly items?: readonly { readonly start: readonly Token[] }[];
  };
  return items[index]?.start.find(({ type }) => type === 'seq-item-ind')?.offset;
}

/** The column of an offset, from 0. */
export const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset);

/** Whether only blanks stand before an offset on its line. */
export const isFirstOnLine = (text: string, offset: number): boolean =>
  text.slice(lineStart(text, offset), offset).trim() === '';
