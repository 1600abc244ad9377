/** The rules, each with what it demands. */
export const rules = {
  stack: 'packages import only what is below them; engines, and apps, never each other',
  'testing-only': '@holdfast/testing is imported from tests and bench/ alone',
  'deep-import': 'another package is imported by its name, never by a path inside it',
  'relative-escape': 'a relative import stays inside its own package',
  'computed-import': 'a package imports by a literal name, so that it can be checked',
  builtin: 'a package imports no Node builtin (the kernel: hash functions of node:crypto)',
  ambient: 'a package uses no clock, chance, environment, console, network or timer: they come as ports',
  cycle: 'files do not import each other in a circle',
  syntax: 'a file can be parsed',
} as const;

export type Rule = keyof typeof rules;

/** One breach of a rule; `line` and `column` count from 1. */
export type Violation = {
  readonly rule: Rule;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
};
