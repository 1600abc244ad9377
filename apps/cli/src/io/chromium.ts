import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure, problem } from '@holdfast/kernel';

/** Where to find a Chromium, and what it needs to start. */
export interface Chromium {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
];
const archives = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
const systemFonts = '/etc/fonts/fonts.conf';

/** The browser that HOLDFAST_CHROMIUM names, else an installed one, else the one from npm, which needs nothing from the system. */
export async function findChromium(): Promise<Chromium> {
  const named = process.env['HOLDFAST_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw noBrowser(`HOLDFAST_CHROMIUM names ${named}, and there is no such file`);
    return { path: named, env: environment() };
  }
  const found = installed.find((path) => existsSync(path));
  if (found !== undefined) return { path: found, env: environment() };
  try {
    const dir = await unpacked();
    return { path: join(dir, 'chromium'), env: { ...environment(), ...supportOf(dir) } };
  } catch (error) {
    throw noBrowser('no Chromium is installed, and the one from npm cannot be unpacked', error);
  }
}

/** The failure of everything that needs a browser and has none. */
export const noBrowser = (message: string, cause?: unknown): Failure =>
  new Failure(
    [
      problem('browser-missing', message, {
        hint: 'install Chromium, or set HOLDFAST_CHROMIUM to one; or write --format html and print it from any browser',
      }),
    ],
    { cause },
  );

/** The folder of the browser from npm. It is complete as soon as it exists, whoever unpacked it. */
async function unpacked(): Promise<string> {
  const packed = dirname(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))));
  const target = join(packed, 'unpacked');
  if (existsSync(target)) return target;
  const staging = mkdtempSync(`${target}-`);
  try {
    await unpack(join(packed, 'bin'), staging);
    renameSync(staging, target);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    if (!existsSync(target)) throw error; // otherwise another process was first
  }
  return target;
}

async function unpack(bin: string, into: string): Promise<void> {
  const { inflate } = await import('@sparticuz/chromium');
  // `inflate` reads the temporary folder before its first await: it is changed for that moment only.
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = into;
  const unpacking = archives.map((name) => inflate(join(bin, name)));
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  await Promise.all(unpacking);
}

const environment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** Its own libraries, and its own fonts where the system has none. */
function supportOf(dir: string): Record<string, string> {
  const libraries = { LD_LIBRARY_PATH: join(dir, 'al2023', 'lib') };
  if (existsSync(systemFonts)) return libraries;
  const config = join(dir, 'fonts.conf');
  writeFileSync(
    config,
    `<fontconfig><dir>${join(dir, 'fonts', 'fonts')}</dir><cachedir>${join(dir, 'font-cache')}</cachedir></fontconfig>\n`,
  );
  return { ...libraries, FONTCONFIG_FILE: config };
}
