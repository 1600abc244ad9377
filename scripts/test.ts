import { writeSync } from 'node:fs';
import { createVitest, parseCLI } from 'vitest/node';
import { countTests, type Counts } from './count-tests.ts';

// Vitest as `vitest run`, with every argument passed on; the last line is plain counts for machines.
let counts: Counts | undefined;

// The counts are said as the process exits, whatever ends it: a run that throws, a teardown that hangs or rejects, an exit by somebody else.
process.once('exit', () => {
  const { passed, failed, skipped } = counts ?? { passed: 0, failed: 1, skipped: 0 };
  if (counts === undefined) say('holdfast: the tests ended before they could be counted');
  else if (passed + failed === 0) say('holdfast: no test ran');
  if (failed > 0 || passed === 0) process.exitCode ||= 1;
  // A line of its own, whatever others left unfinished on the one before.
  say(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
});

/** At exit only what is written at once arrives; a pipe that is full is tried again. */
function say(text: string): void {
  let rest = Buffer.from(`${text}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
    }
  }
}

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
const vitest = await createVitest({ ...options, run: true, watch: false });
try {
  await vitest.start(filter);
  counts = countTests(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
await vitest.close();
