import { known, type Estate, type Profile } from '@holdfast/estate';
import type { Json } from '@holdfast/kernel';

/** Where at a place a class of device sits: who sits there today, and the change that seats another. */
export interface Seat {
  readonly today: readonly string[];
  readonly change: (candidate: string) => Json;
  readonly at: string;
}

/** Which classes are judged at which kinds of place. */
export const seats = {
  door: ['controller', 'module', 'lock', 'hub', 'reader', 'intercom'],
  view: ['camera', 'recorder'],
  area: ['alarm-panel', 'detector', 'bms-controller'],
} as const;

/** The seat of a profile at a place; `undefined` where its class is not judged there. */
export function seatOf(estate: Estate, profile: Profile, place: string, isBeside: boolean): Seat | undefined {
  const decides = (profile.decisions ?? []).length > 0;
  if (estate.get('door', place)) return atDoor(estate, profile, place, decides);
  if (estate.get('view', place)) return atView(estate, profile, place, isBeside);
  return estate.get('area', place) ? inArea(estate, profile, place, isBeside) : undefined;
}

function atDoor(estate: Estate, { class: kind }: Profile, place: string, decides: boolean): Seat | undefined {
  const door = estate.get('door', place);
  if (!door) return undefined;
  const seat = (today: string | undefined, change: (id: string) => Json): Seat => ({
    today: today === undefined ? [] : [today],
    at: door.to,
    change: (id) => ({ doors: { [place]: change(id) } }),
  });
  if (decides && kind === 'intercom') return seat(door.intercom, (id) => ({ decidedBy: id, intercom: id }));
  if (decides) return seat(known(door.decidedBy), (id) => ({ decidedBy: id }));
  if (kind === 'reader') return seat(known(known(door.reader)?.device), (id) => ({ reader: { device: id } }));
  return kind === 'intercom' ? seat(door.intercom, (id) => ({ intercom: id })) : undefined;
}

function atView(
  estate: Estate,
  { class: kind }: Profile,
  place: string,
  isBeside: boolean,
): Seat | undefined {
  const cameras = known<readonly string[]>(estate.get('view', place)?.cameras) ?? [];
  const at = cameras.map((each) => estate.get('device', each)?.at).find((each) => each !== undefined);
  const where = at ?? siteOfView(estate, place);
  if (kind === 'camera')
    return {
      today: cameras,
      at: where,
      change: (id) => ({ views: { [place]: { cameras: isBeside ? [...cameras, id] : [id] } } }),
    };
  if (kind !== 'recorder') return undefined;
  const recorders = cameras.flatMap(
    (each) => known<readonly string[]>(estate.get('device', each)?.uses?.['recorder']) ?? [],
  );
  return {
    today: [...new Set(recorders)],
    at: where,
    change: (id) => ({
      devices: Object.fromEntries(
        cameras.map((each) => [each, { uses: { recorder: isBeside ? [...recorders, id] : [id] } }]),
      ),
    }),
  };
}

function siteOfView(estate: Estate, place: string): string {
  const of = estate.get('view', place)?.of ?? place;
  return estate.get('door', of)?.to ?? of;
}

function inArea(
  estate: Estate,
  { class: kind }: Profile,
  place: string,
  isBeside: boolean,
): Seat | undefined {
  const area = estate.get('area', place);
  if (kind === 'alarm-panel') return asPanel(estate, place, known(area?.alarm));
  if (kind === 'bms-controller') {
    const today = known<readonly string[]>(area?.cooling) ?? [];
    const cooling = (id: string): Json => ({
      areas: { [place]: { cooling: isBeside ? [...today, id] : [id] } },
    });
    return { today, at: place, change: cooling };
  }
  if (kind !== 'detector') return undefined;
  const today = [...estate.all('device')]
    .filter(([, each]) => each.detects?.includes(place))
    .map(([id]) => id);
  return { today, at: place, change: (id) => ({ devices: { [id]: { detects: [place] } } }) };
}

/** A panel takes over the detectors and the paths to the centre of the one that it replaces. */
function asPanel(estate: Estate, place: string, today: string | undefined): Seat {
  const detectors = [...estate.all('device')].filter(
    ([, each]) => today !== undefined && known<readonly string[]>(each.uses?.['panel'])?.includes(today),
  );
  const paths = [...estate.all('transmission')].filter(([, each]) => each.panel === today);
  return {
    today: today === undefined ? [] : [today],
    at: place,
    change: (id) => ({
      areas: { [place]: { alarm: id } },
      devices: Object.fromEntries(detectors.map(([each]) => [each, { uses: { panel: [id] } }])),
      transmissions: Object.fromEntries(paths.map(([each]) => [each, { panel: id }])),
    }),
  };
}
