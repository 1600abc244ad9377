import type { Command } from 'commander';
import { failLevels, formats, type AuditCall } from './commands/audit-call.ts';
import type { CandidateCall } from './commands/candidate.ts';
import { convergenceCommands } from './convergence-program.ts';
import { editCommands } from './commands/edit.ts';
import { importCommands } from './commands/import-files.ts';
import type { InitCall } from './commands/init.ts';
import type { OutageCall } from './commands/outage.ts';
import type { QuestionsCall } from './commands/questions.ts';
import { faulttreeCommands } from './faulttree-program.ts';
import type { Run } from './run.ts';
import { exposureCommands } from './exposure-program.ts';
import { feedsCommands } from './feeds-program.ts';
import { patchCommands } from './patch-program.ts';
import { segmentationCommands } from './segmentation-program.ts';
import { version } from './version.ts';

const faultHelp = `
A fault is an id of the estate (a device, cable, circuit, path, supply, service or party), or one of
  internet              the whole internet
  mains:SITE            the mains of a site
  region:PARTY/NAME     a region of a cloud provider
  network:ID            all hosts of a network
  site:ID               all devices of a site
  kind:dns              all services of a kind
  fire:PANEL            the fire signal of a panel
  hostile:SERVICE       a service that serves an attacker

Examples
  $ holdfast outage run samples/branch --fault internet --for 4h
  $ holdfast outage run samples/branch --fault mains:moosbach --fault line --at 22:00
  $ holdfast outage run samples/branch --fault access-host --why front-door/admits-known
  $ holdfast outage run my-site --fault switch --with change.yaml`;

const questionsHelp = `
Examples
  $ holdfast outage questions samples/branch
  $ holdfast outage questions . --to integrator --format xlsx --out questions.xlsx
  $ holdfast outage questions . --answers questions.xlsx`;

/** The whole command line. What a command needs is loaded where it is called. */
export function program(root: Command, run: Run): Command {
  root
    .name('holdfast')
    .description(
      'Proves what doors, cameras and alarms do when the cloud, the line, a switch or the power goes away.',
    )
    .version(version())
    .exitOverride()
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for the options)')
    .configureHelp({ showGlobalOptions: true });
  root.addHelpText(
    'after',
    '\nExit code: 0 nothing found, 1 findings, 2 called wrongly or bad input.\n\nBegin with one of\n  $ holdfast init my-site\n  $ holdfast import my-site FILES     (spreadsheets, NetBox, nmap; import template doors writes a sheet)\nand then\n  $ holdfast audit my-site',
  );
  auditCommand(root, run);
  outageCommand(root, run);
  estateCommands(root, run);
  profileCommands(root, run);
  segmentationCommands(root, run);
  exposureCommands(root, run);
  feedsCommands(root, run);
  patchCommands(root, run);
  faulttreeCommands(root, run);
  importCommands(root, run);
  root
    .command('init')
    .description('ask a few questions and write a first estate')
    .argument('[dir]', 'where to write it', '.')
    .option('--yes', 'ask nothing, take the defaults')
    .option('--name <text>', 'name of the site')
    .option('--time-zone <zone>', 'its time zone')
    .option('--doors <n>', 'doors with a reader')
    .option('--cameras <n>', 'cameras')
    .option('--access <where>', 'cloud or site')
    .option('--lines <n>', 'internet lines: 1 or 2')
    .addHelpText(
      'after',
      '\nExample\n  $ holdfast init my-site --name "Harbour office" --doors 5 --access cloud',
    )
    .action((dir: string, call: InitCall) =>
      run(async () => (await import('./commands/init.ts')).init(dir, call))(),
    );
  root
    .command('start')
    .description('audit an estate (the sample where none is given) and show the page in a browser')
    .argument('[dir]', 'the estate')
    .option('--port <n>', 'port on 127.0.0.1')
    .action((dir: string | undefined, { port }: { readonly port?: string }) =>
      run(async () => (await import('./commands/start.ts')).start(dir, port))(),
    );
  return root;
}

function auditCommand(root: Command, run: Run): void {
  root
    .command('audit')
    .description('audit an estate: every built-in fault, and its own scenarios')
    .argument('<dir>', 'the folder or file of the estate')
    .option('--format <format>', formats.join(', '), 'table')
    .option('--fail-on <severity>', `exit 1 from this severity on: ${failLevels.join(', ')}`, 'low')
    .option('--baseline <file>', 'count only what an earlier --format json does not have')
    .option('--with <file>', 'lay a change over the estate, and say what it makes different')
    .option('--for <duration>', 'how long each fault lasts, instead of the targets')
    .option('--at <time>', 'time of day at which faults strike', '08:00')
    .option('--on <date>', 'the day; the next Monday where not said')
    .addHelpText(
      'after',
      '\nExamples\n  $ holdfast audit samples/branch\n  $ holdfast audit . --format html > audit.html\n  $ holdfast audit . --format pdf > audit.pdf\n  $ holdfast audit . --format cards > cards.html\n  $ holdfast audit . --format junit > audit.xml\n  $ holdfast audit . --format sarif --fail-on high > audit.sarif\n  $ holdfast audit . --baseline last.json',
    )
    .action((dir: string, call: AuditCall) =>
      run(async () => (await import('./commands/audit.ts')).runAudit(dir, call))(),
    );
}

function outageCommand(root: Command, run: Run): void {
  const outage = root.command('outage').description('what one fault, or several together, do');
  outage
    .command('run')
    .description('run a scenario and tell it')
    .argument('<dir>', 'the estate')
    .option(
      '--fault <ref>',
      'what fails; may be repeated; nothing where not given',
      (value: string, before: readonly string[]) => [...before, value],
      [] as readonly string[],
    )
    .option('--for <duration>', 'how long', '4h')
    .option('--at <time>', 'time of day', '08:00')
    .option('--on <date>', 'the day; the next Monday where not said')
    .option('--with <file>', 'lay a change over the estate, and say what it makes different')
    .option('--why <place/capability[@time]>', 'explain one verdict')
    .option('--format <format>', 'table, json', 'table')
    .addHelpText('after', faultHelp)
    .action((dir: string, call: OutageCall) =>
      run(async () => (await import('./commands/outage.ts')).runOutage(dir, call))(),
    );
  outage
    .command('questions')
    .description('ask for the facts that would settle the most verdicts, and read the answers back')
    .argument('<dir>', 'the estate')
    .option('--format <format>', 'table, markdown, xlsx, json', 'table')
    .option('--to <party>', 'only what is asked of one vendor, maintainer or owner')
    .option('--out <file>', 'write the questionnaire to a file')
    .option('--answers <file>', 'read a filled questionnaire (Markdown, XLSX or CSV) into the estate')
    .addHelpText('after', questionsHelp)
    .action((dir: string, call: QuestionsCall) =>
      run(async () => (await import('./commands/questions.ts')).runQuestions(dir, call))(),
    );
  convergenceCommands(outage, run);
}

function estateCommands(root: Command, run: Run): void {
  const estate = root.command('estate').description('check, show and edit an estate');
  estate
    .command('check')
    .description('say whether the estate is whole, or every problem at its line')
    .argument('<dir>', 'the estate')
    .option('--format <format>', 'table, json', 'table')
    .action((dir: string, { format }: { readonly format: string }) =>
      run(async () => (await import('./commands/estate.ts')).checkEstate(dir, format))(),
    );
  estate
    .command('show')
    .description('print the estate, or one entity, in canonical form')
    .argument('<dir>', 'the estate')
    .argument('[id]', 'an entity')
    .option('--format <format>', 'ndjson, json', 'ndjson')
    .action((dir: string, id: string | undefined, { format }: { readonly format: string }) =>
      run(async () => (await import('./commands/estate.ts')).showEstate(dir, id, format))(),
    );
  estate
    .command('schema')
    .description('print the JSON Schema of the language, for editors')
    .action(run(async () => (await import('./commands/estate.ts')).printSchema()));
  editCommands(estate, run);
}

function profileCommands(root: Command, run: Run): void {
  const profiles = root.command('profiles').description('what products do when they are cut off');
  profiles
    .command('list')
    .description('list the profiles')
    .argument('[dir]', 'an estate with profiles of its own')
    .option('--format <format>', 'table, markdown, json', 'table')
    .action((dir: string | undefined, { format }: { readonly format: string }) =>
      run(async () => (await import('./commands/profiles.ts')).listProfiles(dir, format))(),
    );
  profiles
    .command('show')
    .description('show a profile with the source of each claim')
    .argument('<profile>', 'such as controllers/mercury-lp1502')
    .argument('[dir]', 'an estate with profiles of its own')
    .option('--format <format>', 'table, markdown, json', 'table')
    .action((id: string, dir: string | undefined, { format }: { readonly format: string }) =>
      run(async () => (await import('./commands/profiles.ts')).showProfile(id, dir, format))(),
    );
  profiles
    .command('candidate')
    .description('judge a product that is not bought yet at a place of an estate')
    .argument('<profile>', 'such as controllers/mercury-lp1502')
    .argument('<dir>', 'the estate')
    .requiredOption('--at <place>', 'a door, a view or an area')
    .option('--beside', 'beside what is there, not instead of it')
    .option('--format <format>', 'table, markdown, json', 'table')
    .addHelpText(
      'after',
      '\nExit code: 1 where a target of the estate fails with it, or nobody can tell.\n\nExample\n  $ holdfast profiles candidate controllers/verkada-ac42 samples/branch --at front-door',
    )
    .action((id: string, dir: string, call: CandidateCall) =>
      run(async () => (await import('./commands/candidate.ts')).runCandidate(id, dir, call))(),
    );
}
