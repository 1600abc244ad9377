import { describe, expect, it } from 'vitest';
import { readEpss } from './read-epss.ts';
import { readKev } from './read-kev.ts';

describe('KEV', () => {
  const entry = {
    cveID: 'CVE-2021-1000',
    dateAdded: '2025-01-02',
    dueDate: '2025-01-23',
    knownRansomwareCampaignUse: 'Known',
  };
  const catalogue = { catalogVersion: '2025.08.25', dateReleased: '2025-08-25', vulnerabilities: [entry] };

  it('reads the catalogue', () => {
    const read = readKev({ name: 'kev.json', text: JSON.stringify(catalogue) });
    expect(read.kind === 'ok' && read.value.byCve.get('CVE-2021-1000')).toEqual({
      cve: 'CVE-2021-1000',
      added: '2025-01-02',
      due: '2025-01-23',
      usedByRansomware: true,
    });
  });

  it('tells where it is none', () => {
    expect(readKev({ name: 'kev.json', text: '{' })).toMatchObject({
      kind: 'error',
      error: [{ code: 'json-syntax' }],
    });
    const broken = readKev({
      name: 'kev.json',
      text: JSON.stringify({ ...catalogue, vulnerabilities: [entry, {}] }, undefined, 1),
    });
    expect(broken).toMatchObject({ kind: 'error', error: [{ code: 'format-mismatch', at: { line: 11 } }] });
  });
});

describe('EPSS', () => {
  it.each([',', ';'])('reads scores parted by %j', (mark) => {
    const text = `#model_version:v2025,score_date:2026-08-16T00:00:00+0000\r\n${['cve', 'epss', 'percentile'].join(mark)}\r\n${['CVE-2021-1000', '0.97', '0.999'].join(mark)}\r\n`;
    const read = readEpss({ name: 'epss.csv', text });
    expect(read.kind === 'ok' && read.value).toMatchObject({ model: 'v2025', date: '2026-08-16' });
    expect(read.kind === 'ok' && read.value.byCve.get('CVE-2021-1000')).toEqual({
      score: 0.97,
      percentile: 0.999,
    });
  });

  it('tells the line that is none', () => {
    for (const bad of ['CVE-2021-1000,1.5,0.9', 'CVE-2021-1000,,', 'x,0.1,0.1'])
      expect(readEpss({ name: 'epss.csv', text: `cve,epss,percentile\n${bad}\n` })).toMatchObject({
        kind: 'error',
        error: [{ code: 'value-invalid', at: { line: 2 } }],
      });
    expect(readEpss({ name: 'epss.csv', text: 'a,b\n' })).toMatchObject({
      kind: 'error',
      error: [{ code: 'format-mismatch' }],
    });
  });
});
