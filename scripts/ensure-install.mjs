// Installs the locked dependencies when they are missing, stale or half there.
// Plain JavaScript for any Node >= 20: it runs before anything is installed.
//
//   node scripts/ensure-install.mjs              installs when it must
//   node scripts/ensure-install.mjs --installed  npm has just installed: stamp it

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.holdfast-lock');
const lockDir = join(root, '.holdfast-install');
const ownerFile = join(lockDir, 'pid');
const projectNode = join(modules, 'node', 'bin', 'node');

const POLL_MS = 50;
/** A lock folder without an owner file is one being made, or left by a crash. */
const OWNERLESS_MS = 5_000;

class InstallError extends Error {}

function say(line) {
  process.stderr.write(`holdfast: ${line}\n`);
}

/** The lock file's bytes and the machine they were installed for. */
function wantedStamp() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  return `${hash.digest('hex')} ${process.platform}-${process.arch}\n`;
}

function readOr(file, fallback) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return fallback;
  }
}

// npm writes .package-lock.json last, and `npm ci` deletes node_modules first:
// an interrupted install lacks one file or the other.
function isInstalled() {
  return readOr(stampFile, '') === wantedStamp() && existsSync(join(modules, '.package-lock.json'));
}

/** Refuses an install that would leave npm scripts on a Node that is too old. */
function requireNode24() {
  if (existsSync(projectNode)) return;
  if (Number(process.versions.node.split('.')[0]) >= 24) return;
  throw new InstallError(
    `npm brought no Node 24 and this one is ${process.version}. ` +
      'Allow the install script of the package `node` (npm rebuild node --ignore-scripts=false), or install Node 24.',
  );
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function ownerIsGone() {
  const owner = Number(readOr(ownerFile, ''));
  if (owner > 0) return !isAlive(owner);
  try {
    return Date.now() - statSync(lockDir).mtimeMs > OWNERLESS_MS;
  } catch {
    return false; // released meanwhile: the next attempt takes it
  }
}

function tryLock() {
  try {
    mkdirSync(lockDir);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(ownerFile, String(process.pid));
  return true;
}

function unlock() {
  rmSync(lockDir, { recursive: true, force: true });
}

const pause = () => new Promise((resolve) => setTimeout(resolve, POLL_MS));

async function takeLock() {
  let told = false;
  while (!(tryLock() && (await isStillOurs()))) {
    if (ownerIsGone()) unlock();
    else if (!told) {
      say(`waiting for another install in this folder; if there is none, delete ${basename(lockDir)}`);
      told = true;
    }
    await pause();
  }
}

// Two that clear away the same dead lock can both take one: the later stays.
async function isStillOurs() {
  await pause();
  return readOr(ownerFile, '') === String(process.pid);
}

// The npm that runs us, on the Node that runs it; else the one in PATH.
function npmCommand() {
  const cli = process.env['npm_execpath'] ?? '';
  if (basename(cli) !== 'npm-cli.js') return ['npm'];
  const outer = process.env['npm_node_execpath'] ?? '';
  return [existsSync(outer) ? outer : process.execPath, cli];
}

function install() {
  say(`${existsSync(modules) ? 'dependencies are out of date' : 'first run'}: running npm ci`);
  const [command, ...first] = npmCommand();
  const args = [...first, 'ci', '--include=dev', '--include=optional', '--loglevel=error'];
  // stdout belongs to the script that called us: npm talks on stderr.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) throw new InstallError(`npm could not be started: ${error.message}`);
  if (status !== 0)
    throw new InstallError('npm ci failed; mend what it says above and run the command again');
}

function stamp() {
  requireNode24();
  writeFileSync(stampFile, wantedStamp());
}

async function ensure() {
  if (isInstalled()) return requireNode24();
  await takeLock();
  const onSignal = () => {
    unlock();
    process.exit(2);
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    if (isInstalled()) return; // another run did it while we waited
    install();
    stamp();
  } finally {
    unlock();
  }
}

try {
  if (process.argv.includes('--installed')) stamp();
  else await ensure();
} catch (error) {
  if (!(error instanceof InstallError)) throw error;
  say(error.message);
  process.exitCode = 2;
}
