import { known, type EntityData } from '@holdfast/estate';
import type { Reading, Readings } from './doors.ts';
import { keepsLongEnough, disksHold } from './recordings.ts';
import { every, readings as of, some, type Tri } from './tri.ts';
import { all, any, type World } from './world.ts';

type Told = readonly [name: string, truth: Tri];

/** What is asked of views, areas with cooling, intercoms, operators and guard posts (SPEC V, R, B, I, S, G). */
export function* places(readings: Readings): Generator<Told> {
  const { estate } = readings.worst.world;
  const both = (ask: (reading: Reading) => boolean): Tri => of(ask(readings.worst), ask(readings.best));
  const provides = (device: string, name: string): Tri =>
    both(({ expressions }) => expressions.provides(device, name));
  for (const [id, view] of estate.all('view')) yield* seen(id, view, both, provides);
  for (const [id, area] of estate.all('area')) {
    const controllers = known(area.cooling) ?? [];
    if (controllers.length === 0) continue;
    for (const [name, provided] of [
      ['controls-locally', 'controls'],
      ['cools', 'cools'],
      ['commanded', 'commanded'],
    ] as const)
      yield [`${id} ${name}`, some(...controllers.map((each) => provides(each, provided)))];
  }
  for (const [id, { intercom, lock }] of estate.all('door')) {
    if (intercom === undefined) continue;
    const supplies = known(lock.power);
    yield [`${id} call-answered`, provides(intercom, 'calls')];
    yield [
      `${id} opens-from-call`,
      every(
        provides(intercom, 'opens'),
        both(
          ({ world }) => supplies === undefined || any(supplies.map((each) => carriesOrRuns(world, each))),
        ),
      ),
    ];
  }
  yield* operated(readings.worst.world, provides);
  for (const [id, post] of estate.all('post'))
    yield [`${id} reaches-guards`, both(({ world }) => radios(world, post))];
}

const carriesOrRuns = (world: World, id: string): boolean =>
  world.estate.get('supply', id) ? world.carries(id) : world.runs(id);

function* seen(
  id: string,
  view: EntityData<'view'>,
  both: (ask: (reading: Reading) => boolean) => Tri,
  provides: (device: string, name: string) => Tri,
): Generator<Told> {
  const cameras = known(view.cameras);
  if (cameras === undefined) {
    yield [`${id} records`, both(({ world }) => world.doubtful)];
    return;
  }
  const join = view.needs === 'all' ? every : some;
  for (const name of ['records', 'live'])
    yield [`${id} ${name}`, join(...cameras.map((camera) => provides(camera, name)))];
  yield [
    `${id} playback`,
    join(
      ...cameras.map((camera) =>
        every(
          provides(camera, 'playback'),
          both(({ world }) => disksHold(world, camera)),
        ),
      ),
    ),
  ];
  yield [
    `${id} keeps-recordings`,
    join(
      ...cameras.map((camera) =>
        every(
          provides(camera, 'keeps'),
          both(({ world }) => keepsLongEnough(world, view, camera)),
        ),
      ),
    ),
  ];
}

function* operated(world: World, provides: (device: string, name: string) => Tri): Generator<Told> {
  const stations = [...world.estate.all('device').keys()].filter(
    (id) => world.profileOf(id)?.class === 'workstation',
  );
  for (const [site, own] of Map.groupBy(stations, (id) => world.siteOf(id))) {
    for (const name of ['sees-alarms', 'sees-video', 'commands-doors'])
      yield [`${site} ${name}`, some(...own.map((each) => provides(each, name)))];
  }
}

function radios(world: World, { radio }: EntityData<'post'>): boolean {
  const needs = known(radio);
  if (needs === undefined) return world.doubtful;
  return all(
    needs.map((each) => {
      if (world.estate.get('device', each)) return world.runs(each);
      return world.estate.get('service', each) ? world.serves(each) : world.whole(each);
    }),
  );
}
