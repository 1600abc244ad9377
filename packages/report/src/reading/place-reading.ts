import type { AuditDocument, ChangeRow, PlaceRow, ScenarioRow, StepRow } from '@holdfast/audit';
import { phrases, type CapabilityName, type DoorState } from '@holdfast/outage';
import { breakpoints, spansOf, verdictOf, type Span } from './timeline.ts';

/**
 * How something fares at a time: `mixed` where something fails and something else is unknown, `anyway` where it fails or is unknown without the fault as well,
 * `less` where only a convenience is lost or in doubt.
 */
export type Fare = 'mixed' | 'fails' | 'unknown' | 'anyway' | 'less' | 'holds';

/** From the worst to the best. */
export const fares = [
  'mixed',
  'fails',
  'unknown',
  'anyway',
  'less',
  'holds',
] as const satisfies readonly Fare[];

/** One capability of a place in one scenario. */
export interface CapabilityReading {
  readonly name: CapabilityName;
  readonly title: string;
  readonly function: string;
  readonly comfort: boolean;
  readonly steps: readonly StepRow[];
  /** The same without the fault. */
  readonly usual: readonly StepRow[];
  /** What the fault changes; absent where it changes nothing. */
  readonly change?: ChangeRow;
}

/** A moment's look at a place: how it fares, and at a door what a person finds there. */
export interface Sight {
  readonly fare: Fare;
  readonly door?: DoorState;
}

/** One place in one scenario. */
export interface PlaceReading {
  readonly place: PlaceRow;
  readonly capabilities: readonly CapabilityReading[];
  readonly spans: readonly Span<Sight>[];
  readonly hit: boolean;
}

type Changes = ReadonlyMap<CapabilityName, ChangeRow>;
type States = ScenarioRow['doors'][number]['states'];

/** Reads how the places of a document fare in its scenarios; what a scenario leaves alone is read once. */
export class PlaceReader {
  readonly #document: AuditDocument;
  readonly #untouched = new Map<string, readonly PlaceReading[]>();

  constructor(document: AuditDocument) {
    this.#document = document;
  }

  /** Every place of the document, in its order. */
  read(scenario: ScenarioRow): readonly PlaceReading[] {
    return this.#read(scenario, this.#asUsual(scenario));
  }

  #read(scenario: ScenarioRow, usual: readonly PlaceReading[]): readonly PlaceReading[] {
    const changes = new Map(
      [...Map.groupBy(scenario.changes, ({ place }) => place)].map(([place, rows]) => [
        place,
        new Map(rows.map((row) => [row.capability, row])),
      ]),
    );
    const doors = new Map(scenario.doors.map(({ door, states }) => [door, states]));
    return usual.map((reading) => {
      const own = changes.get(reading.place.id);
      return own ? readPlace(reading, own, doors.get(reading.place.id), scenario.horizon) : reading;
    });
  }

  /** Only the places that a scenario changes: enough to count them, and cheap where scenarios are many. */
  readTouched(scenario: ScenarioRow): readonly PlaceReading[] {
    if (scenario.kind === 'none') return this.read(scenario);
    const changed = new Set(scenario.changes.map(({ place }) => place));
    return this.#read(
      scenario,
      this.#asUsual(scenario).filter(({ place }) => changed.has(place.id)),
    );
  }

  #asUsual({ usual, kind, horizon }: ScenarioRow): readonly PlaceReading[] {
    const key = `${usual} ${kind === 'none'} ${horizon}`;
    const found = this.#untouched.get(key);
    if (found) return found;
    const rows = Map.groupBy(this.#document.usual[usual] ?? [], ({ place }) => place);
    const readings = this.#document.places.map((place): PlaceReading => {
      const own = new Map((rows.get(place.id) ?? []).map(({ capability, steps }) => [capability, steps]));
      const capabilities = place.capabilities.map(
        ({ name, title, function: of, verdict }): CapabilityReading => {
          const steps = own.get(name) ?? [[0, verdict] as const];
          // Where no fault is asked for, everything that fails counts.
          return {
            name,
            title,
            function: of,
            comfort: phrases[name].weight === 'comfort',
            steps,
            usual: kind === 'none' ? alwaysHolds : steps,
          };
        },
      );
      return { place, capabilities, spans: sightsOf(capabilities, undefined, horizon), hit: false };
    });
    this.#untouched.set(key, readings);
    return readings;
  }
}

function readPlace(
  usual: PlaceReading,
  changes: Changes,
  states: States | undefined,
  horizon: number,
): PlaceReading {
  const capabilities = usual.capabilities.map((each): CapabilityReading => {
    const change = changes.get(each.name);
    return change ? { ...each, steps: change.steps, change } : each;
  });
  return { place: usual.place, capabilities, spans: sightsOf(capabilities, states, horizon), hit: true };
}

function sightsOf(
  capabilities: readonly CapabilityReading[],
  states: States | undefined,
  horizon: number,
): readonly Span<Sight>[] {
  const doorTimes = (states ?? []).map(([at]): StepRow => [at, 'holds']);
  const times = breakpoints(
    [...capabilities.flatMap(({ steps, usual }) => [steps, usual]), doorTimes],
    horizon,
  );
  const sightAt = (at: number): Sight => {
    const door = states?.findLast(([from]) => from <= at)?.[1];
    const fare = fareAt(capabilities, at);
    return {
      fare: door === 'stands open' && fare === 'holds' ? 'less' : fare,
      ...(door === undefined ? {} : { door }),
    };
  };
  return spansOf(times, horizon, sightAt, (a, b) => a.fare === b.fare && a.door === b.door);
}

/** How some capabilities fare together: the worst counts; of what fails anyway only what matters, or nothing. */
export function fareAt(capabilities: readonly CapabilityReading[], at: number, anyway = true): Fare {
  const found = new Set<Fare>();
  for (const each of capabilities) {
    const fare = capabilityFareAt(each, at);
    if (fare !== 'anyway' || (anyway && !each.comfort)) found.add(fare);
  }
  return found.has('fails') && found.has('unknown') ? 'mixed' : worstOf(found);
}

/** The worst of several. */
const worstOf = (found: ReadonlySet<Fare>): Fare => fares.find((fare) => found.has(fare)) ?? 'holds';

/** How one capability fares. */
export function capabilityFareAt({ steps, usual, comfort }: CapabilityReading, at: number): Fare {
  const verdict = verdictOf(steps, at) ?? 'holds';
  if (verdict === 'holds') return 'holds';
  const without = verdictOf(usual, at);
  if (without === verdict || without === 'fails') return 'anyway';
  return comfort ? 'less' : verdict;
}

/** From when a capability is worse than it would be without the fault: failing, or in doubt. */
export function worseFrom(
  reading: CapabilityReading,
  verdict: 'fails' | 'unknown',
  horizon: number,
): number | undefined {
  return breakpoints([reading.steps, reading.usual], horizon).find(
    (at) => verdictOf(reading.steps, at) === verdict && capabilityFareAt(reading, at) !== 'anyway',
  );
}

const alwaysHolds: readonly StepRow[] = [[0, 'holds']];
