import type { AuditDocument, ScenarioRow } from '@holdfast/audit';
import { asMillis, spellDuration } from '@holdfast/kernel';
import { doorStates } from '@holdfast/outage';
import { becauseWords, untilOf } from '../reading/guard-words.ts';
import { groupPlaces, type AlikePlaces } from '../reading/folding.ts';
import { count, joinNames, namesOf } from '../reading/names.ts';
import {
  capabilityFareAt,
  PlaceReader,
  type CapabilityReading,
  type Fare,
} from '../reading/place-reading.ts';
import { sayVerdicts } from '../reading/say-timeline.ts';
import { ScenarioClock } from '../reading/scenario-clock.ts';
import { visibleText } from '../reading/visible-text.ts';
import type { TerminalOptions } from './audit-table.ts';
import { hang, pad, wrap } from './columns.ts';
import { paintOf, type Paint } from './paint.ts';

const widest = 120;
const barCells = 24;
/** Below this, what is said stands under its title, and not beside it. */
const narrow = 64;
const placesShown = 200;

/** One scenario for a terminal: its story, what each place does and when, the doors, and the guards. */
export function outageText(
  scenario: ScenarioRow,
  document: AuditDocument,
  { width, colour }: TerminalOptions,
): string {
  const paint = paintOf(colour);
  const room = Math.max(40, Math.min(width, widest));
  const clock = new ScenarioClock(scenario);
  const nameOf = (id: string): string => visibleText(namesOf(document)(id));
  return [
    ...head(scenario, clock, room, paint),
    '',
    ...story(scenario, clock, room, paint),
    '',
    ...capabilities(scenario, document, clock, room, paint),
    ...doors(scenario, clock, nameOf, room, paint),
    ...guards(scenario, clock, nameOf, room, paint),
  ].join('\n');
}

function head(
  { name, kind, length, components }: ScenarioRow,
  clock: ScenarioClock,
  room: number,
  paint: Paint,
): readonly string[] {
  const failing =
    components.length > 1 ? ` At fault: ${joinNames(components.map((each) => each.name))}.` : '';
  const asked =
    kind === 'none'
      ? `From ${clock.time(0)} on ${clock.date}, with nothing at fault.`
      : `From ${clock.time(0)} on ${clock.date}, for ${spellDuration(asMillis(length))}.${failing}`;
  return [...wrap(visibleText(name), room).map(paint.strong), ...wrap(visibleText(asked), room)];
}

const marks = { fault: 'x', cause: 'v', effect: '*', recovery: '+' } as const;

function story(
  { story: lines }: ScenarioRow,
  clock: ScenarioClock,
  room: number,
  paint: Paint,
): readonly string[] {
  if (lines.length === 0) return wrap('Nothing happens that would not happen anyway.', room);
  const widthOfTime = Math.max(...lines.map(({ at }) => clock.time(at).length)) + 2;
  let last: string | undefined;
  return lines.flatMap(({ at, kind, text }) => {
    const time = clock.time(at);
    const lead = `${pad(time === last ? '' : time, widthOfTime)}${marks[kind as keyof typeof marks] ?? ' '} `;
    last = time;
    const tone =
      kind === 'effect'
        ? paint.bad
        : kind === 'fault'
          ? paint.strong
          : kind === 'recovery'
            ? paint.good
            : paint.soft;
    return hang(lead, visibleText(text), room).map(
      (line) => line.slice(0, lead.length) + tone(line.slice(lead.length)),
    );
  });
}

function capabilities(
  scenario: ScenarioRow,
  document: AuditDocument,
  clock: ScenarioClock,
  room: number,
  paint: Paint,
): readonly string[] {
  const readings = new PlaceReader(document).read(scenario);
  const hit = readings.filter((each) => scenario.kind === 'none' || each.hit);
  const rest = readings.length - hit.length;
  const others =
    rest === 0
      ? []
      : [
          '',
          ...wrap(
            `${count(rest, 'more place')} ${rest === 1 ? 'does' : 'do'} what ${rest === 1 ? 'it does' : 'they do'} without the fault.`,
            room,
          ).map(paint.soft),
        ];
  if (hit.length === 0) return wrap('No place fares otherwise than without the fault.', room);
  const groups = groupPlaces(hit, placesShown);
  const withBars = room >= 90;
  const legend = withBars
    ? [
        paint.soft(
          `${clock.time(0)} to ${clock.time(clock.horizon)}: . holds, # fails, ? unknown, - a convenience is lost, = fails anyway`,
        ),
      ]
    : [];
  const left = groups.reduce((sum, each) => sum + each.left, 0);
  return [
    ...legend,
    ...groups.flatMap(({ title, places }) => [
      paint.soft(title),
      ...places.flatMap((alike) => place(alike, clock, withBars, room, paint)),
    ]),
    ...(left > 0 ? [paint.soft(`${count(left, 'more place')} in --format json.`)] : []),
    ...others,
  ];
}

function place(
  { first, all }: AlikePlaces,
  clock: ScenarioClock,
  withBars: boolean,
  room: number,
  paint: Paint,
): readonly string[] {
  const alike = all.length > 1 ? paint.soft(` and ${all.length - 1} more alike`) : '';
  const shown = first.capabilities.filter(({ change }) => change !== undefined || !first.hit);
  return [
    ...wrap(visibleText(first.place.name), room)
      .map(paint.strong)
      .map((line, index, lines) => (index === lines.length - 1 ? line + alike : line)),
    ...shown.flatMap((each) => {
      if (room < narrow)
        return [...hang('  ', each.title, room), ...hang('    ', sayVerdicts(clock, each.steps), room)];
      const title = `  ${pad(each.title, 31)}`;
      const cells = withBars ? barOf(each, clock, paint) : '';
      return hang(title + ' '.repeat(withBars ? barCells + 1 : 0), sayVerdicts(clock, each.steps), room).map(
        (line, index) =>
          index === 0 && withBars ? `${title}${cells}${line.slice(title.length + barCells)}` : line,
      );
    }),
  ];
}

const signs: Readonly<Record<Fare, string>> = {
  mixed: '#',
  fails: '#',
  unknown: '?',
  anyway: '=',
  less: '-',
  holds: '.',
};

/** What is so at the middle of each cell; the words beside it are exact. */
function barOf(reading: CapabilityReading, clock: ScenarioClock, paint: Paint): string {
  return Array.from({ length: barCells }, (_, cell) => {
    const fare = capabilityFareAt(reading, ((cell + 0.5) / barCells) * clock.horizon);
    return fare === 'fails'
      ? paint.bad(signs[fare])
      : fare === 'unknown'
        ? paint.doubt(signs[fare])
        : fare === 'holds'
          ? paint.soft(signs[fare])
          : signs[fare];
  }).join('');
}

function doors(
  { doors: all }: ScenarioRow,
  clock: ScenarioClock,
  nameOf: (id: string) => string,
  room: number,
  paint: Paint,
): readonly string[] {
  const otherwise = all.filter(({ states }) => states.some(([, state]) => state !== 'under control'));
  if (otherwise.length === 0) return [];
  const alike = [...Map.groupBy(otherwise, ({ states }) => JSON.stringify(states)).values()];
  return [
    '',
    paint.strong('At the doors'),
    ...alike
      .slice(0, placesShown)
      .flatMap((members) => [
        ...wrap(joinNames(members.map(({ door }) => nameOf(door))), room),
        ...(members[0]?.states ?? []).flatMap(([at, state]) =>
          hang(`  ${pad(clock.time(at), 10)} `, `${state}: ${doorStates[state]}`, room),
        ),
      ]),
  ];
}

function guards(
  { guards: { orders, unmet } }: ScenarioRow,
  clock: ScenarioClock,
  nameOf: (id: string) => string,
  room: number,
  paint: Paint,
): readonly string[] {
  if (orders.length + unmet.length === 0) return [];
  return [
    '',
    paint.strong('Where guards go'),
    ...orders.flatMap(({ place, post, guard, because, until, arrives }) =>
      hang(
        `  ${pad(clock.time(arrives), 10)} `,
        `${nameOf(post)}${guard > 1 ? `, guard ${guard}` : ''}, to ${nameOf(place)}, which ${becauseWords[because] ?? because}; until ${untilOf(clock, until)}`,
        room,
      ),
    ),
    ...unmet.flatMap(({ place, because, from, until }) =>
      hang(
        `  ${pad('nobody', 10)} `,
        `for ${nameOf(place)}, which ${becauseWords[because] ?? because}, ${clock.time(from)} to ${untilOf(clock, until)}`,
        room,
      ),
    ),
  ];
}
