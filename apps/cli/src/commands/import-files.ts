import type { Command } from 'commander';
import type { Run } from '../run.ts';
import { reviewFormats, type ImportCall } from './import-call.ts';

const examples = `
Formats: csv, xlsx, nmap-xml, lldp-json, isc-leases, kea-leases, mac-table, arp-table, netbox-json; told by the file itself.
Exit code: 0 nothing differs, 1 something to review, 2 bad input; the estate changes only by what is accepted.

Examples
  $ holdfast import template doors > doors.csv
  $ holdfast import my-site doors.csv
  $ holdfast import my-site doors.csv wiring.xlsx --accept all
  $ holdfast import map cameras.xlsx > cameras-mapping.yaml
  $ holdfast import my-site cameras.xlsx --mapping cameras-mapping.yaml --review review.yaml
  $ holdfast import my-site cameras.xlsx --accept new --accept conflict/cam-7/firmware=2`;

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** `import DIR FILE...`, `import template`, `import map`, `import mappings`. The importers are large: they are loaded where one is asked for. */
export function importCommands(root: Command, run: Run): void {
  const command = root
    .command('import')
    .description('lay what other tools know beside an estate, and write what you accept')
    // What stands behind `template` is an option of that, not of `import`.
    .enablePositionalOptions()
    .argument('<dir>', 'the estate; a new one begins where there is none')
    .argument('<files...>', 'the files, of one site and one day best together')
    .option('--as <format>', 'the format of the files, where it is not the one they look like')
    .option(
      '--mapping <file>',
      'how the columns of tables are read: a file, or one of `holdfast import mappings`',
    )
    .option('--device <name>', 'the device whose table or neighbours a file shows, where it does not say')
    .option('--site <id>', 'only this site; the one that new things are put at')
    .option('--review <file>', 'keep the review in this file; what is marked in it is written')
    .option(
      '--accept <key>',
      'write: new, changed, gone, all, a key, or KEY=CHOICE in a conflict; may be repeated',
      collect,
      [],
    )
    .option('--complete', 'the tables are the whole list: what they do not show is gone')
    .option('--as-of <date>', 'the day the files were taken, where they do not say')
    .option('--format <format>', reviewFormats.join(', '), 'table')
    .addHelpText('after', examples)
    .action((dir: string, files: readonly string[], call: ImportCall) =>
      run(async () => (await import('./import.ts')).importFiles(dir, files, call))(),
    );
  templateCommand(command, run);
  command
    .command('map')
    .description('propose a mapping for a spreadsheet from its headers, to be edited')
    .argument('<file>', 'a CSV or XLSX file')
    .option('--rows <kind>', 'what the rows are: device, door')
    .action((file: string, { rows }: { readonly rows?: string }) =>
      run(async () => (await import('./import-tables.ts')).propose(file, rows))(),
    );
  command
    .command('mappings')
    .description('list the mappings that come with Holdfast')
    .action(run(async () => (await import('./import-tables.ts')).listMappings()));
  command
    .command('schema')
    .description('print the JSON Schema of a review or a mapping, for editors')
    .argument('<what>', 'review, mapping')
    .action((what: string) => run(async () => (await import('./import-tables.ts')).schema(what))());
}

function templateCommand(command: Command, run: Run): void {
  command
    .command('template')
    .description('write an empty spreadsheet to be filled in; reading it needs no mapping')
    .argument('<what>', 'devices, doors, wiring')
    .option('--format <format>', 'csv, xlsx', 'csv')
    .option('--output <file>', 'where to write it; to the output where not said')
    .action((what: string, call: { readonly format: string; readonly output?: string }) =>
      run(async () => (await import('./import-tables.ts')).template(what, call.format, call.output))(),
    );
}
