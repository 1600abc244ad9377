import { distance } from 'fastest-levenshtein';

/** Longer texts are never a slip of the pen, and comparing them would take long. */
const longest = 100;

/**
 * The name that a misspelt one most likely means, if any is close: at most a third of its letters away.
 * Two neighbours that changed places count as one slip.
 */
export function nearestName(misspelt: string, names: Iterable<string>): string | undefined {
  if (misspelt.length > longest) return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(misspelt.length / 3)) + 1;
  for (const name of names) {
    if (name.length > longest || Math.abs(name.length - misspelt.length) > least) continue;
    const steps = slips(misspelt, name);
    if (steps < least || (steps === least && best !== undefined && name < best)) {
      least = steps;
      best = name;
    }
  }
  return best;
}

function slips(a: string, b: string): number {
  const steps = distance(a, b);
  return steps === 2 && a.length === b.length && swapped(a, b) ? 1 : steps;
}

function swapped(a: string, b: string): boolean {
  let first = 0;
  while (a[first] === b[first]) first += 1;
  return a[first] === b[first + 1] && a[first + 1] === b[first] && a.slice(first + 2) === b.slice(first + 2);
}
