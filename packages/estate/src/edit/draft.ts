import type { Json } from '@holdfast/kernel';
import type { EntityKind } from '../language/kinds.ts';
import type { Path } from '../shape/shape.ts';

/** An entity as a file holds it, not read by its shape. */
export interface Held {
  readonly kind: EntityKind;
  readonly id: string;
  readonly data: unknown;
}

/** A text that stands in an entity and is to become another: the key at the path, or its value. */
export interface Rewording {
  readonly path: Path;
  readonly on: 'key' | 'value';
  readonly text: string;
}

/** A file while it is edited. A place that cannot be changed throws a `Refusal`. */
export interface Draft {
  readonly name: string;
  /** The text with all edits so far. */
  text(): string;
  entities(): Iterable<Held>;
  /** The data of one entity as it is now. */
  entity(kind: EntityKind, id: string): unknown;
  add(kind: EntityKind, id: string, data: Json): void;
  set(kind: EntityKind, id: string, path: Path, value: Json): void;
  unset(kind: EntityKind, id: string, path: Path): void;
  remove(kind: EntityKind, id: string): void;
  rename(kind: EntityKind, from: string, to: string): void;
  reword(kind: EntityKind, id: string, rewordings: readonly Rewording[]): void;
}
