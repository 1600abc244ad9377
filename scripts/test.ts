import { parseCLI, startVitest } from 'vitest/node';
import { countTests, type Counts } from './count-tests.ts';

// Vitest as `vitest run`, with every argument passed on; the last line is plain counts for machines.
const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
const vitest = await startVitest(filter, { ...options, run: true, watch: false });
const counts = countTests(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length);
await vitest.close();
finish(counts);

function finish({ passed, failed, skipped }: Counts): void {
  if (passed + failed === 0) console.error('holdfast: no test ran');
  if (failed > 0 || passed === 0) process.exitCode ||= 1;
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
}
