#!/usr/bin/env node
// Runs ../src/main.ts on the project's Node, whatever Node started this file (>= 18).

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';

const MAJOR = 24;
const here = realpathSync(fileURLToPath(import.meta.url));
const root = dirname(dirname(dirname(dirname(here))));
const main = join(dirname(dirname(here)), 'src', 'main.ts');
const projectNode = join(root, 'node_modules', 'node', 'bin', 'node');

function majorOf(version) {
  return Number(version.replace(/^v/, '').split('.')[0]);
}

/** The first `node` in PATH that is new enough, or undefined. */
function nodeInPath() {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders
    .map((folder) => join(folder, 'node'))
    .filter((file) => existsSync(file))
    .find((file) => majorOf(spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout ?? '') >= MAJOR);
}

/** The Node to run on: 'this' process, the path of another, or undefined. */
function chooseNode() {
  if (existsSync(projectNode)) return realpathSync(projectNode) === process.execPath ? 'this' : projectNode;
  return majorOf(process.version) >= MAJOR ? 'this' : nodeInPath();
}

async function runHere() {
  // Left alone, the heap of a portfolio's audit grows to twice what lives in it before it is collected.
  v8.setFlagsFromString('--heap-growing-percent=30');
  // Keeps the stripped TypeScript between runs; does nothing where it cannot write.
  module.enableCompileCache?.(join(root, 'node_modules', '.cache', 'holdfast'));
  process.argv[1] = here;
  await import(main);
}

// A terminal sends Ctrl-C and its hang-up to the child as well: forwarding would make it two.
function signalsToForward() {
  const fromTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  return ['SIGTERM', 'SIGUSR1', 'SIGUSR2', ...(fromTerminal ? [] : ['SIGINT', 'SIGHUP', 'SIGQUIT'])];
}

function runOn(node) {
  const child = spawn(node, [...process.execArgv, here, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGQUIT']) process.on(signal, () => {});
  for (const signal of signalsToForward()) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${node} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 2);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function fail(message) {
  process.stderr.write(`holdfast: ${message}\n`);
  process.exit(2);
}

const node = existsSync(join(root, 'node_modules')) ? chooseNode() : 'missing';
if (node === 'missing') fail(`nothing is installed yet. Run: npm ci --prefix ${root}`);
else if (node === undefined) {
  fail(
    `needs Node ${MAJOR} or later; this is ${process.version}. Run npm ci in ${root}, or install Node ${MAJOR}.`,
  );
} else if (node === 'this') await runHere();
else runOn(node);
