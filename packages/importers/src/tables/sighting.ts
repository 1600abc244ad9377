import type { Position } from '@holdfast/kernel';
import type { Import, ImportFormat } from '../observation.ts';
import { Host, Hosts } from '../observe/host.ts';
import { Ids } from '../observe/id-of.ts';
import type { Notes } from '../observe/notes.ts';
import type { DecodedFile } from '../reading/decode.ts';

/** A hardware address in the forwarding table of a switch. */
export interface MacSighting {
  readonly mac: string;
  readonly port: string;
  readonly vlan?: string;
  readonly at: Position;
}

/** An address and the hardware address behind it, in the table of a router or host. */
export interface Neighbour {
  readonly address: string;
  readonly mac: string;
  readonly at: Position;
}

/** What a table does not say of itself. */
export interface TableOptions {
  /** The host name of the device whose table it is, where the text has no prompt that names it. */
  readonly device?: string;
}

/** Names of link aggregations; which of their ports a device is cabled to a forwarding table does not say. */
const bundle = /^(?:po|port-channel|trk|lag|bond|ae|bundle-ether)\s?\d+$/i;

/**
 * Devices from a forwarding table. A port with one hardware address behind it is where that device is cabled to: its
 * `uplink`. A port with several leads to another switch, an access point or a telephone, and is nobody's uplink. Tables
 * forget who is silent for some minutes, so that there is no scope.
 */
export function importOfMacs(
  file: DecodedFile,
  device: string | undefined,
  sightings: readonly MacSighting[],
  notes: Notes,
): Import {
  const ids = new Ids();
  const own = device === undefined ? undefined : new Host(file.at(0));
  own?.hostname(device);
  const self = own?.observation(ids);
  if (!self)
    notes.add(
      'import-partial',
      'the table does not say whose it is: no uplinks are read',
      file.at(0),
      'name the device, or keep the prompt with its host name in the file',
    );
  const behind = portsOf(sightings);
  const hosts = new Hosts();
  const placed = new Set<string>();
  for (const { mac, port, vlan, at } of sightings) {
    const host = hosts.see(mac, undefined, at);
    const others = (behind.get(port)?.size ?? 1) - 1;
    const whose = self ? `${device}:${port}` : `port ${port}`;
    if (others > 0) host.note(`seen behind ${whose}, with ${others} more`);
    else if (vlan !== undefined) host.note(`in VLAN ${vlan}`);
    if (bundle.test(port)) host.note(`${port} is a bundle of ports`);
    if (others > 0 || !self || placed.has(mac) || bundle.test(port)) continue;
    placed.add(mac);
    host.refer(['uplink'], { kind: 'device', id: self.id, port }, at);
  }
  return {
    file: file.name,
    format: 'mac-table',
    sha256: file.sha256,
    observations: [...(self ? [self] : []), ...hosts.observations(ids)],
    scopes: [],
    problems: notes.all(),
  };
}

function portsOf(sightings: readonly MacSighting[]): ReadonlyMap<string, ReadonlySet<string>> {
  const ports = new Map<string, Set<string>>();
  for (const { mac, port } of sightings) ports.set(port, (ports.get(port) ?? new Set()).add(mac));
  return ports;
}

/** Devices from a table of neighbours, one for each hardware address. There is no scope, as with forwarding tables. */
export function importOfNeighbours(
  file: DecodedFile,
  neighbours: readonly Neighbour[],
  notes: Notes,
): Import {
  const hosts = new Hosts();
  for (const { mac, address, at } of neighbours) hosts.see(mac, address, at);
  const format: ImportFormat = 'arp-table';
  return {
    file: file.name,
    format,
    sha256: file.sha256,
    observations: hosts.observations(new Ids()),
    scopes: [],
    problems: notes.all(),
  };
}
