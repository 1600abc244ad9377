/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The canonical text of a JSON value: keys sorted by UTF-16 code units, no white space, numbers as ECMAScript writes them.
 * Keys whose value is `undefined` are left out.
 * @see RFC 8785 section 3.2
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  // A record of unknown keys is what any other object is here.
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of sortedKeys(members)) {
    const each = members[key];
    if (each !== undefined) text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(each)}`;
  }
  return `{${text}}`;
}

function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  // Without a comparator, sort orders strings by UTF-16 code units.
  // oxlint-disable-next-line unicorn/no-array-sort
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key) ? keys : keys.sort();
}

// Most texts need no escape, and JSON.stringify is slow to begin.
const plain = /^[ !#-[\]-~]*$/;
const quoted = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text));
