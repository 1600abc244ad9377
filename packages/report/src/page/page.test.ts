import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { branchDocument, hostileNames, portfolio, renamed } from '../../fixtures/documents.ts';
import { escapeHtml } from './markup.ts';
import { auditHtml } from './page.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';

const document = branchDocument();
const page = auditHtml(document);
/** Without what only a script brings to light. */
const atOnce = page.replaceAll(/<template[^]*?<\/template>/gu, '');

describe('the page', () => {
  it('begins with the answer, then scenarios, findings, what is unknown, and the scope', () => {
    const order = [
      '<h1>',
      'class="lede"',
      'class="matrix"',
      'class="first"',
      'class="sure"',
      'class="imprint"',
      'id="scenarios"',
      'class="heat"',
      'class="story"',
      'id="cards"',
      'id="findings"',
      'id="unknown"',
      'id="scope"',
    ];
    const places = order.map((each) => atOnce.indexOf(each));
    expect(places.every((at) => at > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('has every finding with its message, every question and every scenario', () => {
    for (const { fingerprint, remedy } of document.findings) {
      expect(page).toContain(`id="finding-${fingerprint.slice(7, 19)}"`);
      expect(page).toContain(escapeHtml(remedy));
    }
    expect([...page.matchAll(/<details class="finding"/gu)]).toHaveLength(document.findings.length);
    for (const { what } of document.questions) expect(page).toContain(escapeHtml(what));
    const loud = document.scenarios.filter(({ changes, kind }) => changes.length > 0 || kind === 'none');
    for (const { key } of loud) expect(page).toContain(`href="#scenario=${encodeURIComponent(key)}"`);
    expect([...page.matchAll(/<template /gu)]).toHaveLength(loud.length - 1);
    for (const each of document.scenarios.filter((one) => !loud.includes(one)))
      expect(page).toContain(escapeHtml(each.name));
    expect(page).toContain(`${document.scenarios.length - loud.length} scenarios change nothing`);
  });

  it('shows every place with every capability in the scenario that it opens with', () => {
    const heat = atOnce.slice(atOnce.indexOf('class="heat"'), atOnce.indexOf('class="story"'));
    for (const { name, capabilities } of document.places) {
      expect(heat).toContain(escapeHtml(name));
      for (const { title } of capabilities) expect(heat).toContain(title);
    }
  });

  it('draws stretches at the exact breakpoints, and says them in words beside', () => {
    expect(atOnce).toContain('title="09:00 to 12:00: fails" style="left:16.667%;width:50%"');
    expect(atOnce).toContain('holds to 09:00, fails to 12:00, then holds');
  });

  it('loads nothing: no address outside the page but in text', () => {
    const addresses = [
      ...page.matchAll(
        /(?:src|href|action|srcset|poster|data|xlink:href)\s*=\s*"([^"]*)"|url\(([^)]*)\)|@import\s*([^;]*)/giu,
      ),
    ].map((each) => each[1] ?? each[2] ?? each[3] ?? '');
    expect(addresses.length).toBeGreaterThan(50);
    for (const address of addresses) expect(address).toMatch(/^(?:#|data:,$)/u);
    expect(pageStyle).not.toMatch(/https?:|\/\/|url\(/u);
    expect(pageScript).not.toMatch(
      /https?:|fetch|XMLHttpRequest|innerHTML|outerHTML|insertAdjacent|eval|document\.write/u,
    );
  });

  it('lets run its own script only', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(page)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(
      `script-src 'sha256-${createHash('sha256').update(pageScript).digest('base64')}'`,
    );
    expect(page.split('<script').length - 1).toBe(1);
    expect(page).not.toMatch(/<[^>]*\son[a-z]+\s*=/iu);
    expect(pageScript).not.toContain('</');
  });

  it('is the same for the same document', () => {
    expect(auditHtml(branchDocument())).toBe(page);
  });
});

describe('a page of hostile names', () => {
  const hostile = auditHtml(renamed(document, hostileNames));

  it('has as many elements as one of harmless names', () => {
    // How much stands on a card depends on how long names are.
    const tags = (text: string) =>
      text.replace(/<section id="cards">[^]*?(?=<section id="findings">)/u, '').match(/<\/?[a-z][^>]*>/giu)
        ?.length;
    expect(tags(hostile)).toBe(tags(page));
    expect(hostile.split('<script').length - 1).toBe(1);
    expect(hostile).not.toContain('<img');
    expect(hostile).not.toContain('<!--');
  });

  it('shows the names as they are, with what hides spelt out', () => {
    for (const each of Object.values(hostileNames)) expect(hostile).toContain(escapeHtml(each));
    expect(hostile).toContain('evil[U+202E]gnp.exe [U+001B][31mred[U+0007]');
    expect(hostile).toContain('<bdi>דלת ראשית</bdi>');
    expect(hostile).not.toMatch(/[\u202a-\u202e]|(?!\n)\p{Cc}/u);
  });
});

describe('a page without anything to say', () => {
  it('says so in each part', () => {
    const empty = auditHtml({
      ...document,
      scenarios: [],
      findings: [],
      questions: [],
      places: [],
      usual: [],
    });
    for (const each of [
      'No scenario was asked',
      'every place does in every scenario what is asked of it',
      'No verdict hangs on a fact that is missing',
    ])
      expect(empty).toContain(each);
    expect(empty).not.toContain('class="heat"');
  });
});

describe('a page of a portfolio', () => {
  const large = portfolio(10, 15);
  const text = auditHtml(large);

  it('stays under 10 MB with 2,000 places in 100 scenarios and 1,000 findings', () => {
    expect(large.places.length).toBeGreaterThan(2000);
    expect(text.length).toBeLessThan(10_000_000);
  });

  it('tells places that fare alike as one, and how many it does not draw', () => {
    expect(text).toMatch(/and \d+ more alike/u);
    const heat = text.slice(text.indexOf('class="site"'), text.indexOf('class="story"'));
    expect(heat.split('<tbody class="place">').length - 1).toBeLessThanOrEqual(2000);
    for (const { name } of large.estate.sites) expect(heat).toContain(name);
  });
});
