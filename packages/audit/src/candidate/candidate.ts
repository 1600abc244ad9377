import { loadEstate, type Estate, type SourceFile } from '@holdfast/estate';
import { fail, nearestName, ok, problem, type Json, type Problem, type Result } from '@holdfast/kernel';
import { questionnaire } from '../questionnaire/questionnaire.ts';
import type { CandidateDocument } from './candidate-document.ts';
import { compareChecks, judge } from './checks.ts';
import { fit, type Fitting } from './fitting.ts';
import { seatOf, seats, type Seat } from './seat.ts';

/** What is to be judged, where, and the estate as files, since a device is laid over it. */
export interface CandidateOptions {
  readonly profile: string;
  readonly place: string;
  /** Beside what is there, and not instead of it, where a place has room for several. */
  readonly isBeside: boolean;
  readonly start: number;
  readonly today: string;
}

/**
 * Judges a product that is not bought yet at a place of an estate: a device of its profile is laid over the estate, with
 * what the estate gives it, and every built-in fault is asked of the place, today and with it.
 */
export function candidate(
  files: readonly SourceFile[],
  library: readonly SourceFile[],
  options: CandidateOptions,
): Result<CandidateDocument, readonly Problem[]> {
  const loaded = loadEstate(files, library);
  if (loaded.kind === 'error') return loaded;
  const estate = loaded.value;
  const profile = estate.get('profile', options.profile);
  if (!profile) return fail([unknownName('profile', options.profile, estate.all('profile').keys())]);
  const places = [...estate.all('door').keys(), ...estate.all('view').keys(), ...estate.all('area').keys()];
  if (!places.includes(options.place))
    return fail([unknownName('door, view or area', options.place, places)]);
  const seat = seatOf(estate, profile, options.place, options.isBeside);
  if (!seat) return fail([unfit(profile.class, options.place, estate)]);
  const id = freeId(estate);
  const fitting = fit(estate, options.profile, profile, seat);
  const changed = loadEstate(files, library, [change(id, options.profile, seat, fitting)]);
  if (changed.kind === 'error') return changed;
  const asked = [options.place];
  const itself = [id, ...seat.today];
  const before = judge(estate, asked, options.start, itself);
  const after = judge(changed.value, asked, options.start, itself);
  const { groups } = questionnaire({
    estate: changed.value,
    hash: '',
    today: options.today,
    questions: after.book.questions(),
    open: after.book.open(),
  });
  const count = (verdict: 'holds' | 'fails' | 'unknown'): number =>
    after.checks.filter(({ outcome }) => outcome.verdict === verdict).length;
  const replaced = options.isBeside ? [] : seat.today;
  return ok({
    holdfast: { kind: 'candidate', version: 1 },
    profile: {
      id: options.profile,
      name: profile.name,
      class: profile.class,
      ...(profile.vendor === undefined ? {} : { vendor: profile.vendor }),
    },
    place: { id: options.place, name: estate.nameOf(options.place) },
    replaces: replaced.map((each) => ({ id: each, name: estate.nameOf(each) })),
    needs: fitting.needs,
    counts: { holds: count('holds'), fails: count('fails'), unknown: count('unknown') },
    checks: compareChecks(before, after),
    questions: groups,
  });
}

function change(id: string, profile: string, seat: Seat, { device, cloud }: Fitting): SourceFile {
  // A change is a mapping of collections, and JSON is YAML.
  const seated = seat.change(id) as Readonly<Record<string, Readonly<Record<string, Json>>>>;
  const mine = seated['devices']?.[id] as Readonly<Record<string, Json>> | undefined;
  const text = JSON.stringify({
    holdfast: 1,
    ...seated,
    devices: { ...seated['devices'], [id]: { profile, ...device, ...mine } },
    ...(cloud
      ? {
          parties: { [cloud.party]: { name: `Provider of ${cloud.name}`, kind: 'provider' } },
          services: { [cloud.id]: { name: cloud.name, kind: 'other', provider: cloud.party } },
        }
      : {}),
  });
  return { name: 'candidate.yaml', text };
}

function freeId(estate: Estate): string {
  let id = 'candidate';
  for (let count = 2; estate.kindOf(id) !== undefined; count += 1) id = `candidate-${count}`;
  return id;
}

function unknownName(what: string, name: string, names: Iterable<string>): Problem {
  const near = nearestName(name, names);
  return problem('usage', `there is no ${what} '${name}'`, {
    hint: near
      ? `did you mean '${near}'?`
      : `\`holdfast ${what === 'profile' ? 'profiles list' : 'estate show'}\` lists what there is`,
  });
}

function unfit(kind: string, place: string, estate: Estate): Problem {
  const where = Object.entries(seats).map(([each, classes]) => `${each}: ${classes.join(', ')}`);
  return problem('usage', `a ${kind} is not judged at the ${estate.kindOf(place) ?? 'place'} ${place}`, {
    hint: `judged are at a ${where.join('; at an ').replace('at an view', 'at a view')}`,
  });
}
