import { everyPair, Matcher, readAdvisory, type Advisory } from '@holdfast/exposure';
import type { Benchmark, Row } from './benchmark.ts';
import { fleet } from './exposure-fleet.ts';

const advisoryCount = Number(process.env['HOLDFAST_BENCH_ADVISORIES'] ?? '2000');
const deviceCount = Number(process.env['HOLDFAST_BENCH_DEVICES'] ?? '100000');
/** So many devices say how long the plain loop would take for all. */
const sampled = 50;

function timed<T>(work: () => T): { readonly value: T; readonly ms: number } {
  const before = performance.now();
  const value = work();
  return { value, ms: performance.now() - before };
}

function read(files: readonly { readonly name: string; readonly text: string }[]): readonly Advisory[] {
  return files.flatMap((file) => {
    const found = readAdvisory(file);
    if (found.kind === 'error' || found.value.kind !== 'advisory')
      throw new TypeError(`${file.name} is no advisory`);
    return [found.value.advisory];
  });
}

/** All verdicts, counted and written as lines, as the command does. */
function matchAll(matcher: Matcher, devices: ReturnType<typeof fleet>['devices']): number {
  let lines = 0;
  for (const [row, device] of devices.entries())
    for (const match of matcher.match(device))
      lines += JSON.stringify({ row, ...device, ...match }).length > 0 ? 1 : 0;
  return lines;
}

function wholeRow(): Row {
  const { advisories: files, devices } = fleet(advisoryCount, deviceCount);
  const advisories = timed(() => read(files));
  const matcher = timed(() => new Matcher(advisories.value));
  const matched = timed(() => matchAll(matcher.value, devices));
  const plain = timed(() =>
    devices.slice(0, sampled).map((each) => everyPair(each, advisories.value).length),
  );
  const plainMs = (plain.ms / sampled) * devices.length;
  return {
    advisories: files.length,
    devices: devices.length,
    lines: matched.value,
    'read ms': advisories.ms,
    'index ms': matcher.ms,
    'match ms': matched.ms,
    'devices/s': Math.round((devices.length / matched.ms) * 1000),
    'plain loop devices/s': Math.round((sampled / plain.ms) * 1000),
    ratio: plainMs / (matcher.ms + matched.ms),
    'peak MiB': Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

function oneRow(): Row {
  const { advisories: files, devices } = fleet(20, deviceCount);
  const times = files.map((file) => timed(() => matchAll(new Matcher(read([file])), devices)).ms);
  const device = devices[0];
  const { value: matcher } = timed(() => new Matcher(read(fleet(advisoryCount, 1).advisories)));
  const changed = timed(() =>
    device === undefined ? [] : matcher.match({ ...device, firmware: 'V1.2.3 build 1' }),
  );
  const sorted = times.toSorted((a, b) => a - b);
  return {
    devices: devices.length,
    'one new advisory, median ms': sorted[sorted.length >> 1] ?? Number.NaN,
    'worst ms': sorted.at(-1) ?? Number.NaN,
    'one changed device ms': changed.ms,
  };
}

export const benchmarks: readonly Benchmark[] = [
  { name: 'all devices against all advisories (the baseline compares every pair)', run: () => [wholeRow()] },
  { name: 'one new advisory, and one changed device', run: () => [oneRow()] },
];
