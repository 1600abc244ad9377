import { Failure } from '@holdfast/kernel';
import { Command, CommanderError } from 'commander';
import { sayProblems } from './io/say-problems.ts';
import { talk } from './io/terminal.ts';
import { program } from './program.ts';

/** Exit 0: nothing found. 1: findings. 2: called wrongly, bad input, or broken. */
async function main(): Promise<number> {
  let code = 0;
  const run = (work: () => Promise<number> | number) => async (): Promise<void> => {
    code = await work();
  };
  try {
    await program(new Command(), run).parseAsync();
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Failure) {
      talk(sayProblems(error.problems));
      return 2;
    }
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    talk(
      `holdfast broke: ${message}. This is a fault of ours; please report it with the command that you ran.`,
    );
    if (process.env['HOLDFAST_DEBUG']) talk(stack ?? '');
    return 2;
  }
}

// A reader that closes early (`| head`) is no fault, but nothing was said to the end: as if by SIGPIPE.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(141);
  process.stderr.write(`the output cannot be written: ${error.code ?? error.message}\n`);
  process.exit(2);
});

process.exitCode = await main();
