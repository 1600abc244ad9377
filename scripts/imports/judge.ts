import { findCycles } from './cycles.ts';
import { mustBePure, objectToImports, type Objection } from './import-rules.ts';
import { objectToAmbient } from './purity.ts';
import { readTree } from './read-tree.ts';
import type { SourceFile } from './source-file.ts';
import type { Violation } from './violation.ts';

/** What was seen under a root: how many modules, how many of them in packages, and every breach, by file and line. */
export type Verdict = {
  readonly modules: number;
  readonly packageModules: number;
  readonly violations: readonly Violation[];
};

/** Reads every module under the root and holds it against the import rule. */
export function judgeTree(root: string): Verdict {
  const files = readTree(root);
  const violations = [...files.flatMap(judgeFile), ...judgeCycles(files)];
  return {
    modules: files.length,
    packageModules: files.filter((file) => file.unit.kind === 'package').length,
    violations: violations.toSorted(byPlace),
  };
}

function judgeFile(file: SourceFile): Violation[] {
  if (file.syntaxError !== undefined) return [violation(file, { rule: 'syntax', ...file.syntaxError })];
  const ambient = mustBePure(file) ? objectToAmbient(file) : [];
  return [...objectToImports(file), ...ambient].map((each) => violation(file, each));
}

function judgeCycles(files: readonly SourceFile[]): Violation[] {
  return findCycles(files).map(({ file, offset, through }) =>
    violation(file, { rule: 'cycle', offset, message: `imports itself through ${through.join(' -> ')}` }),
  );
}

function violation(file: SourceFile, { rule, offset, message }: Objection): Violation {
  return { rule, path: file.path, ...file.at(offset), message };
}

function byPlace(a: Violation, b: Violation): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
