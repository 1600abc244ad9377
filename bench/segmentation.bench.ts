import {
  permits,
  PermittedSet,
  prefixOf,
  programOf,
  readNeutral,
  shadowed,
  type Clause,
  type Firewall,
  type Packet,
} from '@holdfast/segmentation';
import { boundaryPackets, Dice, judge } from '@holdfast/testing';
import type { Benchmark, Row } from './benchmark.ts';
import { ruleList } from './rule-list.ts';

const sizes = (process.env['HOLDFAST_BENCH_RULES'] ?? '1000,10000,100000').split(',').map(Number);
/** The exact set of a longer list takes minutes and gigabytes. */
const longestWhole = 10_000;

function timed<T>(work: () => T): { readonly value: T; readonly ms: number } {
  const before = performance.now();
  const value = work();
  return { value, ms: performance.now() - before };
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

function list(count: number): { readonly firewall: Firewall; readonly ms: number } {
  const text = ruleList(count);
  const { value, ms } = timed(() => readNeutral({ name: 'rules.txt', text }));
  if (value.kind === 'error') throw new TypeError(JSON.stringify(value.error[0]));
  return { firewall: value.value, ms };
}

/** Questions from one VLAN or building to another, the same each time. */
function questions(): readonly Clause[] {
  const dice = new Dice(7);
  const prefix = (): string =>
    dice.chance(0.7)
      ? `10.${dice.between(0, 23)}.${dice.between(0, 9)}.0/24`
      : `10.${dice.between(0, 23)}.0.0/16`;
  const set = (text: string): Clause['src'] & object => [prefixOf(text) ?? { low: 0n, high: 0n }];
  return Array.from({ length: 200 }, () => ({ src: set(prefix()), dst: set(prefix()) }));
}

/** What one packet costs a reader that tries rule after rule; to answer a question it would have to try many. */
function naive(firewall: Firewall): number {
  const packets: readonly Packet[] = boundaryPackets(firewall, 20, 1);
  return median(packets.map((packet) => timed(() => judge(firewall, 'forward', packet)).ms));
}

function row(count: number): Row {
  const { firewall, ms } = list(count);
  const program = timed(() => programOf(firewall));
  const found = timed(() => shadowed(program.value));
  const asked = questions().map((each) => timed(() => permits(program.value, 'forward', each)));
  const linear = naive(firewall);
  const yesNo = median(asked.map((each) => each.ms));
  return {
    rules: count,
    'read ms': ms,
    'program ms': program.ms,
    shadowed: found.value.length,
    'shadowed ms': found.ms,
    yes: asked.filter(({ value }) => value.verdict === 'yes').length,
    'yes/no median ms': yesNo,
    'yes/no p95 ms': asked.map((each) => each.ms).toSorted((a, b) => a - b)[190] ?? Number.NaN,
    'naive packet ms': linear,
    ratio: linear / yesNo,
  };
}

function withExponents(rows: readonly Row[]): readonly Row[] {
  const growth = (key: string, index: number): number | string => {
    const [before, now] = [rows[index - 1], rows[index]];
    if (before === undefined || now === undefined) return '';
    return (
      Math.log(Number(now[key]) / Number(before[key])) /
      Math.log(Number(now['rules']) / Number(before['rules']))
    );
  };
  return rows.map((each, index) => ({
    ...each,
    'shadowed exponent': growth('shadowed ms', index),
    'yes/no exponent': growth('yes/no median ms', index),
  }));
}

function setRow(count: number): Row {
  const { firewall } = list(count);
  const program = programOf(firewall);
  const set = timed(() => new PermittedSet(program, 'forward', {}));
  const sliced = timed(
    () => new PermittedSet(program, 'forward', { src: [prefixOf('10.1.0.0/16') ?? { low: 0n, high: 0n }] }),
  );
  const linear = naive(firewall);
  return {
    rules: count,
    'whole set ms': set.ms,
    nodes: set.value.size,
    'set of one building ms': sliced.ms,
    'naive packet ms': linear,
    'ratio to naive packets': set.ms / linear,
  };
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: 'shadowed rules and yes/no with witness (the baseline reads rule after rule)',
    run: () => {
      row(1000);
      return withExponents(sizes.map(row));
    },
  },
  {
    name: 'the exact set that a list permits',
    run: () => sizes.filter((each) => each <= longestWhole).map(setRow),
  },
];
