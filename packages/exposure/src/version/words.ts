/** Words that say that a version follows, and nothing of it. */
export const silentWords: ReadonlySet<string> = new Set([
  'v',
  'ver',
  'vers',
  'version',
  'versions',
  'r',
  'rel',
  'release',
  'rev',
  'revision',
  'firmware',
  'fw',
  'software',
  'sw',
  'build',
  'all',
  'and',
  'the',
]);

const synonyms: Readonly<Record<string, string>> = {
  servicepack: 'sp',
  hotfix: 'hf',
  hotfixrev: 'hf',
  update: 'u',
  upd: 'u',
  bld: 'build',
  preview: 'pre',
  cuo: 'cu',
  maintenance: 'mr',
};

/** One spelling for the words that several vendors spell in several ways. */
export const canonicalWord = (word: string): string => synonyms[word] ?? word;

const ranks: Readonly<Record<string, number>> = {
  snapshot: -6,
  dev: -5,
  alpha: -4,
  beta: -3,
  pre: -2,
  rc: -1,
};

const later: ReadonlySet<string> = new Set([
  'sp',
  'hf',
  'hfr',
  'cu',
  'qu',
  'sr',
  'mr',
  'up',
  'tcu',
  'fix',
  'patch',
  'ga',
  'plus',
]);

/**
 * Where a word stands against the plain version, which is 0: a release candidate before it, a service pack after it.
 * Undefined where nobody can say: a build number names a build, and orders nothing against a version that names none.
 */
export function rankOf(word: string): number | undefined {
  const rank = ranks[word];
  if (rank !== undefined) return rank;
  return later.has(word) || isLetter(word) ? 1 : undefined;
}

/** Single letters are revisions, in the order of the alphabet. */
export const isLetter = (word: string): boolean => /^[a-z]$/.test(word);
