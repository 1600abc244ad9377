import { fail, ok, type Problem, type Result } from '@holdfast/kernel';
import type { Import, ImportFile } from '../observation.ts';
import { Notes } from '../observe/notes.ts';
import { decode, headOf, notThis, type DecodedFile } from '../reading/decode.ts';
import { readStatements, type Statement } from './isc-statements.ts';
import { importOfLeases, type Lease } from './lease.ts';

/** Whether a file begins as dhcpd's leases do. */
export const looksLikeIscLeases = (bytes: Uint8Array): boolean => {
  const head = headOf(bytes, 1 << 16);
  return /^\s*lease\s+[\d.]+\s*\{/m.test(head) || /dhcpd\.leases\(5\)/.test(head);
};

/**
 * Reads the leases of ISC dhcpd (`dhcpd.leases`). The server appends each change of a lease: the last counts. A lease is
 * in force when its binding state is `active`; an `abandoned` one is told as a problem. The last lease of a file that was
 * copied while it was written may be cut: it is located and left out. Leases of DHCPv6 name no MAC and are left out.
 *
 * Fails with `file-unreadable`, `file-too-large` or `format-mismatch`.
 * @see dhcpd.leases(5) of ISC DHCP 4.4
 */
export function readIscLeases(file: ImportFile): Result<Import, readonly Problem[]> {
  const decoded = decode(file);
  if (decoded.kind === 'error') return fail([decoded.error]);
  const { value } = decoded;
  const { statements, broken } = readStatements(value.text);
  if (
    !statements.some(isOfLeases) &&
    (broken !== undefined || statements.length > 0 || !isComment(value.text))
  )
    return fail([
      notThis(
        'isc-leases',
        value.at(broken?.offset ?? statements[0]?.offset ?? 0),
        '`lease 192.0.2.1 { ... }`',
      ),
    ]);
  const notes = new Notes();
  if (broken)
    notes.add(
      'import-partial',
      broken.message,
      value.at(broken.offset),
      'what follows is not read; copy the file again',
    );
  const leases = statements.flatMap((statement) => leasesOf(statement, value, notes));
  return ok(importOfLeases(value, 'isc-leases', toolOf(value.text), leases, notes));
}

const kinds = new Set([
  'lease',
  'host',
  'server-duid',
  'authoring-byte-order',
  'failover',
  'ia-na',
  'ia-ta',
  'ia-pd',
]);
const isOfLeases = ({ words }: Statement): boolean => kinds.has(words[0] ?? '');
const isComment = (text: string): boolean =>
  /^\uFEFF?(?:\s|#[^\n]*(?:\n|$))*$/.test(text) && text.includes('dhcp');

const toolOf = (text: string): string | undefined => {
  const version = /^# This lease file was written by (isc-dhcp-[\w.-]+)/m.exec(text.slice(0, 4096));
  return version?.[1];
};

function leasesOf(statement: Statement, file: DecodedFile, notes: Notes): readonly Lease[] {
  const [kind = '', address = ''] = statement.words;
  const at = file.at(statement.offset);
  if (/^ia-(?:na|ta|pd)$/.test(kind))
    notes.add(
      'import-partial',
      'a DHCPv6 lease names no MAC',
      at,
      'import the neighbours of the router instead',
    );
  if (kind !== 'lease' || !statement.body) return [];
  const said = (...words: readonly string[]): string | undefined =>
    statement.body?.findLast((each) => words.every((word, index) => each.words[index] === word))?.words[
      words.length
    ];
  const mac = said('hardware', 'ethernet');
  const hostname = said('client-hostname');
  return [
    {
      address,
      at,
      // A lease from before binding states is in force for as long as it stands there.
      state: stateOf(said('binding', 'state') ?? 'active'),
      ...(mac === undefined ? {} : { mac }),
      ...(hostname === undefined ? {} : { hostname }),
    },
  ];
}

const stateOf = (state: string): Lease['state'] =>
  state === 'active' ? 'active' : state === 'abandoned' ? 'abandoned' : 'over';
