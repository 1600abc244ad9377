import {
  bitsPerSecondOf,
  bytesOf,
  known,
  range,
  type Estate,
  type EntityData,
  type Fact,
} from '@holdfast/estate';
import { parseDuration } from '@holdfast/kernel';
import type { Side } from '../equation-oracle.ts';

export type Device = EntityData<'device'>;

/** A length of time in milliseconds as it is written. */
export function millisOf(text: string): number {
  const read = parseDuration(text);
  return read.kind === 'ok' ? read.value : Number.NaN;
}

/** The least and the greatest that a fact may be; from nothing to for ever where nobody knows (O7). */
export function bounds(
  fact: Fact<string> | undefined,
  otherwise: readonly [number, number] = [0, Infinity],
): readonly [number, number] {
  const given = range(fact);
  return given ? [millisOf(given[0]), millisOf(given[1])] : otherwise;
}

/** From empty to full: at once where nothing is said; anything where it is unknown. */
export const refill = (fact: Fact<string> | undefined): readonly [number, number] =>
  fact === undefined ? [0, 0] : bounds(fact);

/** The shorter of a store, in the worst reading. */
export const store = ([low, high]: readonly [number, number], side: Side): number =>
  side === 'worst' ? low : high;

/** The longer of a delay, in the worst reading. */
export const delay = ([low, high]: readonly [number, number], side: Side): number =>
  side === 'worst' ? high : low;

type Scalar = string | number | boolean;

/** What a device says of a fact; else what its profile claims; else what the device states outside its facts. */
export function factOf(estate: Estate, device: Device, name: string): Fact<Scalar> | undefined {
  const claimed = estate.get('profile', known(device.profile))?.facts?.[name];
  const stated: Readonly<Record<string, Fact<Scalar> | undefined>> = {
    bitrate: device.bitrate,
    storage: device.storage,
    credentials: device.credentials,
    'events-per-hour': device.eventsPerHour,
  };
  return device.facts?.[name] ?? claimed ?? stated[name];
}

/** A size in bytes or a count; a rate in bytes a millisecond, or counts a millisecond. */
export function measure(value: Scalar, kind: 'size' | 'rate'): number {
  if (typeof value === 'number') return kind === 'size' ? value : value / 3_600_000;
  return kind === 'size' ? bytesOf(String(value)) : bitsPerSecondOf(String(value)) / 8000;
}

/** The site that a place lies in. */
export function siteOf(estate: Estate, place: string | undefined): string | undefined {
  for (let at = place; at !== undefined;) {
    const here: string = at;
    if (estate.get('site', here)) return here;
    at =
      estate.get('building', here)?.in ??
      estate.get('floor', here)?.in ??
      estate.get('area', here)?.in ??
      estate.get('door', here)?.to;
  }
  return undefined;
}

/** The device of a port such as `sw-1:24`. */
export const deviceOf = (port: string): string => port.split(':')[0] ?? port;

/** A cable as seen from one of its ends. */
export interface Plug {
  readonly into: string;
  /** The faults that break it. */
  readonly parts: readonly string[];
}

/** Where a device is plugged in: its networks, each with its cables; `undefined` where nobody knows. */
export interface Leg {
  readonly network: string | undefined;
  readonly plugs: readonly Plug[] | undefined;
}

/** A device's legs, by its own uplinks and by the cables that name it. */
export function legsOf(estate: Estate, id: string): readonly Leg[] {
  const device = estate.get('device', id);
  if (!device) return [];
  const uplink = (port: string): Plug => ({ into: deviceOf(port), parts: [`${id}~${deviceOf(port)}`] });
  const own = device.interfaces
    ? Object.values(device.interfaces).map((leg) => ({
        network: leg.network,
        ports: leg.uplink === undefined ? [] : [leg.uplink],
      }))
    : [{ network: device.network, ports: known(device.uplink) ?? [] }];
  const cabled = cablesOf(estate, id);
  return own.map(({ network, ports }) => {
    const plugs = [
      ...ports.map(uplink),
      ...cabled.filter(
        ({ carries }) => carries === undefined || (network !== undefined && carries.includes(network)),
      ),
    ];
    return { network, plugs: plugs.length === 0 && cabled.length === 0 ? undefined : plugs };
  });
}

/** Every cable of a device, whatever it carries: power needs no network. */
export function plugsOf(estate: Estate, id: string): readonly Plug[] {
  return [...legsOf(estate, id).flatMap(({ plugs }) => plugs ?? []), ...cablesOf(estate, id)];
}

function cablesOf(
  estate: Estate,
  id: string,
): readonly (Plug & { readonly carries: readonly string[] | undefined })[] {
  return [...estate.all('cable')].flatMap(([cable, { from, to, carries, paths = [] }]) => {
    const ends = [deviceOf(from), deviceOf(to)];
    return ends.includes(id)
      ? [{ into: ends.find((each) => each !== id) ?? id, parts: [cable, ...paths], carries: known(carries) }]
      : [];
  });
}
