import { ok, fail, problem, type Position, type Problem, type Result } from '@holdfast/kernel';
import type { ImportFile } from '../observation.ts';
import type { Notes } from '../observe/notes.ts';
import { decode, notThis, type DecodedFile } from '../reading/decode.ts';
import { at, itemsAt, numberAt, textAt, type JsonNode, type JsonObject } from '../reading/json-node.ts';
import { readJson } from '../reading/read-json.ts';

/** An object of the API, with where it stands. */
export interface Entry {
  readonly id: number;
  readonly node: JsonObject;
  readonly at: Position;
}

/** All objects of all files, by their type such as `dcim/devices`, in the order of the files. */
export interface Objects {
  readonly byType: ReadonlyMap<string, ReadonlyMap<number, Entry>>;
  /** Types of which the pages say how many there are, and which are all there without a filter. */
  readonly whole: ReadonlySet<string>;
  readonly sha256: readonly string[];
}

interface Gathered {
  readonly byType: Map<string, Map<number, Entry>>;
  readonly counts: Map<string, { count: number; at: Position; filtered: boolean }>;
}

/**
 * Reads pages (`{count, next, previous, results}`), lists of pages or of objects, and objects that hold these under any
 * key. What an object is, its own `url` says: `.../api/dcim/devices/7/`.
 * @see https://netboxlabs.com/docs/netbox/integrations/rest-api/#pagination
 */
export function gather(files: readonly ImportFile[], notes: Notes): Result<Objects, readonly Problem[]> {
  const gathered: Gathered = { byType: new Map(), counts: new Map() };
  const problems: Problem[] = [];
  const sha256: string[] = [];
  for (const file of files) {
    const decoded = decode(file);
    const root = decoded.kind === 'ok' ? readJson(decoded.value) : decoded;
    if (decoded.kind === 'error' || root.kind === 'error') {
      if (root.kind === 'error') problems.push(root.error);
      continue;
    }
    sha256.push(decoded.value.sha256);
    if (!take(root.value, decoded.value, gathered, notes, 0))
      problems.push(
        notThis('netbox-json', decoded.value.at(root.value.offset), 'pages of the API with `results`'),
      );
  }
  if (problems.length > 0) return fail(problems);
  if (files.length === 0) return fail([problem('file-missing', 'no file of a NetBox export was given')]);
  return ok({ byType: gathered.byType, whole: wholeTypes(gathered, notes), sha256 });
}

/** Whether a value held pages or objects. */
function take(node: JsonNode, file: DecodedFile, gathered: Gathered, notes: Notes, depth: number): boolean {
  if (depth > 4) return false;
  if (node.kind === 'array') {
    const found = node.items.map((item) => take(item, file, gathered, notes, depth + 1));
    return found.length === 0 || found.some(Boolean);
  }
  if (node.kind !== 'object') return false;
  const results = at(node, 'results');
  if (results?.kind === 'array') return takePage(node, results.items, file, gathered, notes);
  const url = textAt(node, 'url');
  if (numberAt(node, 'id') !== undefined && url !== undefined)
    return keep(node, url, file, gathered, notes) !== undefined;
  let found = false;
  for (const value of node.values) found = take(value, file, gathered, notes, depth + 1) || found;
  return found;
}

function takePage(
  page: JsonObject,
  items: readonly JsonNode[],
  file: DecodedFile,
  gathered: Gathered,
  notes: Notes,
): boolean {
  let type: string | undefined;
  for (const item of items) {
    const url = textAt(item, 'url');
    const kept =
      item.kind === 'object' && url !== undefined ? keep(item, url, file, gathered, notes) : undefined;
    if (kept === undefined)
      notes.add(
        'import-partial',
        'an object without `id` and `url`',
        file.at(item.offset),
        'it is left out; export with all fields',
      );
    else type ??= kept;
  }
  const count = numberAt(page, 'count');
  const links = [textAt(page, 'next'), textAt(page, 'previous')].filter((each) => each !== undefined);
  const filtered = links.some((link) =>
    /[?&](?!limit=|offset=|brief=|ordering=|format=)[^&]/.test(link.slice(link.indexOf('?'))),
  );
  if (type !== undefined && count !== undefined) {
    const before = gathered.counts.get(type);
    gathered.counts.set(type, {
      count: Math.max(count, before?.count ?? 0),
      at: before?.at ?? file.at(page.offset),
      filtered: filtered || before?.filtered === true,
    });
  }
  return count !== undefined || type !== undefined;
}

function keep(
  node: JsonObject,
  url: string,
  file: DecodedFile,
  gathered: Gathered,
  notes: Notes,
): string | undefined {
  const path = /\/api\/((?:plugins\/)?[a-z-]+\/[a-z-]+)\/(\d+)\/?$/.exec(url);
  const id = numberAt(node, 'id');
  const type = path?.[1];
  if (type === undefined || id === undefined || !Number.isSafeInteger(id)) return undefined;
  if (String(id) !== path?.[2])
    notes.add(
      'value-invalid',
      `the id ${id} is not that of its url`,
      file.at(node.offset),
      'its id is taken',
    );
  const entries = gathered.byType.get(type) ?? new Map<number, Entry>();
  gathered.byType.set(type, entries.set(id, { id, node, at: file.at(node.offset) }));
  return type;
}

function wholeTypes({ byType, counts }: Gathered, notes: Notes): ReadonlySet<string> {
  const whole = new Set<string>();
  for (const [type, { count, at, filtered }] of counts) {
    const here = byType.get(type)?.size ?? 0;
    if (here < count)
      notes.add(
        'import-partial',
        `${here} of ${count} ${type} are here: pages are missing`,
        at,
        'follow `next` to the last page, or export with ?limit=0',
      );
    else if (!filtered) whole.add(type);
  }
  return whole;
}

/** A choice: `{value, label}`, or its value alone as older versions and some fields have it. */
export const choiceAt = (node: JsonNode | undefined, key: string): string | undefined =>
  textAt(node, key, 'value') ?? textAt(node, key);

/** The ids under a key: of an object, of a number, or of a list of these. */
export const idsAt = (node: JsonNode | undefined, ...path: readonly string[]): readonly number[] =>
  itemsAt(node, ...path).flatMap((each) => numberAt(each, 'id') ?? numberAt(each) ?? []);
