/** A word of a version and the numbers that follow it: `sp2` is `sp` and 2. */
export interface VersionPart {
  readonly word: string;
  /** Without the zeros at its end: 5.4 and 5.4.0 are one. */
  readonly numbers: readonly number[];
}

/** A version as it was read. The first part is the release: its word is a prefix such as the K of `K10.19`, or empty. */
export interface Version {
  readonly written: string;
  readonly parts: readonly VersionPart[];
  /** How many numbers the release was written with, zeros at its end included. */
  readonly depth: number;
  /** `4.x` is open: it names every version that begins like it. */
  readonly isOpen: boolean;
}

/** The numbers of the release itself. */
export const releaseOf = (version: Version): readonly number[] => version.parts[0]?.numbers ?? [];

/** The word before the release. */
export const prefixOf = (version: Version): string => version.parts[0]?.word ?? '';

/** The same version under another prefix. */
export function withPrefix(version: Version, word: string): Version {
  const [first, ...rest] = version.parts;
  return first === undefined ? version : { ...version, parts: [{ ...first, word }, ...rest] };
}
