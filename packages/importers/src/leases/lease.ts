import type { Position } from '@holdfast/kernel';
import type { Import, ImportFormat } from '../observation.ts';
import { plainAddress, plainMac } from '../observe/address.ts';
import { Hosts } from '../observe/host.ts';
import { Ids } from '../observe/id-of.ts';
import type { Notes } from '../observe/notes.ts';
import type { DecodedFile } from '../reading/decode.ts';

/** One state of one lease, as the server wrote it. */
export interface Lease {
  readonly address: string;
  readonly mac?: string;
  readonly hostname?: string;
  readonly state: 'active' | 'over' | 'abandoned';
  readonly at: Position;
}

/**
 * Devices from leases: of each address the last state counts. An active one gives address, MAC and host name, and that the
 * address came by DHCP. A lease file shows who has leases and nothing of others, so that there is no scope.
 */
export function importOfLeases(
  file: DecodedFile,
  format: ImportFormat,
  tool: string | undefined,
  leases: readonly Lease[],
  notes: Notes,
): Import {
  const last = new Map<string, Lease>();
  for (const lease of leases) {
    const address = plainAddress(lease.address);
    if (address === undefined)
      notes.add('value-invalid', `'${lease.address.slice(0, 60)}' is not an address`, lease.at);
    else {
      // The order of the observations is that of the last states.
      last.delete(address);
      last.set(address, lease);
    }
  }
  const hosts = new Hosts();
  for (const [address, lease] of last) see(hosts, address, lease, notes);
  return {
    file: file.name,
    format,
    sha256: file.sha256,
    ...(tool === undefined ? {} : { tool }),
    observations: hosts.observations(new Ids()),
    scopes: [],
    problems: notes.all(),
  };
}

function see(hosts: Hosts, address: string, lease: Lease, notes: Notes): void {
  if (lease.state === 'over') return;
  if (lease.state === 'abandoned') {
    notes.add(
      'import-partial',
      `${address} is abandoned: something that has no lease answers there`,
      lease.at,
      'look for a device with a fixed address inside the range',
    );
    return;
  }
  const mac = lease.mac === undefined ? undefined : plainMac(lease.mac);
  if (lease.mac !== undefined && mac === undefined)
    notes.add('value-invalid', `'${lease.mac.slice(0, 60)}' is not the MAC of a host`, lease.at);
  const before = mac === undefined ? undefined : hosts.known(mac);
  const host = hosts.see(mac, address, lease.at);
  host.hostname(lease.hostname);
  if (!before) host.say(['addressing'], 'dhcp', lease.at);
}
