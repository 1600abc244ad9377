import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

const loader = JSON.stringify(new URL('load-estate.ts', import.meta.url).href);

/** Loads a file that repeats a part, in a process of its own with a heap of so many megabytes. */
function inside(
  part: string,
  times: number,
  megabytes: number,
): { readonly status: number | null; readonly code: string } {
  const work = `
    const { loadEstate } = await import(${loader});
    const text = 'holdfast: 1\\nsites: { h: { name: H, timeZone: UTC } }\\nx: [' + ${JSON.stringify(part)}.repeat(${times}) + ']';
    const result = loadEstate([{ name: 'a.yaml', text }]);
    console.log(result.kind === 'error' ? result.error[0].code : 'ok');`;
  const { status, stdout } = spawnSync(
    process.execPath,
    [`--max-old-space-size=${megabytes}`, '--input-type=module', '-e', work],
    { encoding: 'utf8' },
  );
  return { status, code: stdout.trim() };
}

describe('the largest files that are read need at most 1.6 GB', () => {
  test.each([
    ['&a {a: b},', 40_000],
    ['&a b,', 100_000],
    ['!a b,', 100_000],
    ['"a\\a",', 50_000],
    ['a,', 7_500_000],
  ])('%s', (part, times) => {
    expect(inside(part, times, 1600)).toMatchObject({
      status: 0,
      code: expect.stringMatching(/^(?:key-unknown|yaml-syntax)$/) as string,
    });
  });

  test.each([
    ['&a {a: b},', 300_000],
    ['&a b,', 600_000],
    ['!a b,', 600_000],
    ['"a\\a",', 300_000],
  ])('%s, more often than is read, is refused within the same', (part, times) => {
    expect(inside(part, times, 1600)).toEqual({ status: 0, code: 'yaml-limit' });
  });

  test('the limit of this test can be missed', () => {
    expect(inside('a,', 7_500_000, 60).status).not.toBe(0);
  });
});
