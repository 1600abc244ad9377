import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const binary = join(root, 'apps', 'cli', 'bin', 'holdfast.mjs');

interface Ran {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs an audit of the sample, and keeps its bytes. */
function audit(format: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [binary, 'audit', 'samples/branch', '--format', format], {
      cwd: root,
      env: { ...process.env, ...env },
    });
    const out: Buffer[] = [];
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => out.push(data));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout: Buffer.concat(out), stderr }));
  });
}

/** How often a PDF shows text: the operators in its streams that do. */
function textIn(pdf: Buffer): number {
  const text = pdf.toString('latin1');
  const streams = [...text.matchAll(/stream\r?\n/gu)].map((found) => found.index + found[0].length);
  const shown = streams.map((at) => {
    try {
      return [
        ...inflateSync(pdf.subarray(at))
          .toString('latin1')
          .matchAll(/\bT[jJ]\b/gu),
      ].length;
    } catch {
      return 0; // an image, or a stream that is not deflated
    }
  });
  return shown.reduce((sum, each) => sum + each, 0);
}

describe('holdfast audit --format', () => {
  it('pdf: a PDF with text, an outline and a title', { timeout: 120_000 }, async () => {
    const { code, stdout, stderr } = await audit('pdf');
    expect(stderr).toBe('');
    expect(code).toBe(1);
    expect(stdout.subarray(0, 5).toString()).toBe('%PDF-');
    expect(stdout.toString('latin1')).toContain('/ToUnicode');
    expect(textIn(stdout)).toBeGreaterThan(500);
  });

  it('pdf: says what to do where no browser starts, and exits 2', async () => {
    for (const path of ['/nowhere/chromium', '/bin/false']) {
      const { code, stdout, stderr } = await audit('pdf', { HOLDFAST_CHROMIUM: path });
      expect(code, stderr).toBe(2);
      expect(stdout).toHaveLength(0);
      expect(stderr).toContain(path);
      expect(stderr).toContain('set HOLDFAST_CHROMIUM');
      expect(stderr).not.toMatch(/^\s+at /mu);
    }
  });

  it('cards: a page of sheets for the guard desk', async () => {
    const { code, stdout } = await audit('cards');
    expect(code).toBe(1);
    const text = stdout.toString();
    expect(text.split('<article class="sheet"')).toHaveLength(5);
    expect(text).toContain('0100 555 0101');
    expect(text).not.toContain('<script');
  });

  it('junit: a suite for the site', async () => {
    const { code, stdout } = await audit('junit');
    expect(code).toBe(1);
    expect(stdout.toString()).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites [^>]*>\n {2}<testsuite name="Moosbach branch"/u,
    );
  });

  it('json: the inputs with the hashes of their bytes', async () => {
    const { stdout } = await audit('json');
    // What the command printed, of which only the inputs are looked at.
    const { inputs } = JSON.parse(stdout.toString()) as {
      readonly inputs: readonly { readonly file: string; readonly sha256: string }[];
    };
    expect(inputs.map(({ file }) => file)).toContain('samples/branch/doors.yaml');
    for (const { file, sha256 } of inputs)
      expect(sha256).toBe(
        createHash('sha256')
          .update(readFileSync(join(root, file)))
          .digest('hex'),
      );
  });
});
