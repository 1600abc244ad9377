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
import { groupPlaces, type AlikePlaces, type PlaceGroup } from '../reading/folding.ts';
import { count } from '../reading/names.ts';
import type { ScenarioClock } from '../reading/scenario-clock.ts';
import { saySpans, sayVerdicts } from '../reading/say-timeline.ts';
import { breakpoints, spansOf, verdictOf, type Span } from '../reading/timeline.ts';
import { axis, bar, fareWords, legend, rulings, type Stretch } from './bar.ts';
import { basisWords } from './basis.ts';
import { markup, name, when, type Markup } from './markup.ts';
import { whyList } from './why.ts';

/** How much of an estate a heatmap may show. */
export interface HeatmapLimits {
  readonly placesPerSite: number;
  readonly why: boolean;
}

const namesShown = 60;

/** Places down, time across: a table whose rows unfold into capabilities and the reasons. */
export function heatmap(
  clock: ScenarioClock,
  readings: readonly PlaceReading[],
  siteName: (id: string) => string,
  limits: HeatmapLimits,
): Markup {
  const groups = groupPlaces(readings, limits.placesPerSite);
  const sites = [...Map.groupBy(groups, ({ site }) => site)];
  const shown = fares
    .filter(
      (fare) =>
        fare === 'holds' || groups.some(({ places }) => places.some(({ first }) => shows(first, fare))),
    )
    .toReversed();
  return markup`${legend(shown)}
<table class="heat" ${rulings(clock)}>
<thead><tr><th scope="col">Place</th><th scope="col"><span class="sr">Time</span>${axis(clock)}</th><th scope="col">In words</th></tr></thead>
${sites.map(([site, own]) => markup`${when(sites.length > 1, () => markup`<tbody><tr class="site"><th colspan="3" scope="rowgroup">${name(siteName(site))}</th></tr></tbody>`)}${own.map((group) => groupRows(clock, group, limits))}`)}
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

function placeRows(clock: ScenarioClock, { first, all }: AlikePlaces, { why }: HeatmapLimits): Markup {
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
  const others = all.slice(1, namesShown + 1);
  return markup`<tbody class="place">
<tr class="p"><th scope="row"><button type="button" class="fold" aria-expanded="false">${name(place.name)}${when(all.length > 1, () => markup` <span class="n">and ${all.length - 1} more alike</span>`)}</button>${when(place.class, () => markup`<span class="class">${place.class}</span>`)}</th><td>${bar(clock, stretches)}</td><td class="w">${sayFares(clock, stretches)}</td></tr>
${capabilities.map((each) => capabilityRow(clock, each))}
${when(others.length > 0, () => markup`<tr class="c names"><td colspan="3">The same at ${others.map((each, index) => markup`${index === 0 ? '' : ', '}${name(each.place.name)}`)}${when(all.length > namesShown + 1, () => markup` and ${all.length - namesShown - 1} more`)}.</td></tr>`)}
${when(why, () => reasons(clock, capabilities))}
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
