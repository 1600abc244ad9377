import { fold, sayManaged, trialLines, type TrialDocument } from '@holdfast/audit';
import type { EntityData, Expression } from '@holdfast/estate';

type Profile = EntityData<'profile'>;

/** A profile for a terminal: about, what it does when it is cut off, how it works, and each claim with its source. */
export function describeProfile(trial: TrialDocument, profile: Profile, width: number): string {
  const { id, vendor } = trial.profile;
  const maker = vendor === undefined ? '' : `, ${vendor}`;
  return [
    `${profile.name} (${id})`,
    ...fold(`${profile.class}${maker}; ${sayManaged(trial)}`, width),
    ...(profile.about === undefined ? [] : ['', ...fold(profile.about, width)]),
    '',
    'When it is cut off, over a month',
    ...fold(legend, width),
    '',
    ...trialLines(trial, width),
    '',
    ...trial.assumed,
    ...section(
      width,
      'Columns',
      trial.scenarios.map(({ head, name }) => `${head}: ${name}`),
    ),
    ...section(width, 'Needs', trial.needs.map(sayNeed)),
    ...section(
      width,
      'Provides',
      Object.entries(profile.provides ?? {}).map(([name, each]) => `${name}: ${sayExpression(each)}`),
    ),
    ...section(
      width,
      'Decides at the door, the first that works',
      (profile.decisions ?? []).map(sayDecision),
    ),
    ...section(width, 'Facts', trial.claims.flatMap(sayClaim)),
  ].join('\n');
}

const legend =
  'yes and no are what it does; "for 3d" until then; "from 6m" again from then; two dots: somewhere between; ?: nobody can tell before the facts in brackets are known.';

const section = (width: number, title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.flatMap((line) => fold(`  ${line}`, width, 6))];

function sayNeed({ role, over, needed, about }: TrialDocument['needs'][number]): string {
  return `${role}${needed ? '' : ' (if there is one)'}, over ${over}${about === undefined ? '' : `: ${about}`}`;
}

function sayDecision(each: NonNullable<Profile['decisions']>[number]): string {
  const learns = each.learns === undefined ? '' : `; learns changes while ${sayExpression(each.learns)}`;
  return `${each.id} (${each.rules}): when ${sayExpression(each.when)}${learns}`;
}

function sayClaim({
  fact,
  value,
  basis,
  source,
  asOf,
  note,
}: TrialDocument['claims'][number]): readonly string[] {
  const origin = [value === 'unknown' ? undefined : basis, source, asOf].filter((part) => part !== undefined);
  return [
    `${fact}: ${value}${origin.length === 0 ? '' : ` (${origin.join(', ')})`}`,
    ...(note === undefined ? [] : [`    ${note}`]),
  ];
}

/** An expression as people would say it. */
function sayExpression(expression: Expression): string {
  if (typeof expression === 'string') return expression;
  const inner = (each: Expression): string =>
    typeof each === 'object' && ('any' in each || 'all' in each)
      ? `(${sayExpression(each)})`
      : sayExpression(each);
  if ('all' in expression) return expression.all.map(inner).join(' and ');
  if ('any' in expression) return expression.any.map(inner).join(' or ');
  if ('atLeast' in expression)
    return `at least ${expression.atLeast} of ${expression.of.map(inner).join(', ')}`;
  if ('fact' in expression) return expression.fact;
  if ('option' in expression) return `${expression.option} is ${expression.is}`;
  if ('reach' in expression)
    return `it reaches its ${expression.reach}${expression.its === undefined ? '' : ` which ${expression.its}`}`;
  if ('line' in expression)
    return `its line to the ${expression.line} works${expression.its === undefined ? '' : ` and that ${expression.its}`}`;
  if ('provides' in expression) return expression.provides;
  if ('runs' in expression) return `${inner(expression.runs)}, needing ${inner(expression.starts)} to start`;
  if ('fits' in expression) return `${expression.fits} fits in ${expression.in}`;
  if ('for' in expression) return `${inner(expression.of)}, and for ${expression.for} after`;
  if ('after' in expression) return `${expression.after} after ${inner(expression.of)}`;
  return `${inner(expression.of)}, and until ${expression.store} is filled at ${expression.rate}`;
}
