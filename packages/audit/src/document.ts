import { asMillis, formatDuration, type Millis } from '@holdfast/kernel';
import { bases, type Basis } from '@holdfast/estate';
import {
  doorState,
  explain,
  guardPlan,
  leavesOf,
  phrases,
  sameTimeline,
  sayReasons,
  spellTime,
  tell,
  verdictAt,
  type Answer,
  type Capability,
  type DoorState,
  type FactRef,
  type Model,
  type Timeline,
} from '@holdfast/outage';
import type {
  AuditDocument,
  ChangeRow,
  InputRow,
  PlaceRow,
  ScenarioRow,
  StepRow,
  UsualRow,
} from './audit-document.ts';
import type { Audit } from './audit.ts';
import { callsOf, contactsOf, siteContacts } from './contacts.ts';
import { findingKinds } from './finding-kinds.ts';
import { classOf } from './severity.ts';

const rowsOf = (timeline: Timeline): readonly StepRow[] =>
  timeline.steps.map(({ at, verdict }) => [at, verdict]);

/** The document of an audit, with the files that it was read from where they are given. */
export function auditDocument(audit: Audit, inputs?: readonly InputRow[]): AuditDocument {
  const { estate, model } = audit;
  const contacts = siteContacts(estate);
  const sites = [...estate.all('site')].map(([id, { name, timeZone, address }]) => ({
    id,
    name,
    timeZone,
    ...(address === undefined ? {} : { address }),
    contacts: contacts.get(id) ?? [],
  }));
  const usuals = [...new Set(audit.answers.map(({ scenario }) => audit.usual(scenario)))];
  const counts = Object.fromEntries(
    (['door', 'view', 'area', 'device', 'network', 'circuit', 'service'] as const).map((kind) => [
      kind,
      estate.all(kind).size,
    ]),
  );
  return {
    holdfast: { kind: 'audit', version: 1 },
    estate: { hash: audit.hash, sites, counts },
    ...(inputs === undefined ? {} : { inputs }),
    contacts: contactsOf(estate, [
      ...[...contacts.values()].flat().map(({ party }) => party),
      ...audit.answers.flatMap(({ scenario }) => callsOf(estate, scenario)).map(({ party }) => party),
    ]),
    today: audit.today,
    start: new Date(audit.start).toISOString(),
    places: placesOf(audit),
    names: namesOf(audit),
    usual: usuals.map((usual) => usualRows(audit, usual)),
    scenarios: audit.answers.map((answer) => scenarioRow(audit, answer, usuals)),
    findings: audit.findings.map((finding) => {
      const { evidence, ...rest } = finding;
      const { title, acceptable, controls } = findingKinds[finding.id];
      return {
        ...rest,
        title,
        acceptable,
        controls,
        evidence: evidence.map(({ place, capability, timeline }) => ({
          place,
          capability,
          before: timeline.before,
          steps: rowsOf(timeline),
        })),
      };
    }),
    questions: audit.questions.map(({ fact, rests, settles }) => {
      const whom = whomToAsk(model, fact.kind, fact.id);
      const at = estate.at(fact.kind, fact.id, fact.path);
      const note = noteOf(estate.get(fact.kind, fact.id), fact.path);
      return {
        what: fact.what,
        subject: fact.id,
        path: fact.path.join('.'),
        rests,
        settlesAtLeast: settles[0],
        settlesAtMost: settles[1],
        ...(note === undefined ? {} : { note }),
        ...(whom === undefined ? {} : { whom }),
        ...(at ? { at } : {}),
      };
    }),
  };
}

/** The note beside a fact, where there is one. */
function noteOf(entity: unknown, path: FactRef['path']): string | undefined {
  const fact = path.reduce<unknown>(
    (inside, key) => (inside as Readonly<Record<string | number, unknown>> | undefined)?.[key],
    entity,
  );
  const note = (fact as { readonly note?: unknown } | undefined)?.note;
  return typeof note === 'string' ? note : undefined;
}

/** Who can answer: the vendor of a product, else whoever maintains or owns the thing. */
function whomToAsk(model: Model, kind: string, id: string): string | undefined {
  const { estate } = model;
  const profile = kind === 'profile' ? estate.get('profile', id) : undefined;
  if (profile) return profile.vendor;
  const device = estate.get('device', id);
  const party = [device?.maintainer, device?.owner].find(
    (each): each is string => typeof each === 'string' && estate.get('party', each) !== undefined,
  );
  return party === undefined ? undefined : estate.nameOf(party);
}

function placesOf({ model, quiet }: Audit): readonly PlaceRow[] {
  const byPlace = Map.groupBy(model.capabilities, (capability) => capability.place);
  return [...byPlace].map(([id, capabilities]) => {
    const placeClass = classOf(model, id);
    return {
      id,
      name: model.estate.nameOf(id),
      kind: model.estate.kindOf(id) ?? 'place',
      site: capabilities[0]?.site ?? id,
      ...(placeClass === undefined ? {} : { class: placeClass }),
      capabilities: capabilities.map((each) => ({
        name: each.name,
        title: phrases[each.name].title,
        function: each.function,
        verdict: verdictAt(quiet.timeline(each), asMillis(0)),
      })),
    };
  });
}

/** What the guard posts and the subjects of findings are called. */
function namesOf({ model, findings }: Audit): Readonly<Record<string, string>> {
  const ids = new Set([
    ...model.estate.all('post').keys(),
    ...findings.flatMap(({ subject, places }) => [...subject.split('+'), ...places]),
  ]);
  return Object.fromEntries(
    [...ids].toSorted().flatMap((id) => {
      const name =
        model.components.get(id)?.name ??
        (model.estate.kindOf(id) === undefined ? undefined : model.estate.nameOf(id));
      return name === undefined ? [] : [[id, name]];
    }),
  );
}

/** The capabilities that do not keep one verdict without any fault, or keep another than at the start of the audit. */
function usualRows({ model, quiet }: Audit, usual: Answer): readonly UsualRow[] {
  return model.capabilities.flatMap((each) => {
    const { before, steps } = usual.timeline(each);
    const first = verdictAt(quiet.timeline(each), asMillis(0));
    if (steps.every(({ verdict }) => verdict === first)) return [];
    return [{ place: each.place, capability: each.name, before, steps: rowsOf({ before, steps }) }];
  });
}

function scenarioRow(audit: Audit, answer: Answer, usuals: readonly Answer[]): ScenarioRow {
  const { model } = audit;
  const { scenario } = answer;
  const quiet = audit.usual(scenario);
  const zoneOf = (site: string): string => model.estate.get('site', site)?.timeZone ?? 'UTC';
  const zone = zoneOf(
    model.components.get(scenario.components[0] ?? '')?.site ?? [...model.estate.all('site').keys()][0] ?? '',
  );
  const time = (at: Millis): string => (at < 0 ? 'always' : spellTime(scenario.start, at, zone));
  const changed = answer.touched.filter(
    (each) => !sameTimeline(answer.timeline(each), quiet.timeline(each)) || scenario.kind === 'none',
  );
  const plan = guardPlan(model, answer, quiet);
  return {
    key: scenario.key,
    name: scenario.name,
    kind: scenario.kind,
    components: scenario.components.map((key) => ({ key, name: model.components.get(key)?.name ?? key })),
    calls: callsOf(model.estate, scenario),
    start: new Date(scenario.start).toISOString(),
    timeZone: zone,
    usual: usuals.indexOf(quiet),
    length: scenario.length,
    horizon: scenario.horizon,
    story: tell(model, answer, quiet).map(({ at, kind, text }) => ({ at, time: time(at), kind, text })),
    changes: changed.map((capability) => changeRow(model, answer, capability, time)),
    doors: doorsOf(model, answer, changed),
    guards: {
      orders: plan.orders.map(({ place, post, guard, because, from, until, arrives }) => ({
        place,
        post,
        guard,
        because,
        from,
        until,
        arrives,
      })),
      unmet: plan.unmet.map(({ place, because, from, until }) => ({ place, because, from, until })),
    },
  };
}

function changeRow(
  model: Model,
  answer: Answer,
  capability: Capability,
  time: (at: Millis) => string,
): ChangeRow {
  const timeline = answer.timeline(capability);
  const worse =
    timeline.steps.find((step) => step.verdict === 'fails') ??
    timeline.steps.find((step) => step.verdict === 'unknown') ??
    timeline.steps[0];
  const explanation = explain(model, answer, capability, worse?.at ?? asMillis(0));
  const basis = weakestBasis([...leavesOf(explanation.reasons)].flatMap(({ fact }) => fact?.basis ?? []));
  return {
    place: capability.place,
    capability: capability.name,
    before: timeline.before,
    steps: rowsOf(timeline),
    why: sayReasons(model.estate, explanation.reasons, time),
    ...(basis === undefined ? {} : { basis }),
  };
}

/** A verdict is only as good as the weakest fact that it rests on. */
function weakestBasis(found: readonly Basis[]): Basis | undefined {
  return bases.findLast((basis) => found.includes(basis));
}

function doorsOf(model: Model, answer: Answer, changed: readonly Capability[]): ScenarioRow['doors'] {
  const doors = new Set(
    changed.filter(({ place }) => model.estate.get('door', place)).map(({ place }) => place),
  );
  return [...doors].map((door) => {
    const own = model.capabilities.filter(({ place }) => place === door);
    const times = [
      ...new Set(own.flatMap((each) => answer.timeline(each).steps.map(({ at }) => at))),
    ].toSorted((a, b) => a - b);
    const states: (readonly [number, DoorState])[] = [];
    for (const at of times) {
      const state = doorState(model, own, answer, at);
      if (states.at(-1)?.[1] !== state) states.push([at, state]);
    }
    return { door, states };
  });
}

/** `4h`, for headings. */
export const spellSpan = (millis: number): string => formatDuration(asMillis(millis));
