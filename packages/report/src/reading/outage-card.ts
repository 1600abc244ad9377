import type { AuditDocument, ScenarioRow } from '@holdfast/audit';
import type { DoorState } from '@holdfast/outage';
import { readThemes } from './headline.ts';
import { cardCalls, type CardCall } from './card-calls.ts';
import { namesOf, tellOf } from './names.ts';
import type { PlaceReader, PlaceReading } from './place-reading.ts';
import { rank, worstFirst } from './ranking.ts';
import { ScenarioClock } from './scenario-clock.ts';

type Site = AuditDocument['estate']['sites'][number];
type Guards = ScenarioRow['guards'];

/** Doors that fare alike, and what a person finds there from when. */
export interface CardDoors {
  readonly names: readonly string[];
  readonly states: readonly (readonly [at: number, state: DoorState])[];
}

/** What a guard desk needs of one scenario at one site, as much as one sheet of paper holds. */
export interface OutageCard {
  readonly site: Site;
  readonly scenario: ScenarioRow;
  /** Other scenarios that do the same here. */
  readonly same: readonly ScenarioRow[];
  readonly clock: ScenarioClock;
  readonly orders: Guards['orders'];
  readonly unmet: Guards['unmet'];
  readonly doors: readonly CardDoors[];
  /** What cameras, alarms and operators lose, from when. */
  readonly losses: readonly { readonly at: number; readonly text: string; readonly unknown: boolean }[];
  readonly calls: readonly CardCall[];
}

/** Of few sites four each, of more two: a guard desk looks through a handful, and a file of paper has an end. */
const cardsPerSite = (sites: number): number => (sites <= 4 ? 4 : 2);
const sitesWithCards = 12;
/** Of a site so many scenarios are looked at, the worst first. */
const candidates = 12;

/** The cards of a document: the worst sites first, of each the worst scenarios that differ in what they do there. */
export function outageCards(document: AuditDocument, reader: PlaceReader): readonly OutageCard[] {
  const ranking = rank(document);
  const readings = new Map<ScenarioRow, readonly PlaceReading[]>();
  const read = (scenario: ScenarioRow): readonly PlaceReading[] => {
    const found = readings.get(scenario) ?? reader.read(scenario);
    readings.set(scenario, found);
    return found;
  };
  return document.estate.sites
    .toSorted((a, b) => ranking.site(b.id) - ranking.site(a.id))
    .slice(0, sitesWithCards)
    .flatMap((site) => {
      const asked = document.scenarios.filter(
        ({ key, kind }) => kind !== 'none' && ranking.at(key, site.id) > 0,
      );
      const worst = worstFirst(asked, ({ key }) => ranking.at(key, site.id)).slice(0, candidates);
      const cards = worst.map((scenario) =>
        cardOf(
          document,
          site,
          scenario,
          read(scenario).filter(({ place }) => place.site === site.id),
        ),
      );
      return [...Map.groupBy(cards, doing).values()]
        .slice(0, cardsPerSite(document.estate.sites.length))
        .map((alike): OutageCard => {
          const [first, ...rest] = alike as [OutageCard];
          return { ...first, same: rest.map(({ scenario }) => scenario) };
        });
    });
}

/** What a card tells people to do, whatever the fault is called. */
const doing = ({ orders, unmet, doors, losses }: OutageCard): string =>
  JSON.stringify([orders, unmet, doors, losses]);

function cardOf(
  document: AuditDocument,
  site: Site,
  scenario: ScenarioRow,
  readings: readonly PlaceReading[],
): OutageCard {
  const own = new Set(readings.map(({ place }) => place.id));
  const within = ({ place }: { readonly place: string }): boolean => own.has(place);
  const themes = readThemes(readings, scenario).filter(({ title }) => title !== 'Doors');
  const losses = themes
    .flatMap((theme) => theme.losses.filter(({ comfort }) => !comfort))
    .map(({ at, places, capability, verdict }) => ({
      at,
      text: tellOf(places, capability, verdict),
      unknown: verdict === 'unknown',
    }));
  return {
    site,
    scenario,
    same: [],
    clock: new ScenarioClock({ ...scenario, timeZone: site.timeZone }),
    orders: scenario.guards.orders
      .filter(within)
      .toSorted((a, b) => urgency(a) - urgency(b) || a.from - b.from),
    unmet: scenario.guards.unmet
      .filter(within)
      .toSorted((a, b) => urgency(a) - urgency(b) || a.from - b.from),
    doors: doorsOf(document, scenario, own),
    losses: losses.toSorted((a, b) => a.at - b.at),
    calls: cardCalls(
      document,
      site,
      scenario,
      themes.some(({ title, worse }) => title === 'Alarms' && worse > 0),
    ),
  };
}

/** People who are locked in come before everything else. */
const urgency = ({ because }: { readonly because: string }): number => (because === 'traps people' ? 0 : 1);

const worstStates: readonly DoorState[] = [
  'traps people',
  'unlocked',
  'stands open',
  'weakened',
  'locked for all',
  'unknown',
];

function doorsOf(
  document: AuditDocument,
  { doors }: ScenarioRow,
  own: ReadonlySet<string>,
): readonly CardDoors[] {
  const nameOf = namesOf(document);
  const otherwise = doors.filter(
    ({ door, states }) => own.has(door) && states.some(([, state]) => worstStates.includes(state)),
  );
  return [...Map.groupBy(otherwise, ({ states }) => JSON.stringify(states)).values()]
    .map((alike) => ({ names: alike.map(({ door }) => nameOf(door)), states: alike[0]?.states ?? [] }))
    .toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** The worst that is found at some doors, then how soon. */
const rankOf = ({ states }: CardDoors): number =>
  Math.min(
    ...states.map(([, state]) =>
      worstStates.includes(state) ? worstStates.indexOf(state) : worstStates.length,
    ),
  );
