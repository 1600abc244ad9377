import { type EntityData, type OutageKind } from '@holdfast/estate';
import { asMillis, parseDuration, type Millis } from '@holdfast/kernel';
import { phrases, type Capability, type Model, type Scenario } from '@holdfast/outage';
import { classOf } from './severity.ts';

/** What a place must do for how long in a scenario. */
export interface Target {
  readonly until: Millis;
  /** The function of the estate that says so; nobody says so where it is not given. */
  readonly declared?: string;
}

type Asking = readonly [id: string, data: EntityData<'function'>];

/** How long capabilities must hold, as the functions of an estate say. */
export class Targets {
  readonly #model: Model;
  readonly #asking = new Map<string, Asking[]>();
  readonly #covering = new WeakMap<Capability, readonly Asking[]>();

  constructor(model: Model) {
    this.#model = model;
    for (const each of model.estate.all('function'))
      for (const name of new Set(each[1].capabilities)) {
        const own = this.#asking.get(name);
        if (own) own.push(each);
        else this.#asking.set(name, [each]);
      }
  }

  /**
   * How long a capability must hold in a scenario: as the estate's functions say; else, for all but comforts, as long as the fault lasts.
   * `undefined` where nobody asks for it.
   */
  of(capability: Capability, scenario: Scenario): Target | undefined {
    for (const [id, data] of this.#askingFor(capability)) {
      const text = data.for[scenario.kind as OutageKind] ?? data.for['any'];
      if (text === undefined) continue;
      const read = parseDuration(text);
      if (read.kind === 'ok') return { until: asMillis(Math.min(read.value, scenario.length)), declared: id };
    }
    return phrases[capability.name].weight === 'comfort' ? undefined : { until: scenario.length };
  }

  #askingFor(capability: Capability): readonly Asking[] {
    const asking = this.#asking.get(capability.name);
    if (!asking) return [];
    const found = this.#covering.get(capability);
    if (found) return found;
    const own = asking.filter(([, data]) => covers(this.#model, data, capability));
    this.#covering.set(capability, own);
    return own;
  }
}

/** Whether a function of the estate asks for a capability, for however long. */
export const asksFor = (model: Model, data: EntityData<'function'>, capability: Capability): boolean =>
  data.capabilities.includes(capability.name) && covers(model, data, capability);

function covers(model: Model, data: EntityData<'function'>, capability: Capability): boolean {
  const { at, classes } = data;
  if (classes) {
    const own = classOf(model, capability.place);
    if (own === undefined || !classes.includes(own)) return false;
  }
  return at === undefined || at.some((each) => within(model, capability.place, each));
}

/** Whether a place is another, or lies in it. */
function within(model: Model, place: string, larger: string): boolean {
  const { estate } = model;
  let at: string | undefined = place;
  for (let steps = 0; at !== undefined && steps < 1000; steps += 1) {
    if (at === larger) return true;
    at =
      estate.get('view', at)?.of ??
      estate.get('door', at)?.to ??
      estate.get('area', at)?.in ??
      estate.get('floor', at)?.in ??
      estate.get('building', at)?.in ??
      estate.get('post', at)?.at;
  }
  return false;
}
