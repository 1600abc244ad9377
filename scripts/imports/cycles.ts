import { posix } from 'node:path';
import type { SourceFile } from './source-file.ts';

/** A circle of files: it begins at the import of `file` at `offset` and comes back to `file`. */
export type Cycle = {
  readonly file: SourceFile;
  readonly offset: number;
  readonly through: readonly string[];
};

type Edge = { readonly to: string; readonly offset: number };
type Graph = ReadonlyMap<string, readonly Edge[]>;

/** Shortest circles, until every file that lies on one is in one of them; imports of types count as well. */
export function findCycles(files: readonly SourceFile[]): Cycle[] {
  const paths = new Set(files.map((file) => file.path));
  const graph = new Map(files.map((file) => [file.path, edgesOf(file, paths)]));
  const known = new Set<string>();
  return files.flatMap((file) => {
    if (known.has(file.path)) return [];
    const way = shortestWayBack(graph, file.path);
    if (way === undefined) return [];
    for (const path of way) known.add(path);
    const offset = graph.get(file.path)?.find((edge) => edge.to === way[0])?.offset ?? 0;
    return [{ file, offset, through: way }];
  });
}

function edgesOf(file: SourceFile, paths: ReadonlySet<string>): Edge[] {
  return file.imports.flatMap(({ specifier, offset }) => {
    const to = specifier === undefined ? undefined : resolve(file.path, specifier);
    return to !== undefined && paths.has(to) ? [{ to, offset }] : [];
  });
}

function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  const name = /^@holdfast\/([^/]+)$/.exec(specifier)?.[1];
  return name === undefined ? undefined : `packages/${name}/src/index.ts`;
}

/** The files after `start` on the shortest way from it back to it, `start` last; breadth first. */
function shortestWayBack(graph: Graph, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const at of queue) {
    for (const { to } of graph.get(at) ?? []) {
      if (to === start) return [...wayTo(at, start, cameFrom), start];
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, at);
      queue.push(to);
    }
  }
  return undefined;
}

function wayTo(end: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way: string[] = [];
  for (let at = end; at !== start; at = cameFrom.get(at) ?? start) way.unshift(at);
  return way;
}
