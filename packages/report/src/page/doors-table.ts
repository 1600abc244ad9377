import type { ScenarioRow } from '@holdfast/audit';
import { doorStates, type DoorState } from '@holdfast/outage';
import { count, joinNames } from '../reading/names.ts';
import type { ScenarioClock } from '../reading/scenario-clock.ts';
import { markup, name, when, type Markup } from './markup.ts';

const doorsShown = 200;

/** What a person finds at each door that does not stay under control, from when; doors alike are one. */
export function doorsTable(
  clock: ScenarioClock,
  doors: ScenarioRow['doors'],
  nameOf: (id: string) => string,
  doorsInAll: number,
): Markup {
  const otherwise = doors.filter(({ states }) => states.some(([, state]) => state !== 'under control'));
  if (otherwise.length === 0) return markup`<p>Every door opens for those who may, and for nobody else.</p>`;
  const alike = [...Map.groupBy(otherwise, ({ states }) => JSON.stringify(states)).values()];
  const rest = doorsInAll - otherwise.length;
  return markup`<table class="doors"><thead><tr><th scope="col">Door</th><th scope="col">From</th><th scope="col">What a person finds</th></tr></thead>
${alike.slice(0, doorsShown).map((members) =>
  doorRows(
    clock,
    members.map(({ door }) => nameOf(door)),
    members[0]?.states ?? [],
  ),
)}</table>
${when(rest > 0, () => markup`<p class="note">${rest === 1 ? 'The other door fares' : `The other ${count(rest, 'door')} fare`} as without the fault.</p>`)}`;
}

function doorRows(
  clock: ScenarioClock,
  doors: readonly string[],
  states: readonly (readonly [number, DoorState])[],
): Markup {
  return markup`<tbody>${states.map(([at, state], index) => markup`<tr>${when(index === 0, () => markup`<th scope="rowgroup" rowspan="${states.length}">${name(joinNames(doors))}</th>`)}<td><time>${clock.time(at)}</time></td><td><b class="state ${toneOf(state)}">${state}</b> <span>${doorStates[state]}</span></td></tr>`)}</tbody>
`;
}

const toneOf = (state: DoorState): string =>
  state === 'under control' ? 'holds' : state === 'unknown' ? 'unknown' : 'fails';
