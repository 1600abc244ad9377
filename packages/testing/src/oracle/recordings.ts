import { known, range, type EntityData, type Fact } from '@holdfast/estate';
import { factOf, measure, millisOf } from './reading.ts';
import type { World } from './world.ts';

type Scalar = string | number | boolean;

/** R1: where a camera's recordings lie. */
const storeOf = (world: World, camera: string): string =>
  once(world, `store ${camera}`, () => firstDevice(world, camera));

function firstDevice(world: World, camera: string): string {
  return world.fillers(camera, 'recorder').find((each) => world.estate.get('device', each)) ?? camera;
}

const answers = new WeakMap<World, Map<string, unknown>>();

/** What does not change with time is worked out once. */
function once<T>(world: World, key: string, work: () => T): T {
  const own = answers.get(world) ?? new Map<string, unknown>();
  answers.set(world, own);
  if (!own.has(key)) own.set(key, work());
  // Under one key there is only ever what its own work returns.
  return own.get(key) as T;
}

/** R2: whether recordings last as long as a view requires. */
export const keepsLongEnough = (world: World, view: EntityData<'view'>, camera: string): boolean =>
  once(world, `keeps ${view.name} ${camera}`, () => lastsLongEnough(world, view, camera));

function lastsLongEnough(world: World, view: EntityData<'view'>, camera: string): boolean {
  const best = world.side === 'best';
  const required = view.retention?.required;
  if (required === undefined) return true;
  const wanted = known(required);
  const store = storeOf(world, camera);
  const isCamera = (id: string): boolean => world.profileOf(id)?.class === 'camera';
  const cameras = [...world.estate.all('device').keys()].filter(
    (id) => id === camera || (isCamera(id) && storeOf(world, id) === store),
  );
  const size = bytes(factOf(world.estate, world.device(store), 'storage'), 'size', best ? 1 : 0);
  const rates = cameras.map((each) =>
    bytes(factOf(world.estate, world.device(each), 'bitrate'), 'rate', best ? 0 : 1),
  );
  if (wanted === undefined || size === undefined || rates.includes(undefined)) return best;
  return size >= millisOf(wanted) * rates.reduce<number>((sum, each) => sum + (each ?? 0), 0);
}

function bytes(fact: Fact<Scalar> | undefined, kind: 'size' | 'rate', end: 0 | 1): number | undefined {
  const given = range(fact);
  return given && measure(given[end], kind);
}

const safe = new Set(['raid1', 'raid5', 'raid6', 'raid10']);

/** R3: whether the disks on which a camera's recordings lie hold them. */
export const disksHold = (world: World, camera: string): boolean => arrayHolds(world, storeOf(world, camera));

/** R3: whether a device's disks hold what is on them. */
export function arrayHolds(world: World, id: string): boolean {
  const { raid, raidLevel, disks } = world.device(id);
  if (raid === undefined && raidLevel === undefined && disks === undefined) return true;
  const state = known(raid);
  const level = known(raidLevel);
  if (state === 'failed') return false;
  if (raid !== undefined && state === undefined) return world.side === 'best';
  const whole = world.whole(`disk:${id}`);
  if (state === 'none' || level === 'raid0') return whole;
  if (state === 'healthy' && level !== undefined && safe.has(level)) return true;
  if (state === 'degraded' && (level === 'raid5' || (level === 'raid1' && known(disks) === 2))) return whole;
  return whole || world.side === 'best';
}

type Leave = boolean | 'perhaps' | undefined;

/** R4: how many cameras a recorder is to fetch from, against how many it may; undefined where nothing is said. */
export const mayFetch = (world: World, camera: string): Leave =>
  once(world, `fetch ${camera}`, () => leaveOf(world, camera));

function leaveOf(world: World, camera: string): Leave {
  const store = storeOf(world, camera);
  const channels = store === camera ? undefined : world.device(store).backfillChannels;
  if (channels === undefined) return undefined;
  const most = known(channels);
  if (most === undefined) return 'perhaps';
  const wanted = [...world.estate.all('device').keys()].filter(
    (id) => storeOf(world, id) === store && world.says(id, 'backfill') === true && id !== store,
  ).length;
  return wanted <= most ? true : most === 0 ? false : 'perhaps';
}
