import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { detectFormat, importFormats } from './detect.ts';
import { readIscLeases } from './leases/read-isc-leases.ts';
import { readKeaLeases } from './leases/read-kea-leases.ts';
import { readLldp } from './lldp/read-lldp.ts';
import { readNetBox } from './netbox/read-netbox.ts';
import { readNmap } from './nmap/read-nmap.ts';
import type { Import, ImportFile, ImportFormat } from './observation.ts';
import { readArpTable } from './tables/read-arp-table.ts';
import { readMacTable } from './tables/read-mac-table.ts';
import type { Mapping } from './tabular/mapping.ts';
import { readTables } from './tabular/read-tables.ts';

type Read = Result<Import, readonly Problem[]>;

/** What files do not say of themselves. */
export interface ReadOptions {
  /** The mappings that tables are tried with. */
  readonly mappings: readonly Mapping[];
  /** The format of all files, where they are not to be told by what they look like. */
  readonly format?: ImportFormat;
  /** The host name of the device whose tables or neighbours these are, where they do not name it. */
  readonly device?: string;
}

/**
 * Reads files, each in the format that it is of; the files of a NetBox export are one import. Either all are read, or
 * every problem that kept one from being read is told.
 */
export async function readImports(
  files: readonly ImportFile[],
  options: ReadOptions,
): Promise<Result<readonly Import[], readonly Problem[]>> {
  const netBox: ImportFile[] = [];
  const reads: Read[] = [];
  for (const file of files) {
    const format = options.format ?? detectFormat(file);
    if (format === 'netbox-json') netBox.push(file);
    else reads.push(await readOne(file, format, options));
  }
  if (netBox.length > 0) reads.push(readNetBox(netBox));
  const problems = reads.flatMap((each) => (each.kind === 'error' ? each.error : []));
  if (problems.length > 0) return fail(problems);
  return ok(reads.flatMap((each) => (each.kind === 'ok' ? [each.value] : [])));
}

async function readOne(
  file: ImportFile,
  format: Exclude<ImportFormat, 'netbox-json'> | undefined,
  { mappings, device }: ReadOptions,
): Promise<Read> {
  const table = device === undefined ? {} : { device };
  switch (format) {
    case 'csv':
    case 'xlsx':
      return readTables(file, mappings);
    case 'nmap-xml':
      return readNmap(file);
    case 'lldp-json':
      return readLldp(file, table);
    case 'isc-leases':
      return readIscLeases(file);
    case 'kea-leases':
      return readKeaLeases(file);
    case 'mac-table':
      return readMacTable(file, table);
    case 'arp-table':
      return readArpTable(file);
    case undefined:
      return fail([
        problem('format-mismatch', `${file.name} looks like no format that is read`, {
          at: { file: file.name, line: 1, column: 1 },
          hint: `say what it is with --as: ${importFormats.join(', ')}`,
        }),
      ]);
    default:
      return format satisfies never;
  }
}
