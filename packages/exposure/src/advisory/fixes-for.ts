import { wordsOf } from '../identity/words.ts';
import { brandWords } from '../identity/vendor-groups.ts';
import type { Fix, ProductEntry } from './advisory.ts';
import { mineFixes } from './mine-fixes.ts';

/**
 * The fixes that a remediation's prose names, each for the entries that it speaks of: those that the sentence names
 * where it names some, else all that the remediation is for.
 */
export function fixesFor(
  prose: string,
  cve: string | null,
  targets: readonly number[],
  entries: readonly ProductEntry[],
): readonly Fix[] {
  return mineFixes(prose)
    .filter(({ cves }) => cves.length === 0 || cve === null || cves.includes(cve))
    .map(({ version, sentence }) => {
      const named = targets.length > 1 ? namedIn(sentence, targets, entries) : [];
      return { version, sentence, entries: new Set(named.length > 0 ? named : targets) };
    });
}

/** The entries that a sentence names best: those of whose telling words it has all, and the most. */
function namedIn(
  sentence: string,
  targets: readonly number[],
  entries: readonly ProductEntry[],
): readonly number[] {
  const words = new Set(wordsOf(sentence.replaceAll(/[()/]/g, ' ')));
  const joined = wordsOf(sentence).join('');
  const counts = targets.map((index) => {
    const forms = entries[index]?.forms ?? [];
    return Math.max(
      0,
      ...forms.map((form) => {
        const own = [...form.words, ...form.variant].filter((each) => !brandWords.has(each));
        const isNamed =
          form.words.length > 0 &&
          (own.every((each) => words.has(each)) || (form.joined.length >= 5 && joined.includes(form.joined)));
        return isNamed ? own.length : 0;
      }),
    );
  });
  const best = Math.max(0, ...counts);
  return best === 0 ? [] : targets.filter((_, index) => (counts[index] ?? 0) === best);
}
