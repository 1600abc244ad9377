import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit, auditDocument } from '@holdfast/audit';
import { loadEstate } from '@holdfast/estate';
import type { Benchmark, Row } from './benchmark.ts';
import { library, portfolio } from './portfolio.ts';

const root = join(import.meta.dirname, '..');
const command = join(root, 'apps', 'cli', 'bin', 'holdfast.mjs');

interface Spent {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly megabytesOut: number;
}

/** Runs a command as from a shell, and reads its peak memory as the kernel counts it while it runs. */
async function spend(args: readonly string[]): Promise<Spent> {
  const before = performance.now();
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = 0;
  let peak = 0;
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.length));
  const watch = setInterval(() => (peak = Math.max(peak, peakOf(child.pid))), 100);
  const [code]: readonly unknown[] = await once(child, 'close');
  clearInterval(watch);
  if (code !== 0 && code !== 1) throw new Error(`holdfast ${args.join(' ')} exits ${String(code)}`);
  return {
    seconds: (performance.now() - before) / 1000,
    peakMegabytes: peak,
    megabytesOut: out / 1e6,
  };
}

/** Megabytes; 0 where the process is gone. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

/** The audit in this process, without reading, writing and starting. */
function core(sites: number): number {
  const estate = loadEstate([portfolio(sites)], library);
  if (estate.kind === 'error') throw new TypeError(JSON.stringify(estate.error[0]));
  const before = performance.now();
  const done = audit(estate.value, { start: Date.parse('2026-11-23T07:00:00Z'), today: '2026-11-23' });
  if (done.kind === 'error') throw new TypeError(JSON.stringify(done.error[0]));
  auditDocument(done.value);
  return (performance.now() - before) / 1000;
}

async function row(sites: number, folder: string): Promise<Row> {
  const { name, text } = portfolio(sites);
  const file = join(folder, name);
  writeFileSync(file, text);
  const table = await spend(['audit', file]);
  const json = await spend(['audit', file, '--format', 'json']);
  return {
    devices: text.split('"kind":"device"').length - 1,
    'core s': core(sites),
    'table s': table.seconds,
    'table peak MB': table.peakMegabytes,
    'json s': json.seconds,
    'json peak MB': json.peakMegabytes,
    'json MB': json.megabytesOut,
    'table / branch': table.seconds / (await spend(['audit', join(root, 'samples', 'branch')])).seconds,
  };
}

const sizes = (process.env['HOLDFAST_BENCH_AUDIT_SITES'] ?? '1,10,443').split(',').map(Number);

async function rows(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    const out: Row[] = [];
    for (const sites of sizes) out.push(await row(sites, folder));
    return out;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const benchmarks: readonly Benchmark[] = [
  { name: 'holdfast audit from the shell (the baseline audits the sample branch)', run: rows },
];
