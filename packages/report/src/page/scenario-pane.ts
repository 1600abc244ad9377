import type { ScenarioRow } from '@holdfast/audit';
import { asMillis, spellDuration } from '@holdfast/kernel';
import type { PlaceReading } from '../reading/place-reading.ts';
import { countHits } from '../reading/count-hits.ts';
import { count, joinNames } from '../reading/names.ts';
import { ScenarioClock } from '../reading/scenario-clock.ts';
import { doorsTable } from './doors-table.ts';
import { guardPlanTable } from './guards.ts';
import { heatmap, type HeatmapLimits } from './heatmap.ts';
import { markup, name, when, type Markup } from './markup.ts';
import { story, storyLegend } from './story.ts';

/** What a pane needs to call things by their names. */
export interface PaneNames {
  readonly of: (id: string) => string;
  readonly site: (id: string) => string;
}

const mostPlaces = 200;
const fewestPlaces = 6;
const sitesShown = 12;
const paperPlaces = 80;
const briefStory = 14;
/** About what a place takes, in characters, with its capabilities and reasons. */
const placeSize = 4500;

/** One scenario: its places over time, its story, the doors and the guards; in short where there is no room for all of it. */
export function scenarioPane(
  scenario: ScenarioRow,
  readings: readonly PlaceReading[],
  names: PaneNames,
  room: number,
): Markup {
  const sites = Math.min(sitesShown, new Set(readings.map(({ place }) => place.site)).size);
  for (
    let limit = Math.min(mostPlaces, Math.ceil(room / (sites * placeSize)));
    limit >= fewestPlaces;
    limit = Math.floor(limit / 2)
  ) {
    const pane = drawn(scenario, readings, names, { sites: sitesShown, placesPerSite: limit, detail: true });
    if (pane.text.length <= room) return pane;
  }
  return drawn(scenario, readings, names, undefined);
}

function drawn(
  scenario: ScenarioRow,
  readings: readonly PlaceReading[],
  names: PaneNames,
  limits: HeatmapLimits | undefined,
): Markup {
  const clock = new ScenarioClock(scenario);
  const doors = readings.filter(({ place }) => place.kind === 'door').length;
  return markup`<h3 tabindex="-1">${name(scenario.name)}</h3>
${summary(scenario, readings, clock)}
${limits ? markup`<section class="part"><div class="bar-head"><h4>Place by place</h4><button type="button" class="all js-only" aria-expanded="false">Unfold all places</button></div>${heatmap(clock, readings, names.site, limits)}</section>` : markup`<p class="note">This page would be too large with every place of every scenario. <code>holdfast outage run</code> tells this one in full.</p>`}
<section class="part"><h4>The story</h4>${storyLegend}${story(clock, scenario.story, limits ? (limits.detail ? 400 : 60) : 40)}</section>
${when(limits && doors > 0, () => markup`<section class="part"><h4>At each door</h4>${doorsTable(clock, scenario.doors, names.of, doors)}</section>`)}
<section class="part"><h4>Where guards go</h4>${guardPlanTable(clock, scenario.guards, names.of)}</section>`;
}

/** One scenario for paper: the places of the worst sites, without what unfolds. */
export const paperPane = (
  scenario: ScenarioRow,
  readings: readonly PlaceReading[],
  names: PaneNames,
): Markup =>
  drawn(scenario, readings, names, { sites: sitesShown, placesPerSite: paperPlaces, detail: false });

/** One scenario in short: what it is, its story, and where guards go. */
export function briefPane(scenario: ScenarioRow, readings: readonly PlaceReading[]): Markup {
  const clock = new ScenarioClock(scenario);
  const lines = scenario.story.filter(({ kind }) => kind !== 'cause');
  return markup`<section class="brief-pane"><h3>${name(scenario.name)}</h3>${summary(scenario, readings, clock)}${story(clock, lines, briefStory)}</section>
`;
}

function summary(scenario: ScenarioRow, readings: readonly PlaceReading[], clock: ScenarioClock): Markup {
  const { hit, unknown } = countHits(readings);
  const failing = scenario.components.map((each) => each.name);
  return markup`<p class="sum">${whenAsked(scenario, clock)}${when(failing.length > 1, () => markup` At fault: ${name(joinNames(failing))}.`)} ${hit === 0 ? 'No place is worse for it.' : `${count(hit, 'place')} ${hit === 1 ? 'is' : 'are'} worse for it${unknown === 0 ? '' : `; at ${unknown} of them part is unknown`}.`}</p>`;
}

const whenAsked = ({ kind, length }: ScenarioRow, clock: ScenarioClock): string =>
  kind === 'none'
    ? `From ${clock.time(0)} on ${clock.date}, with nothing at fault.`
    : `From ${clock.time(0)} on ${clock.date}, for ${spellDuration(asMillis(length))}.`;
