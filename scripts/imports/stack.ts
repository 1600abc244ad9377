const below = {
  kernel: [],
  estate: ['kernel'],
  importers: ['estate', 'kernel'],
  topology: ['estate', 'kernel'],
  governance: ['estate', 'kernel'],
  contract: ['estate', 'kernel'],
  faulttree: ['kernel'],
  outage: ['faulttree', 'topology', 'estate', 'kernel'],
  segmentation: ['topology', 'estate', 'kernel'],
  exposure: ['estate', 'kernel'],
  audit: ['outage', 'faulttree', 'segmentation', 'exposure', 'topology', 'estate', 'kernel'],
  report: ['audit', 'outage', 'faulttree', 'segmentation', 'exposure', 'topology', 'estate', 'kernel'],
} as const satisfies Record<string, readonly string[]>;

const packagesBelow: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(below));

/** The package for tests alone: importable from tests and `bench/` only. */
export const TESTING = 'testing';

/** A folder that imports as one: `packages/estate`, `apps/cli`, or `bench` and `scripts` at the root. */
export type Unit = { readonly kind: 'package' | 'app' | 'root'; readonly name: string; readonly dir: string };

/** The unit that holds a file, given its path from the root with `/`; undefined outside every unit. */
export function unitOf(path: string): Unit | undefined {
  const [top = '', name = ''] = path.split('/');
  if (top === 'packages' && name !== '') return { kind: 'package', name, dir: `${top}/${name}` };
  if (top === 'apps' && name !== '') return { kind: 'app', name, dir: `${top}/${name}` };
  if (top === 'bench' || top === 'scripts') return { kind: 'root', name: top, dir: top };
  return undefined;
}

/** Whether the stack knows this package. `drivers-*` are one family, on the kernel alone. */
function isKnownPackage(name: string): boolean {
  return packagesBelow.has(name) || name === TESTING || name.startsWith('drivers-');
}

/**
 * Why `from` must not import the package `to`, or undefined when it may.
 * `testing` is judged apart, because there it is the file that counts.
 */
export function stackObjection(from: Unit, to: string): string | undefined {
  if (!isKnownPackage(to))
    return `@holdfast/${to} is not in the stack (an app, or a package to add to scripts/imports/stack.ts)`;
  if (from.kind === 'package' && !isKnownPackage(from.name))
    return `packages/${from.name} is not in scripts/imports/stack.ts`;
  if (to === TESTING || mayImport(from, to)) return undefined;
  return `${from.dir} may not import @holdfast/${to}: it is not below it in the stack`;
}

function mayImport(from: Unit, to: string): boolean {
  if (from.kind === 'app' && from.name === 'console') return to === 'contract' || to === 'estate';
  if (from.kind !== 'package' || from.name === TESTING) return true;
  if (from.name.startsWith('drivers-')) return to === 'kernel';
  return packagesBelow.get(from.name)?.includes(to) ?? false;
}
