import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARCHIVES = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
const SYSTEM_FONTS = '/etc/fonts/fonts.conf';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a headless Chromium for a test: the one installed on the machine, else the one that npm brought,
 * which needs nothing from the system. It calls nobody at home. The caller closes it.
 */
export async function launchBrowser(): Promise<Browser> {
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args: QUIET });
  const dir = await bundledChromium();
  return chromium.launch({ executablePath: join(dir, 'chromium'), args: QUIET, env: environmentOf(dir) });
}

/** The folder of the unpacked browser. It is complete as soon as it exists, whoever unpacked it. */
async function bundledChromium(): Promise<string> {
  const packed = dirname(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))));
  const target = join(packed, 'unpacked');
  if (existsSync(target)) return target;
  const staging = mkdtempSync(`${target}-`);
  await unpack(join(packed, 'bin'), staging);
  try {
    renameSync(staging, target);
  } catch (error) {
    rmSync(staging, { recursive: true });
    if (!existsSync(target)) throw error; // otherwise another process was first
  }
  return target;
}

async function unpack(bin: string, into: string): Promise<void> {
  // `inflate` reads the temporary folder before its first await: it is changed for that moment only.
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = into;
  const unpacking = ARCHIVES.map((name) => inflate(join(bin, name)));
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  await Promise.all(unpacking);
}

/** Its own libraries, and its own fonts where the system has none. */
function environmentOf(dir: string): Record<string, string> {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const libraries = { LD_LIBRARY_PATH: join(dir, 'al2023', 'lib') };
  return {
    ...Object.fromEntries(inherited),
    ...libraries,
    ...(existsSync(SYSTEM_FONTS) ? {} : fontsOf(dir)),
  };
}

function fontsOf(dir: string): Record<string, string> {
  const config = join(dir, 'fonts.conf');
  const fonts = join(dir, 'fonts', 'fonts');
  writeFileSync(
    config,
    `<fontconfig><dir>${fonts}</dir><cachedir>${join(dir, 'font-cache')}</cachedir></fontconfig>\n`,
  );
  return { FONTCONFIG_FILE: config };
}
