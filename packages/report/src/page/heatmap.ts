import type { ChangeRow, StepRow } from '@holdfast/audit';
import { doorStates, type DoorState } from '@holdfast/outage';
import {
  capabilityFareAt,
  fares,
  type CapabilityReading,
  type Fare,
  type PlaceReading,
  type Sight,
} from '../reading/place-reading.ts';
import { classCells, type ClassCell } from '../reading/class-rows.ts';
import { countHits } from '../reading/count-hits.ts';
import { groupPlaces, type AlikePlaces, type PlaceGroup } from '../reading/folding.ts';
import { count, joinNames } from '../reading/names.ts';
import type { ScenarioClock } from '../reading/scenario-clock.ts';
import { saySpans, sayVerdicts } from '../reading/say-timeline.ts';
import { breakpoints, spansOf, verdictOf, type Span } from '../reading/timeline.ts';
import { axis, bar, fareWords, legend, rulings, type Stretch } from './bar.ts';
import { basisWords } from './basis.ts';
import { stepChart } from './step-chart.ts';
import { markup, name, when, type Markup } from './markup.ts';
import { whyList } from './why.ts';

/** How much of an estate a heatmap may show. */
export interface HeatmapLimits {
  readonly sites: number;
  readonly placesPerSite: number;
  /** Whether rows unfold into capabilities, and these into their reasons: on a screen they do, on paper they do not. */
  readonly detail: boolean;
}

const namesShown = 60;
/** An estate of up to so many places stands open; a larger one opens its worst site and class. */
const openUpTo = 60;

const classTitles = [
  ['critical', 'Critical areas'],
  ['restricted', 'Restricted areas'],
  ['staff', 'Staff areas'],
  ['public', 'Public areas'],
  [undefined, 'The site as a whole'],
] as const;

/** Site by site, the classes of area down with the functions across; each class unfolds into its places, and these into capabilities and reasons. */
export function heatmap(
  clock: ScenarioClock,
  readings: readonly PlaceReading[],
  siteName: (id: string) => string,
  limits: HeatmapLimits,
): Markup {
  const sites = [...Map.groupBy(readings, ({ place }) => place.site)]
    .map(([site, own]) => ({ site, own, hit: countHits(own).hit }))
    .toSorted((a, b) => b.hit - a.hit);
  const touched = sites.filter(({ hit }, index) => hit > 0 || index === 0).slice(0, limits.sites);
  const rest = sites.filter((each) => !touched.includes(each));
  const shown = fares
    .filter((fare) => fare === 'holds' || readings.some((each) => shows(each, fare)))
    .toReversed();
  const openAll = readings.length <= openUpTo;
  const tight = !openAll || !limits.detail;
  return markup`${legend(shown)}
${touched.map(({ site, own, hit }, index) =>
  sites.length === 1
    ? classes(clock, own, limits, openAll, tight)
    : siteBlock(siteName(site), hit, own.length, index === 0, classes(clock, own, limits, openAll, tight)),
)}${when(rest.length > 0, () => restLine(rest, siteName))}`;
}

function siteBlock(title: string, hit: number, places: number, open: boolean, body: Markup): Markup {
  return markup`<details class="site"${when(open, () => markup` open`)}><summary><b>${name(title)}</b> <span class="n">${hit === 0 ? `${count(places, 'place')}, none worse` : `${hit} of ${count(places, 'place')} worse`}</span></summary>${body}</details>
`;
}

function restLine(
  rest: readonly { readonly site: string; readonly hit: number }[],
  siteName: (id: string) => string,
): Markup {
  const worse = rest.filter(({ hit }) => hit > 0).length;
  return markup`<p class="note">${count(rest.length, 'other site')}, ${worse === 0 ? 'where nothing is worse' : `${worse} of them worse`}: ${name(joinNames(rest.map(({ site }) => siteName(site))))}.</p>`;
}

/** The classes of one site, the critical first, with a column for each function. */
function classes(
  clock: ScenarioClock,
  readings: readonly PlaceReading[],
  limits: HeatmapLimits,
  openAll: boolean,
  tight: boolean,
): Markup {
  const all = classCells(readings, clock.horizon).map(({ theme }) => theme);
  const blocks = classTitles.flatMap(([key, title]) => {
    const own = readings.filter(({ place }) => place.class === key);
    return own.length === 0 ? [] : [{ title, own, hit: countHits(own).hit }];
  });
  const worst = blocks.find(({ hit }) => hit > 0);
  let room = limits.placesPerSite;
  return markup`<div class="classes" style="--themes:${all.length}"><div class="row rowhead" aria-hidden="true"><span>Class of area</span>${all.map((theme) => markup`<span>${theme}${axis(clock, 3)}</span>`)}</div>
${blocks.map((block) => {
  const groups = groupPlaces(block.own, room, tight);
  room -= groups.reduce((sum, { places }) => sum + places.length, 0);
  return markup`<details class="block"${when(openAll || block === worst, () => markup` open`)}><summary class="row"><span class="cname">${block.title} <span class="n">${block.own.length}</span></span>${cells(clock, all, classCells(block.own, clock.horizon))}</summary>
${placesTable(clock, block.title, groups, limits)}</details>
`;
})}</div>`;
}

const cells = (clock: ScenarioClock, all: readonly string[], own: readonly ClassCell[]): readonly Markup[] =>
  all.map((theme) => {
    const cell = own.find((each) => each.theme === theme);
    return cell ? stepChart(clock, cell) : markup`<span class="cell none"></span>`;
  });

function placesTable(
  clock: ScenarioClock,
  title: string,
  groups: readonly PlaceGroup[],
  limits: HeatmapLimits,
): Markup {
  return markup`<table class="heat" ${rulings(clock)}>
<thead><tr><th scope="col">Place<span class="sr">, ${title.toLowerCase()}</span></th><th scope="col"><span class="sr">Time</span>${axis(clock)}</th><th scope="col">In words</th></tr></thead>
${groups.map((group) => groupRows(clock, group, limits))}
</table>`;
}

/** Whether a place's own row or one of its capabilities shows a fare. */
const shows = ({ spans, capabilities }: PlaceReading, fare: Fare): boolean =>
  spans.some(({ value }) => value.fare === fare || (value.fare === 'mixed' && fare === 'unknown')) ||
  capabilities.some((each) => each.steps.some(([at]) => capabilityFareAt(each, at) === fare));

function groupRows(clock: ScenarioClock, { title, places, left }: PlaceGroup, limits: HeatmapLimits): Markup {
  return markup`<tbody><tr class="group"><th colspan="3" scope="rowgroup">${title}</th></tr></tbody>
${places.map((alike) => placeRows(clock, alike, limits))}${when(left > 0, () => markup`<tbody><tr class="left"><td colspan="3">${count(left, 'more place')} of this kind ${left === 1 ? 'is' : 'are'} not drawn; <code>holdfast audit --format json</code> has all of them.</td></tr></tbody>`)}`;
}

function placeRows(clock: ScenarioClock, { first, all }: AlikePlaces, { detail }: HeatmapLimits): Markup {
  const { place, spans, capabilities } = first;
  const stretches = spans.map(({ from, until, value }) => ({
    from,
    until,
    value: {
      fare: value.fare,
      label: labelOf(value),
      ...(isTold(value) && value.door !== undefined ? { meaning: doorStates[value.door] } : {}),
    },
  }));
  const called = markup`${name(place.name)}${when(all.length > 1, () => markup` <span class="n">and ${all.length - 1} more alike</span>`)}`;
  const others = all.slice(1, namesShown + 1);
  return markup`<tbody class="place">
<tr class="p"><th scope="row">${detail ? markup`<button type="button" class="fold" aria-expanded="false">${called}</button>` : markup`<span class="fold">${called}</span>`}</th><td>${bar(clock, stretches)}</td><td class="w">${sayFares(clock, stretches)}</td></tr>
${when(detail, () => markup`${capabilities.map((each) => capabilityRow(clock, each))}`)}
${when(others.length > 0, () => markup`<tr class="names"><td colspan="3">The same at ${others.map((each, index) => markup`${index === 0 ? '' : ', '}${name(each.place.name)}`)}${when(all.length > namesShown + 1, () => markup` and ${all.length - namesShown - 1} more`)}.</td></tr>`)}
${when(detail, () => reasons(clock, capabilities))}
</tbody>
`;
}

function labelOf({ fare, door }: Sight): string {
  if (!isTold({ fare, door })) return fareWords[fare].short;
  return fare === 'mixed' ? `${door} (part unknown)` : (door ?? '');
}

/** Whether the state of a door says more than the verdict. */
const isTold = ({ fare, door }: { readonly fare: Fare; readonly door?: DoorState | undefined }): boolean =>
  door !== undefined &&
  door !== 'under control' &&
  (fare !== 'less' || door === 'stands open') &&
  fare !== 'holds' &&
  (door !== 'unknown' || fare === 'unknown');

function capabilityRow(clock: ScenarioClock, reading: CapabilityReading): Markup {
  const times = breakpoints([reading.steps, reading.usual], clock.horizon);
  const spans = spansOf(
    times,
    clock.horizon,
    (at): Stretch => stretchAt(reading, at),
    (a, b) => a.fare === b.fare && a.label === b.label,
  );
  return markup`<tr class="c"><th scope="row">${reading.title}</th><td>${bar(clock, spans)}</td><td class="w">${sayVerdicts(clock, reading.steps)}</td></tr>
`;
}

/** In the row of a capability the words say the verdict; the colour says whether it is news. */
function stretchAt(reading: CapabilityReading, at: number): Stretch {
  const verdict = verdictOf(reading.steps, at) ?? 'holds';
  return { fare: capabilityFareAt(reading, at), label: verdict };
}

function sayFares(clock: ScenarioClock, spans: readonly Span<Stretch>[]): string {
  const worst: Fare | undefined = fares.find((fare) => spans.some(({ value }) => value.fare === fare));
  if (worst === 'anyway' && spans.every(({ value }) => value.fare !== 'less'))
    return spans.length === 1 ? 'the same with or without the fault' : 'nothing that the fault adds';
  return saySpans(
    clock,
    spans.map(({ from, until, value }) => ({ from, until, value: value.label })),
  );
}

/** The reasons of a place: capabilities that are explained alike are told together. */
function reasons(clock: ScenarioClock, capabilities: readonly CapabilityReading[]): Markup {
  const explained = capabilities.flatMap(({ title, change }) =>
    change && change.why.length > 0 ? [{ title, change }] : [],
  );
  const groups = Map.groupBy(explained, ({ change }) =>
    [worstAt(change)?.join(' '), change.basis, ...change.why].join('\n'),
  );
  if (groups.size === 0) return markup``;
  return markup`<tr class="c because"><td colspan="3">${[...groups.values()].map((members) => {
    const [{ change }] = members as [(typeof members)[number]];
    return markup`<details data-for="${members.map(({ title }) => title).join('|')}"><summary>Why: ${members.map(({ title }) => title).join(', ')}</summary><p class="basis">${whenSaid(clock, change)}</p>${whyList(change.why)}</details>`;
  })}</td></tr>`;
}

/** The moment that an explanation is about: the first failure, else the first doubt. */
const worstAt = ({ steps }: ChangeRow): StepRow | undefined =>
  steps.find(([, verdict]) => verdict === 'fails') ??
  steps.find(([, verdict]) => verdict === 'unknown') ??
  steps[0];

function whenSaid(clock: ScenarioClock, change: ChangeRow): string {
  const step = worstAt(change);
  const basis =
    change.basis === undefined ? '' : ` (the weakest fact behind it is ${basisWords[change.basis]})`;
  return step === undefined
    ? ''
    : `At ${clock.time(step[0])} it ${step[1] === 'unknown' ? 'is unknown' : step[1]}${basis}, because:`;
}
