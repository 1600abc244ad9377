import type { Command } from 'commander';
import type { ConvergenceCall } from './commands/convergence.ts';
import type { ExportCall } from './commands/export-tree.ts';
import type { MaintenanceCall } from './commands/maintenance.ts';
import type { Run } from './run.ts';

const losses = `
A loss is one of
  PLACE/CAPABILITY      a capability of a place, such as front-door/admits-known
  FUNCTION@PLACE        a function lost at every place of a site, building, floor or area
  some-FUNCTION@PLACE   lost at one of them at least
  kinds@PLACE           two kinds of function or more, each at one place at least
  all(A, B), any(A, B)  of these, all at one moment or one of them
where FUNCTION is access, video, alarm, fire-release, building-control, intercom or soc.`;

const help = `
Every set of faults is lost for good at one moment, and asks what has fallen by the horizon. Among what can fail are common
causes that nobody drew: all that stands in a room, one version of firmware. Exit code: 1 where such faults are found.

Examples
  $ holdfast outage convergence samples/campus
  $ holdfast outage convergence samples/campus --horizon 30m --order 1
  $ holdfast outage convergence . --at hq --format json
  $ holdfast outage convergence samples/campus --top "all(alarm@fairbrook, some-video@d-hall)"
${losses}`;

const worksHelp = `
Exit code: 1 where the works expose anything.

Examples
  $ holdfast outage maintenance samples/campus --take core-1
  $ holdfast outage maintenance samples/campus --take n-ups --take core-trunk --horizon 2h`;

/** Questions about what fails together. */
export function convergenceCommands(outage: Command, run: Run): void {
  together(
    outage
      .command('convergence')
      .description('find the faults, alone and in combination, that take several kinds of function at once')
      .argument('<dir>', 'the estate')
      .option('--at <site>', 'only what falls at this site')
      .option('--top <loss>', 'the minimal sets of this loss instead'),
  )
    .addHelpText('after', help)
    .action((dir: string, call: ConvergenceCall) =>
      run(async () => (await import('./commands/convergence.ts')).runConvergence(dir, call))(),
    );
  outage
    .command('maintenance')
    .description('say what planned works expose, and which of them are not for the same night')
    .argument('<dir>', 'the estate')
    .requiredOption(
      '--take <ref>',
      'what is taken out, named as a fault is; may be repeated',
      (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
    )
    .option('--horizon <duration>', 'how long the works last', '4h')
    .option('--perhaps', 'count what may fall too, where a fact is unknown')
    .option('--list <n>', 'tell at most so many single points of each work, the worst first', '10')
    .option('--format <format>', 'table, json', 'table')
    .addHelpText('after', worksHelp)
    .action((dir: string, call: MaintenanceCall) =>
      run(async () => (await import('./commands/maintenance.ts')).runMaintenance(dir, call))(),
    );
  exportCommand(outage, run);
}

function exportCommand(outage: Command, run: Run): void {
  outage
    .command('export')
    .description('write the fault tree of a loss, to check it with another engine')
    .argument('<dir>', 'the estate')
    .requiredOption('--top <loss>', 'what is lost')
    .option('--horizon <duration>', 'the tree says what is down so long after the faults', '4h')
    .option('--perhaps', 'count what may be down too, where a fact is unknown')
    .option('--format <format>', 'openpsa', 'openpsa')
    .addHelpText(
      'after',
      `${losses}\n\nExample\n  $ holdfast outage export samples/campus --top soc@fairbrook > tree.xml\n  $ holdfast faulttree cuts tree.xml`,
    )
    .action((dir: string, call: ExportCall) =>
      run(async () => (await import('./commands/export-tree.ts')).runExport(dir, call))(),
    );
}

function together(command: Command): Command {
  return command
    .option('--horizon <duration>', 'how long after the faults a loss still counts', '4h')
    .option('--order <k>', 'at most so many faults together: 1, 2 or 3', '2')
    .option('--perhaps', 'count what may fall too, where a fact is unknown')
    .option('--list <n>', 'tell at most so many of each order, the worst first', '10')
    .option('--effort <n>', 'million steps to take before a lower order is answered instead', '150')
    .option('--format <format>', 'table, json', 'table');
}
