import type { Json } from '@holdfast/kernel';
import type { EntityKind } from '../language/kinds.ts';
import type { Path } from '../shape/shape.ts';

/** A place within an entity: `lock.battery`, or its steps one by one where a name has a dot. */
export type EditPath = string | Path;

/** A new entity, at the end of its collection: in `file`, else where entities of its kind are already, else in the first file. */
export interface AddEntity {
  readonly kind: 'add';
  readonly entity: EntityKind;
  readonly id: string;
  readonly data: Json;
  readonly file?: string;
}

/** Sets the value at a path, which may be new. Of a mapping or a list that is there already, only what differs is touched. */
export interface SetValue {
  readonly kind: 'set';
  readonly id: string;
  readonly path: EditPath;
  readonly value: Json;
}

/** Takes away the key or the item at a path. */
export interface UnsetValue {
  readonly kind: 'unset';
  readonly id: string;
  readonly path: EditPath;
}

/** Gives an entity another id, and changes all that refer to it, in all files. */
export interface RenameEntity {
  readonly kind: 'rename';
  readonly from: string;
  readonly to: string;
}

/** Takes an entity away. Refused while anything refers to it, unless `cascade` takes those references away too. */
export interface RemoveEntity {
  readonly kind: 'remove';
  readonly id: string;
  readonly cascade?: boolean;
}

/** One change of an estate's files. */
export type Edit = AddEntity | SetValue | UnsetValue | RenameEntity | RemoveEntity;
