import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = import.meta.dirname;

/** Runs `scripts/test.ts` on one test file of the given text; says how it ended, and its last line. */
async function ends(text: string): Promise<{ readonly code: number | null; readonly last: string }> {
  const place = await mkdtemp(join(folder, 'counted-'));
  try {
    await writeFile(join(place, 'a.test.ts'), text);
    const env = { ...process.env, VITEST: undefined, VITEST_WORKER_ID: undefined, VITEST_POOL_ID: undefined };
    const child = spawn(
      process.execPath,
      [join(folder, 'test.ts'), '--project', 'unit', join(place, 'a.test.ts')],
      {
        cwd: join(folder, '..'),
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    let out = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, last: out.trimEnd().split('\n').at(-1) ?? '' };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

const head = "import { expect, test } from 'vitest';\n";

describe('the last line of a test run', () => {
  it.each([
    ['all that passed', `${head}test('a', () => expect(1).toBe(1));`, 0, '1 passed, 0 failed, 0 skipped'],
    ['one that failed', `${head}test('a', () => expect(1).toBe(2));`, 1, '0 passed, 1 failed, 0 skipped'],
    [
      'a line that somebody left open',
      `${head}test('a', () => void process.stdout.write('no end of line'));`,
      0,
      '1 passed, 0 failed, 0 skipped',
    ],
    ['a file that is no code', 'import {', 1, '0 passed, 1 failed, 0 skipped'],
  ])('counts %s', async (_, text, code, last) => {
    expect(await ends(text)).toEqual({ code, last });
  });

  it('is there although no test was', async () => {
    expect(await ends('export {};')).toMatchObject({
      code: 1,
      last: expect.stringMatching(/^0 passed, \d failed/u) as string,
    });
  });
});
