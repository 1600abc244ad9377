import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Verdict } from './judge.ts';
import { rules } from './violation.ts';

const MARK = /\/\/ planted: ([a-z -]+)$/;

/**
 * What is wrong with a verdict over the planted tree: each rule of a mark `// planted: <rules>` must be found on
 * its line, nothing else must be, and every rule must be planted. Empty when the checker can be trusted.
 */
export function distrust(plantedRoot: string, verdict: Verdict): string[] {
  const expected = marksUnder(plantedRoot);
  const found = verdict.violations.map(({ path, line, rule }) => `${path}:${line} ${rule}`);
  const planted = new Set(expected.map((mark) => mark.split(' ')[1]));
  return [
    ...expected.filter((mark) => !found.includes(mark)).map((mark) => `missed ${mark}`),
    ...found.filter((mark) => !expected.includes(mark)).map((mark) => `wrongly reported ${mark}`),
    ...Object.keys(rules)
      .filter((rule) => !planted.has(rule))
      .map((rule) => `nothing planted for ${rule}`),
  ];
}

function marksUnder(root: string): string[] {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap((entry) => {
    const file = join(entry.parentPath, entry.name);
    const path = relative(root, file).split(sep).join('/');
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        const marked = MARK.exec(line)?.[1]?.split(' ') ?? [];
        return marked.map((rule) => `${path}:${index + 1} ${rule}`);
      });
  });
}
