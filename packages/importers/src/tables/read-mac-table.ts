import { fail, ok, type Problem, type Result } from '@holdfast/kernel';
import type { Import, ImportFile } from '../observation.ts';
import { plainMac } from '../observe/address.ts';
import { Notes } from '../observe/notes.ts';
import { decode, headOf, notThis, type DecodedFile } from '../reading/decode.ts';
import { itemsAt, numberAt, textAt } from '../reading/json-node.ts';
import { readJson } from '../reading/read-json.ts';
import { linesOf, promptName, type Line } from './lines.ts';
import { importOfMacs, type MacSighting, type TableOptions } from './sighting.ts';

const mac = String.raw`(?:[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}|[0-9a-f]{6}-[0-9a-f]{6}|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})`;

/** The columns of each system, by what its lines look like. */
const rows: readonly {
  readonly form: RegExp;
  readonly columns: readonly ('vlan' | 'mac' | 'type' | 'port')[];
}[] = [
  // Cisco IOS, Catalyst: `  10    0040.8c12.3456    DYNAMIC     Gi1/0/5`
  {
    form: new RegExp(
      String.raw`^(?:\* ?)?(?:R )?(\d+|all|-+|n/a)\s+(${mac})\s+(\w+)\s+([^\s,]+(?:,\S*)?)$`,
      'i',
    ),
    columns: ['vlan', 'mac', 'type', 'port'],
  },
  // Cisco IOS, Catalyst 4500 and 6500: `*  300  0040.8c12.3456   dynamic  Yes   190   Gi9/16`, or protocols in the middle
  {
    form: new RegExp(
      String.raw`^(?:\* ?)?(?:R )?(\d+|-+|n/a)\s+(${mac})\s+(\w+)\s+(?:(?:yes|no)\s+(?:\d+|-|n/a|~+)|[\w,]+)\s+(\S.*)$`,
      'i',
    ),
    columns: ['vlan', 'mac', 'type', 'port'],
  },
  // Cisco IOS, older: `0040.8c12.3456   Dynamic   10   FastEthernet0/5`
  {
    form: new RegExp(String.raw`^(${mac})\s+(dynamic|static|self|secure)\s+(\d+)\s+(\S+)$`, 'i'),
    columns: ['mac', 'type', 'vlan', 'port'],
  },
  // ArubaOS-CX: `00:40:8c:12:34:56    10    dynamic    1/1/5`
  {
    form: new RegExp(String.raw`^(${mac})\s+(\d+)\s+([a-z][\w-]*)\s+(\S+)$`, 'i'),
    columns: ['mac', 'vlan', 'type', 'port'],
  },
  // ArubaOS-Switch, ProCurve: `  00408c-123456   5    10`
  { form: new RegExp(String.raw`^(${mac})\s+(\S+)\s+(\d+)$`, 'i'), columns: ['mac', 'port', 'vlan'] },
];

const mention = new RegExp(String.raw`(?:^|\s)${mac}(?:\s|$)`, 'i');
const isFdb = /^[0-9a-f:]{17} dev \S/;
const header =
  /^(?!.*\bip(?:v4)? address\b)(?:.*\bmac[ -]address\b.*\b(?:ports?|vlan)\b|.*\bvlan\b.*\bmac address\b|\s*destination address\s+address type)/im;

/** Whether a file is a forwarding table, by its head line or its first entry. */
export const looksLikeMacTable = (bytes: Uint8Array): boolean => {
  const head = headOf(bytes);
  return (
    header.test(head) ||
    /^[0-9a-f:]{17} dev \S+ /m.test(head) ||
    /^\s*\[\s*\{\s*"mac"\s*:[^}]*"ifname"/.test(head)
  );
};

/**
 * Reads the forwarding table of a switch: `show mac address-table` of Cisco IOS, `show mac-address` of ArubaOS-Switch
 * (ProCurve), `show mac-address-table` of ArubaOS-CX, `bridge fdb` and `bridge -j fdb` of Linux. Learned addresses count;
 * those that the switch has itself (static, self, CPU, permanent) do not. Lines that look like an entry and cannot be read
 * are told; heads and the talk of a terminal are passed over.
 *
 * Fails with `file-unreadable`, `file-too-large`, `json-syntax` or `format-mismatch`.
 * @see https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/lanswitch/command/lsw-cr-book/lsw-s1.html
 * @see bridge(8)
 */
export function readMacTable(
  file: ImportFile,
  options: TableOptions = {},
): Result<Import, readonly Problem[]> {
  const decoded = decode(file);
  if (decoded.kind === 'error') return fail([decoded.error]);
  const { value } = decoded;
  const notes = new Notes();
  if (/^\uFEFF?\s*\[/.test(value.text)) {
    const sightings = sightingsOfJson(value);
    if (sightings.kind === 'error') return fail([sightings.error]);
    return ok(importOfMacs(value, options.device, sightings.value, notes));
  }
  const lines = linesOf(value);
  const sightings = lines.flatMap((line) => sightingOf(line, value, notes));
  if (sightings.length === 0 && !lines.slice(0, 200).some(({ text }) => header.test(text)))
    return fail([notThis('mac-table', value.at(0), 'lines with a VLAN, a MAC and a port')]);
  return ok(importOfMacs(value, promptName(lines) ?? options.device, sightings, notes));
}

function sightingOf(line: Line, file: DecodedFile, notes: Notes): readonly MacSighting[] {
  if (isFdb.test(line.text)) return fdbOf(line, file);
  for (const { form, columns } of rows) {
    const cells = form.exec(line.text);
    if (!cells) continue;
    const cell = (name: string): string => cells[columns.findIndex((each) => each === name) + 1] ?? '';
    return keep(
      cell('mac'),
      cell('port'),
      cell('vlan'),
      columns.includes('type') ? cell('type') : 'dynamic',
      line,
      file,
    );
  }
  if (mention.test(line.text) && !/[#>]/.test(line.text) && !/static|igmp/i.test(line.text))
    notes.add(
      'import-partial',
      `'${line.text.slice(0, 80)}' is no entry that is known`,
      file.at(line.offset),
      'the line is left out',
    );
  return [];
}

const learned = /^(?:dynamic|port-access-security|secure|learned?|d)$/i;
const ownPort = /^(?:cpu|router|switch|stby-switch|sup-eth\d*|vl(?:an)?\d+|drop)$/i;

function keep(
  address: string,
  ports: string,
  vlan: string,
  type: string,
  { offset }: Line,
  file: DecodedFile,
): readonly MacSighting[] {
  const [port = '', ...more] = ports.split(/[,\s]+/).filter((each) => each !== '');
  const read = plainMac(address);
  // One address on several ports is a group, and no host.
  if (read === undefined || more.length > 0 || !learned.test(type) || ownPort.test(port) || port === '')
    return [];
  return [{ mac: read, port, at: file.at(offset), ...(/^\d+$/.test(vlan) ? { vlan } : {}) }];
}

/** `00:40:8c:12:34:56 dev port2 vlan 10 master br0`; what a bridge has itself is `permanent` or `self`. */
function fdbOf({ text, offset }: Line, file: DecodedFile): readonly MacSighting[] {
  const words = text.split(/\s+/);
  const after = (word: string): string => words[words.indexOf(word) + 1] ?? '';
  const read = plainMac(words[0] ?? '');
  if (read === undefined || !words.includes('master') || words.some((word) => own.has(word))) return [];
  const vlan = words.includes('vlan') ? after('vlan') : undefined;
  return [{ mac: read, port: after('dev'), at: file.at(offset), ...(vlan === undefined ? {} : { vlan }) }];
}

const own: ReadonlySet<string> = new Set(['permanent', 'self', 'static']);

function sightingsOfJson(file: DecodedFile): Result<readonly MacSighting[], Problem> {
  const root = readJson(file);
  if (root.kind === 'error') return root;
  const entries = itemsAt(root.value);
  if (entries.length > 0 && !entries.some((entry) => textAt(entry, 'mac') !== undefined))
    return fail(notThis('mac-table', file.at(root.value.offset), 'entries with `mac` and `ifname`'));
  return ok(
    entries.flatMap((entry) => {
      const [read, port] = [plainMac(textAt(entry, 'mac') ?? ''), textAt(entry, 'ifname')];
      const flags = [
        textAt(entry, 'state') ?? '',
        ...itemsAt(entry, 'flags').map((flag) => textAt(flag) ?? ''),
      ];
      if (read === undefined || port === undefined || textAt(entry, 'master') === undefined) return [];
      if (flags.some((flag) => own.has(flag))) return [];
      const vlan = numberAt(entry, 'vlan');
      return [
        { mac: read, port, at: file.at(entry.offset), ...(vlan === undefined ? {} : { vlan: String(vlan) }) },
      ];
    }),
  );
}
