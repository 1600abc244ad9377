import type { Version, VersionPart } from './version.ts';
import { isLetter, rankOf } from './words.ts';

export type Order = 'less' | 'equal' | 'greater';

/**
 * How two versions stand to each other; undefined where nobody can say, as for 5.4.1 and `5.4.1 build 160525`.
 * On what it orders it is a total preorder: reflexive, antisymmetric up to spelling, and transitive.
 */
export function compareVersions(a: Version, b: Version): Order | undefined {
  const length = Math.max(a.parts.length, b.parts.length);
  for (let index = 0; index < length; index += 1) {
    const order = compareParts(a.parts[index], b.parts[index], index === 0);
    if (order !== 'equal') return order;
  }
  return 'equal';
}

function compareParts(
  a: VersionPart | undefined,
  b: VersionPart | undefined,
  isRelease: boolean,
): Order | undefined {
  if (a === undefined || b === undefined) return byRank(a, b);
  if (a.word === b.word) return compareNumbers(a.numbers, b.numbers);
  return isRelease ? undefined : byRank(a, b);
}

/** The end of a version has rank 0. Words of one rank are ordered only where they are letters. */
function byRank(a: VersionPart | undefined, b: VersionPart | undefined): Order | undefined {
  const [left, right] = [a === undefined ? 0 : rankOf(a.word), b === undefined ? 0 : rankOf(b.word)];
  if (left === undefined || right === undefined) return undefined;
  if (left !== right) return left < right ? 'less' : 'greater';
  if (a === undefined || b === undefined || !isLetter(a.word) || !isLetter(b.word)) return undefined;
  return a.word < b.word ? 'less' : 'greater';
}

/** Numbers one by one; what is not written is 0. */
export function compareNumbers(a: readonly number[], b: readonly number[]): Order {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0 ? 'less' : 'greater';
  }
  return 'equal';
}
