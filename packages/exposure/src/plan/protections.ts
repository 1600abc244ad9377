import { known, type Estate } from '@holdfast/estate';
import { devicesOfDoor, recordersOf } from './patch-job.ts';

/** Something of which one way must stay while devices restart: each way is lost with any of its devices. */
export interface Protection {
  readonly name: string;
  readonly ways: readonly ReadonlySet<string>[];
}

/** The ways into each area and out of it, the recorders of each view, and its cameras. */
export function protectionsOf(estate: Estate): readonly Protection[] {
  return [...waysOfAreas(estate), ...recordersAndCameras(estate)];
}

function* waysOfAreas(estate: Estate): Generator<Protection> {
  const doors = [...estate.all('door').values()];
  for (const area of estate.all('area').keys()) {
    const own = doors.filter(({ from, to }) => from === area || to === area);
    const ways = own.map((each) => devicesOfDoor(estate, each));
    if (ways.length > 0) yield { name: `all ways into and out of ${estate.nameOf(area)}`, ways };
  }
}

function* recordersAndCameras(estate: Estate): Generator<Protection> {
  for (const [id, view] of estate.all('view')) {
    const cameras = known(view.cameras) ?? [];
    if (cameras.length === 0) continue;
    const name = estate.nameOf(id);
    yield { name: `all cameras of ${name}`, ways: cameras.map((each) => new Set([each])) };
    const recorders = [...new Set(cameras.flatMap((each) => recordersOf(estate, each)))];
    if (recorders.length > 0)
      yield { name: `all recorders of ${name}`, ways: recorders.map((each) => new Set([each])) };
  }
}

/** What would be lost entirely while these devices restart together. */
export const lostWith = (
  protections: readonly Protection[],
  devices: ReadonlySet<string>,
): readonly string[] =>
  protections
    .filter(({ ways }) => ways.every((way) => [...way].some((each) => devices.has(each))))
    .map(({ name }) => name);
