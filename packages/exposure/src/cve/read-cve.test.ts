import { describe, expect, it } from 'vitest';
import { advisoryOf, verdictOf } from '../match/advisories.fixture.ts';
import { readAdvisory } from '../advisory/read-advisory.ts';

const record = (
  affected: readonly unknown[],
  more: Readonly<Record<string, unknown>> = {},
  adp: readonly unknown[] = [],
): unknown => ({
  dataType: 'CVE_RECORD',
  dataVersion: '5.1',
  cveMetadata: { cveId: 'CVE-2026-7007', state: 'PUBLISHED', assignerShortName: 'acme' },
  containers: { cna: { affected, ...more }, adp: adp.length === 0 ? [] : [{ affected: adp }] },
});
const product = (
  versions: readonly unknown[],
  defaultStatus = 'unaffected',
  name = 'Panel 100',
): unknown => ({
  vendor: 'Acme',
  product: name,
  defaultStatus,
  versions,
});
const affected = (version: string, limit: Readonly<Record<string, string>> = {}): unknown => ({
  version,
  status: 'affected',
  ...limit,
});
const verdict = (document: unknown, firmware: string, model = 'Panel 100'): string =>
  verdictOf(document, model, firmware).verdict;

describe('versions of a CVE record', () => {
  it.each([
    [[affected('0', { lessThan: '2.5' })], '2.4', 'affected'],
    [[affected('0', { lessThan: '2.5' })], '2.5', 'not_affected'],
    [[affected('0', { lessThan: '*' })], '', 'affected'],
    [[affected('vEL8.80', { lessThan: '1192' })], '8.80.1191', 'affected'],
    [[affected('vEL8.80', { lessThan: '1192' })], '8.80.1192', 'not_affected'],
    [
      [affected('vEL8.80', { lessThan: '1192' }), affected('vEL8.70', { lessThan: '2185' })],
      '8.70.2185',
      'not_affected',
    ],
    [[affected('3.3.X', { lessThanOrEqual: '3.3.X*' })], '3.3.7', 'affected'],
    [[affected('6.5.50', { lessThanOrEqual: '6.5.50' })], '6.4', 'affected'],
    [[affected('>6.8.6', { lessThan: '6.9.2 CU01' })], '6.8.6', 'not_affected'],
    [[affected('3.05.62 and prior versions')], '3.05.61', 'affected'],
    [[affected('520.2 TCU4 HFR2', { lessThanOrEqual: '511.5 TCU4 HF3' })], '520.2', 'needs_review'],
  ])('%j with %j: %s', (versions, firmware, expected) => {
    expect(verdict(record([product(versions)]), firmware)).toBe(expected);
  });

  it('takes the default status for versions that are not named', () => {
    expect(verdict(record([product([affected('2.5')])]), '2.4')).toBe('not_affected');
    expect(verdict(record([product([affected('2.5')], 'unknown')]), '2.4')).toBe('needs_review');
    expect(verdict(record([product([affected('0', { lessThan: '2.5' })], 'affected')]), '2.6')).toBe(
      'needs_review',
    );
    expect(verdict(record([product([], 'affected')]), '2.6')).toBe('affected');
    expect(verdict(record([product([], 'unaffected')]), '2.6')).toBe('needs_review');
  });

  it('reads in the description what a bare version leaves out', () => {
    const prose = { descriptions: [{ lang: 'en', value: 'This affects version 8.40 and prior.' }] };
    expect(verdict(record([product([affected('8.40')])], prose), '8.30')).toBe('affected');
  });
});

describe('containers of others', () => {
  const cpe = {
    vendor: 'acme',
    product: 'panel_100_firmware',
    cpes: ['cpe:2.3:o:acme:panel_200_firmware:*:*:*:*:*:*:*:*'],
    defaultStatus: 'unknown',
    versions: [affected('0', { lessThanOrEqual: '2.6' })],
  };

  it('name products besides, by CPE', () => {
    expect(
      verdict(
        record([{ vendor: 'n/a', product: 'n/a', versions: [affected('n/a')] }], {}, [cpe]),
        '2.5',
        'Panel 200',
      ),
    ).toBe('affected');
  });

  it('never override the publisher to clear, and contradict it openly', () => {
    expect(verdict(record([product([affected('0', { lessThan: '2.5' })])], {}, [cpe]), '2.6')).toBe(
      'needs_review',
    );
    expect(verdict(record([product([affected('0', { lessThan: '2.5' })])], {}, [cpe]), '2.7')).toBe(
      'not_affected',
    );
  });

  it('without a version of their own leave the word to the publisher', () => {
    const open = { ...cpe, versions: [affected('*')] };
    expect(verdict(record([product([affected('0', { lessThan: '2.5' })])], {}, [open]), '2.6')).toBe(
      'not_affected',
    );
    expect(
      verdict(
        record([{ vendor: 'n/a', product: 'n/a', versions: [affected('n/a')] }], {}, [open]),
        '2.6',
        'Panel 200',
      ),
    ).toBe('needs_review');
  });
});

describe('odd records', () => {
  it('finds models and build dates in prose', () => {
    const text =
      'Cameras IPC-HX3XXX and IPC-HX5XXX Buildtime before May, 2020, recorders NVR4XXX Buildtime before December, 2019';
    const document = record([{ vendor: 'n/a', product: 'Some cameras', versions: [affected(text)] }]);
    expect(verdict(document, '2.8, Build Date: 2020-04-30', 'IPC-HDW3441')).toBe('affected');
    expect(verdict(document, '2.8, Build Date: 2020-04-30', 'NVR4216')).toBe('not_affected');
  });

  it('reads a rejected record as one without products, and refuses other versions', () => {
    expect(
      advisoryOf({ dataVersion: '5.1', cveMetadata: { cveId: 'CVE-2026-7007', state: 'REJECTED' } }).entries,
    ).toEqual([]);
    const old = readAdvisory({
      name: 'a.json',
      text: '{"dataVersion":"4.0","cveMetadata":{"cveId":"CVE-2026-7007"}}',
    });
    expect(old).toMatchObject({ kind: 'error', error: [{ code: 'version-unsupported' }] });
    const none = readAdvisory({ name: 'a.json', text: '{"dataType":"CVE_RECORD"}' });
    expect(none).toMatchObject({ kind: 'error', error: [{ code: 'key-missing' }] });
  });
});
