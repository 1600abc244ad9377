import { spawn, type ChildProcess } from 'node:child_process';
import {
  constants,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const MAIN = `
const [what = ''] = process.argv.slice(2);
if (what === 'wait') {
  process.on('SIGTERM', () => process.exit(7));
  setInterval(() => {}, 1000);
  console.log('ready');
} else if (what === 'die') process.kill(process.pid, 'SIGKILL');
else {
  console.log(process.execPath + ' ' + process.argv.slice(2).join(' '));
  process.exitCode = 3;
}
`;

let root: string;
let launcher: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'launcher-')));
  launcher = join(root, 'apps', 'cli', 'bin', 'holdfast.mjs');
  cpSync(join(import.meta.dirname, 'holdfast.mjs'), launcher);
  mkdirSync(join(root, 'apps', 'cli', 'src'));
  writeFileSync(join(root, 'apps', 'cli', 'src', 'main.ts'), MAIN);
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Gives the tree a Node of its own, as npm would, and returns its path. */
function bringNode(): string {
  const bin = join(root, 'node_modules', 'node', 'bin');
  mkdirSync(bin, { recursive: true });
  copyFileSync(process.execPath, join(bin, 'node'), constants.COPYFILE_FICLONE);
  return join(bin, 'node');
}

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [launcher, ...args]);
}

function finish(
  child: ChildProcess,
): Promise<{ code: number | null; signal: string | null; out: string; err: string }> {
  const text = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk) => (text.out += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk) => (text.err += chunk));
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, ...text })));
}

test('says how to install when nothing is installed', async () => {
  const { code, err } = await finish(start());
  expect(code).toBe(2);
  expect(err).toBe(`holdfast: nothing is installed yet. Run: npm ci --prefix ${root}\n`);
});

test('runs here when this Node is new enough and the project brought none', async () => {
  mkdirSync(join(root, 'node_modules'));
  expect(await finish(start('estate', 'check'))).toMatchObject({
    code: 3,
    out: `${process.execPath} estate check\n`,
    err: '',
  });
});

test('also through a link, as npm makes it', async () => {
  mkdirSync(join(root, 'node_modules'));
  const link = join(root, 'holdfast');
  symlinkSync(launcher, link);
  expect(await finish(spawn(process.execPath, [link]))).toMatchObject({ code: 3 });
});

test("runs on the project's Node, with its exit code", async () => {
  const node = bringNode();
  expect(await finish(start('estate', 'check'))).toMatchObject({
    code: 3,
    out: `${node} estate check\n`,
    err: '',
  });
});

test('passes a signal on and waits for the child', async () => {
  bringNode();
  const child = start('wait');
  child.stdout?.once('data', () => child.kill('SIGTERM'));
  expect(await finish(child)).toMatchObject({ code: 7 });
});

test('dies as its child died', async () => {
  bringNode();
  expect(await finish(start('die'))).toMatchObject({ code: null, signal: 'SIGKILL' });
});
