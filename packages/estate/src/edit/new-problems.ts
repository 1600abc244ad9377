import type { Problem } from '@holdfast/kernel';
import type { Edit } from './edit.ts';

/** The problems of `after` that `before` had not, whatever their lines are now. A renamed entity's problems are the same problems. */
export function newProblems(
  before: readonly Problem[],
  after: readonly Problem[],
  edits: readonly Edit[],
): readonly Problem[] {
  const renames = edits.filter((edit) => edit.kind === 'rename');
  const key = ({ code, message }: Problem): string => `${code} ${message}`;
  const counts = new Map<string, number>();
  for (const each of before) {
    const known = renames.reduce((text, { from, to }) => withIdRenamed(text, from, to), key(each));
    counts.set(known, (counts.get(known) ?? 0) + 1);
  }
  return after.filter((each) => {
    const left = counts.get(key(each)) ?? 0;
    counts.set(key(each), left - 1);
    return left <= 0;
  });
}

/** A message with an id renamed where it stands as a word of its own. */
function withIdRenamed(message: string, from: string, to: string): string {
  const id = from.replaceAll(/[.\\/]/g, String.raw`\$&`);
  return message.replaceAll(new RegExp(`(?<![a-z0-9._/-])${id}(?![a-z0-9_/-]|\\.[a-z0-9])`, 'g'), to);
}
