import { fail, ok, type Problem, type Result } from '@holdfast/kernel';
import type { Import, ImportFile } from '../observation.ts';
import { plainAddress, plainMac } from '../observe/address.ts';
import { Notes } from '../observe/notes.ts';
import { decode, headOf, notThis, type DecodedFile } from '../reading/decode.ts';
import { itemsAt, textAt } from '../reading/json-node.ts';
import { readJson } from '../reading/read-json.ts';
import { linesOf, type Line } from './lines.ts';
import { importOfNeighbours, type Neighbour } from './sighting.ts';

const mac = String.raw`([0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}|[0-9a-f]{6}-[0-9a-f]{6}|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})`;
const address = String.raw`([0-9a-f.:]{3,45}(?:%\w{1,16})?)`;

/** The lines of each system, each with the address first and the hardware address second. */
const rows: readonly RegExp[] = [
  // Cisco IOS: `Internet  192.0.2.5   9   0040.8c12.3456  ARPA   Vlan10`
  new RegExp(String.raw`^Internet\s+${address}\s+(?:\d+|-)\s+${mac}\s+\S+`, 'i'),
  // Linux: `192.0.2.5 dev br0 lladdr 00:40:8c:12:34:56 REACHABLE`
  new RegExp(String.raw`^${address} dev \S+ lladdr ${mac}(?:\s|$)`, 'i'),
  // ArubaOS-Switch and ArubaOS-CX: `192.0.2.5   00408c-123456   dynamic 2`
  new RegExp(String.raw`^\s*${address}\s+${mac}\s+\S+`, 'i'),
];

const header = /^Protocol\s+Address\s+Age|^\s*(?:IP|IPv4) Address\s+MAC|IP ARP table/im;
const neigh = /^[0-9a-f.:]+ dev \S+(?: lladdr| INCOMPLETE| FAILED)/m;

/** Whether a file is a table of neighbours, by its head line or its first entry. */
export const looksLikeArpTable = (bytes: Uint8Array): boolean => {
  const head = headOf(bytes);
  return header.test(head) || neigh.test(head) || /^\s*\[\s*\{\s*"dst"\s*:[^}]*"dev"/.test(head);
};

/**
 * Reads which hardware address is behind which address: `show ip arp` of Cisco IOS, `show arp` of ArubaOS-Switch and
 * ArubaOS-CX, `ip neigh` and `ip -j neigh` of Linux. Entries that no answer has filled (incomplete, failed) are no sight.
 *
 * Fails with `file-unreadable`, `file-too-large`, `json-syntax` or `format-mismatch`.
 * @see https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/ipaddr/command/ipaddr-cr-book.html
 * @see ip-neighbour(8)
 */
export function readArpTable(file: ImportFile): Result<Import, readonly Problem[]> {
  const decoded = decode(file);
  if (decoded.kind === 'error') return fail([decoded.error]);
  const { value } = decoded;
  const notes = new Notes();
  if (/^\uFEFF?\s*\[/.test(value.text)) {
    const neighbours = neighboursOfJson(value);
    return neighbours.kind === 'error'
      ? fail([neighbours.error])
      : ok(importOfNeighbours(value, neighbours.value, notes));
  }
  const neighbours = linesOf(value).flatMap((line) => neighbourOf(line, value, notes));
  if (
    neighbours.length === 0 &&
    !header.test(value.text.slice(0, 1 << 16)) &&
    !neigh.test(value.text.slice(0, 1 << 16))
  )
    return fail([notThis('arp-table', value.at(0), 'lines with an address and a MAC')]);
  return ok(importOfNeighbours(value, neighbours, notes));
}

const unanswered = /\b(?:FAILED|INCOMPLETE|NOARP|Incomplete)\b/;

function neighbourOf({ text, offset }: Line, file: DecodedFile, notes: Notes): readonly Neighbour[] {
  if (unanswered.test(text)) return [];
  for (const form of rows) {
    const cells = form.exec(text);
    if (!cells) continue;
    const [read, hardware] = [plainAddress(cells[1] ?? ''), plainMac(cells[2] ?? '')];
    if (read !== undefined && hardware !== undefined)
      return [{ address: read, mac: hardware, at: file.at(offset) }];
    // Groups and zero are entries of many tables, and no hosts.
    if (read !== undefined) return [];
    notes.add('value-invalid', `'${(cells[1] ?? '').slice(0, 60)}' is not an address`, file.at(offset));
    return [];
  }
  return [];
}

function neighboursOfJson(file: DecodedFile): Result<readonly Neighbour[], Problem> {
  const root = readJson(file);
  if (root.kind === 'error') return root;
  const entries = itemsAt(root.value);
  if (entries.length > 0 && !entries.some((entry) => textAt(entry, 'dst') !== undefined))
    return fail(notThis('arp-table', file.at(root.value.offset), 'entries with `dst` and `lladdr`'));
  return ok(
    entries.flatMap((entry) => {
      const states = itemsAt(entry, 'state').map((state) => textAt(state) ?? '');
      const [read, hardware] = [
        plainAddress(textAt(entry, 'dst') ?? ''),
        plainMac(textAt(entry, 'lladdr') ?? ''),
      ];
      if (read === undefined || hardware === undefined || states.some((state) => unanswered.test(state)))
        return [];
      return [{ address: read, mac: hardware, at: file.at(entry.offset) }];
    }),
  );
}
