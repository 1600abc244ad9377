import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { mappingSchema, proposeMapping, reviewSchema, templates, writeTemplate } from '@holdfast/importers';
import { Failure } from '@holdfast/kernel';
import { readImportFile, shippedMapping, shippedNames } from '../io/read-imports.ts';
import { usage } from '../io/scenario-start.ts';
import { print, talk } from '../io/terminal.ts';

/** Writes an empty table to be filled in. */
export async function template(what: string, format: string, output: string | undefined): Promise<number> {
  if (!templates.some((each) => each === what))
    throw usage(`there is no template '${what}'`, `one of ${templates.join(', ')}`);
  if (format !== 'csv' && format !== 'xlsx') throw usage(`there is no format '${format}'`, 'csv or xlsx');
  const written = await writeTemplate(await shippedMapping(`template-${what}`), format);
  if (written.kind === 'error') throw new Failure(written.error);
  if (output === undefined) {
    if (format === 'xlsx' && process.stdout.isTTY)
      throw usage('a workbook is no text for a terminal', 'add --output FILE');
    process.stdout.write(written.value);
    return 0;
  }
  if (existsSync(output)) throw usage(`${output} exists already`, 'choose another name');
  await writeFile(output, written.value);
  talk(`Wrote ${output}. Fill it in, then: holdfast import DIR ${output}`);
  return 0;
}

/** Proposes how the columns of a spreadsheet are read. */
export async function propose(path: string, rows: string | undefined): Promise<number> {
  if (rows !== undefined && rows !== 'device' && rows !== 'door')
    throw usage(`'${rows}' is neither device nor door`, 'leave it out to let the headers decide');
  const proposed = await proposeMapping(await readImportFile(path), rows);
  if (proposed.kind === 'error') throw new Failure(proposed.error);
  print(proposed.value);
  return 0;
}

/** Lists the mappings that come with the product. */
export async function listMappings(): Promise<number> {
  for (const name of await shippedNames()) {
    const { about } = await shippedMapping(name);
    print(`${name.padEnd(30)} ${about ?? ''}`);
  }
  return 0;
}

/** Prints the JSON Schema of a review or a mapping. */
export function schema(what: string): number {
  if (what !== 'review' && what !== 'mapping')
    throw usage(`there is no schema of '${what}'`, 'review or mapping');
  print(JSON.stringify(what === 'review' ? reviewSchema() : mappingSchema(), undefined, 2));
  return 0;
}
