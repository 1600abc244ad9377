import { asMillis, parseDuration } from '@holdfast/kernel';
import { range, type Profile } from '@holdfast/estate';
import {
  compile,
  OutageSolver,
  settlingFacts,
  verdictAt,
  type Answer,
  type Capability,
  type FactRef,
  type Model,
  type Timeline,
  type Verdict,
} from '@holdfast/outage';
import { claimsOf } from './claims.ts';
import { knowledgeOf } from './knowledge.ts';
import { scenarioOf, scenesOf } from './scenes.ts';
import type { Row } from './row.ts';
import { stageOf, type Stage } from './stage.ts';
import type { TrialAsk, TrialCell, TrialDocument } from './trial-document.ts';
import { managedFrom, withoutIt } from './without.ts';

const horizons = ['4h', '24h', '7d', '30d'] as const;

/**
 * Tries a profile in a standard estate: what each capability does when each thing that the device needs is taken away,
 * over 31 days. Pure; what the estate around it takes for granted is in `assumed`.
 */
export function trial(id: string, profile: Profile): TrialDocument {
  const stage = stageOf(id, profile);
  const model = compile(stage.estate);
  const solver = new OutageSolver(model);
  const scenes = scenesOf(stage, model);
  const answers = scenes.map((scene) => solver.solve(scenarioOf(scene, model)));
  const asks = new Asks(stage, id);
  const rows = stage.setting.rows.flatMap((row) => {
    const capability = model.capabilities.find((each) => each.id === row.id);
    return capability ? [rowOf(row, capability, model, answers, asks)] : [];
  });
  const managed = managedFrom(profile, stage.fillers);
  const document = {
    profile: {
      id,
      name: profile.name,
      class: profile.class,
      ...(profile.vendor === undefined ? {} : { vendor: profile.vendor }),
      ...(profile.model === undefined ? {} : { model: profile.model }),
      ...(profile.about === undefined ? {} : { about: profile.about }),
      ...(profile.reviewed === undefined ? {} : { reviewed: profile.reviewed }),
    },
    knowledge: knowledgeOf(profile),
    managed,
    scenarios: scenes.map(({ key, head, name }) => ({ key, head, name })),
    rows,
  };
  return {
    holdfast: { kind: 'trial', version: 1 },
    ...document,
    without: withoutIt(profile, stage.fillers, rows),
    assumed: [`Fed by ${feeding(stage)}.`, ...stage.assumed],
    asks: asks.all,
    needs: stage.fillers.map(({ role, over }) => {
      const declared = profile.roles?.[role];
      const about = declared?.about;
      const needed = declared?.needed !== false;
      return { role, over, needed, ...(about === undefined ? {} : { about }) };
    }),
    claims: claimsOf(profile),
  };
}

function rowOf(
  { key, title }: Row,
  capability: Capability,
  model: Model,
  answers: readonly Answer[],
  asks: Asks,
): TrialDocument['rows'][number] {
  return {
    capability: key,
    title,
    cells: answers.map((answer): TrialCell => {
      const timeline = answer.timeline(capability);
      return {
        scenario: answer.scenario.key,
        steps: timeline.steps.map(({ at, verdict }) => [at, verdict]),
        within: Object.fromEntries(horizons.map((each) => [each, atHorizon(timeline, each)])),
        asks: asks.of(model, answer, capability),
      };
    }),
  };
}

/** The verdict as the horizon is reached. */
function atHorizon(timeline: Timeline, text: string): Verdict {
  const read = parseDuration(text);
  return verdictAt(timeline, asMillis((read.kind === 'ok' ? read.value : 0) - 1));
}

function feeding({ feeding: fed }: Stage): string {
  switch (fed.by) {
    case 'supply':
      return 'a supply of its own';
    case 'switch':
      return 'its switch';
    case 'line':
      return `its ${fed.filler.role}`;
    default:
      return 'its own cells, which do not run out here';
  }
}

/** The facts that stand between the trial and a verdict, each once. */
class Asks {
  readonly #found = new Map<string, TrialAsk>();
  readonly #stage: Stage;
  readonly #profile: string;

  constructor(stage: Stage, profile: string) {
    this.#stage = stage;
    this.#profile = profile;
  }

  get all(): readonly TrialAsk[] {
    return [...this.#found.values()];
  }

  /** The unknown facts, and those known only within limits, that settle a timeline together. */
  of(model: Model, answer: Answer, capability: Capability): readonly string[] {
    const facts = settlingFacts(model, answer, capability, (fact) => this.#isOpen(fact));
    return facts.map((fact) => this.#name(fact)).toSorted();
  }

  #isOpen(fact: FactRef): boolean {
    if (fact.unknown) return true;
    const claimed = fact.kind === 'profile' ? this.#stage.profile.facts?.[String(fact.path[1])] : undefined;
    const read = range(claimed);
    return read !== undefined && read[0] !== read[1];
  }

  #name(fact: FactRef): string {
    const name = String(fact.path.at(-1));
    if (!this.#found.has(name)) {
      const claimed =
        fact.kind === 'profile' && fact.id === this.#profile ? this.#stage.profile.facts?.[name] : undefined;
      const note = typeof claimed === 'object' ? claimed.note : undefined;
      this.#found.set(name, {
        fact: name,
        ...(fact.value === undefined ? {} : { value: fact.value }),
        ...(note === undefined ? {} : { note }),
      });
    }
    return name;
  }
}
