import type { SourceFile } from '@holdfast/estate';

const profileBegins = /^ {2}([a-z0-9-]+\/[a-z0-9-]+):$/;

/** Of an estate of more text than this, reading the library whole is the smaller part. */
const searchedAtMost = 8_000_000;

/**
 * The library without the profiles that no file of an estate names: most of the time that a small estate takes to load goes
 * into reading them. Their lines are left empty, so that every other line keeps its number.
 */
export function namedProfiles(
  library: readonly SourceFile[],
  files: readonly SourceFile[],
): readonly SourceFile[] {
  const text = files.map((each) => each.text).join('\n');
  if (text.length > searchedAtMost) return library;
  return library.flatMap((file) => {
    let isNamed = true;
    let any = false;
    const lines = file.text.split('\n').map((line) => {
      const [, id] = profileBegins.exec(line) ?? [];
      if (id !== undefined) {
        isNamed = text.includes(id);
        any ||= isNamed;
      }
      return isNamed ? line : '';
    });
    return any ? [{ ...file, text: lines.join('\n') }] : [];
  });
}
