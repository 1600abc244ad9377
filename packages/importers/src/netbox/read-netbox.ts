import { fail, ok, sha256, type Problem, type Result } from '@holdfast/kernel';
import type { Import, ImportFile, Scope } from '../observation.ts';
import { Notes } from '../observe/notes.ts';
import { headOf } from '../reading/decode.ts';
import { readCabling, readCircuits, readPower } from './cabling.ts';
import { readDevices } from './devices.ts';
import { Export } from './draft.ts';
import { readNetworks } from './networks.ts';
import { gather } from './pages.ts';
import { readPlaces, readProviders } from './places.ts';

/** Whether a file begins as an answer of the NetBox API does. */
export const looksLikeNetBox = (bytes: Uint8Array): boolean =>
  /"url"\s*:\s*"[^"]*\/api\/(?:dcim|ipam|circuits|tenancy)\/[a-z-]+\/\d+\//.test(headOf(bytes, 1 << 16));

/**
 * Reads a NetBox export: answers of its REST API, of versions 3 and 4, in one file or in many that together are one export.
 * Sites, locations, providers, devices with their interfaces and addresses, VLANs and prefixes, cables, power and circuits
 * become observations under their NetBox key. What refers to something that is not in the export is located and left out,
 * and the rest is read. Where the pages hold all devices without a filter, all devices are the scope.
 *
 * Fails with the problems of each file that cannot be read: `file-unreadable`, `file-too-large`, `json-syntax`,
 * `format-mismatch`.
 * @see https://netboxlabs.com/docs/netbox/integrations/rest-api/
 * @see https://github.com/netbox-community/netbox/tree/main/netbox/dcim/api/serializers_
 */
export function readNetBox(files: readonly ImportFile[]): Result<Import, readonly Problem[]> {
  const notes = new Notes();
  const gathered = gather(files, notes);
  if (gathered.kind === 'error') return fail(gathered.error);
  const box = new Export(gathered.value, notes);
  readPlaces(box);
  readProviders(box);
  readPower(box);
  readDevices(box, readNetworks(box));
  readCircuits(box);
  readCabling(box);
  const scopes: readonly Scope[] = box.isWhole('dcim/devices') ? [{ kind: 'device' }] : [];
  return ok({
    file: files.map(({ name }) => name).join(', '),
    format: 'netbox-json',
    sha256:
      gathered.value.sha256.length === 1
        ? (gathered.value.sha256[0] ?? '')
        : sha256(...files.map(({ bytes }) => bytes)),
    tool: 'NetBox',
    observations: box.observations(),
    scopes,
    problems: notes.all(),
  });
}
