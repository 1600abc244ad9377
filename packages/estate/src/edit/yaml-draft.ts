import type { Json } from '@holdfast/kernel';
import { isMap, isScalar, parseDocument, type Document, type Pair, type YAMLMap } from 'yaml';
import { collections, entityKinds, type EntityKind } from '../language/kinds.ts';
import { languageVersion } from '../language/language.ts';
import { prescan } from '../load/yaml-prescan.ts';
import { depthLimit, type SourceFile } from '../load/source.ts';
import { readYaml } from '../load/yaml-source.ts';
import type { Path } from '../shape/shape.ts';
import { valueAt, withKeyAt, withValueAt } from './at-path.ts';
import type { Draft, Held, Rewording } from './draft.ts';
import { Refusal } from './refusal.ts';
import { sameJson } from './same-json.ts';
import { applySplices, isBlankLine, lineStart, nextLine, topOfComments } from './splice.ts';
import { styleOf, type Style } from './style.ts';
import { Changer } from './yaml-change.ts';
import { endOfPair, isBlock, sharedAnchors, slotAt, startOf, type Found, type Slot } from './yaml-nodes.ts';

interface Parsed {
  readonly document: Document.Parsed;
  readonly style: Style;
  readonly changer: Changer;
  readonly at: (path: Path) => Found;
}

/**
 * A YAML file while it is edited. Changes become splices of the text as it was parsed; what would meet a splice that waits
 * is done after a new parse. After each parse the data must be what the edits say, else the edit is refused.
 */
export class YamlDraft implements Draft {
  readonly name: string;
  #text: string;
  /** What the edits make of the data, apart from any text. */
  #data: unknown;
  #parsed: Parsed | undefined;
  /** What the waiting splices have touched: entities that changed, `+kind` of collections that grew, `*` for anything. */
  #touched = new Set<string>();

  constructor(file: SourceFile) {
    this.name = file.name;
    this.#text = file.text;
    this.#data = this.#read(file.text);
  }

  #read(text: string): unknown {
    const { data, problems } = readYaml({ name: this.name, text });
    const [first] = problems;
    if (first)
      throw new Refusal(
        `${this.name}:${first.at?.line ?? 1} cannot be read: ${first.message}`,
        'mend the file first',
      );
    return data;
  }

  text(): string {
    this.#flush();
    return this.#text;
  }

  *entities(): Generator<Held> {
    for (const kind of entityKinds) {
      const held = valueAt(this.#data, [collections[kind]]);
      if (typeof held === 'object' && held !== null)
        for (const [id, data] of Object.entries(held)) yield { kind, id, data: data as unknown };
    }
  }

  entity(kind: EntityKind, id: string): unknown {
    return valueAt(this.#data, [collections[kind], id]);
  }

  add(kind: EntityKind, id: string, data: Json): void {
    const key = collections[kind];
    const collection = valueAt(this.#data, [key]);
    if (typeof collection === 'object' && collection !== null && Object.keys(collection).length > 0) {
      const { changer, at } = this.#begin(`+${kind}`);
      const map = at([key]).slot.value;
      if (!isMap(map)) throw new Refusal(`'${key}' is not a mapping`);
      changer.insertPair(map, id, data, { below: isBlock(map.items.at(-1)?.value), gap: this.#hasGaps(map) });
    } else this.#addFirst(kind, id, data);
    this.#put([key, id], data);
  }

  /** The first entity of its kind in the file, perhaps the first of all. */
  #addFirst(kind: EntityKind, id: string, data: Json): void {
    const key = collections[kind];
    this.#flush();
    if (this.#data === null) this.#beginFile();
    const { changer, document, at } = this.#begin('*');
    const root = document.contents;
    if (!isMap(root)) throw new Refusal(`${this.name} is not an estate file`);
    const { slot, depth } = at([key]);
    if (depth === 0) changer.insertPair(root, key, { [id]: data }, { below: true, gap: true });
    else changer.replace(slot, valueAt(this.#data, [key]), { [id]: data });
  }

  #beginFile(): void {
    const { eol } = this.#parse().style;
    const start = this.#text.length <= 1 || this.#text.endsWith('\n') ? '' : eol;
    this.#text += `${start}holdfast: ${languageVersion}${eol}`;
    this.#data = { holdfast: languageVersion };
    this.#parsed = undefined;
  }

  /** Whether an empty line stands before the last entity. */
  #hasGaps(map: YAMLMap): boolean {
    const last = map.items.at(-1);
    const before = map.items.at(-2);
    return (
      last !== undefined &&
      before !== undefined &&
      /\n[^\S\n]*\r?\n/.test(this.#text.slice(endOfPair(before, this.#text), startOf(last.key)))
    );
  }

  set(kind: EntityKind, id: string, path: Path, value: Json): void {
    const whole = [collections[kind], id, ...path];
    const { changer, at } = this.#begin(id);
    const { slot, depth } = at(whole);
    const missing = whole.slice(depth);
    const [first, ...rest] = missing;
    if (first === undefined) changer.replace(slot, valueAt(this.#data, whole), value);
    else
      this.#insert(
        slot,
        whole.slice(0, depth),
        first,
        rest.reduceRight<Json>(
          (inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }),
          value,
        ),
      );
    this.#put(whole, value);
  }

  #insert(slot: Slot, path: Path, key: string | number, value: Json): void {
    const { changer } = this.#parse();
    const node = slot.value;
    const old = valueAt(this.#data, path);
    if (isMap(node) && node.items.length > 0) changer.insertPair(node, String(key), value);
    else if (Array.isArray(old) && key === old.length)
      changer.replace(slot, old, [...(old as Json[]), value]);
    else if (old === null || (isMap(node) && typeof key === 'string'))
      changer.replace(slot, old, { [key]: value });
    else
      throw new Refusal(
        `'${path.slice(1).join('.')}' has no '${key}' to set`,
        'set the whole value, or the next item of the list',
      );
  }

  unset(kind: EntityKind, id: string, path: Path): void {
    const whole = [collections[kind], id, ...path];
    if (valueAt(this.#data, whole) === undefined)
      throw new Refusal(`'${path.join('.')}' is not set`, 'there is nothing to take away');
    const { changer, at } = this.#begin(id);
    const { slot } = at(whole);
    const above = whole.slice(0, -1);
    if (slot.kind === 'root') throw new Refusal('the whole file cannot be taken away');
    if (slot.parent.items.length === 1)
      changer.replace(at(above).slot, valueAt(this.#data, above), slot.kind === 'pair' ? {} : []);
    else if (slot.kind === 'pair')
      changer.removePairs(slot.parent, new Set([slot.parent.items.indexOf(slot.pair)]));
    else changer.removeItems(slot.parent, new Set([slot.index]));
    this.#put(whole, undefined);
  }

  remove(kind: EntityKind, id: string): void {
    const path = [collections[kind], id];
    this.#flush();
    const { changer, at } = this.#parse();
    const { slot } = at(path);
    if (slot.kind === 'pair') this.#dropSurroundings(slot.parent, slot.pair, changer);
    this.unset(kind, id, []);
    this.#flush();
  }

  /**
   * The comment lines right above an entity go with it, and one of the empty lines that set it off.
   * Comments above the first may speak of all, and stay.
   */
  #dropSurroundings(map: YAMLMap, pair: Pair, changer: Changer): void {
    if (map.flow === true || map.items.length === 1) return;
    const text = this.#text;
    const own = lineStart(text, startOf(pair.key));
    const top = map.items[0] === pair ? own : topOfComments(text, own);
    const above = lineStart(text, Math.max(0, top - 1));
    const next = nextLine(text, endOfPair(pair, text));
    const blankAbove = above < top && isBlankLine(text, above);
    const blankBelow = next >= text.length || isBlankLine(text, next);
    if (blankAbove && (blankBelow || map.items.at(-1) === pair))
      changer.splices.push({ start: above, end: own, text: '' });
    else {
      if (top < own) changer.splices.push({ start: top, end: own, text: '' });
      if (blankBelow && map.items.at(-1) !== pair)
        changer.splices.push({ start: next, end: nextLine(text, next), text: '' });
    }
  }

  rename(kind: EntityKind, from: string, to: string): void {
    this.reword(kind, from, [{ path: [], on: 'key', text: to }]);
  }

  reword(kind: EntityKind, id: string, rewordings: readonly Rewording[]): void {
    for (const { path, on, text } of rewordings) {
      const whole = [collections[kind], id, ...path];
      const { changer, at } = this.#parse();
      const { slot } = at(whole);
      this.#touched.add('*');
      if (on === 'key' && slot.kind === 'pair') changer.renameKey(slot.pair, text);
      else if (isScalar(slot.value)) changer.replace(slot, undefined, text);
      else throw new Refusal(`'${path.join('.')}' is not a text`);
    }
    // Keys last, so that the paths of values stay what they were.
    for (const { path, text } of rewordings.filter(({ on }) => on === 'value'))
      this.#put([collections[kind], id, ...path], text);
    for (const { path, text } of rewordings.filter(({ on }) => on === 'key'))
      this.#data = withKeyAt(this.#data, [collections[kind], id, ...path], text);
  }

  /** Changes the data, in place where a key gets a value: it is the draft's own, and copying a collection for each edit is slow. */
  #put(path: Path, value: unknown): void {
    const parent = valueAt(this.#data, path.slice(0, -1));
    const key = path.at(-1);
    if (
      value !== undefined &&
      key !== undefined &&
      typeof parent === 'object' &&
      parent !== null &&
      !Array.isArray(parent)
    ) {
      // A mapping has keys that are texts.
      (parent as Record<string, unknown>)[key] = value;
    } else this.#data = withValueAt(this.#data, path, value);
  }

  /** Makes ready for an edit that touches something; splices that wait for the same thing are applied first. */
  #begin(touches: string): Parsed {
    const adds = touches.startsWith('+');
    const clash =
      this.#touched.has('*') ||
      [...this.#touched].some((each) => (adds ? each !== touches : each === touches || each.startsWith('+')));
    if (clash) this.#flush();
    this.#touched.add(touches);
    return this.#parse();
  }

  #parse(): Parsed {
    if (this.#parsed) return this.#parsed;
    const tooMuch = prescan({ name: this.name, text: this.#text }, depthLimit);
    if (tooMuch)
      throw new Refusal(
        `${this.name} is too large for the editor of YAML: ${tooMuch.message}`,
        'split it, or write it as NDJSON',
      );
    const document = parseDocument(this.#text, {
      keepSourceTokens: true,
      uniqueKeys: false,
      logLevel: 'error',
    });
    const style = styleOf(this.#text, document);
    const shared = sharedAnchors(document);
    this.#parsed = {
      document,
      style,
      changer: new Changer(this.#text, style),
      at: (path) => slotAt(document.contents, path, shared),
    };
    return this.#parsed;
  }

  /** Applies what waits. */
  #flush(): void {
    const splices = this.#parsed?.changer.splices ?? [];
    this.#touched = new Set();
    if (splices.length === 0) return;
    const text = applySplices(this.#text, splices);
    this.#parsed = undefined;
    if (text === undefined || !sameJson(this.#read(text), this.#data)) {
      throw new Refusal(
        `${this.name} is written there in a form that the editor cannot change without touching more`,
        'make this change by hand',
      );
    }
    this.#text = text;
  }
}
