import { parseSync, type ParseResult } from 'oxc-parser';
import { unitOf, type Unit } from './stack.ts';

/** One thing a file imports: the specifier and where it stands; undefined when it is computed. */
export type ImportSite = { readonly specifier: string | undefined; readonly offset: number };

/** A parsed file of the house. `path` is relative to the root, with `/`. */
export type SourceFile = {
  readonly path: string;
  readonly unit: Unit;
  /** A test or a benchmark: free of the purity rules. */
  readonly isTrial: boolean;
  readonly imports: readonly ImportSite[];
  readonly program: ParseResult['program'];
  readonly syntaxError: { readonly message: string; readonly offset: number } | undefined;
  /** The 1-based line and column of an offset. */
  readonly at: (offset: number) => { readonly line: number; readonly column: number };
};

/** Parses one file; undefined when it belongs to no unit. */
export function parseSource(path: string, text: string): SourceFile | undefined {
  const unit = unitOf(path);
  if (unit === undefined) return undefined;
  const parsed = parseSync(path, text);
  const [error] = parsed.errors;
  return {
    path,
    unit,
    isTrial: /\.test\.tsx?$/.test(path) || path.split('/').includes('bench'),
    imports: importsOf(parsed, text),
    get program() {
      return parsed.program;
    },
    syntaxError: error && { message: error.message, offset: error.labels[0]?.start ?? 0 },
    at: (offset) => position(text, offset),
  };
}

function importsOf({ module }: ParseResult, text: string): ImportSite[] {
  const statics = module.staticImports.map((each) => each.moduleRequest);
  const reexports = module.staticExports.flatMap((each) =>
    each.entries.flatMap((entry) => entry.moduleRequest ?? []),
  );
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    specifier: /^(['"`])([^$]*)\1$/.exec(text.slice(start, end))?.[2],
    offset: start,
  }));
  const written = [...statics, ...reexports].map(({ value, start }) => ({ specifier: value, offset: start }));
  const byOffset = new Map([...written, ...dynamic].map((site) => [site.offset, site]));
  return [...byOffset.values()].toSorted((a, b) => a.offset - b.offset);
}

function position(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
