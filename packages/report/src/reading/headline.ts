import type { AuditDocument, ScenarioRow } from '@holdfast/audit';
import type { CapabilityName } from '@holdfast/outage';
import {
  fareAt,
  fares,
  PlaceReader,
  worseFrom,
  type CapabilityReading,
  type Fare,
  type PlaceReading,
} from './place-reading.ts';
import { themes } from './themes.ts';
import { breakpoints, spansOf, type Span } from './timeline.ts';

/** Something that is lost, or in doubt, at several places alike: at one time, or one after the other where they are many. */
export interface Loss {
  readonly at: number;
  /** The last time at which a place is lost, where they are told together. */
  readonly last?: number;
  readonly capability: CapabilityName;
  readonly verdict: 'fails' | 'unknown';
  readonly comfort: boolean;
  readonly places: readonly string[];
}

/** How one theme fares in a scenario. */
export interface ThemeReading {
  readonly title: string;
  readonly places: number;
  /** At how many of them something that matters is lost or in doubt because of the fault. */
  readonly worse: number;
  /** What the fault does; what fails anyway is left out. */
  readonly spans: readonly Span<Fare>[];
  /** When something that matters is first lost because of the fault, and first in doubt while it lasts. */
  readonly failsFrom?: number;
  readonly unknownFrom?: number;
  /** The earliest first; conveniences after what matters. */
  readonly losses: readonly Loss[];
}

/** The scenario that an answer begins with: no cloud at all, else no internet, else the one that hits the most. */
export function headlineScenario(document: AuditDocument): ScenarioRow | undefined {
  const named = ['fault:clouds', 'fault:internet'].flatMap(
    (key) => document.scenarios.find((each) => each.key === key) ?? [],
  );
  if (named[0]) return named[0];
  const counts = document.scenarios.map(({ changes }) => changes.length);
  return document.scenarios[counts.indexOf(Math.max(...counts))];
}

/** How each theme of an estate, or of one of its sites, fares in a scenario; themes that it does not have are left out. */
export function readThemes(
  readings: readonly PlaceReading[],
  scenario: Pick<ScenarioRow, 'length' | 'horizon'>,
): readonly ThemeReading[] {
  return themes.flatMap(({ title, functions }) => {
    const own = readings.flatMap(({ place, capabilities }) => {
      const within = capabilities.filter((each) => functions.some((name) => name === each.function));
      return within.length === 0 ? [] : [{ place: place.name, capabilities: within }];
    });
    return own.length === 0 ? [] : [themeReading(title, own, scenario)];
  });
}

interface Own {
  readonly place: string;
  readonly capabilities: readonly CapabilityReading[];
}

function themeReading(
  title: string,
  own: readonly Own[],
  { length, horizon }: Pick<ScenarioRow, 'length' | 'horizon'>,
): ThemeReading {
  const all = own.flatMap(({ capabilities }) => capabilities);
  const times = breakpoints(distinct(all.flatMap(({ steps, usual }) => [steps, usual])), horizon);
  const losses = lossesOf(own, horizon);
  const first = (verdict: Loss['verdict'], before: number): number | undefined =>
    losses.find((each) => each.verdict === verdict && !each.comfort && each.at < before)?.at;
  const [failsFrom, unknownFrom] = [first('fails', horizon), first('unknown', length)];
  return {
    title,
    places: own.length,
    worse: new Set(losses.filter(({ comfort }) => !comfort).flatMap(({ places }) => places)).size,
    spans: spansOf(times, horizon, (at) => fareAt(all, at, false)),
    ...(failsFrom === undefined ? {} : { failsFrom }),
    ...(unknownFrom === undefined ? {} : { unknownFrom }),
    losses,
  };
}

/** Timelines that say the same, once: forty doors alike have the breakpoints of one. */
const distinct = <T>(timelines: readonly T[]): readonly T[] => [
  ...new Map(timelines.map((each) => [JSON.stringify(each), each])).values(),
];

function lossesOf(own: readonly Own[], horizon: number): readonly Loss[] {
  const groups = new Map<string, Loss & { places: string[] }>();
  for (const { place, capabilities } of own) {
    for (const each of capabilities) {
      for (const verdict of ['fails', 'unknown'] as const) {
        const at = worseFrom(each, verdict, horizon);
        if (at === undefined) continue;
        const key = `${at} ${each.name} ${verdict}`;
        const group = groups.get(key) ?? {
          at,
          capability: each.name,
          verdict,
          comfort: each.comfort,
          places: [],
        };
        group.places.push(place);
        groups.set(key, group);
      }
    }
  }
  return merged([...groups.values()]).toSorted(
    (a, b) =>
      Number(a.comfort) - Number(b.comfort) ||
      a.at - b.at ||
      fares.indexOf(a.verdict) - fares.indexOf(b.verdict),
  );
}

/** Of each capability at most this many times are told apart. */
const timesApart = 4;

function merged(losses: readonly Loss[]): readonly Loss[] {
  return [...Map.groupBy(losses, ({ capability, verdict }) => `${capability} ${verdict}`).values()].flatMap(
    (own) => {
      const [first, ...rest] = own.toSorted((a, b) => a.at - b.at) as [Loss, ...Loss[]];
      if (own.length <= timesApart) return own;
      return [
        {
          ...first,
          last: rest.at(-1)?.at ?? first.at,
          places: [first, ...rest].flatMap(({ places }) => places),
        },
      ];
    },
  );
}

/** The answer that a report begins with. */
export interface Headline {
  readonly scenario: ScenarioRow;
  readonly readings: readonly PlaceReading[];
  readonly themes: readonly ThemeReading[];
}

/** Reads the scenario that the answer begins with; absent where the document has none. */
export function readHeadline(
  document: AuditDocument,
  reader: PlaceReader = new PlaceReader(document),
): Headline | undefined {
  const scenario = headlineScenario(document);
  if (!scenario) return undefined;
  const readings = reader.read(scenario);
  return { scenario, readings, themes: readThemes(readings, scenario) };
}
