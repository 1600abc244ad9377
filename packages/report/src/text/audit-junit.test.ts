import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { branchDocument, hostileNames, portfolio, renamed } from '../../fixtures/documents.ts';
import { auditJunit } from './audit-junit.ts';

const schema = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'junit.xsd'), 'utf8');
const document = branchDocument();
const text = auditJunit(document);

async function problemsOf(contents: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'audit.xml', contents }],
    schema: [{ fileName: 'junit.xsd', contents: schema }],
  });
  return errors.map(({ message }) => message);
}

const attribute = (name: string): number =>
  Number(new RegExp(`<testsuites [^>]*${name}="(\\d+)"`, 'u').exec(text)?.[1]);
const count = (pattern: RegExp): number => [...text.matchAll(pattern)].length;

describe('JUnit', () => {
  it('has the shape that the common readers want, hostile names or not', async () => {
    expect(await problemsOf(text)).toEqual([]);
    expect(await problemsOf(auditJunit(renamed(document, hostileNames)))).toEqual([]);
    expect(await problemsOf(auditJunit(portfolio(3, 1)))).toEqual([]);
    expect(await problemsOf(text.replace('classname=', 'klass='))).not.toEqual([]);
  });

  it('counts what it holds', () => {
    expect(attribute('tests')).toBe(count(/<testcase /gu));
    expect(attribute('failures')).toBe(count(/<failure /gu));
    expect(attribute('errors')).toBe(count(/<error /gu));
  });

  it('lets no finding pass, and nothing that is unknown', () => {
    for (const { fingerprint } of document.findings) expect(text).toContain(fingerprint);
    const unknown = {
      ...document,
      findings: document.findings.filter(({ verdict }) => verdict === 'unknown'),
    };
    const open = auditJunit(unknown);
    expect(open).not.toContain('<failure');
    expect(open).toContain('<error type=');
  });

  it('says what fails, why, and in which file', () => {
    const battery = document.findings.find(({ id, at }) => id === 'OUT-BATT' && at);
    expect(text).toContain(`file="${battery?.at?.file}" line="${battery?.at?.line}"`);
    expect(text).toMatch(
      /name="No cloud at all: doors"[^>]*>\s*<failure type="OUT-CLOUD-DEP" message="No cloud at all\. 08:00/u,
    );
    expect(text).toContain('What mends it: ');
  });

  it('has a test that passes where a scenario changes nothing', () => {
    expect(text).toMatch(/name="Line: The line down: nothing changes"\/>/u);
  });

  it('holds no character that XML may not hold', () => {
    const odd = {
      ...document,
      estate: {
        ...document.estate,
        sites: document.estate.sites.map((site) => ({ ...site, name: 'a\u0000b\uFFFE\uD800' })),
      },
    };
    // oxlint-disable-next-line no-control-regex
    expect(auditJunit(odd)).not.toMatch(/[\u0000-\u0008\uFFFE\uD800-\uDFFF]/);
  });
});
