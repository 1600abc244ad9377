import { asMillis, type Millis } from '@holdfast/kernel';
import { bases, type Basis } from '@holdfast/estate';
import {
  doorState,
  explain,
  guardPlan,
  leavesOf,
  sameTimeline,
  sayReasons,
  spellTime,
  tell,
  type Answer,
  type Capability,
  type DoorState,
  type Model,
  type Scenario,
  type Timeline,
} from '@holdfast/outage';
import type { ChangeRow, ScenarioRow, StepRow } from './audit-document.ts';
import { callsOf } from './contacts.ts';

/** Estates of at most this many capabilities have each of them told without a fault, and each change explained. */
const toldSingly = 5_000;

/** What a row says of what its scenario does. */
type Told = Required<Pick<ScenarioRow, 'story' | 'changes' | 'doors' | 'guards'>> &
  Readonly<Record<'unexplained', number | undefined>>;

/** Turns answers into the rows of a document. What many rows have in common they share, since a portfolio has millions of them. */
export class ScenarioRows {
  readonly #model: Model;
  readonly #steps = new Map<Timeline, readonly StepRow[]>();
  readonly #states = new Map<string, DoorStates>();
  readonly #lines = new Map<string, string>();
  readonly #isLarge: boolean;
  readonly #firstSite: string;
  #last: { readonly scenario: Scenario; readonly told: Told } | undefined;

  /** `singly` is how many capabilities an estate may have for each of them to be told and explained. */
  constructor(model: Model, singly = toldSingly) {
    this.#model = model;
    this.#isLarge = model.capabilities.length > singly;
    this.#firstSite = [...model.estate.all('site').keys()][0] ?? '';
  }

  /** Whether the estate is so large that not each of its capabilities is told and explained. */
  get isLarge(): boolean {
    return this.#isLarge;
  }

  /** The steps of a timeline: one array for all that are alike. */
  steps(timeline: Timeline): readonly StepRow[] {
    const found = this.#steps.get(timeline);
    if (found) return found;
    const rows = timeline.steps.map(({ at, verdict }): StepRow => [at, verdict]);
    this.#steps.set(timeline, rows);
    return rows;
  }

  /** What a scenario does, beside what would be without its faults; `usual` is where the document has that. */
  row(answer: Answer, quiet: Answer, usual: number): ScenarioRow {
    const { unexplained, ...told } = this.#told(answer, quiet);
    return {
      ...this.#head(answer.scenario, usual),
      ...told,
      ...(unexplained === undefined ? {} : { unexplained }),
    };
  }

  /** The same, of which what the scenario does is found out where it is read, and not kept beyond the next that is read. */
  rowWhenRead(
    scenario: Scenario,
    solve: () => { readonly answer: Answer; readonly quiet: Answer },
    usual: number,
  ): ScenarioRow {
    const told = (): Told => {
      if (this.#last?.scenario !== scenario) {
        const { answer, quiet } = solve();
        // Shared are the lines of rows that are kept; one that is let go takes its own with it.
        this.#lines.clear();
        this.#last = { scenario, told: this.#told(answer, quiet) };
      }
      return this.#last.told;
    };
    return {
      ...this.#head(scenario, usual),
      get story() {
        return told().story;
      },
      get changes() {
        return told().changes;
      },
      get doors() {
        return told().doors;
      },
      get guards() {
        return told().guards;
      },
      get unexplained() {
        return told().unexplained;
      },
    };
  }

  #head(scenario: Scenario, usual: number): Omit<ScenarioRow, keyof Told> {
    const model = this.#model;
    return {
      key: scenario.key,
      name: scenario.name,
      kind: scenario.kind,
      calls: callsOf(model.estate, scenario),
      components: scenario.components.map((key) => ({ key, name: model.components.get(key)?.name ?? key })),
      start: new Date(scenario.start).toISOString(),
      timeZone: this.#zoneOf(scenario),
      usual,
      length: scenario.length,
      horizon: scenario.horizon,
    };
  }

  #zoneOf({ components }: Scenario): string {
    const site = this.#model.components.get(components[0] ?? '')?.site ?? this.#firstSite;
    return this.#model.estate.get('site', site)?.timeZone ?? 'UTC';
  }

  #told(answer: Answer, quiet: Answer): Told {
    const model = this.#model;
    const { scenario } = answer;
    const zone = this.#zoneOf(scenario);
    const time = (at: Millis): string => (at < 0 ? 'always' : spellTime(scenario.start, at, zone));
    const changed = answer.touched.filter((each) => this.#isTold(answer, quiet, each));
    const plan = guardPlan(model, answer, quiet);
    const changes = this.#changes(answer, changed, time);
    const unexplained = changes.filter(({ why }) => why.length === 0).length;
    return {
      story: tell(model, answer, quiet).map(({ at, kind, text }) => ({ at, time: time(at), kind, text })),
      changes,
      unexplained: unexplained === 0 ? undefined : unexplained,
      doors: this.#doors(answer, changed),
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

  /** What fares otherwise than without the faults. Without any, all is told; of a large estate, what does not hold throughout. */
  #isTold(answer: Answer, quiet: Answer, capability: Capability): boolean {
    const timeline = answer.timeline(capability);
    if (answer.scenario.kind !== 'none') return !sameTimeline(timeline, quiet.timeline(capability));
    return !this.#isLarge || timeline.steps.some(({ verdict }) => verdict !== 'holds');
  }

  #changes(
    answer: Answer,
    changed: readonly Capability[],
    time: (at: Millis) => string,
  ): readonly ChangeRow[] {
    const explained = new Map<Timeline, Set<string>>();
    return changed.map((capability) => {
      const { place, name, site } = capability;
      const timeline = answer.timeline(capability);
      const row = { place, capability: name, before: timeline.before, steps: this.steps(timeline) };
      // In a large estate, of those at one site that fare alike only the first is explained.
      const alike = explained.get(timeline) ?? new Set();
      explained.set(timeline, alike);
      if (this.#isLarge && alike.has(`${name} ${site}`)) return { ...row, why: [] };
      alike.add(`${name} ${site}`);
      return { ...row, ...this.#why(answer, capability, time) };
    });
  }

  #why(
    answer: Answer,
    capability: Capability,
    time: (at: Millis) => string,
  ): Pick<ChangeRow, 'why' | 'basis'> {
    const { steps } = answer.timeline(capability);
    const worse =
      steps.find((step) => step.verdict === 'fails') ??
      steps.find((step) => step.verdict === 'unknown') ??
      steps[0];
    const { reasons } = explain(this.#model, answer, capability, worse?.at ?? asMillis(0));
    const basis = weakestBasis([...leavesOf(reasons)].flatMap(({ fact }) => fact?.basis ?? []));
    const why = sayReasons(this.#model.estate, reasons, time).map((line) => this.#line(line));
    return { why, ...(basis === undefined ? {} : { basis }) };
  }

  /** One text for all lines that say the same. */
  #line(text: string): string {
    const found = this.#lines.get(text);
    if (found !== undefined) return found;
    this.#lines.set(text, text);
    return text;
  }

  #doors(answer: Answer, changed: readonly Capability[]): ScenarioRow['doors'] {
    const { estate, capabilitiesAt } = this.#model;
    const doors = new Set(changed.filter(({ place }) => estate.get('door', place)).map(({ place }) => place));
    return [...doors].map((door) => ({
      door,
      states: this.#statesOf(answer, capabilitiesAt.get(door) ?? []),
    }));
  }

  #statesOf(answer: Answer, own: readonly Capability[]): DoorStates {
    const times = [
      ...new Set(own.flatMap((each) => answer.timeline(each).steps.map(({ at }) => at))),
    ].toSorted((a, b) => a - b);
    const states: (readonly [number, DoorState])[] = [];
    for (const at of times) {
      const state = doorState(this.#model, own, answer, at);
      if (states.at(-1)?.[1] !== state) states.push([at, state]);
    }
    const key = states.join(' ');
    const found = this.#states.get(key) ?? states;
    this.#states.set(key, found);
    return found;
  }
}

type DoorStates = readonly (readonly [at: number, state: DoorState])[];

/** A verdict is only as good as the weakest fact that it rests on. */
function weakestBasis(found: readonly Basis[]): Basis | undefined {
  return bases.findLast((basis) => found.includes(basis));
}
