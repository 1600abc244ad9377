import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** A fault planted in the engine, and the test that must notice it. */
interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly test: string;
}

const simulated = 'solver/simulation.test.ts';
const compiled = 'compile/compile.test.ts';
const explained = 'answer/why.test.ts';

const mutants: readonly Mutant[] = [
  {
    name: 'any is read as all',
    file: 'solver/builder.ts',
    from: 'return this.atLeast(1, inputs);',
    to: 'return this.atLeast(inputs.length, inputs);',
    test: simulated,
  },
  {
    name: 'a timer does not restart',
    file: 'solver/simulation.ts',
    from: 'if (stops) this.#setFlag(node, 0);',
    to: '',
    test: simulated,
  },
  {
    name: 'a breakpoint is off by one',
    file: 'solver/simulation.ts',
    from: 'this.#timer(node, time + full);',
    to: 'this.#timer(node, time + full + 1);',
    test: simulated,
  },
  {
    name: 'unknown is read as true',
    file: 'solver/simulation.ts',
    from: 'amendedColumn(system.first, reading, amendments)',
    to: "amendedColumn(system.first, 'best', amendments)",
    test: simulated,
  },
  {
    name: 'a circle holds itself up',
    file: 'solver/simulation.ts',
    from: 'queue.push(~user);',
    to: 'continue;',
    test: simulated,
  },
  {
    name: 'a store never refills',
    file: 'solver/simulation.ts',
    from: 'level + (since * lasts) / refill',
    to: 'level',
    test: simulated,
  },
  {
    name: 'a latch forgets what it needs to start',
    file: 'solver/builder.ts',
    from: 'this.#node(op.latch, 3,',
    to: 'this.#node(op.latch, 2,',
    test: simulated,
  },
  {
    name: 'an expression swaps any and all',
    file: 'compile/expressions.ts',
    from: "if ('any' in expression) return builder.any(",
    to: "if ('any' in expression) return builder.all(",
    test: compiled,
  },
  {
    name: 'an unknown fact passes',
    file: 'compile/context.ts',
    from: 'this.builder.constant(worst, best)',
    to: 'this.builder.constant(best, best)',
    test: compiled,
  },
  {
    name: 'an explanation leaves a reason out',
    file: 'answer/why.ts',
    from: 'slice(0, wanted)',
    to: 'slice(0, 1)',
    test: explained,
  },
];

/** Runs one test file of a copy of the package; says whether it passed. */
function passes(file: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const vitest = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'vitest', 'vitest.mjs');
    const env = {
      ...process.env,
      FC_SHRINK: '0',
      FC_RUNS: '0.5',
      VITEST: undefined,
      VITEST_WORKER_ID: undefined,
      VITEST_POOL_ID: undefined,
    };
    const child = spawn(process.execPath, [vitest, 'run', '--project', 'unit', '--bail', '1', file], {
      cwd: join(import.meta.dirname, '..', '..', '..'),
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => (text += data.toString()));
    child.on('error', reject);
    // A run that never reached a test says nothing of the mutant.
    child.on('close', (code) => (/Tests\s/.test(text) ? resolve(code === 0) : reject(new Error(text))));
  });
}

async function withMutant(mutant: Mutant, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(import.meta.dirname, '..', 'mutant-'));
  try {
    await cp(import.meta.dirname, join(folder, 'src'), {
      recursive: true,
      filter: (path) => !path.includes('mutants.'),
    });
    const path = join(folder, 'src', mutant.file);
    const source = await readFile(path, 'utf8');
    expect(source.split(mutant.from), `${mutant.file} has the text to change once`).toHaveLength(2);
    await writeFile(path, source.replace(mutant.from, mutant.to));
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('a planted fault turns the tests red', () => {
  test.each(mutants)(
    '$name',
    async (mutant) => {
      await withMutant(mutant, async (folder) => {
        expect(await passes(join(folder, 'src', mutant.test))).toBe(false);
      });
    },
    180_000,
  );
});
