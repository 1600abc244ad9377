import type { Command } from 'commander';
import type { CutsCall } from './commands/faulttree.ts';
import type { Run } from './run.ts';

const help = `
FILE is a fault tree in the Open-PSA model exchange format. Trees of and, or and atleast are answered exactly;
one with not, xor or their like is refused at its line. Exit code: 0, or 2 where the file is not whole.

Examples
  $ holdfast faulttree cuts tree.xml
  $ holdfast faulttree cuts tree.xml --order 3 --list 100
  $ holdfast faulttree cuts tree.xml --format json
  $ holdfast faulttree cuts plant.xml --top cooling-lost --probability`;

/** Questions about fault trees of other tools, without an estate. */
export function faulttreeCommands(root: Command, run: Run): void {
  root
    .command('faulttree')
    .description('minimal cut sets of a fault tree in Open-PSA')
    .command('cuts')
    .description('count the minimal cut sets of a top exactly, and list them')
    .argument('<file>', 'the model, in Open-PSA XML')
    .option('--top <name>', 'the gate to ask about, where the model has several tops')
    .option('--order <k>', 'only sets of at most so many events')
    .option('--list <n>', 'list at most so many sets, the smallest first')
    .option('--probability', 'the exact probability of the top, and the importance of each event')
    .option('--mission-time <t>', 'the value of system-mission-time, in the unit of the model')
    .option('--effort <n>', 'million steps to take before lower orders are answered instead', '100')
    .option('--format <format>', 'table, json', 'table')
    .addHelpText('after', help)
    .action((file: string, call: CutsCall) =>
      run(async () => (await import('./commands/faulttree.ts')).runCuts(file, call))(),
    );
}
