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

const solved = 'solve/solve.test.ts';
const read = 'open-psa/open-psa.test.ts';

const mutants: readonly Mutant[] = [
  {
    name: 'a set that is not minimal stays',
    file: 'diagram/minimal.ts',
    from: 'without(table, minimalOf(table, table.high(f), rest), lowFunction)',
    to: 'minimalOf(table, table.high(f), rest)',
    test: solved,
  },
  {
    name: 'a union keeps what another set contains',
    file: 'diagram/families.ts',
    from: 'outside(table, union(table, highA, highB), low)',
    to: 'union(table, highA, highB)',
    test: solved,
  },
  {
    name: 'a product forgets the sets that only one side takes further',
    file: 'diagram/product.ts',
    from: 'union(table, both, product(table, lowA, highB, rest))',
    to: 'both',
    test: solved,
  },
  {
    name: 'an order is off by one',
    file: 'diagram/product.ts',
    from: 'if (order === 0) return zero;',
    to: 'if (order <= 1) return zero;',
    test: solved,
  },
  {
    name: 'absorption looks at gates of the same kind',
    file: 'graph/simplify.ts',
    from: "const other = kind === 'and' ? 'or' : 'and';",
    to: 'const other = kind;',
    test: solved,
  },
  {
    name: 'an input of atleast that stands twice counts once',
    file: 'graph/simplify.ts',
    from: 'const rest = inputs.filter((each) => each >= 0);',
    to: 'const rest = [...new Set(inputs)].filter((each) => each >= 0);',
    test: solved,
  },
  {
    name: 'a gate that others use is taken into one of them',
    file: 'graph/modules.ts',
    from: 'high < (second[gate] as number)',
    to: 'high > 0',
    test: solved,
  },
  {
    name: 'inputs that share something are taken as independent',
    file: 'graph/parts.ts',
    from: 'else leader[lead(index)] = lead(before);',
    to: '',
    test: solved,
  },
  {
    name: 'siblings of different gates are grouped',
    file: 'graph/siblings.ts',
    from: 'const key = above.join();',
    to: 'const key = kind;',
    test: solved,
  },
  {
    name: 'counts are taken for exact beyond 2^53',
    file: 'answer/family-counts.ts',
    from: 'const largestExact = 2 ** 53;',
    to: 'const largestExact = Infinity;',
    test: solved,
  },
  {
    name: 'what the effort did not reach is called complete',
    file: 'solve/solve.ts',
    from: 'if (!next) return reached;',
    to: 'if (!next) return { ...reached, completeTo: Infinity };',
    test: solved,
  },
  {
    name: 'a level is read as the variable of that number',
    file: 'answer/probability.ts',
    from: 'const p = below[order[table.level(node)] as number] as number;\n    values',
    to: 'const p = below[table.level(node)] as number;\n    values',
    test: solved,
  },
  {
    name: 'a house is on unless it is said',
    file: 'open-psa/lower.ts',
    from: "return constant !== undefined && constant.attributes['value'] === 'true';",
    to: "return constant?.attributes['value'] !== 'false';",
    test: read,
  },
  {
    name: 'a not is read as what it negates',
    file: 'open-psa/lower.ts',
    from: 'this.#refuse(formula);',
    to: '',
    test: read,
  },
  {
    name: 'a private name is known everywhere',
    file: 'open-psa/scopes.ts',
    from: 'if (!isPrivate) this.#publics.set(name, value);',
    to: 'this.#publics.set(name, value);',
    test: read,
  },
];

/** Runs one test file of a copy of the package; says whether it passed. */
function passes(file: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const root = join(import.meta.dirname, '..', '..', '..');
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const env = { ...process.env, HOLDFAST_TREES: '150' };
    for (const name of ['VITEST', 'VITEST_WORKER_ID', 'VITEST_POOL_ID']) Reflect.deleteProperty(env, name);
    const child = spawn(process.execPath, [vitest, 'run', '--project', 'unit', '--bail', '1', file], {
      cwd: root,
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

describe('a planted fault turns the tests red', () => {
  test.each([solved, read])(
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
