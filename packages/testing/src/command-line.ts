import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The root of the project. */
const root = join(import.meta.dirname, '..', '..', '..');

/** The launcher of the command line. */
export const holdfastBinary = join(root, 'apps', 'cli', 'bin', 'holdfast.mjs');

/** What a command printed, and how it ended. */
export interface Ran {
  readonly code: number | null;
  readonly out: Buffer;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a user does, without a terminal and without colour: at the root, or in a folder of the test. */
export function runHoldfast(
  words: readonly string[],
  { cwd = root, env = {} }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [holdfastBinary, ...words], {
      cwd,
      env: { ...process.env, NO_COLOR: '1', ...env },
    });
    const out: Buffer[] = [];
    const talk: Buffer[] = [];
    child.stdout.on('data', (data: Buffer) => out.push(data));
    child.stderr.on('data', (data: Buffer) => talk.push(data));
    child.on('error', reject);
    child.on('close', (code) => {
      const whole = Buffer.concat(out);
      resolve({ code, out: whole, stdout: whole.toString(), stderr: Buffer.concat(talk).toString() });
    });
  });
}
