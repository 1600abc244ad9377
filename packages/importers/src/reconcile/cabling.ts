import { known, type Estate } from '@holdfast/estate';
import type { Json } from '@holdfast/kernel';
import { plain, valueAt } from './at-path.ts';

const deviceOf = (end: string): string => end.split(':')[0] ?? end;

/** The cables that are declared or seen, so that one cable that two sources see, each from its end, is one. */
export class Cabling {
  readonly #pairs = new Set<string>();
  /** A port and the device at its other end, for uplinks, which name one port alone. */
  readonly #links = new Set<string>();

  constructor(estate: Estate) {
    for (const { from, to } of estate.all('cable').values()) this.#add(from, to);
    for (const [id, device] of estate.all('device')) {
      for (const leg of [device, ...Object.values(device.interfaces ?? {})]) {
        const uplink = leg.uplink;
        const ports = typeof uplink === 'string' ? [uplink] : (known(uplink) ?? []);
        for (const port of ports) this.#links.add(`${port} ${id}`);
      }
    }
  }

  /** Whether a cable is known already; from then on it is. */
  isKnown(data: Json): boolean {
    const from = plain(valueAt(data, ['from']));
    const to = plain(valueAt(data, ['to']));
    if (typeof from !== 'string' || typeof to !== 'string') return false;
    const isKnown =
      this.#pairs.has(pairOf(from, to)) ||
      this.#links.has(`${from} ${deviceOf(to)}`) ||
      this.#links.has(`${to} ${deviceOf(from)}`);
    this.#add(from, to);
    return isKnown;
  }

  #add(from: string, to: string): void {
    this.#pairs.add(pairOf(from, to));
  }
}

const pairOf = (from: string, to: string): string =>
  [from, to].toSorted((a, b) => (a < b ? -1 : 1)).join(' ');
