import type { Command } from 'commander';
import type { CheckCall } from './commands/exposure-check.ts';
import type { MatchCall } from './commands/exposure.ts';
import type { Run } from './run.ts';

const load = () => import('./commands/exposure.ts');

const help = `
The table of devices has the columns vendor, model and firmware, and others that are carried through; leave a firmware empty that nobody
knows: it is never clear. Advisories are CSAF 2.0 documents and CVE records of version 5, in any folders. A broken one is told with its
place, the others are judged, and the exit code is 2.

Examples
  $ holdfast exposure match --devices devices.csv --advisories advisories --format table
  $ holdfast exposure match --devices devices.csv --advisories advisories --kev kev.json --epss epss.csv --format jsonl`;

/** What is vulnerable. */
export function exposureCommands(root: Command, run: Run): void {
  const exposure = root.command('exposure').description('what is vulnerable, and what mends it');
  exposure
    .command('match')
    .description('match a table of devices with a folder of advisories')
    .requiredOption('--devices <file>', 'the devices, as CSV or XLSX')
    .requiredOption('--advisories <dir>', 'the folder of advisories')
    .option('--kev <file>', "CISA's catalogue of known exploited vulnerabilities, as JSON")
    .option('--epss <file>', 'EPSS scores, as CSV')
    .option('--aliases <file>', 'other names of devices: vendor,model,asVendor,asModel')
    .option('--format <format>', 'table, jsonl', 'table')
    .option('--all', 'also the advisories that do not name a device')
    .addHelpText('after', help)
    .action((call: MatchCall) => run(async () => (await load()).runMatch(call))());
  exposure
    .command('check')
    .description('hold an estate against the feeds on this machine, and say what is exposed')
    .argument('<dir>', 'the estate')
    .option('--store <dir>', "where feeds lie; the user's data folder where not said")
    .option('--aliases <file>', 'other names of devices: vendor,model,asVendor,asModel')
    .option('--format <format>', 'table, json', 'table')
    .action((dir: string, call: CheckCall) =>
      run(async () => (await import('./commands/exposure-check.ts')).runCheck(dir, call))(),
    );
  exposure
    .command('schema')
    .description('print the JSON Schema of a line of --format jsonl')
    .action(run(async () => (await load()).printMatchSchema()));
}
