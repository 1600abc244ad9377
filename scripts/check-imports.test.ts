import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkImports } from './check-imports.ts';
import { judgeTree } from './imports/judge.ts';
import { distrust } from './imports/planted.ts';

const planted = join(import.meta.dirname, 'fixtures', 'planted');
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'imports-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function verdictOn(path: string, text: string): string[] {
  write(path, text);
  return judgeTree(root).violations.map(({ rule, line, column }) => `${line}:${column} ${rule}`);
}

describe('the planted tree', () => {
  test('is found whole, and nothing but it', () => {
    expect(distrust(planted, judgeTree(planted))).toEqual([]);
  });

  test('makes the run end with 2 when a breach is missed', () => {
    cpSync(planted, root, { recursive: true });
    write('packages/estate/src/missed.ts', 'export const fine = 1; // planted: ambient\n');
    expect(checkImports(root, root)).toMatchObject({
      exitCode: 2,
      lines: ['the import rule is broken:', 'missed packages/estate/src/missed.ts:1 ambient'],
    });
  });

  test('makes the run end with 2 when a rule has nothing planted', () => {
    write('packages/kernel/src/index.ts', 'export const fine = 1;\n');
    const { exitCode, lines } = checkImports(root, root);
    expect(exitCode).toBe(2);
    expect(lines).toContain('nothing planted for cycle');
  });
});

describe('a run', () => {
  test('ends with 2 when it sees no modules', () => {
    write('apps/cli/src/main.ts', 'export const main = 1;\n');
    expect(checkImports(root, planted)).toMatchObject({ exitCode: 2 });
  });

  test('ends with 0 on a clean tree', () => {
    write('packages/kernel/src/index.ts', 'export const fine = 1;\n');
    expect(checkImports(root, planted)).toEqual({ exitCode: 0, lines: ['1 modules keep the import rule'] });
  });

  test('ends with 1 on a breach and says where and why', () => {
    write('packages/kernel/src/now.ts', 'export const fine = 1;\nexport const now = Date.now();\n');
    const { exitCode, lines } = checkImports(root, planted);
    expect(exitCode).toBe(1);
    expect(lines[0]).toBe(
      'packages/kernel/src/now.ts:2:20 ambient: Date.now reads the clock; take the time as an argument',
    );
  });
});

describe('the purity rule', () => {
  const file = 'packages/estate/src/x.ts';

  test.each([
    ['a type', 'export type T = typeof process;'],
    ['a property', 'export const f = (o: { process: string }) => o.process;'],
    ['a local name', 'export function f(): number { const process = 1; return process; }'],
    ['a name declared below its use', 'export const f = () => process;\nconst process = 1;'],
    ['a destructured parameter', 'export const f = ({ a: [process = 1] }: X) => process;'],
    ['a date of a given time', 'export const d = new Date(5);'],
  ])('lets %s pass', (_, text) => {
    expect(verdictOn(file, text)).toEqual([]);
  });

  test.each([
    ['in a default value', 'export const f = (a = process.argv) => a;', '1:23 ambient'],
    ['beside a local of that name', 'export const f = [(process: X) => process, process];', '1:44 ambient'],
    ['in a shorthand property', 'export const f = { fetch };', '1:20 ambient'],
    ['under a cast', 'export const f = fetch as X;', '1:18 ambient'],
    ['exported from here', 'export const a = 1;\nexport { process };', '2:10 ambient'],
    ['as a date without a time', 'export const f = new Date();', '1:22 ambient'],
    ['in a spread that may be empty', 'export const f = (a: X) => new Date(...a);', '1:32 ambient'],
    ['of chance by a computed key', "export const f = Math['random']();", '1:18 ambient'],
  ])('sees a use %s', (_, text, expected) => {
    expect(verdictOn(file, text)).toEqual([expected]);
  });

  test('spares tests, benchmarks and apps', () => {
    const text = "import 'node:fs';\nprocess.exit(Date.now());\n";
    write('packages/estate/src/x.test.ts', text);
    write('packages/estate/bench/x.ts', text);
    write('bench/x.bench.ts', text);
    expect(verdictOn('apps/cli/src/main.ts', text)).toEqual([]);
  });
});

describe('the circle rule', () => {
  test('reports a circle once, by its shortest way', () => {
    write('packages/estate/src/a.ts', "import './b.ts';");
    write('packages/estate/src/b.ts', "import './c.ts';\nimport './a.ts';");
    write('packages/estate/src/c.ts', "import './d.ts';");
    write('packages/estate/src/d.ts', 'export {};');
    expect(judgeTree(root).violations).toEqual([
      {
        rule: 'cycle',
        path: 'packages/estate/src/a.ts',
        line: 1,
        column: 8,
        message: 'imports itself through packages/estate/src/b.ts -> packages/estate/src/a.ts',
      },
    ]);
  });

  test('sees a circle through a re-export', () => {
    write('packages/estate/src/b.ts', "import { b } from './a.ts';\nexport const a = b;");
    expect(verdictOn('packages/estate/src/a.ts', "export { a as b } from './b.ts';")).toEqual(['1:24 cycle']);
  });
});
