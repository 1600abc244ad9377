/** Ids of controls by standard. */
export type Controls = Readonly<Record<string, readonly string[]>>;

/** A kind of finding: what it means, what mends it, and the controls that it bears on (ids only). */
export interface FindingKind {
  readonly title: string;
  readonly remedy: string;
  readonly acceptable: boolean;
  readonly controls: Controls;
}
