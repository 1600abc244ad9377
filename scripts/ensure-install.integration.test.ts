import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const FAKE_NPM = `
const { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } = require('node:fs');
appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n');
rmSync('node_modules', { recursive: true, force: true });
mkdirSync('node_modules');
setTimeout(() => {
  if (existsSync('broken')) process.exit(1);
  writeFileSync('node_modules/.package-lock.json', '{}');
}, 100);
`;

let root: string;
const at = (path: string) => join(root, path);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'install-'));
  mkdirSync(at('scripts'));
  cpSync(join(import.meta.dirname, 'ensure-install.mjs'), at('scripts/ensure-install.mjs'));
  writeFileSync(at('npm-cli.js'), FAKE_NPM);
  writeFileSync(at('package-lock.json'), '{}');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function ensure(...args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const env = { ...process.env, npm_execpath: at('npm-cli.js'), npm_node_execpath: '' };
  const child = spawn(process.execPath, [at('scripts/ensure-install.mjs'), ...args], { env });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

function installs(): number {
  return existsSync(at('calls')) ? readFileSync(at('calls'), 'utf8').trim().split('\n').length : 0;
}

test('installs once, and says so', async () => {
  expect(await ensure()).toEqual({ code: 0, said: 'holdfast: first run: running npm ci\n' });
  expect(await ensure()).toEqual({ code: 0, said: '' });
  expect(installs()).toBe(1);
  expect(existsSync(at('.holdfast-install'))).toBe(false);
});

test('installs again when the lock file has changed', async () => {
  await ensure();
  writeFileSync(at('package-lock.json'), '{ }');
  expect(await ensure()).toMatchObject({ said: 'holdfast: dependencies are out of date: running npm ci\n' });
  expect(installs()).toBe(2);
});

test('installs again after an interrupted install', async () => {
  await ensure();
  rmSync(at('node_modules/.package-lock.json'));
  await ensure();
  expect(installs()).toBe(2);
});

test('trusts an install that npm has just done', async () => {
  mkdirSync(at('node_modules'));
  writeFileSync(at('node_modules/.package-lock.json'), '{}');
  await ensure('--installed');
  expect(await ensure()).toEqual({ code: 0, said: '' });
  expect(installs()).toBe(0);
});

test('installs once when two run at once', async () => {
  const runs = await Promise.all([ensure(), ensure(), ensure()]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(installs()).toBe(1);
});

test('takes over from a run that died', async () => {
  mkdirSync(at('.holdfast-install'));
  writeFileSync(at('.holdfast-install/pid'), '999999999');
  expect(await ensure()).toMatchObject({ code: 0 });
  expect(installs()).toBe(1);
});

test('ends with 2 when npm fails, and tries again the next time', async () => {
  writeFileSync(at('broken'), '');
  expect(await ensure()).toMatchObject({ code: 2 });
  rmSync(at('broken'));
  expect(await ensure()).toMatchObject({ code: 0 });
  expect(installs()).toBe(2);
});
