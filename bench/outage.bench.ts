import { loadEstate } from '@holdfast/estate';
import { asMillis, present } from '@holdfast/kernel';
import { builtIn, compile, OutageSolver, scenario, type Model } from '@holdfast/outage';
import type { Benchmark, Row } from './benchmark.ts';
import { library, portfolio } from './portfolio.ts';

const start = Date.parse('2026-11-23T07:00:00Z');
const hours = (count: number): ReturnType<typeof asMillis> => asMillis(count * 3_600_000);

interface Loaded {
  readonly model: Model;
  readonly solver: OutageSolver;
  readonly row: Row;
}

function timed<T>(work: () => T): { readonly value: T; readonly ms: number } {
  const before = performance.now();
  const value = work();
  return { value, ms: performance.now() - before };
}

function median(work: () => unknown, runs = 7): number {
  work();
  const times = Array.from({ length: runs }, () => timed(work).ms).toSorted((a, b) => a - b);
  return times[Math.floor(runs / 2)] ?? Number.NaN;
}

function load(sites: number): Loaded {
  const file = portfolio(sites);
  const estate = timed(() => loadEstate([file], library));
  if (estate.value.kind === 'error') throw new TypeError(JSON.stringify(estate.value.error[0]));
  const { value } = estate.value;
  const model = timed(() => compile(value));
  const solver = timed(() => new OutageSolver(model.value));
  const row = {
    components: model.value.components.size,
    equations: model.value.system.size,
    'load ms': estate.ms,
    'compile ms': model.ms,
    'settle ms': solver.ms,
  };
  return { model: model.value, solver: solver.value, row };
}

/** Re-solving from nothing: what a scenario would cost without the event-driven core. */
const naive = (model: Model): number => timed(() => new OutageSolver(model)).ms;

function rows(sites: number): Row {
  const { model, solver, row } = load(sites);
  const built = builtIn(model, { start });
  const find = (key: string): ReturnType<typeof scenario> =>
    present(
      built.find((each) => each.key === key),
      key,
    );
  const week = scenario(
    'week',
    'A week without the cloud',
    'cloud',
    [present(model.components.get('cloud'), 'cloud')],
    { start },
    hours(168),
  );
  const local = median(() => solver.solve(find('fault:s0-core0')));
  const wide = median(() => solver.solve(find('fault:cloud')));
  const seven = median(() => {
    const answer = solver.solve(week);
    for (const each of answer.touched) answer.timeline(each);
  }, 3);
  return {
    ...row,
    'one switch ms': local,
    'the cloud of all ms': wide,
    'seven days, all timelines ms': seven,
    'from nothing ms': naive(model),
    ratio: naive(model) / local,
    'rss MB': Math.round(process.memoryUsage().rss / 2 ** 20),
  };
}

function singles(sites: number): Row {
  const { model, solver, row } = load(sites);
  const all = [...model.components.values()].map((each) =>
    scenario(each.key, each.key, 'any', [each], { start }, hours(4)),
  );
  const { ms } = timed(() => {
    for (const each of all) solver.solve(each);
  });
  return {
    components: row['components'] ?? 0,
    'all single faults ms': ms,
    'each µs': (ms * 1000) / all.length,
  };
}

const sizes = (process.env['HOLDFAST_BENCH_SITES'] ?? '42,418').split(',').map(Number);

export const benchmarks: readonly Benchmark[] = [
  { name: 'scenarios of a portfolio (the baseline solves from nothing)', run: () => sizes.map(rows) },
  { name: 'every single fault, four hours', run: () => sizes.map(singles) },
];
