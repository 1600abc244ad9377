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

/**
 * How long a capability must hold in a scenario: as the estate's functions say; else, for all but comforts, as long as the fault lasts.
 * `undefined` where nobody asks for it.
 */
export function targetOf(model: Model, capability: Capability, scenario: Scenario): Target | undefined {
  for (const [id, data] of model.estate.all('function')) {
    if (data.function !== capability.function && !data.capabilities.includes(capability.name)) continue;
    if (!data.capabilities.includes(capability.name) || !covers(model, data, capability)) continue;
    const text = data.for[scenario.kind as OutageKind] ?? data.for['any'];
    if (text === undefined) continue;
    const read = parseDuration(text);
    if (read.kind === 'ok') return { until: asMillis(Math.min(read.value, scenario.length)), declared: id };
  }
  return phrases[capability.name].weight === 'comfort' ? undefined : { until: scenario.length };
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
