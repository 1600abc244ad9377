import { findChromium, noBrowser } from './chromium.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-sync',
];
const timeout = 180_000;

/** Prints a self-contained page as PDF, with its outline and tags, by a headless Chromium that is offline. */
export async function printPdf(html: string): Promise<Buffer> {
  const { path, env } = await findChromium();
  const { chromium } = await import('playwright-core').catch((error: unknown) => {
    throw noBrowser(
      'the driver for the browser is not installed (npm left out optional dependencies)',
      error,
    );
  });
  const browser = await chromium
    .launch({ executablePath: path, args: flags, env, timeout: 60_000 })
    .catch((error: unknown) => {
      throw noBrowser(`the browser ${path} does not start (${reasonOf(error)})`, error);
    });
  try {
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
    context.setDefaultTimeout(timeout);
    const page = await context.newPage();
    await page.setContent(html, { timeout });
    return await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
  } finally {
    await browser.close();
  }
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
