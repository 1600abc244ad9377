import type { EntityKind } from '@holdfast/estate';
import type { Json, Position } from '@holdfast/kernel';
import type { Marks, Observation, ObservedRef, Saying } from '../observation.ts';
import { Ids } from '../observe/id-of.ts';
import type { Notes } from '../observe/notes.ts';
import { at, textAt, type JsonNode } from '../reading/json-node.ts';
import { idsAt, type Entry, type Objects } from './pages.ts';

/** One thing of the export, while it is put together. */
export class Draft {
  readonly ref: ObservedRef;
  readonly at: Position;
  marks: Marks;
  #note: string | undefined;
  readonly #says: Saying[] = [];

  constructor(ref: ObservedRef, marks: Marks, at: Position) {
    this.ref = ref;
    this.marks = marks;
    this.at = at;
  }

  /** Says a value; nothing where the export has none. */
  say(path: readonly string[], value: Json | undefined, at: Position = this.at): this {
    if (value !== undefined && value !== null) this.#says.push({ kind: 'value', path, value, at });
    return this;
  }

  /** Says references: of one thing a single one; nothing where there is none. */
  refer(path: readonly string[], to: readonly ObservedRef[], at: Position = this.at): this {
    const [only] = to;
    if (only && to.length === 1) this.#says.push({ kind: 'ref', path, to: only, at });
    else if (only) this.#says.push({ kind: 'refs', path, to, at });
    return this;
  }

  note(text: string): void {
    this.#note = text;
  }

  observation(): Observation {
    const { kind, id } = this.ref;
    return {
      kind,
      id,
      marks: this.marks,
      says: this.#says,
      at: this.at,
      ...(this.#note === undefined ? {} : { note: this.#note }),
    };
  }
}

/** The export, with what has been drafted from it. */
export class Export {
  readonly notes: Notes;
  readonly #objects: Objects;
  readonly #drafts = new Map<string, Draft>();
  readonly #ids = new Ids();
  readonly #absent = new Set<string>();

  constructor(objects: Objects, notes: Notes) {
    this.#objects = objects;
    this.notes = notes;
  }

  entries(type: string): readonly Entry[] {
    return [...(this.#objects.byType.get(type)?.values() ?? [])];
  }

  entry(type: string, id: number | undefined): Entry | undefined {
    return id === undefined ? undefined : this.#objects.byType.get(type)?.get(id);
  }

  isWhole(type: string): boolean {
    return this.#objects.whole.has(type);
  }

  /** Begins a thing under its type and id, and gives it the id that the estate would have. */
  begin(kind: EntityKind, type: string, entry: Entry, name: string, more: Marks = {}): Draft {
    const id = this.#ids.take(name, `${kind}-${entry.id}`);
    const draft = new Draft({ kind, id }, { key: `${type}/${entry.id}`, name, ...more }, entry.at);
    this.#drafts.set(`${type}/${entry.id}`, draft);
    return draft;
  }

  draft(type: string, id: number | undefined): Draft | undefined {
    return id === undefined ? undefined : this.#drafts.get(`${type}/${id}`);
  }

  /** What an object refers to under a key. An id that is not in the export is told; a type that is not in it at all, once. */
  refsAt(entry: Entry, type: string, ...path: readonly string[]): readonly ObservedRef[] {
    return idsAt(entry.node, ...path).flatMap((id) => {
      const found = this.draft(type, id);
      if (!found) this.dangling(entry, type, id, path.join('.'));
      return found ? [found.ref] : [];
    });
  }

  dangling(entry: Entry, type: string, id: number, path: string): void {
    if (this.#objects.byType.get(type)?.has(id)) return;
    if (this.#objects.byType.has(type))
      this.notes.add(
        'reference-unknown',
        `\`${path}\` is ${type}/${id}, which is not in the export`,
        entry.at,
        'the rest of it is read',
      );
    else if (!this.#absent.has(type)) {
      this.#absent.add(type);
      this.notes.add(
        'import-partial',
        `the export has no ${type}`,
        entry.at,
        `what refers to them is left out; export /api/${type}/ too`,
      );
    }
  }

  observations(): readonly Observation[] {
    return [...this.#drafts.values()].map((draft) => draft.observation());
  }

  add(key: string, draft: Draft): void {
    this.#drafts.set(key, draft);
  }
}

/** A custom field of an object, by the name that Holdfast gives it: `holdfast_profile`, `holdfast_class`, `holdfast_kind`. */
export const ownField = (node: JsonNode | undefined, name: string): string | undefined => {
  const field = at(node, 'custom_fields', `holdfast_${name}`);
  return textAt(field) ?? textAt(field, 'value');
};
