import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { judgeTree } from './imports/judge.ts';
import { distrust } from './imports/planted.ts';
import { rules, type Violation } from './imports/violation.ts';

/** What a run prints and how it ends: 0 clean, 1 violations, 2 the check itself cannot be trusted. */
export type Outcome = { readonly exitCode: 0 | 1 | 2; readonly lines: readonly string[] };

/** Checks the import rule under `root`, after proving on `plantedRoot` that it still sees every planted breach. */
export function checkImports(root: string, plantedRoot: string): Outcome {
  const problems = distrust(plantedRoot, judgeTree(plantedRoot));
  if (problems.length > 0) return { exitCode: 2, lines: ['the import rule is broken:', ...problems] };
  const { modules, packageModules, violations } = judgeTree(root);
  if (packageModules === 0)
    return { exitCode: 2, lines: [`no modules under ${join(root, 'packages')}: nothing was checked`] };
  if (violations.length > 0) return { exitCode: 1, lines: describe(violations) };
  return { exitCode: 0, lines: [`${modules} modules keep the import rule`] };
}

function describe(violations: readonly Violation[]): string[] {
  const broken = new Set(violations.map(({ rule }) => rule));
  return [
    ...violations.map(
      ({ path, line, column, rule, message }) => `${path}:${line}:${column} ${rule}: ${message}`,
    ),
    ...[...broken].map((rule) => `rule ${rule}: ${rules[rule]}`),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = process.argv[2] ?? join(import.meta.dirname, '..');
  const { exitCode, lines } = checkImports(root, join(import.meta.dirname, 'fixtures', 'planted'));
  console.log(lines.join('\n'));
  process.exitCode = exitCode;
}
