import { nearestName, parseDuration, problem, type Position, type Problem } from '@holdfast/kernel';
import type { Expression } from '../language/expression.ts';
import type { Profile } from '../language/profile.ts';
import { findCycle } from '../load/find-cycle.ts';
import { bitsPerSecondOf, bytesOf } from '../shape/quantity.ts';
import { range } from '../shape/fact.ts';
import { quote, type Path } from '../shape/shape.ts';

type Kind = 'truth' | 'word' | 'duration' | 'size' | 'rate' | 'number';

const fitting: Readonly<Record<Kind, (value: string | number | boolean) => boolean>> = {
  truth: (value) => typeof value === 'boolean',
  word: (value) => typeof value === 'string',
  duration: (value) => typeof value === 'string' && parseDuration(value).kind === 'ok',
  size: (value) => (typeof value === 'string' && !Number.isNaN(bytesOf(value))) || typeof value === 'number',
  rate: (value) =>
    (typeof value === 'string' && !Number.isNaN(bitsPerSecondOf(value))) || typeof value === 'number',
  number: (value) => typeof value === 'number',
};

const spelt: Readonly<Record<Kind, string>> = {
  truth: 'true or false',
  word: 'a word',
  duration: 'a duration such as 4h',
  size: 'a size such as 256GB, or a number of events',
  rate: 'a rate such as 4Mbit/s, or a number of events an hour',
  number: 'a number',
};

/** Facts of the device entity that a profile's expressions may name beside its own. */
const deviceFacts = {
  bitrate: 'rate',
  storage: 'size',
  credentials: 'number',
  'events-per-hour': 'rate',
} as const;

/** Whether every fact, role and capability that a profile's expressions name exists, and is of the right type. */
export function checkProfile(
  id: string,
  profile: Profile,
  at: (path: Path) => Position | undefined,
): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (path: Path, message: string, hint?: string): void => {
    problems.push(problem('profile-invalid', `profile ${id}: ${message}`, { at: at(path), hint }));
  };
  const checker = new Checker(profile, report);
  if (profile.starts) checker.expression(profile.starts, ['starts']);
  for (const [name, each] of Object.entries(profile.provides ?? {}))
    checker.expression(each, ['provides', name]);
  for (const [index, decision] of (profile.decisions ?? []).entries()) {
    const path = ['decisions', index];
    checker.expression(decision.when, [...path, 'when']);
    for (const key of ['learns', 'known', 'enrolled', 'visitor', 'mobile'] as const) {
      const each = decision[key];
      if (each !== undefined) checker.expression(each, [...path, key]);
    }
    if (decision.within !== undefined) checker.duration(decision.within, [...path, 'within']);
    if (decision.ask !== undefined) checker.role(decision.ask, [...path, 'ask']);
    if ((decision.ask !== undefined) !== (decision.rules === 'asked'))
      report(path, "a decision that asks another device has 'ask: ROLE' and 'rules: asked'");
  }
  checker.circles();
  return problems;
}

class Checker {
  readonly #profile: Profile;
  readonly #report: (path: Path, message: string, hint?: string) => void;

  constructor(profile: Profile, report: (path: Path, message: string, hint?: string) => void) {
    this.#profile = profile;
    this.#report = report;
  }

  expression(each: Expression, path: Path): void {
    if (typeof each === 'string') return;
    if ('all' in each)
      for (const [index, part] of each.all.entries()) this.expression(part, [...path, 'all', index]);
    else if ('any' in each)
      for (const [index, part] of each.any.entries()) this.expression(part, [...path, 'any', index]);
    else if ('atLeast' in each) this.#atLeast(each, path);
    else if ('fact' in each) this.fact(each.fact, 'truth', [...path, 'fact']);
    else if ('option' in each) this.fact(each.option, 'word', [...path, 'option']);
    else if ('reach' in each) this.role(each.reach, [...path, 'reach']);
    else if ('line' in each) this.role(each.line, [...path, 'line']);
    else if ('provides' in each) this.#capability(each.provides, [...path, 'provides']);
    else if ('runs' in each) {
      this.expression(each.runs, [...path, 'runs']);
      this.expression(each.starts, [...path, 'starts']);
    } else if ('fits' in each) {
      this.fact(each.fits, 'number', [...path, 'fits']);
      this.fact(each.in, 'number', [...path, 'in']);
    } else this.#timed(each, path);
  }

  #timed(each: Extract<Expression, { readonly of: Expression }>, path: Path): void {
    if ('for' in each) {
      this.duration(each.for, [...path, 'for']);
      if (each.recharge !== undefined) this.duration(each.recharge, [...path, 'recharge']);
    } else if ('after' in each) this.duration(each.after, [...path, 'after']);
    else if ('store' in each) {
      this.fact(each.store, 'size', [...path, 'store']);
      this.fact(each.rate, 'rate', [...path, 'rate']);
    }
    if (!Array.isArray(each.of)) this.expression(each.of, [...path, 'of']);
  }

  #atLeast(each: { readonly atLeast: number; readonly of: readonly Expression[] }, path: Path): void {
    for (const [index, part] of each.of.entries()) this.expression(part, [...path, 'of', index]);
    if (each.atLeast > each.of.length)
      this.#report([...path, 'atLeast'], `at least ${each.atLeast} of ${each.of.length} can never hold`);
  }

  /** A duration itself, or the name of a fact that is one. */
  duration(text: string, path: Path): void {
    if (/^\d/.test(text)) {
      const read = parseDuration(text);
      if (read.kind === 'error') this.#report(path, `'${text}' is not a duration`, read.error);
    } else this.fact(text, 'duration', path);
  }

  fact(name: string, kind: Kind, path: Path): void {
    const own = this.#profile.facts ?? {};
    const declared = Object.hasOwn(own, name) ? own[name] : undefined;
    if (declared === undefined) {
      if (Object.hasOwn(deviceFacts, name)) return;
      const near = nearestName(name, [...Object.keys(own), ...Object.keys(deviceFacts)]);
      this.#report(
        path,
        `it claims no fact '${name}'`,
        near ? `did you mean '${near}'?` : `add it under 'facts', 'unknown' where nobody says`,
      );
      return;
    }
    for (const value of new Set(range(declared))) {
      if (!fitting[kind](value))
        this.#report(['facts', name], `'${name}' is used as ${spelt[kind]}, but is ${quote(value)}`);
    }
  }

  role(name: string, path: Path): void {
    const roles = Object.keys(this.#profile.roles ?? {});
    if (roles.includes(name)) return;
    const near = nearestName(name, roles);
    this.#report(path, `it has no role '${name}'`, near ? `did you mean '${near}'?` : "add it under 'roles'");
  }

  #capability(name: string, path: Path): void {
    const own = Object.keys(this.#profile.provides ?? {});
    if (own.includes(name)) return;
    const near = nearestName(name, own);
    this.#report(
      path,
      `it provides no '${name}'`,
      near ? `did you mean '${near}'?` : "add it under 'provides'",
    );
  }

  /** Capabilities that are defined by each other can never be computed. */
  circles(): void {
    const provides = new Map(Object.entries(this.#profile.provides ?? {}));
    const [bad] = findCycle([...provides.keys()], (name) => [...capabilitiesIn(provides.get(name))]) ?? [];
    if (bad !== undefined) this.#report(['provides', bad], `'${bad}' is defined by itself`);
  }
}

function* capabilitiesIn(each: Expression | undefined): Generator<string> {
  if (each === undefined || typeof each === 'string') return;
  if ('provides' in each) yield each.provides;
  const parts =
    'all' in each
      ? each.all
      : 'any' in each
        ? each.any
        : 'atLeast' in each
          ? each.of
          : 'runs' in each
            ? [each.runs, each.starts]
            : 'of' in each
              ? [each.of]
              : [];
  for (const part of parts) yield* capabilitiesIn(part);
}
