/** A JSON value that knows where in its file it begins. */
export type JsonNode =
  | { readonly kind: 'scalar'; readonly offset: number; readonly value: string | number | boolean | null }
  | { readonly kind: 'array'; readonly offset: number; readonly items: readonly JsonNode[] }
  | {
      readonly kind: 'object';
      readonly offset: number;
      /** Keys and values in two lists, which take half the memory of a map; large exports have a million objects. */
      readonly keys: readonly string[];
      readonly values: readonly JsonNode[];
    };

export type JsonObject = Extract<JsonNode, { readonly kind: 'object' }>;

/** What stands under a path of keys, where all of it exists and is no `null`. */
export function at(node: JsonNode | undefined, ...path: readonly string[]): JsonNode | undefined {
  let here = node;
  for (const key of path)
    here = here?.kind === 'object' ? here.values[here.keys.lastIndexOf(key)] : undefined;
  return here?.kind === 'scalar' && here.value === null ? undefined : here;
}

/** The object under a path of keys. */
export function objectAt(node: JsonNode | undefined, ...path: readonly string[]): JsonObject | undefined {
  const here = at(node, ...path);
  return here?.kind === 'object' ? here : undefined;
}

/** The text under a path of keys, of a number its digits; no empty one. */
export function textAt(node: JsonNode | undefined, ...path: readonly string[]): string | undefined {
  const here = at(node, ...path);
  if (here?.kind !== 'scalar' || typeof here.value === 'boolean') return undefined;
  const text = String(here.value).trim();
  return text === '' ? undefined : text;
}

/** The number under a path of keys. */
export function numberAt(node: JsonNode | undefined, ...path: readonly string[]): number | undefined {
  const here = at(node, ...path);
  return here?.kind === 'scalar' && typeof here.value === 'number' ? here.value : undefined;
}

/** The items under a path of keys: of a list, or the one that stands without a list. */
export function itemsAt(node: JsonNode | undefined, ...path: readonly string[]): readonly JsonNode[] {
  const here = at(node, ...path);
  return here === undefined ? [] : here.kind === 'array' ? here.items : [here];
}
