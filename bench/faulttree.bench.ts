import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOpenPsa, solve, type FaultGraph } from '@holdfast/faulttree';
import type { Benchmark, Row } from './benchmark.ts';

const root = join(import.meta.dirname, '..');
const command = join(root, 'apps', 'cli', 'bin', 'holdfast.mjs');
const folder = join(root, '..', 'shared', 'data', 'aralia');

interface Baseline {
  readonly model: string;
  /** The faster of SCRAM's two engines. */
  readonly scram: number;
  readonly zbdd: number;
}

function baselines(): readonly Baseline[] {
  if (!existsSync(join(folder, 'counts.tsv'))) return [];
  const lines = readFileSync(join(folder, 'counts.tsv'), 'utf8').trim().split('\n').slice(1);
  return lines
    .map((line) => line.split('\t'))
    .filter(([, , , count]) => count !== '')
    .map(([model = '', , , , bdd, zbdd]) => ({
      model,
      scram: Math.min(Number(bdd), Number(zbdd)),
      zbdd: Number(zbdd),
    }));
}

function graphOf(model: string): FaultGraph {
  const name = join(folder, `${model}.xml`);
  const read = readOpenPsa({ name, text: readFileSync(name, 'utf8') });
  if (read.kind === 'error') throw new TypeError(JSON.stringify(read.error[0]));
  return read.value.tree.graph;
}

/** The best of several runs, for another's work on the machine only ever adds. */
function best(runs: number, work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const before = performance.now();
    work();
    return performance.now() - before;
  });
  return Math.min(...times);
}

/** The milliseconds of the solve as the command says them, in a process that has solved nothing before. */
function cold(model: string): number {
  const args = [command, 'faulttree', 'cuts', join(folder, `${model}.xml`), '--format', 'json'];
  return best3(() => {
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return (JSON.parse(stdout) as { readonly milliseconds: { readonly solve: number } }).milliseconds.solve;
  });
}

const best3 = (measure: () => number): number => Math.min(measure(), measure(), measure());

function all(): readonly Row[] {
  const rows = baselines().map(({ model, scram }) => {
    const graph = graphOf(model);
    const warm = best(5, () => solve(graph));
    const first = cold(model);
    return {
      model,
      'warm ms': warm,
      'cold ms': first,
      'SCRAM ms': scram,
      ratio: warm / scram,
      'cold ratio': first / scram,
    };
  });
  const large = rows.filter((row) => row['SCRAM ms'] >= 10);
  const mean = (key: 'ratio' | 'cold ratio'): number =>
    Math.exp(large.reduce((sum, row) => sum + Math.log(row[key]), 0) / large.length);
  const means = { model: 'geometric mean, SCRAM >= 10 ms', 'warm ms': '', 'cold ms': '', 'SCRAM ms': '' };
  return [...rows, { ...means, ratio: mean('ratio'), 'cold ratio': mean('cold ratio') }];
}

/** SCRAM's time is that of its ZBDD without a limit: what it takes for order 3 alone is not in the table. */
function limited(): readonly Row[] {
  return [
    ...baselines().map((each) => ({ ...each, order: 3 })),
    { model: 'nus9601', zbdd: Number.NaN, order: 4 },
  ].map(({ model, zbdd, order }) => {
    const graph = graphOf(model);
    const warm = best(3, () => solve(graph, { order }));
    return { model, order, 'warm ms': warm, 'SCRAM ZBDD, all orders, ms': zbdd, ratio: warm / zbdd };
  });
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: 'all minimal cut sets of the Aralia trees (the baseline is SCRAM 0.16.2, on another day)',
    run: all,
  },
  { name: 'minimal cut sets to an order', run: limited },
];
