import type { ScenarioRow } from '@holdfast/audit';
import { asMillis, spellDuration } from '@holdfast/kernel';
import type { PlaceReading } from '../reading/place-reading.ts';
import { countHits } from '../reading/count-hits.ts';
import { count, joinNames } from '../reading/names.ts';
import { ScenarioClock } from '../reading/scenario-clock.ts';
import { doorsTable } from './doors-table.ts';
import { guardPlanTable } from './guards.ts';
import { heatmap, type HeatmapLimits } from './heatmap.ts';
import { html, name, when, type Markup } from './markup.ts';
import { story, storyLegend } from './story.ts';

/** What a pane needs to call things by their names. */
export interface PaneNames {
  readonly of: (id: string) => string;
  readonly site: (id: string) => string;
}

/** How much a pane shows: all, little, or the story only. */
export type PaneSize = 'full' | 'small' | 'story';

const limits: Readonly<Record<'full' | 'small', HeatmapLimits>> = { full: { placesPerSite: 200, why: true }, small: { placesPerSite: 24, why: false } };
const storyLines: Readonly<Record<PaneSize, number>> = { full: 400, small: 120, story: 40 };

/** One scenario: its story, the heatmap, the doors and the guards. */
export function scenarioPane(scenario: ScenarioRow, readings: readonly PlaceReading[], names: PaneNames, size: PaneSize): Markup {
  const clock = new ScenarioClock(scenario);
  const doors = readings.filter(({ place }) => place.kind === 'door').length;
  return html`<h3 tabindex="-1">${name(scenario.name)}</h3>
${summary(scenario, readings, clock)}
${when(size !== 'story', () => html`<section class="part"><div class="bar-head"><h4>Place by place</h4><button type="button" class="all js-only" aria-expanded="false">Unfold all places</button></div>${heatmap(clock, readings, names.site, limits[size === 'full' ? 'full' : 'small'])}</section>`)}
${when(size !== 'full', () => html`<p class="note">This page would be too large with every scenario whole. <code>holdfast outage run</code> tells this one in full.</p>`)}
<section class="part"><h4>The story</h4>${storyLegend}${story(scenario.story, storyLines[size])}</section>
${when(size !== 'story' && doors > 0, () => html`<section class="part"><h4>At each door</h4>${doorsTable(clock, scenario.doors, names.of, doors)}</section>`)}
<section class="part"><h4>Where guards go</h4>${guardPlanTable(clock, scenario.guards, names.of)}</section>`;
}

/** A pane for a scenario that changes nothing. */
export function quietPane(scenario: ScenarioRow): Markup {
  const clock = new ScenarioClock(scenario);
  return html`<h3 tabindex="-1">${name(scenario.name)}</h3><p class="sum">${whenAsked(scenario, clock)} Nothing changes at any place.</p>`;
}

function summary(scenario: ScenarioRow, readings: readonly PlaceReading[], clock: ScenarioClock): Markup {
  const { hit, unknown } = countHits(readings);
  const failing = scenario.components.map((each) => each.name);
  return html`<p class="sum">${whenAsked(scenario, clock)}${when(failing.length > 1, () => html` At fault: ${name(joinNames(failing))}.`)} ${hit === 0 ? 'No place is worse for it.' : `${count(hit, 'place')} ${hit === 1 ? 'is' : 'are'} worse for it${unknown === 0 ? '' : `; at ${unknown} of them part is unknown`}.`}</p>`;
}

const whenAsked = ({ kind, length }: ScenarioRow, clock: ScenarioClock): string =>
  kind === 'none' ? `From ${clock.time(0)} on ${clock.date}, with nothing at fault.` : `From ${clock.time(0)} on ${clock.date}, for ${spellDuration(asMillis(length))}.`;
