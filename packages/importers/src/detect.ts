import type { ImportFile, ImportFormat } from './observation.ts';

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

const looked = 64 * 2 ** 10;

/** The format of a file by what it begins with; a text that looks like nothing else is a table. Undefined for other binary files. */
export function detectFormat({ bytes, name }: ImportFile): ImportFormat | undefined {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'xlsx';
  const head = headOf(bytes);
  const text = head.trimStart();
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE nmaprun|<\?xml-stylesheet|<!--[^]{0,2000}?Nmap|<nmaprun)/.test(text))
    return 'nmap-xml';
  if (text.startsWith('{') || text.startsWith('['))
    return /"lldp"\s*:/.test(text.slice(0, 2000)) ? 'lldp-json' : 'netbox-json';
  if (/^lease\s+\d[\d.]+\s*\{/m.test(head)) return 'isc-leases';
  if (/^address,(?:hwaddr|duid),/.test(text)) return 'kea-leases';
  if (isTable(head, name)) return 'csv';
  if (
    /^.*(?:vlan|mac address table).*$/im.test(head) &&
    /\b(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}\b|\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/i.test(head)
  )
    return 'mac-table';
  if (
    /\b\d{1,3}(?:\.\d{1,3}){3}\b/.test(head) &&
    /\b(?:lladdr|arpa|ether)\b|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}/i.test(head)
  )
    return 'arp-table';
  return head.includes('\0') && !(bytes[0] === 0xff || bytes[0] === 0xfe) ? undefined : 'csv';
}

const headOf = (bytes: Uint8Array): string =>
  new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(
    bytes.subarray(0, looked),
  );

/** A first line with separators, in a file that says by its name that it is a table. */
const isTable = (head: string, name: string): boolean =>
  /\.(?:csv|tsv)$/i.test(name) && /^[^\r\n]*[,;\t]/.test(head);
