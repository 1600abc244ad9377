import { canonicalJson, sha256Of, type Position } from '@holdfast/kernel';
import { entityKinds, type EntityKind } from './language/kinds.ts';
import { languageVersion, type Entity, type EntityData } from './language/language.ts';
import type { Path } from './shape/shape.ts';

/** Finds where a path inside an entity stands in the user's files. */
export type Locate = (kind: EntityKind, id: string, path: Path) => Position | undefined;

export type Collections = { readonly [K in EntityKind]: ReadonlyMap<string, EntityData<K>> };

/** A site or portfolio as declared: read, whole, and consistent. Immutable. */
export class Estate {
  readonly #collections: Collections;
  readonly #kinds: ReadonlyMap<string, EntityKind>;
  readonly #locate: Locate;
  readonly #library: ReadonlySet<string>;
  #hash: string | undefined;

  constructor(collections: Collections, locate: Locate, library: ReadonlySet<string> = new Set()) {
    this.#collections = collections;
    this.#locate = locate;
    this.#library = library;
    const kinds = new Map<string, EntityKind>();
    for (const kind of entityKinds) {
      if (kind !== 'profile') for (const id of collections[kind].keys()) kinds.set(id, kind);
    }
    this.#kinds = kinds;
  }

  /** The entity's data, or `undefined`. */
  get<K extends EntityKind>(kind: K, id: string | undefined): EntityData<K> | undefined {
    // Indexing a mapped type by a generic key loses the correlation that the type states.
    return id === undefined
      ? undefined
      : (this.#collections[kind] as ReadonlyMap<string, EntityData<K>>).get(id);
  }

  /** All entities of a kind, by id. */
  all<K extends EntityKind>(kind: K): ReadonlyMap<string, EntityData<K>> {
    return this.#collections[kind];
  }

  /** The kind of an id; profiles aside, ids are unique over all kinds. */
  kindOf(id: string): EntityKind | undefined {
    return this.#kinds.get(id) ?? (this.#collections.profile.has(id) ? 'profile' : undefined);
  }

  /** What people call it: its name, else its id. */
  nameOf(id: string): string {
    const kind = this.kindOf(id);
    const data: unknown = kind && this.get(kind, id);
    const name = (data as { readonly name?: unknown } | undefined)?.name;
    return typeof name === 'string' ? name : id;
  }

  /** Where a path inside an entity stands in the user's files. */
  at(kind: EntityKind, id: string, path: Path = []): Position | undefined {
    return this.#locate(kind, id, path);
  }

  /** All ids, of every kind. */
  ids(): Iterable<string> {
    return this.#kinds.keys();
  }

  /** The entities in canonical order: by kind, then by id. */
  *entities(): Generator<Entity> {
    for (const kind of entityKinds) {
      for (const [id, data] of this.#collections[kind]) yield { kind, id, data };
    }
  }

  /**
   * The canonical form: a header line, then one entity a line, sorted by kind and id, each line as RFC 8785 writes it.
   * Profiles of the product's own library are not part of it; a user's own profiles are.
   */
  *canonicalLines(): Generator<string> {
    yield canonicalJson({ holdfast: languageVersion });
    for (const { kind, id, data } of this.entities()) {
      if (kind !== 'profile' || !this.#library.has(id)) yield canonicalJson({ kind, id, data });
    }
  }

  /** The hash of the canonical form: the same from YAML and from NDJSON, in any split. */
  get hash(): string {
    this.#hash ??= sha256Of(this.#hashed());
    return this.#hash;
  }

  *#hashed(): Generator<string> {
    for (const line of this.canonicalLines()) yield `${line}\n`;
  }
}
