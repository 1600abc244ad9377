import { entityKinds, known, type Estate } from '@holdfast/estate';
import type { Side } from './equation-oracle.ts';
import { minute } from './oracle/clockwork.ts';
import { DoorWatch, type Readings } from './oracle/doors.ts';
import { Expressions } from './oracle/expressions.ts';
import { Net } from './oracle/network.ts';
import { places } from './oracle/places.ts';
import { every, readings as of, some, verdictOf, type Tri, type Verdict } from './oracle/tri.ts';
import { transmits } from './oracle/transmission.ts';
import { World, type Strike } from './oracle/world.ts';

export type { Strike } from './oracle/world.ts';
export type { Verdict } from './oracle/tri.ts';

/** What is asked: the faults, when the scenario starts (milliseconds since 1970), and for how many minutes. */
export interface Question {
  readonly strikes: readonly Strike[];
  readonly start: number;
  readonly minutes: number;
}

/** The verdicts of each capability (`PLACE CAPABILITY`): before the faults, then minute by minute. */
export type Verdicts = ReadonlyMap<string, readonly Verdict[]>;

/**
 * Simulates an estate minute by minute under both readings of what is unknown, straight from the outage engine's SPEC.md.
 * It shares no code with the engine, knows no equations and is slow: for small estates whose durations are whole minutes.
 */
export function simulateEstate(estate: Estate, { strikes, start, minutes }: Question): Verdicts {
  const readings: Readings = {
    worst: readingOf(estate, 'worst', strikes),
    best: readingOf(estate, 'best', strikes),
  };
  const doors = new Map([...estate.all('door').keys()].map((id) => [id, new DoorWatch(readings, id, start)]));
  const verdicts = new Map<string, Verdict[]>();
  for (let tick = -1; tick < minutes; tick += 1) {
    for (const side of ['worst', 'best'] as const) readings[side].world.clock.now = tick * minute;
    if (tick < 0) touch(estate, readings, doors);
    for (const side of ['worst', 'best'] as const) readings[side].world.clock.settle();
    for (const [name, truth] of capabilities(estate, readings, doors))
      verdicts.set(name, [...(verdicts.get(name) ?? []), verdictOf(truth)]);
  }
  return verdicts;
}

function readingOf(estate: Estate, side: Side, strikes: readonly Strike[]): Readings['worst'] {
  const world = new World(estate, side, strikes);
  return { world, expressions: new Expressions(world, new Net(world)) };
}

/** Asks for everything once, so that every store and timer is there before the start. */
function touch(estate: Estate, readings: Readings, doors: ReadonlyMap<string, DoorWatch>): void {
  for (const { world, expressions } of [readings.worst, readings.best]) {
    for (const kind of entityKinds) {
      if (kind === 'supply') for (const id of estate.all(kind).keys()) world.carries(id);
      if (kind === 'area')
        for (const area of estate.all(kind).values())
          if (known(area.alarm) !== undefined) transmits(world, known(area.alarm) ?? '');
      if (kind === 'service') for (const id of estate.all(kind).keys()) world.serves(id);
      if (kind === 'device') {
        for (const id of estate.all(kind).keys()) {
          world.runs(id);
          for (const name of Object.keys(world.profileOf(id)?.provides ?? {})) expressions.provides(id, name);
        }
      }
    }
  }
  for (const door of doors.values()) door.touch();
}

function* capabilities(
  estate: Estate,
  readings: Readings,
  doors: ReadonlyMap<string, DoorWatch>,
): Generator<readonly [string, Tri]> {
  for (const [id, door] of doors) {
    door.remember();
    for (const [name, truth] of Object.entries(door.capabilities())) yield [`${id} ${name}`, truth];
  }
  const join = (ask: (reading: Readings['worst']) => boolean): Tri =>
    of(ask(readings.worst), ask(readings.best));
  for (const [id, area] of estate.all('area')) {
    const panel = known(area.alarm);
    if (panel === undefined) continue;
    const provides = (device: string, name: string): Tri =>
      join(({ expressions }) => expressions.provides(device, name));
    const detectors = [...estate.all('device')].flatMap(([device, { detects }]) =>
      detects?.includes(id) ? [device] : [],
    );
    yield [
      `${id} detects`,
      every(provides(panel, 'detects'), some(...detectors.map((each) => provides(each, 'detects')))),
    ];
    yield [`${id} sets`, provides(panel, 'sets')];
    yield [`${id} sounds`, provides(panel, 'sounds')];
    yield [`${id} reaches-operator`, provides(panel, 'signals')];
    yield [`${id} reaches-centre`, join(({ world }) => transmits(world, panel))];
  }
  yield* places(readings);
}
