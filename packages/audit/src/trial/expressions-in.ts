import type { Expression, Profile } from '@holdfast/estate';

/** Every expression of a profile with all its parts, outermost first. */
export function* expressionsIn(profile: Profile): Generator<Expression> {
  if (profile.starts) yield* partsOf(profile.starts);
  for (const each of Object.values(profile.provides ?? {})) yield* partsOf(each);
  for (const decision of profile.decisions ?? []) {
    for (const key of ['when', 'learns', 'known', 'enrolled', 'visitor', 'mobile'] as const) {
      const each = decision[key];
      if (each !== undefined) yield* partsOf(each);
    }
  }
}

function* partsOf(each: Expression): Generator<Expression> {
  yield each;
  for (const part of inside(each)) yield* partsOf(part);
}

function inside(each: Expression): readonly Expression[] {
  if (typeof each === 'string') return [];
  if ('all' in each) return each.all;
  if ('any' in each) return each.any;
  if ('runs' in each) return [each.runs, each.starts];
  if ('atLeast' in each) return each.of;
  return 'of' in each ? [each.of] : [];
}

/** What a profile asks of whoever fills a role: the capabilities that it names. */
export function askedOf(profile: Profile, role: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const each of expressionsIn(profile)) {
    if (typeof each === 'string') continue;
    const filled = 'reach' in each ? each.reach : 'line' in each ? each.line : undefined;
    if (filled === role && 'its' in each && each.its !== undefined) names.add(each.its);
  }
  return names;
}
