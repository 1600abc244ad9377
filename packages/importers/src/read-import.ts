import { fail, problem, type Problem, type Result } from '@holdfast/kernel';
import { detectFormat } from './detect.ts';
import type { Import, ImportFile, ImportFormat } from './observation.ts';
import type { Mapping } from './tabular/mapping.ts';
import { readTables } from './tabular/read-tables.ts';

type Read = Result<Import, readonly Problem[]>;

/** What reads each format that needs no mapping. */
const readers: Readonly<Partial<Record<ImportFormat, (file: ImportFile) => Read>>> = {};

/** Reads a file in the format given, else in the one that it looks like. Tables are read by the mapping that fits them best. */
export async function readImport(
  file: ImportFile,
  mappings: readonly Mapping[],
  format: ImportFormat | undefined = detectFormat(file),
): Promise<Read> {
  if (format === 'csv' || format === 'xlsx') return readTables(file, mappings);
  const read = format === undefined ? undefined : readers[format];
  if (read) return read(file);
  return fail([
    problem(
      'file-unreadable',
      format === undefined
        ? `${file.name} is of no format that can be read`
        : `${file.name}: the format ${format} is not read`,
      { at: { file: file.name, line: 1, column: 1 }, hint: 'say what it is with --as' },
    ),
  ]);
}
