import { known, loadEstate, type EntityData, type Estate, type Expression } from '@holdfast/estate';
import { Failure, nearestName } from '@holdfast/kernel';
import { openEstate, readLibrary } from '../io/read-estate.ts';
import { usage } from '../io/scenario-start.ts';
import { print } from '../io/terminal.ts';

type Profile = EntityData<'profile'>;

async function profilesOf(path: string | undefined): Promise<Estate> {
  if (path !== undefined) return openEstate(path);
  const bare = { name: 'none.yaml', text: 'holdfast: 1\nsites: {none: {name: None, timeZone: UTC}}\n' };
  const loaded = loadEstate([bare], await readLibrary());
  if (loaded.kind === 'error') throw new Failure(loaded.error);
  return loaded.value;
}

/** Lists the product's profiles, and those of an estate where one is given. */
export async function listProfiles(path: string | undefined, format: string): Promise<number> {
  const estate = await profilesOf(path);
  const rows = [...estate.all('profile')].map(([id, profile]) => ({
    id,
    name: profile.name,
    class: profile.class,
    ...knowledge(profile),
  }));
  if (format === 'json') print(JSON.stringify(rows, undefined, 1));
  else
    print(
      rows
        .map(
          (row) =>
            `${row.id.padEnd(38)} ${row.class.padEnd(16)} ${`${row.known} of ${row.facts} facts known`.padEnd(24)} ${row.name}`,
        )
        .join('\n'),
    );
  return 0;
}

function knowledge(profile: Profile): { readonly facts: number; readonly known: number } {
  const facts = Object.values(profile.facts ?? {});
  return {
    facts: facts.length,
    known: facts.filter(
      (fact) => known(fact) !== undefined || (typeof fact === 'object' && 'between' in fact),
    ).length,
  };
}

/** Shows one profile: what it provides, how it decides, and each claim with its source. */
export async function showProfile(id: string, path: string | undefined, format: string): Promise<number> {
  const estate = await profilesOf(path);
  const profile = estate.get('profile', id);
  if (!profile) {
    const near = nearestName(id, estate.all('profile').keys());
    throw usage(
      `there is no profile '${id}'`,
      near ? `did you mean '${near}'?` : '`holdfast profiles list` shows them',
    );
  }
  print(format === 'json' ? JSON.stringify({ id, ...profile }, undefined, 1) : describe(id, profile));
  return 0;
}

function describe(id: string, profile: Profile): string {
  const { facts, known: sure } = knowledge(profile);
  const heading = [
    `${profile.name} (${id})`,
    `${profile.class}${profile.vendor === undefined ? '' : `, ${profile.vendor}`}; ${sure} of ${facts} facts known`,
  ];
  const about = profile.about === undefined ? [] : ['', profile.about];
  const roles = section(
    'Needs',
    Object.entries(profile.roles ?? {}).map(
      ([name, role]) =>
        `${name}${role.needed === false ? ' (if there is one)' : ''}${role.over === undefined ? '' : `, over ${role.over}`}${role.about === undefined ? '' : `: ${role.about}`}`,
    ),
  );
  const provides = section(
    'Provides',
    Object.entries(profile.provides ?? {}).map(
      ([name, expression]) => `${name}: ${sayExpression(expression)}`,
    ),
  );
  const decisions = section(
    'Decides at the door, the first that works',
    (profile.decisions ?? []).map(
      (each) =>
        `${each.id} (${each.rules}): when ${sayExpression(each.when)}${each.learns === undefined ? '' : `; learns changes while ${sayExpression(each.learns)}`}`,
    ),
  );
  const claims = section(
    'Facts',
    Object.entries(profile.facts ?? {}).flatMap(([name, fact]) => sayFact(name, fact)),
  );
  return [...heading, ...about, ...roles, ...provides, ...decisions, ...claims].join('\n');
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

function sayFact(name: string, fact: NonNullable<Profile['facts']>[string]): readonly string[] {
  if (typeof fact !== 'object') return [`${name}: ${String(fact)}`];
  const value = fact.between
    ? `${String(fact.between[0])} to ${String(fact.between[1])}`
    : String(fact.value ?? 'unknown');
  const origin = [fact.basis, fact.source, fact.asOf].filter((part) => part !== undefined).join(', ');
  return [
    `${name}: ${value}${origin === '' ? '' : ` (${origin})`}`,
    ...(fact.note === undefined ? [] : [`    ${fact.note}`]),
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
