import { fail, ok, type Problem, type Result } from '@holdfast/kernel';
import type { Import, ImportFile } from '../observation.ts';
import { Notes } from '../observe/notes.ts';
import { decode, headOf, notThis, type DecodedFile } from '../reading/decode.ts';
import { at, itemsAt, numberAt, textAt, type JsonNode } from '../reading/json-node.ts';
import { readJson } from '../reading/read-json.ts';
import { importOfLeases, type Lease } from './lease.ts';

/** Whether a file begins as Kea's leases do, in the file that it keeps or in an answer of its API. */
export const looksLikeKeaLeases = (bytes: Uint8Array): boolean => {
  const head = headOf(bytes);
  return /^address,(?:hwaddr|duid),/.test(head) || /"leases"\s*:\s*\[[\s\S]*"(?:ip|hw)-address"/.test(head);
};

/**
 * Reads the leases of Kea: the file that its memfile backend keeps (CSV), or the answer to `lease4-get-all` or
 * `lease6-get-all` (JSON). Kea appends each change: the last counts, and one with no lifetime takes a lease away.
 * State 0 is in force, 1 declined, 2 and 3 are over.
 *
 * Fails with `file-unreadable`, `file-too-large`, `json-syntax` or `format-mismatch`.
 * @see https://kea.readthedocs.io/en/latest/arm/dhcp4-srv.html#memfile-basic-storage-for-leases
 * @see https://kea.readthedocs.io/en/latest/api.html#lease4-get-all
 */
export function readKeaLeases(file: ImportFile): Result<Import, readonly Problem[]> {
  const decoded = decode(file);
  if (decoded.kind === 'error') return fail([decoded.error]);
  const notes = new Notes();
  const { value } = decoded;
  const leases = /^\uFEFF?\s*[{[]/.test(value.text)
    ? leasesOfAnswer(value, notes)
    : leasesOfMemfile(value, notes);
  return leases.kind === 'error'
    ? fail([leases.error])
    : ok(importOfLeases(value, 'kea-leases', undefined, leases.value, notes));
}

function leasesOfMemfile(file: DecodedFile, notes: Notes): Result<readonly Lease[], Problem> {
  const [header = '', ...lines] = file.text.replace(/^\uFEFF/, '').split('\n');
  const columns = header.trim().split(',');
  if (columns[0] !== 'address' || !columns.includes('valid_lifetime'))
    return fail(notThis('kea-leases', file.at(0), 'the columns `address,hwaddr,...,valid_lifetime,...`'));
  const leases: Lease[] = [];
  for (const [index, line] of lines.entries()) {
    const text = line.trim();
    if (text === '') continue;
    const at = { file: file.name, line: index + 2, column: 1 };
    const cells = text.split(',');
    const cell = (name: string): string => unescaped(cells[columns.indexOf(name)] ?? '');
    // A row that is short of its state was cut while it was written.
    if (cells.length < columns.indexOf('state') + 1)
      notes.add(
        'import-partial',
        `expected ${columns.length} cells, found ${cells.length}`,
        at,
        'the row is left out',
      );
    else
      leases.push(
        leaseOf(cell('address'), cell('hwaddr'), cell('hostname'), cell('state'), cell('valid_lifetime'), at),
      );
  }
  return ok(leases);
}

/** A comma within a cell is written as an entity. */
const unescaped = (cell: string): string =>
  cell.replaceAll(/&#x([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

function leasesOfAnswer(file: DecodedFile, notes: Notes): Result<readonly Lease[], Problem> {
  const root = readJson(file);
  if (root.kind === 'error') return root;
  const answers = itemsAt(root.value);
  const lists = answers.flatMap((answer) => at(answer, 'arguments', 'leases') ?? []);
  if (lists.length === 0) {
    const [first] = answers;
    // With result 3 the server says that it has none.
    if (numberAt(first, 'result') === 3) return ok([]);
    const said = textAt(first, 'text');
    return fail(
      notThis('kea-leases', file.at(0), '`arguments.leases`', said && `the answer '${said.slice(0, 200)}'`),
    );
  }
  return ok(lists.flatMap((list) => itemsAt(list)).flatMap((lease) => leaseOfAnswer(lease, file, notes)));
}

function leaseOfAnswer(node: JsonNode, file: DecodedFile, notes: Notes): readonly Lease[] {
  const position = file.at(node.offset);
  const address = textAt(node, 'ip-address');
  if (address === undefined) {
    notes.add('import-partial', 'a lease without `ip-address`', position, 'it is left out');
    return [];
  }
  const [mac, name] = [textAt(node, 'hw-address'), textAt(node, 'hostname')];
  return [
    leaseOf(address, mac, name, textAt(node, 'state') ?? '0', textAt(node, 'valid-lft') ?? '1', position),
  ];
}

function leaseOf(
  address: string,
  mac: string | undefined,
  hostname: string | undefined,
  state: string,
  lifetime: string,
  position: Lease['at'],
): Lease {
  return {
    address,
    at: position,
    state: lifetime === '0' ? 'over' : state === '0' ? 'active' : state === '1' ? 'abandoned' : 'over',
    ...(mac ? { mac } : {}),
    ...(hostname ? { hostname } : {}),
  };
}
