// Runs bench/<name>.bench.ts for each name given, or all of them: npm run bench -- <name>...
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { BenchmarkModule, Row } from './benchmark.ts';

const SUFFIX = '.bench.ts';
const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length))
  .toSorted();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));

if (unknown.length > 0 || all.length === 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are: ${all.join(', ') || 'none'}`);
  process.exitCode = 2;
} else {
  console.log(machine());
  for (const name of asked.length > 0 ? asked : all) await runModule(name);
}

function machine(): string {
  const cores = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${cores[0]?.model.trim() ?? 'unknown processor'}, ${cores.length} cores, ${memory}, Node ${process.version}`;
}

async function runModule(name: string): Promise<void> {
  // The convention of this folder: every *.bench.ts exports a BenchmarkModule.
  const { benchmarks } = (await import(join(import.meta.dirname, name + SUFFIX))) as BenchmarkModule;
  for (const benchmark of benchmarks) {
    console.log(`\n${name}: ${benchmark.name}\n${table(await benchmark.run())}`);
  }
}

function table(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cells = [columns, ...rows.map((row) => columns.map((column) => show(row[column])))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, index) => align(cell, widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function show(value: string | number | undefined): string {
  if (typeof value !== 'number') return value ?? '';
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}

/** Numbers to the right, words to the left. */
function align(cell: string, width: number): string {
  return /^-?[\d.]/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
}
