import { asMillis, sha256, type Millis } from '@holdfast/kernel';
import { known } from '@holdfast/estate';
import {
  explain,
  phrases,
  sayOf,
  sayReasons,
  spellTime,
  verdictAt,
  type Answer,
  type Capability,
  type Model,
  type Scenario,
  type Timeline,
} from '@holdfast/outage';
import type { Evidence, Finding, Severity } from './finding.ts';
import { findingKinds, type FindingId } from './finding-kinds.ts';
import { bySeverity, severityOf } from './severity.ts';
import { Targets } from './targets.ts';

interface Miss {
  readonly capability: Capability;
  readonly timeline: Timeline;
  readonly at: Millis;
  readonly verdict: 'fails' | 'unknown';
  readonly severity: Severity;
}

/** What scenarios show to be wrong. */
export class ScenarioFindings {
  readonly #model: Model;
  readonly #targets: Targets;

  constructor(model: Model) {
    this.#model = model;
    this.#targets = new Targets(model);
  }

  /** One finding for each kind, function and site, with all its places. */
  of(answer: Answer, quiet: Answer): readonly Finding[] {
    const model = this.#model;
    const groups = new Map<string, { id: FindingId; misses: Miss[] }>();
    const capabilities = answer.scenario.kind === 'none' ? model.capabilities : answer.touched;
    for (const capability of capabilities) {
      const miss = this.#missOf(answer, quiet, capability);
      if (!miss) continue;
      const id = idOf(model, answer.scenario, miss);
      const key = `${id} ${capability.function} ${capability.site} ${miss.verdict}`;
      const group = groups.get(key) ?? { id, misses: [] };
      group.misses.push(miss);
      groups.set(key, group);
    }
    return [...groups.values()].map(({ id, misses }) => findingOf(model, answer, id, misses));
  }

  #missOf(answer: Answer, quiet: Answer, capability: Capability): Miss | undefined {
    const { scenario } = answer;
    if (scenario.kind === 'fire' && !countsInFire(this.#model, capability)) return undefined;
    const target = this.#targets.of(capability, scenario);
    if (!target) return undefined;
    const timeline = answer.timeline(capability);
    const usual = scenario.kind === 'none' ? undefined : quiet.timeline(capability);
    for (const verdict of ['fails', 'unknown'] as const) {
      const step = timeline.steps.find(
        (each) =>
          each.at < target.until && each.verdict === verdict && (!usual || isNews(usual, each.at, verdict)),
      );
      if (step)
        return {
          capability,
          timeline,
          at: step.at,
          verdict,
          severity: severity(this.#model, answer, capability, verdict, target.declared !== undefined),
        };
    }
    return undefined;
  }
}

function severity(
  model: Model,
  answer: Answer,
  capability: Capability,
  verdict: 'fails' | 'unknown',
  declared: boolean,
): Severity {
  const { scenario } = answer;
  if (capability.name === 'egress' && verdict === 'fails') return 'critical';
  // That a fire signal unlocks what it must is wanted; only who may come in meanwhile is asked.
  if (scenario.kind === 'none' && capability.name.startsWith('refuses-revoked'))
    return lag(answer, capability, verdict);
  if (scenario.kind === 'fire') return verdict === 'fails' ? 'medium' : 'low';
  return severityOf(model, capability, verdict, declared);
}

/** A revocation that arrives late is worse when it does not arrive at all. */
function lag(answer: Answer, capability: Capability, verdict: 'fails' | 'unknown'): Severity {
  const arrives = answer.timeline(capability).steps.at(-1)?.verdict === 'holds';
  return verdict === 'unknown' || arrives ? 'medium' : 'high';
}

/** On fire doors are meant to let go: what counts is who gets out, and who gets in from outside. */
const countsInFire = (model: Model, { name, place }: Capability): boolean =>
  name === 'egress' || (name === 'secured' && isPerimeter(model, place));

/** Whether a verdict differs from what it would be without the fault; what is unknown anyway is told once, without one. */
function isNews(usual: Timeline, at: Millis, verdict: 'fails' | 'unknown'): boolean {
  const without = verdictAt(usual, at);
  return verdict === 'fails' ? without !== 'fails' : without === 'holds';
}

const byKind: Readonly<Partial<Record<Scenario['kind'], FindingId>>> = {
  network: 'OUT-SPOF-NET',
  power: 'OUT-SPOF-PWR',
  server: 'OUT-SPOF-REC',
  fire: 'OUT-FIRE-PERIMETER',
  room: 'OUT-SPOF-ROOM',
};

function idOf(model: Model, scenario: Scenario, { capability }: Miss): FindingId {
  if (capability.name === 'egress' || capability.name === 'releases-on-fire') return 'OUT-LIFE-SAFETY';
  if (scenario.kind === 'none')
    return capability.name === 'refuses-revoked-during' || capability.name === 'refuses-revoked-before'
      ? 'OUT-REVOKE-LAG'
      : 'OUT-NO-SERVICE';
  if (scenario.kind === 'own') return ownKind(model, scenario);
  if (capability.name === 'reaches-centre' && scenario.kind !== 'power') return 'OUT-ALARM-PATH';
  return byKind[scenario.kind] ?? 'OUT-CLOUD-DEP';
}

/** A scenario of several faults counts as what its first component is. */
function ownKind(model: Model, { components }: Scenario): FindingId {
  const kind = model.components.get(components[0] ?? '')?.kind;
  if (kind === 'mains' || kind === 'supply') return 'OUT-SPOF-PWR';
  if (kind === 'device' || kind === 'cable' || kind === 'line') return 'OUT-SPOF-NET';
  return kind === 'fire' ? 'OUT-FIRE-PERIMETER' : 'OUT-CLOUD-DEP';
}

function findingOf(model: Model, answer: Answer, id: FindingId, misses: readonly Miss[]): Finding {
  const { scenario } = answer;
  const ordered = misses.toSorted(
    (a, b) =>
      bySeverity(a.severity, b.severity) || a.at - b.at || (a.capability.id < b.capability.id ? -1 : 1),
  );
  const [worst] = ordered as [Miss];
  const zone = model.estate.get('site', worst.capability.site)?.timeZone ?? 'UTC';
  const time = (at: Millis): string => (at < 0 ? 'always' : spellTime(scenario.start, at, zone));
  const why = explain(model, answer, worst.capability, worst.at);
  const subject =
    scenario.kind === 'room' ? scenario.key.slice('fault:'.length) : scenario.components.join('+') || 'none';
  const at = position(
    model,
    id === 'OUT-LIFE-SAFETY' ? worst.capability.place : (scenario.components[0] ?? worst.capability.place),
    worst.capability.place,
  );
  const evidence = evidenceOf(model, ordered);
  return {
    id,
    fingerprint: sha256(
      [id, scenario.key, worst.capability.function, worst.capability.site, worst.verdict].join('\n'),
    ),
    verdict: worst.verdict,
    severity: worst.severity,
    site: worst.capability.site,
    function: worst.capability.function,
    scenario: scenario.key,
    subject,
    message: messageOf(model, scenario, ordered, time),
    why: [
      `${model.estate.nameOf(worst.capability.place)}: ${phrases[worst.capability.name].title.toLowerCase()} ${worst.verdict} at ${time(worst.at)}`,
      ...sayReasons(model.estate, why.reasons, time, 1),
    ],
    remedy: findingKinds[id].remedy,
    places: [...new Set(ordered.map(({ capability }) => capability.place))].toSorted(),
    ...(at ? { at } : {}),
    get evidence() {
      return evidence();
    },
  };
}

/** Makes the evidence where it is read: of a portfolio's findings it is most of what they hold. */
function evidenceOf(model: Model, misses: readonly Miss[]): () => readonly Evidence[] {
  const capabilities = misses.map(({ capability }) => capability);
  const timelines = misses.map(({ timeline }) => timeline);
  return () =>
    capabilities.map(({ place, name }, index) => ({
      place,
      name: model.estate.nameOf(place),
      capability: name,
      // There is one for each.
      timeline: timelines[index] as Timeline,
    }));
}

function position(model: Model, ...ids: readonly string[]): Finding['at'] {
  for (const id of ids) {
    const kind = model.estate.kindOf(id);
    const at = kind && model.estate.at(kind, id);
    if (at) return at;
  }
  return undefined;
}

/** `08:30 Back door and Vault corridor open for no known badge; 08:00 ...`: each loss once, with its places. */
function messageOf(
  model: Model,
  scenario: Scenario,
  misses: readonly Miss[],
  time: (at: Millis) => string,
): string {
  const groups = Map.groupBy(misses, ({ capability, at, verdict }) => `${at} ${capability.name} ${verdict}`);
  const inOrder = [...groups.values()].toSorted((a, b) => (a[0]?.at ?? 0) - (b[0]?.at ?? 0));
  const parts = inOrder.map((group) => {
    const [{ capability, at, verdict }] = group as [Miss];
    return `${time(asMillis(at))} ${sayOf(
      model.estate,
      group.map((each) => each.capability.place),
      phrases[capability.name].tells[verdict],
    )}`;
  });
  return `${scenario.name}. ${parts.join('; ')}.`;
}

/** Whether a place is the way in from outside. */
function isPerimeter(model: Model, door: string): boolean {
  return known(model.estate.get('area', model.estate.get('door', door)?.from)?.class) === 'public';
}
