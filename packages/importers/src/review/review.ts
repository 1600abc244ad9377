import type { Basis, EntityKind, Path } from '@holdfast/estate';
import type { Json, Position, Problem } from '@holdfast/kernel';

/** A value with where it was seen. `written` is what acceptance writes. */
export interface SeenValue {
  readonly value: Json;
  readonly at: Position;
  readonly basis: Basis;
  readonly asOf?: string;
  readonly written: Json;
}

/** What the estate says, and where. */
export interface DeclaredValue {
  readonly value: Json;
  readonly at?: Position;
}

interface About {
  /** Stable from one import to the next: `changed/cam-7/address`. */
  readonly key: string;
  readonly entity: EntityKind;
  readonly id: string;
}

/** A thing that nothing declared is. Acceptance adds it. */
export interface NewEntry extends About {
  readonly kind: 'new';
  readonly seen: readonly Position[];
  readonly data: Json;
  /** Where each value comes from, by its path. */
  readonly origins: readonly { readonly path: Path; readonly at: Position }[];
  /** What has to be filled in first, because the language has no `unknown` there. */
  readonly missing: readonly string[];
  /** What was decided for it and why, and what is left to choose. */
  readonly notes: readonly string[];
}

/** A value that differs from the declared one. Acceptance sets it. */
export interface ChangedEntry extends About {
  readonly kind: 'changed';
  readonly path: Path;
  readonly declared?: DeclaredValue;
  readonly seen: SeenValue;
  /** Why the thing seen is this one: `serial AC-12`. */
  readonly by: string;
}

/** A declared thing that a source would show, and does not. Acceptance removes it. */
export interface GoneEntry extends About {
  readonly kind: 'gone';
  readonly at?: Position;
  readonly sources: readonly string[];
}

/** Sources that disagree about a value: choose one by its number, or `keep`. */
export interface ValueConflict extends About {
  readonly kind: 'conflict';
  readonly about: 'value';
  readonly path: Path;
  readonly declared?: DeclaredValue;
  readonly choices: readonly SeenValue[];
}

/** A thing seen that may be several declared ones: choose one by its id, or `new`. */
export interface MatchConflict extends About {
  readonly kind: 'conflict';
  readonly about: 'match';
  readonly seen: Position;
  readonly candidates: readonly { readonly id: string; readonly by: string }[];
}

/** One thing to decide. */
export type Entry = NewEntry | ChangedEntry | GoneEntry | ValueConflict | MatchConflict;

/** What was read, as a review names it. */
export interface ReviewInput {
  readonly file: string;
  readonly format: string;
  readonly sha256: string;
  readonly tool?: string;
  readonly capturedAt?: string;
  readonly observations: number;
}

/** What imports make of an estate: nothing of it is in the estate before somebody accepts it. */
export interface Review {
  readonly estate: string;
  readonly inputs: readonly ReviewInput[];
  readonly entries: readonly Entry[];
  /** Values that are as declared. */
  readonly same: number;
  readonly problems: readonly Problem[];
}
