import { looksLikeIscLeases } from './leases/read-isc-leases.ts';
import { looksLikeKeaLeases } from './leases/read-kea-leases.ts';
import { looksLikeLldp } from './lldp/read-lldp.ts';
import { looksLikeNetBox } from './netbox/read-netbox.ts';
import { looksLikeNmap } from './nmap/read-nmap.ts';
import type { ImportFile, ImportFormat } from './observation.ts';
import { looksLikeArpTable } from './tables/read-arp-table.ts';
import { looksLikeMacTable } from './tables/read-mac-table.ts';

/** The formats that are read, in the order in which they are told. */
export const importFormats = [
  'csv',
  'xlsx',
  'nmap-xml',
  'lldp-json',
  'isc-leases',
  'kea-leases',
  'mac-table',
  'arp-table',
  'netbox-json',
] as const satisfies readonly ImportFormat[];

const signs: readonly (readonly [ImportFormat, (bytes: Uint8Array) => boolean])[] = [
  ['nmap-xml', looksLikeNmap],
  ['lldp-json', looksLikeLldp],
  ['netbox-json', looksLikeNetBox],
  ['isc-leases', looksLikeIscLeases],
  ['kea-leases', looksLikeKeaLeases],
];

/** Tables of switches and routers are texts, as spreadsheets may be: the end of the name decides first. */
const textSigns: typeof signs = [
  ['mac-table', looksLikeMacTable],
  ['arp-table', looksLikeArpTable],
];

/** The format of a file by what it begins with and the end of its name; undefined for what looks like none. */
export function detectFormat({ bytes, name }: ImportFile): ImportFormat | undefined {
  if ((bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf)) return 'xlsx';
  const known = signs.find(([, looksLike]) => looksLike(bytes));
  if (known) return known[0];
  if (/\.(?:csv|tsv)$/i.test(name)) return 'csv';
  if (/\.(?:xlsx|xlsm|xls)$/i.test(name)) return 'xlsx';
  const table = textSigns.find(([, looksLike]) => looksLike(bytes));
  if (table) return table[0];
  return /\.(?:json|xml)$/i.test(name) ? undefined : 'csv';
}
