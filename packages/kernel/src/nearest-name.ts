import { distance } from 'fastest-levenshtein';

/** Longer texts are never a slip of the pen, and comparing them would take long. */
const longest = 100;

/** The name that a misspelt one most likely means, if any is close: at most a third of its letters away. */
export function nearestName(misspelt: string, names: Iterable<string>): string | undefined {
  if (misspelt.length > longest) return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(misspelt.length / 3)) + 1;
  for (const name of names) {
    if (name.length > longest || Math.abs(name.length - misspelt.length) > least) continue;
    const steps = distance(misspelt, name);
    if (steps < least || (steps === least && best !== undefined && name < best)) {
      least = steps;
      best = name;
    }
  }
  return best;
}
