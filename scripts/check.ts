import { spawn } from 'node:child_process';
import { join } from 'node:path';

type Check = { readonly name: string; readonly args: readonly string[] };
type Outcome = Check & { readonly exitCode: number; readonly output: string; readonly seconds: number };

const root = join(import.meta.dirname, '..');
const bin = (name: string) => join('node_modules', '.bin', name);

const checks: readonly Check[] = [
  { name: 'types', args: [bin('tsc'), '--project', 'tsconfig.json'] },
  {
    name: 'lint',
    args: [bin('oxlint'), '--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
  },
  { name: 'format', args: [bin('oxfmt'), '--check'] },
  { name: 'unused', args: [bin('knip'), '--no-progress'] },
  { name: 'imports', args: [process.execPath, join('scripts', 'check-imports.ts')] },
];

/** Checks running at once: most of them use more than one core themselves. */
const LANES = 2;

function run(check: Check): Promise<Outcome> {
  const started = performance.now();
  const [command = '', ...args] = check.args;
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    const finish = (exitCode: number) => {
      resolve({ ...check, exitCode, output, seconds: (performance.now() - started) / 1000 });
    };
    child.on('error', (error) => {
      output += error.message;
      finish(2);
    });
    child.on('close', (code) => finish(code ?? 2));
  });
}

function report({ name, exitCode, output, seconds }: Outcome): void {
  console.log(`${exitCode === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(8)} ${seconds.toFixed(1)} s`);
  if (exitCode !== 0) console.log(output.trimEnd());
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => checks.every((check) => check.name !== name));
const queue = checks.filter((check) => asked.length === 0 || asked.includes(check.name));
if (unknown.length > 0) {
  console.error(
    `no check named ${unknown.join(', ')}; there are ${checks.map(({ name }) => name).join(', ')}`,
  );
  process.exitCode = 2;
} else {
  await Promise.all(Array.from({ length: LANES }, work));
}

async function work(): Promise<void> {
  for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
    const outcome = await run(check);
    report(outcome);
    if (outcome.exitCode !== 0) process.exitCode = 1;
  }
}
