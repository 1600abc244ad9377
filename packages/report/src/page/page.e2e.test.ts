import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launchBrowser } from '@holdfast/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { branchDocument, hostileNames, portfolio, renamed } from '../../fixtures/documents.ts';
import { auditCards, auditHtml } from './page.ts';
import { auditPaper } from './paper.ts';

type Browser = Awaited<ReturnType<typeof launchBrowser>>;
type Page = Awaited<ReturnType<Browser['newPage']>>;
type Screen = { readonly width?: number; readonly scheme?: 'light' | 'dark'; readonly scripts?: boolean };

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'holdfast-report-'));
const pages = {
  branch: auditHtml(branchDocument()),
  hostile: auditHtml(renamed(branchDocument(), hostileNames)),
  portfolio: auditHtml(portfolio(4, 12)),
  cards: auditCards(branchDocument()),
  'portfolio-cards': auditCards(portfolio(4, 12)),
  paper: auditPaper(branchDocument()),
  'portfolio-paper': auditPaper(portfolio(4, 12)),
};
let browser: Browser;

beforeAll(async () => {
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, `${name}.html`), text);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Opens a page from its file, and collects what goes wrong and what it asks of the network. */
async function open(
  name: keyof typeof pages,
  { width = 1440, scheme = 'light', scripts = true }: Screen = {},
  hash = '',
): Promise<{ readonly page: Page; readonly troubles: string[] }> {
  // The checker is put into the page, which the page's own policy would refuse.
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    javaScriptEnabled: scripts,
    bypassCSP: true,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => troubles.push('a dialog')));
  page.on(
    'request',
    (request) =>
      request.url().startsWith('file:') || request.url().startsWith('data:') || troubles.push(request.url()),
  );
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href + hash);
  return { page, troubles };
}

const shown = (page: Page): Promise<string> => page.locator('#pane h3').innerText();

/** All places, and some of each kind of detail. */
const unfoldSome = `
  for (const each of document.querySelectorAll('#pane .block, .cards details, .alike:nth-of-type(-n+2), #pane .place:nth-of-type(-n+4) details, .kind:nth-of-type(-n+2) details')) each.open = true;
  document.querySelector('.all').click()`;

describe('the page in a browser', () => {
  it('runs under its own policy without a word on the console, hostile names or not', async () => {
    for (const name of ['branch', 'hostile'] as const) {
      const page = await browser.newPage();
      const troubles: string[] = [];
      page.on('console', (message) => troubles.push(message.text()));
      page.on('pageerror', (error) => troubles.push(error.message));
      page.on('dialog', (dialog) => void dialog.dismiss().then(() => troubles.push('a dialog')));
      await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
      expect(await page.evaluate('document.documentElement.className')).toBe('js');
      for (const link of await page.locator('.chooser a').all()) await link.click();
      expect(troubles).toEqual([]);
      expect(await page.locator('img, iframe, object, main script, #pane script').count()).toBe(0);
      await page.close();
    }
  });

  for (const scheme of ['light', 'dark'] as const) {
    for (const width of [390, 1440]) {
      it(`has nothing for axe to find and nothing too wide, ${scheme}, ${width} pixels`, async () => {
        const { page, troubles } = await open('branch', { width, scheme });
        await page.evaluate(unfoldSome);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(
          0,
        );
        await page.evaluate(axe);
        const found = await page.evaluate(
          "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.length + ' ' + nodes[0].html))",
        );
        expect(found).toEqual([]);
        expect(troubles).toEqual([]);
        await page.context().close();
      });
    }
  }

  it('is no wider than a phone with many sites and with hostile names', async () => {
    for (const name of ['portfolio', 'hostile'] as const) {
      const { page } = await open(name, { width: 390 });
      expect(
        await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
        name,
      ).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });

  it('changes the scenario by keyboard alone, and keeps the choice in its address', async () => {
    const { page } = await open('branch');
    const titles = ['No cloud at all'];
    expect(await shown(page)).toBe(titles[0]);
    await page.locator('.chooser a[aria-current]').focus();
    for (const key of ['ArrowDown', 'End']) {
      await page.keyboard.press(key);
      await page.keyboard.press('Enter');
      await expect.poll(() => shown(page)).not.toBe(titles.at(-1));
      titles.push(await shown(page));
    }
    expect(page.url()).toContain('#scenario=');
    expect(await page.locator('.chooser a[aria-current]').count()).toBe(1);
    expect(await page.locator('#said').textContent()).toBe(`Now showing: ${titles[2]}`);
    await page.goBack();
    await expect.poll(() => shown(page)).toBe(titles[1]);
    await page.reload();
    expect(await shown(page)).toBe(titles[1]);
    await page.context().close();
  });

  it('comes back to the scenario that it began with, and takes no harm from an address of nothing', async () => {
    const { page, troubles } = await open('branch', {}, '#scenario=fault%3Aups');
    expect(await shown(page)).toBe('Power: UPS down');
    await page.evaluate("location.hash = '#scenario=fault%3Aclouds'");
    await expect.poll(() => shown(page)).toBe('No cloud at all');
    for (const hash of ['#scenario=nothing', '#scenario=%E0%A4%A', '#finding-none'])
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
    expect(await shown(page)).toBe('No cloud at all');
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('unfolds a place, and tells of a stretch of time with its reasons, by keyboard', async () => {
    const { page } = await open('branch', {}, '#scenario=fault%3Amains%3Amoosbach');
    const fold = page.locator('.fold', { hasText: 'Vault corridor' }).first();
    const secured = page
      .locator('.place', { has: fold })
      .locator('tr.c:not(.because)', { hasText: 'Secured' });
    expect(await secured.isVisible()).toBe(false);
    await fold.focus();
    await page.keyboard.press('Enter');
    expect(await secured.isVisible()).toBe(true);
    expect(await fold.getAttribute('aria-expanded')).toBe('true');
    await secured.locator('.s').first().focus();
    await page.keyboard.press('ArrowRight');
    const card = page.locator('.card');
    expect(await card.innerText()).toMatch(
      /Vault corridor: Secured\s+08:30 to 11:00: unknown\s+At 08:30 it is unknown.*because:/u,
    );
    await page.keyboard.press('Escape');
    expect(await card.isVisible()).toBe(false);
    await page.context().close();
  });

  it('filters findings, and says how many are left', async () => {
    const { page } = await open('branch');
    const { findings } = branchDocument();
    await page.locator('input[value=fails]').uncheck();
    const left = findings.filter(({ verdict }) => verdict === 'unknown').length;
    expect(await page.locator('.finding:not([hidden])').count()).toBe(left);
    expect(await page.locator('.shown').innerText()).toBe(`${left} of ${findings.length} shown`);
    for (const value of ['critical', 'high', 'medium', 'low'])
      await page.locator(`input[value=${value}]`).uncheck();
    expect(await page.locator('.finding:visible, .kind:visible').count()).toBe(0);
    await page.context().close();
  });

  it('can be read without scripts: the first scenario stands unfolded', async () => {
    const { page } = await open('branch', { scripts: false });
    expect(await page.locator('tr.c').first().isVisible()).toBe(true);
    expect(await page.locator('.js-only:visible').count()).toBe(0);
    await page.context().close();
  });

  it('prints every place of the chosen scenario, and without what only a screen can do', async () => {
    const { page } = await open('branch');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.chooser:visible, .filters:visible, button.all:visible').count()).toBe(0);
    const paper = await page.pdf({ preferCSSPageSize: true });
    expect(paper.length).toBeLessThan(3_000_000);
    expect(await page.locator('#unknown details[open]').count()).toBe(0);
    await page.context().close();
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`has nothing for axe to find in the cards and on paper, ${scheme}`, async () => {
      for (const name of ['cards', 'paper'] as const) {
        const { page } = await open(name, { scheme });
        await page.evaluate(axe);
        const found = await page.evaluate(
          "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.length + ' ' + nodes[0].html))",
        );
        expect(found, name).toEqual([]);
        await page.context().close();
      }
    });
  }
});

describe('paper', () => {
  /** The pages of a PDF: Chromium writes each as an object of its own. */
  const pagesOf = (pdf: Buffer): number =>
    [...pdf.toString('latin1').matchAll(/\/Type \/Page\b(?!s)/gu)].length;
  const printed = async (name: keyof typeof pages, keep: string): Promise<Buffer> => {
    const { page } = await open(name);
    await page.evaluate(
      `for (const each of document.querySelectorAll('main > *')) if (!each.matches(${JSON.stringify(keep)})) each.remove()`,
    );
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    await page.context().close();
    return pdf;
  };

  it('begins with one sheet for the board, of one site and of many', async () => {
    for (const name of ['branch', 'portfolio', 'hostile', 'paper', 'portfolio-paper'] as const)
      expect(pagesOf(await printed(name, '.board')), name).toBe(1);
  });

  it('has one sheet for each card', async () => {
    for (const name of ['cards', 'portfolio-cards'] as const) {
      const sheets = pages[name].split('<article class="sheet"').length - 1;
      expect(sheets, name).toBeGreaterThanOrEqual(4);
      expect(pagesOf(await printed(name, '#cards')), name).toBe(sheets);
    }
  });
});
