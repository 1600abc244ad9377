import type { Command } from 'commander';
import type { PlanCall } from './commands/patch-plan.ts';
import type { Run } from './run.ts';

/** In which order firmware is brought up to date. */
export function patchCommands(root: Command, run: Run): void {
  root
    .command('patch')
    .description('in which order firmware is brought up to date')
    .command('plan')
    .description('plan the updates of what is affected, so that nothing is lost entirely meanwhile')
    .argument('<dir>', 'the estate')
    .option('--store <dir>', "where feeds lie; the user's data folder where not said")
    .option('--aliases <file>', 'other names of devices: vendor,model,asVendor,asModel')
    .option('--from <date>', 'the first day; tomorrow where not said')
    .option('--between <days>', 'days between two rings', '7')
    .option('--format <format>', 'table, json, csv, ics', 'table')
    .action((dir: string, call: PlanCall) =>
      run(async () => (await import('./commands/patch-plan.ts')).runPlan(dir, call))(),
    );
}
