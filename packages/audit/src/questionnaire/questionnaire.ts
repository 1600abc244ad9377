import { known, type Estate } from '@holdfast/estate';
import { phrases, type Capability, type FactRef, type Question } from '@holdfast/outage';
import type { Audit } from '../audit.ts';
import { expectationOf } from './expectation-of.ts';
import { sayAllowed } from './expectation.ts';
import { questionId, type Asked } from './question-id.ts';
import type { AskedQuestion, QuestionGroup, QuestionnaireDocument } from './questionnaire-document.ts';
import { whomOf, type Whom } from './whom.ts';
import { noteOf, wordQuestion } from './wording.ts';

/**
 * The facts that nobody has said yet as a questionnaire: grouped by whom to ask, in each group first what settles the
 * most verdicts. Groups stand in the order of their first question.
 */
export function questionnaire(
  audit: Pick<Audit, 'estate' | 'hash' | 'today' | 'questions' | 'open'>,
): QuestionnaireDocument {
  const { estate } = audit;
  const groups = new Map<string, { whom: Whom; questions: AskedQuestion[] }>();
  for (const each of audit.questions) {
    const devices = devicesFor(estate, each.fact);
    const whom = whomOf(estate, each.fact, expectationOf(estate, each.fact), devices);
    const key = `${whom.as} ${whom.party ?? whom.whom}`;
    const group = groups.get(key) ?? { whom, questions: [] };
    group.questions.push(asked(estate, each, devices));
    groups.set(key, group);
  }
  return {
    holdfast: { kind: 'questionnaire', version: 1 },
    estate: { hash: audit.hash, sites: [...estate.all('site').values()].map(({ name }) => name) },
    asked: audit.today,
    open: audit.open.reduce((sum, { count }) => sum + count, 0),
    groups: [...groups.values()].map(({ whom, questions }): QuestionGroup => ({ ...whom, questions })),
  };
}

/** The devices that a fact of a profile is asked for: those of the product that do not say it themselves. */
function devicesFor(estate: Estate, { kind, id, path }: Asked): readonly string[] {
  if (kind === 'device') return [id];
  if (kind !== 'profile') return [];
  return [...estate.all('device')]
    .filter(([, device]) => known(device.profile) === id && device.facts?.[String(path[1])] === undefined)
    .map(([each]) => each);
}

function asked(
  estate: Estate,
  { fact, rests, settles, together, of }: Question,
  devices: readonly string[],
): AskedQuestion {
  const note = noteOf(estate, fact);
  const at = estate.at(fact.kind, fact.id, fact.path);
  return {
    id: questionId(fact),
    question: wordQuestion(estate, fact, subjectOf(estate, fact, devices), managerOf(estate, fact, devices)),
    ...(note === undefined ? {} : { note }),
    allowed: sayAllowed(expectationOf(estate, fact)),
    needed: (devices.length > 0 ? devices : [fact.id]).map((id) => neededAt(estate, id)),
    settles: { alone: settles, waiting: rests, together: together.map(questionId) },
    affects: affected(estate, of),
    fact: { kind: fact.kind, id: fact.id, path: fact.path },
    ...(at ? { at } : {}),
  };
}

function neededAt(estate: Estate, id: string): AskedQuestion['needed'][number] {
  const place = estate.get('device', id)?.at;
  const name = estate.nameOf(id);
  return { id, name, ...(place === undefined ? {} : { at: estate.nameOf(place) }) };
}

/** `Interface module at the vault corridor (Mercury MR52)`, or `each of the 3 Mercury MR52`. */
function subjectOf(estate: Estate, fact: FactRef, devices: readonly string[]): string {
  const [only] = devices;
  if (fact.kind !== 'profile') return `'${estate.nameOf(fact.id)}'`;
  const product = estate.nameOf(fact.id);
  if (only === undefined) return product;
  return devices.length === 1
    ? `'${estate.nameOf(only)}' (${product})`
    : `each of the ${devices.length} ${product}`;
}

/** What a device hangs on, as its profile calls it. */
function managerOf(estate: Estate, fact: FactRef, devices: readonly string[]): string {
  const id = fact.kind === 'profile' ? fact.id : known(estate.get('device', devices[0])?.profile);
  const roles = Object.entries(estate.get('profile', id)?.roles ?? {});
  const needed = roles.find(([, { needed: must }]) => must !== false) ?? roles[0];
  return needed?.[0] ?? 'host';
}

function affected(estate: Estate, capabilities: readonly Capability[]): AskedQuestion['affects'] {
  const byPlace = Map.groupBy(capabilities, ({ place }) => place);
  return [...byPlace].map(([place, own]) => ({
    place: estate.nameOf(place),
    capabilities: own.map(({ name }) => phrases[name].title),
  }));
}
