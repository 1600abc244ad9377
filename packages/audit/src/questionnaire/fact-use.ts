import type { Expression, Profile } from '@holdfast/estate';
import { expressionsIn } from '../trial/expressions-in.ts';
import type { Expectation } from './expectation.ts';

const standing: Readonly<Record<string, Expectation>> = {
  poe: { kind: 'truth' },
  'line-powered': { kind: 'truth' },
  'self-powered': { kind: 'truth' },
  'fixed-address': { kind: 'truth' },
  boot: { kind: 'duration' },
  battery: { kind: 'duration' },
  recharge: { kind: 'duration' },
};

/** What a profile's fact may be, from how its expressions use it. */
export function factUse(profile: Profile | undefined, name: string): Expectation {
  if (!profile) return standing[name] ?? { kind: 'text' };
  const words = new Set<string>();
  for (const each of expressionsIn(profile)) {
    const used = useIn(each, name);
    if (used === 'word' && typeof each !== 'string' && 'option' in each) words.add(each.is);
    else if (used !== undefined && used !== 'word') return { kind: used };
  }
  // A mode that no expression asks for works as if none were set.
  if (words.size > 0) return { kind: 'word', words: [...words], otherwise: 'none' };
  const within = (profile.decisions ?? []).some((each) => each.within === name);
  return within ? { kind: 'duration' } : (standing[name] ?? { kind: 'text' });
}

function useIn(each: Expression, name: string): Expectation['kind'] | undefined {
  if (typeof each === 'string') return undefined;
  if ('fact' in each) return each.fact === name ? 'truth' : undefined;
  if ('option' in each) return each.option === name ? 'word' : undefined;
  if ('for' in each) return each.for === name || each.recharge === name ? 'duration' : undefined;
  if ('after' in each) return each.after === name ? 'duration' : undefined;
  if ('store' in each) return each.store === name ? 'size' : each.rate === name ? 'rate' : undefined;
  if ('fits' in each) return each.fits === name || each.in === name ? 'number' : undefined;
  return undefined;
}
