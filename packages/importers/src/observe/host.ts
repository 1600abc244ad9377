import type { Json, Position } from '@holdfast/kernel';
import type { Marks, Observation, ObservedRef, Saying } from '../observation.ts';
import { hostnameOf, idOf, type Ids } from './id-of.ts';

/** A device as a network tool sees it; it grows while a file is read. */
export class Host {
  readonly at: Position;
  readonly #macs = new Map<string, Position>();
  readonly #addresses = new Map<string, Position>();
  readonly #says: Saying[] = [];
  #hostname: string | undefined;
  readonly #notes = new Set<string>();

  constructor(at: Position) {
    this.at = at;
  }

  /** Takes a hardware address that `plainMac` has read. */
  mac(mac: string | undefined, at: Position): void {
    if (mac !== undefined && !this.#macs.has(mac)) this.#macs.set(mac, at);
  }

  /** Takes an address that `plainAddress` has read; link-local ones tell nothing outside their link. */
  address(address: string | undefined, at: Position): void {
    if (address !== undefined && !/^fe[89ab]/.test(address) && !this.#addresses.has(address))
      this.#addresses.set(address, at);
  }

  /** The first name that is given stays. */
  hostname(name: string | undefined): void {
    this.#hostname ??= hostnameOf(name);
  }

  say(path: readonly string[], value: Json, at: Position): void {
    this.#says.push({ kind: 'value', path, value, at });
  }

  refer(path: readonly string[], to: ObservedRef, at: Position): void {
    this.#says.push({ kind: 'ref', path, to, at });
  }

  /** What a person should know to judge it, and the language has no word for. */
  note(text: string): void {
    this.#notes.add(text);
  }

  get addresses(): readonly string[] {
    return [...this.#addresses.keys()];
  }

  /** Whether there is anything to know it by. */
  get isKnowable(): boolean {
    return this.#macs.size > 0 || this.#addresses.size > 0 || this.#hostname !== undefined;
  }

  /** `id` is what others in the same file refer to it by, where it had to be given out before. */
  observation(ids: Ids, id?: string): Observation {
    const [mac, ...otherMacs] = [...this.#macs];
    const addresses = [...this.#addresses];
    const says: Saying[] = [];
    const first = addresses[0];
    if (first)
      says.push({ kind: 'value', path: ['address'], value: addressValue(this.addresses), at: first[1] });
    // An entity has one `mac`; with several it is for a person to say which interface is which.
    if (mac && otherMacs.length === 0) says.push({ kind: 'value', path: ['mac'], value: mac[0], at: mac[1] });
    return {
      kind: 'device',
      id: id ?? ids.take(this.#hostname ?? '', this.#otherwise()),
      marks: this.#marks(),
      says: [...says, ...this.#says],
      at: this.at,
      ...(this.#notes.size === 0 ? {} : { note: [...this.#notes].join('; ') }),
    };
  }

  #otherwise(): string {
    return `host-${idOf(this.addresses[0] ?? [...this.#macs.keys()][0] ?? '')}`;
  }

  #marks(): Marks {
    return {
      ...(this.#macs.size === 0 ? {} : { macs: [...this.#macs.keys()] }),
      ...(this.#addresses.size === 0 ? {} : { addresses: this.addresses }),
      ...(this.#hostname === undefined ? {} : { hostname: this.#hostname }),
    };
  }
}

const addressValue = (addresses: readonly string[]): Json =>
  addresses.length === 1 ? (addresses[0] ?? null) : addresses;

/** Hosts of one file, one for each hardware address, or for each address where the file gives no other. */
export class Hosts {
  readonly #byMac = new Map<string, Host>();
  readonly #byAddress = new Map<string, Host>();
  readonly #all: Host[] = [];

  /** The host with a hardware address, where one was seen. */
  known(mac: string): Host | undefined {
    return this.#byMac.get(mac);
  }

  see(mac: string | undefined, address: string | undefined, at: Position): Host {
    const known =
      (mac === undefined ? undefined : this.#byMac.get(mac)) ??
      (mac !== undefined || address === undefined ? undefined : this.#byAddress.get(address));
    const host = known ?? new Host(at);
    if (!known) this.#all.push(host);
    host.mac(mac, at);
    host.address(address, at);
    if (mac !== undefined) this.#byMac.set(mac, host);
    else if (address !== undefined) this.#byAddress.set(address, host);
    return host;
  }

  observations(ids: Ids): readonly Observation[] {
    return this.#all.map((host) => host.observation(ids));
  }
}
