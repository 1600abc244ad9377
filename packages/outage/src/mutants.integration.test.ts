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
const placed = 'compile/places.test.ts';
const explained = 'answer/why.test.ts';
const laws = 'laws.test.ts';
const byHand = 'compile/hard-cases.test.ts';

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
    from: 'time + this.#stores.fill(node, time, lasts, refill)',
    to: 'time + this.#stores.fill(node, time, lasts, refill) + 1',
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
    file: 'solver/stores.ts',
    from: '(this.#level[node] as number) + (this.#since(node, time) * lasts) / refill',
    to: '(this.#level[node] as number)',
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
    name: 'a lease comes from a host that is down',
    file: 'compile/infrastructure.ts',
    from: 'context.builder.all([this.#reach.devices(device, each), this.running(each)])',
    to: 'this.#reach.devices(device, each)',
    test: byHand,
  },
  {
    name: 'a switch is powered by what is plugged into it',
    file: 'compile/power.ts',
    from: 'from === device || id !== uplinkCable(from, to)',
    to: 'true',
    test: byHand,
  },
  {
    name: 'a generator has its fuel at worst for longer where it starts later',
    file: 'compile/power.ts',
    from: 'asMillis(fuel.worst + delay.best)',
    to: 'asMillis(fuel.worst + delay.worst)',
    test: byHand,
  },
  {
    name: 'a lease is whole when the server goes',
    file: 'compile/infrastructure.ts',
    from: 'asMillis(lease.worst / 2)',
    to: 'lease.worst',
    test: byHand,
  },
  {
    name: 'a lower mode of a door overrules a higher one',
    file: 'compile/modes.ts',
    from: 'answers.slice(0, index).map(',
    to: 'answers.slice(0, 0).map(',
    test: compiled,
  },
  {
    name: 'a change waits from when it was made, not from when it was due',
    file: 'compile/modes.ts',
    from: 'worst: at + longest, best: at',
    to: 'worst: at, best: at',
    test: compiled,
  },
  {
    name: 'a fire signal is read backwards',
    file: 'compile/lock.ts',
    from: 'return all(not(this.#quiet),',
    to: 'return all(this.#quiet,',
    test: compiled,
  },
  {
    name: 'a degraded parity survives one more disk',
    file: 'compile/disks.ts',
    from: "return level === 'raid5' || pair ? 'no' : 'unknown';",
    to: "return level === 'raid5' || pair ? 'yes' : 'unknown';",
    test: placed,
  },
  {
    name: 'failed disks still store',
    file: 'compile/disks.ts',
    from: "if (state === 'failed') return 'gone';",
    to: "if (state === 'failed') return 'yes';",
    test: placed,
  },
  {
    name: 'a licence to fetch is never too small',
    file: 'compile/disks.ts',
    from: 'asked <= most',
    to: 'asked >= 0',
    test: placed,
  },
  {
    name: 'a relay at rest is read backwards',
    file: 'compile/lock.ts',
    from: 'known(fact) === usual) return yes',
    to: 'known(fact) !== usual) return yes',
    test: placed,
  },
  {
    name: 'a reader taken over commands a relay out of its reach',
    file: 'compile/doors.ts',
    from: "known(side) === 'secure' ||",
    to: "known(side) === 'unsecure' ||",
    test: placed,
  },
  {
    name: 'an interlock asks nobody',
    file: 'compile/doors.ts',
    from: 'return all(...others.map((each)',
    to: 'return any(yes, ...others.map((each)',
    test: placed,
  },
  {
    name: 'a camera has the whole disk to itself',
    file: 'compile/recordings.ts',
    from: 'this.#camerasOf().get(store) ?? [camera]',
    to: '[camera]',
    test: placed,
  },
  {
    name: 'one device that does not cool warms the room',
    file: 'compile/compile.ts',
    from: 'any(...controllers.map((one)',
    to: 'all(...controllers.map((one)',
    test: placed,
  },
  {
    name: 'guards are called over any part of their radio',
    file: 'compile/compile.ts',
    from: "'reaches-guards', node(this.#context.builder.all(parts))",
    to: "'reaches-guards', node(this.#context.builder.any(parts))",
    test: placed,
  },
  {
    name: 'a schedule is read on another clock',
    file: 'compile/lock.ts',
    from: 'within(door.unlocked, this.zone)',
    to: "within(door.unlocked, 'UTC')",
    test: placed,
  },
  {
    name: 'what either reading says is certain',
    file: 'answer/evaluate.ts',
    from: 'return worst && best ? certainly :',
    to: 'return worst || best ? certainly :',
    test: compiled,
  },
  {
    name: 'a store that is granted is empty',
    file: 'solver/amendments.ts',
    from: 'return good ? Infinity : 0;',
    to: 'return good ? 0 : Infinity;',
    test: laws,
  },
  {
    name: 'a fault that overlaps another ends it',
    file: 'solver/simulation.ts',
    from: 'this.#faults[subject] === 0 &&',
    to: 'what !== faultStarts &&',
    test: simulated,
  },
  {
    name: 'a service has what only a dead host of it reaches',
    file: 'compile/infrastructure.ts',
    from: 'builder.all([this.running(each), this.use(each, needed)])',
    to: 'this.use(each, needed)',
    test: byHand,
  },
  {
    name: 'a cut line still carries power',
    file: 'compile/power.ts',
    from: 'this.line(device, role)',
    to: 'this.context.always',
    test: byHand,
  },
  {
    name: 'an explanation leaves a reason out',
    file: 'answer/prover.ts',
    from: 'proofs.length === wanted ? proofs : proofs.slice(0, wanted)',
    to: 'proofs.slice(0, 1)',
    test: explained,
  },
];

/** Runs one test file of a copy of the package; says whether it passed. */
function passes(file: string, runs: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const vitest = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'vitest', 'vitest.mjs');
    const env = {
      ...process.env,
      FC_SHRINK: '0',
      FC_RUNS: runs,
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

/** A copy of the package beside it, so that its imports lead where they led. */
async function withCopy(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(import.meta.dirname, '..', 'mutant-'));
  try {
    await cp(import.meta.dirname, join(folder, 'src'), {
      recursive: true,
      filter: (path) => !path.includes('mutants.'),
    });
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function plant(mutant: Mutant, folder: string): Promise<void> {
  const path = join(folder, 'src', mutant.file);
  const source = await readFile(path, 'utf8');
  expect(source.split(mutant.from), `${mutant.file} has the text to change once`).toHaveLength(2);
  await writeFile(path, source.replace(mutant.from, mutant.to));
}

describe.concurrent('a planted fault turns the tests red', () => {
  test.each([simulated, compiled, explained, laws, byHand, placed])(
    'but %s of a copy without a fault is green',
    async (file) => {
      await withCopy(async (folder) => {
        expect(await passes(join(folder, 'src', file), '0.05')).toBe(true);
      });
    },
    180_000,
  );

  test.each(mutants)(
    '$name',
    async (mutant) => {
      await withCopy(async (folder) => {
        await plant(mutant, folder);
        expect(await passes(join(folder, 'src', mutant.test), '0.5')).toBe(false);
      });
    },
    180_000,
  );
});
