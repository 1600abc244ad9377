import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseSource, type SourceFile } from './source-file.ts';

const TOP_FOLDERS = ['packages', 'apps', 'bench', 'scripts'];
const SKIPPED = new Set(['node_modules', 'fixtures', 'dist', 'coverage']);
const MODULE = /\.[cm]?[jt]sx?$/;

/** Every module under `packages`, `apps`, `bench` and `scripts` of a root, by path; fixtures are left out. */
export function readTree(root: string): SourceFile[] {
  const files = TOP_FOLDERS.flatMap((top) => filesUnder(join(root, top)));
  return files.flatMap(
    (file) => parseSource(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')) ?? [],
  );
}

function filesUnder(dir: string): string[] {
  return entriesOf(dir).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesUnder(path);
    return MODULE.test(entry.name) ? [path] : [];
  });
}

function entriesOf(dir: string) {
  try {
    return readdirSync(dir, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
