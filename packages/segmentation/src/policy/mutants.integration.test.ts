import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** A fault planted in the policy check, and the test that must notice it. */
interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly test: string;
}

const byDefault = 'policy/default-policy.test.ts';
const byConduits = 'policy/conduits.test.ts';
const laws = 'policy/laws.test.ts';

const mutants: readonly Mutant[] = [
  {
    name: 'what a conduit names is forbidden all the same',
    file: 'policy/examine.ts',
    from: 'const certain = without(forbidden, permitted.possible);',
    to: 'const certain = packets;',
    test: byConduits,
  },
  {
    name: 'a port is judged where it sets out',
    file: 'policy/examine.ts',
    from: 'dport: [arriving.dport],',
    to: 'dport: [region.dport],',
    test: byConduits,
  },
  {
    name: 'what may be permitted is forbidden',
    file: 'policy/examine.ts',
    from: 'const certain = without(forbidden, permitted.possible);',
    to: 'const certain = forbidden;',
    test: byDefault,
  },
  {
    name: 'a missing configuration is an open door',
    file: 'policy/examine.ts',
    from: "if (part.verdict === 'unknown') {",
    to: "if (part.verdict === 'drop') {",
    test: byDefault,
  },
  {
    name: 'what passes anyway is told again under a failover',
    file: 'policy/examine.ts',
    from: 'const packets = without([arrivedParcel(part)], known);',
    to: 'const packets = [arrivedParcel(part)];',
    test: byConduits,
  },
  {
    name: 'only the usual way is looked at',
    file: 'policy/check-pair.ts',
    from: "flows: flows.filter(({ kind }) => kind === 'violating' || (kind === 'unknown' && !isOpen)),",
    to: 'flows: [],',
    test: byConduits,
  },
  {
    name: 'a conduit is no promise',
    file: 'policy/promises.ts',
    from: 'if (conduit.mayFail) return [];',
    to: 'return [];',
    test: byConduits,
  },
  {
    name: 'a conduit that may fail is a promise',
    file: 'policy/promises.ts',
    from: 'if (conduit.mayFail) return [];',
    to: '',
    test: byConduits,
  },
  {
    name: 'a need holds in one direction only',
    file: 'policy/needed.ts',
    from: '[[a, b] as const, [b, a] as const]',
    to: '[[a, b] as const]',
    test: byDefault,
  },
  {
    name: 'a need permits the whole network',
    file: 'policy/permissions.ts',
    from: '    addresses,\n    ...(addresses === undefined && host',
    to: '    addresses: addressesOf(landscape, { kind: "network", id: network }),\n    ...(addresses === undefined && host',
    test: byDefault,
  },
  {
    name: 'management is reached by everybody',
    file: 'policy/default-policy.ts',
    from: "to: ['management'],",
    to: 'to: [],',
    test: byDefault,
  },
  {
    name: 'routers make a zone one of management',
    file: 'policy/zones.ts',
    from: '(told.length > 0 ? told : [...counts])',
    to: '[...counts]',
    test: byDefault,
  },
  {
    name: 'parcels are cut on one axis too few',
    file: 'policy/parcel.ts',
    from: 'for (const axis of policyAxes) {\n    const outside',
    to: 'for (const axis of policyAxes.slice(0, 3)) {\n    const outside',
    test: byConduits,
  },
  {
    name: 'a limit is met in silence',
    file: 'policy/check-policy.ts',
    from: 'return [untold(from, to, [why], [])];',
    to: 'return why === "" ? [untold(from, to, [why], [])] : [];',
    test: laws,
  },
];

const source = dirname(import.meta.dirname);
const vitest = join(import.meta.dirname, '..', '..', '..', '..', 'node_modules', 'vitest', 'vitest.mjs');

/** Whether the tests of a file pass. */
async function passes(file: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      VITEST: undefined,
      VITEST_WORKER_ID: undefined,
      VITEST_POOL_ID: undefined,
    };
    const child = spawn(process.execPath, [vitest, 'run', '--project', 'unit', '--bail', '1', file], {
      cwd: join(source, '..', '..', '..'),
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

/** A copy of the package's sources beside them, so that imports lead where they led. */
async function withCopy(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(source, '..', 'mutant-'));
  try {
    await cp(source, join(folder, 'src'), {
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
  const text = await readFile(path, 'utf8');
  expect(text.split(mutant.from), `${mutant.file} has the text to change once`).toHaveLength(2);
  await writeFile(path, text.replace(mutant.from, mutant.to));
}

describe('a fault planted in the policy check turns the tests red', () => {
  test.each([byDefault, byConduits, laws])(
    'but %s of a copy without a fault is green',
    async (file) => {
      await withCopy(async (folder) => {
        expect(await passes(join(folder, 'src', file))).toBe(true);
      });
    },
    180_000,
  );

  test.each(mutants)(
    '$name',
    async (mutant) => {
      await withCopy(async (folder) => {
        await plant(mutant, folder);
        expect(await passes(join(folder, 'src', mutant.test))).toBe(false);
      });
    },
    180_000,
  );
});
