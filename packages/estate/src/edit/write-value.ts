import type { Json } from '@holdfast/kernel';
import type { Style } from './style.ts';
import { writeKey, writeScalar, type Look } from './write-scalar.ts';

type Members = { readonly [key: string]: Json };

const width = 100;

export const isMembers = (value: Json): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isItems = (value: Json): value is readonly Json[] => Array.isArray(value);

const lookOf = ({ quote, quotesAll }: Style, inFlow: boolean): Look => ({ quote, always: quotesAll, inFlow });

/** A value on one line, collections in brackets and braces. */
export function writeFlow(value: Json, style: Style, inFlow = true): string {
  if (isItems(value))
    return bracketed(
      '[',
      value.map((each) => writeFlow(each, style)),
      ']',
      style.listPadding,
    );
  if (isMembers(value))
    return bracketed(
      '{',
      Object.entries(value).map(([key, each]) => writeFlowPair(key, each, style)),
      '}',
      style.padding,
    );
  return writeScalar(value, lookOf(style, inFlow));
}

/** `key: value` as it stands in braces. */
export const writeFlowPair = (key: string, value: Json, style: Style, look = keyLook(style)): string =>
  `${writeKey(key, look)}: ${writeFlow(value, style)}`;

const bracketed = (open: string, parts: readonly string[], close: string, padding: string): string =>
  parts.length === 0 ? `${open}${close}` : `${open}${padding}${parts.join(', ')}${padding}${close}`;

/** Keys go without quotes, unless those around them have some. */
export const keyLook = ({ quote }: Style, always = false): Look => ({ quote, always, inFlow: true });

/** Whether a new value goes on the line of its key; else on lines of its own below it. */
export function fitsOnLine(value: Json, style: Style, column: number): boolean {
  if (!isMembers(value) && !isItems(value)) return true;
  const parts: readonly Json[] = isItems(value) ? value : Object.values(value);
  if (parts.length === 0) return true;
  if (!(isItems(value) ? style.flowLists : style.flowMaps)) return false;
  const shallow = parts.every(
    (each) => !isMembers(each) && (!isItems(each) || each.every((one) => !isMembers(one) && !isItems(one))),
  );
  return shallow && column + writeFlow(value, style).length <= width;
}

/** `key: value` in block style, its first line without indentation; `column` is where the key stands. */
export function writePair(
  key: string,
  value: Json,
  style: Style,
  column: number,
  look = keyLook(style),
  asBlock = false,
): string {
  const name = writeKey(key, look);
  if (!asBlock && fitsOnLine(value, style, column + name.length + 2))
    return `${name}: ${writeFlow(value, style, false)}`;
  return `${name}:${writeBelow(value, style, column)}`;
}

/** The lines of a collection below a key at `column`, each begun by a line end. */
export function writeBelow(value: Json, style: Style, column: number): string {
  const { eol, indent, listIndent } = style;
  if (isItems(value)) {
    const at = column + listIndent;
    return value.map((each) => `${eol}${' '.repeat(at)}- ${writeFlow(each, style, false)}`).join('');
  }
  if (!isMembers(value)) return ` ${writeFlow(value, style, false)}`;
  const at = column + indent;
  return Object.entries(value)
    .map(([name, each]) => `${eol}${' '.repeat(at)}${writePair(name, each, style, at)}`)
    .join('');
}
