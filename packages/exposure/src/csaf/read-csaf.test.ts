import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reviewOf } from '../advisory/advisory.ts';
import { readAdvisory } from '../advisory/read-advisory.ts';
import { advisoryOf, csaf, vulnerability } from '../match/advisories.fixture.ts';

const whole = csaf(
  [
    ['A', 'Panel 100', '<= 2.5'],
    ['B', 'Panel 200', 'vers:all/*'],
  ],
  [vulnerability(['A', 'B'], 'Update to 2.6 or later')],
  'Acme Panel 100',
);
const read = (text: string): ReturnType<typeof readAdvisory> => readAdvisory({ name: 'a.json', text });

function problemsOf(document: unknown): readonly string[] {
  const found = read(JSON.stringify(document, undefined, 1));
  const problems =
    found.kind === 'error' ? found.error : found.value.kind === 'advisory' ? found.value.problems : [];
  return problems.map(({ code, at }) => `${code} ${at?.line ?? ''}`);
}

describe('a CSAF document', () => {
  it('gives its products with their versions, and its vulnerabilities', () => {
    const advisory = advisoryOf(whole);
    expect(advisory).toMatchObject({ kind: 'csaf', id: 'TEST-1', title: 'Acme Panel 100' });
    expect(advisory.entries.map(({ vendor, product, matched }) => [vendor, product, matched])).toEqual([
      ['Acme Systems Inc.', 'Panel 100', 'Panel 100 / <= 2.5'],
      ['Acme Systems Inc.', 'Panel 200', 'Panel 200 / vers:all/*'],
    ]);
    expect(advisory.vulnerabilities[0]?.fixes[0]?.version.written).toBe('2.6');
  });

  it('lists for review what cannot be read', () => {
    const advisory = advisoryOf(
      csaf(
        [
          ['A', 'Panel 100', 'see notes'],
          ['B', 'V3.4.106', '<= 200422'],
        ],
        [vulnerability(['A', 'B'])],
        'Acme Panel 100',
      ),
    );
    expect(advisory.entries.map(reviewOf)).toEqual([
      "'see notes' names no version",
      expect.stringContaining('a version stands where the product should'),
    ]);
  });

  it('reads models that stand in the place of versions', () => {
    const advisory = advisoryOf(
      csaf([['A', 'Cameras', 'DH-IPC-HDW1XXX, and']], [vulnerability(['A'])], 'Acme Cameras'),
    );
    expect(advisory.entries[0]?.range).toEqual({ kind: 'all' });
    expect(advisory.entries[0]?.forms[0]?.patterns[0]?.written).toBe('DH-IPC-HDW1XXX');
  });

  it('joins firmware and the hardware that it is installed on', () => {
    const product = (id: string, name: string): unknown => ({
      category: 'product_version',
      name,
      product: { name, product_id: id },
    });
    const document = {
      ...csaf([], [{ cve: 'CVE-2026-1', product_status: { known_affected: ['F-on-H'] } }], 'Acme Cam 7'),
      product_tree: {
        branches: [
          {
            category: 'vendor',
            name: 'Acme',
            branches: [
              {
                category: 'product_family',
                name: 'Cams',
                branches: [
                  { category: 'product_name', name: 'Cam 7', product: { name: 'Cam 7', product_id: 'H' } },
                ],
              },
              { category: 'product_name', name: 'Cam Firmware', branches: [product('F', '1.2')] },
            ],
          },
        ],
        relationships: [
          {
            category: 'installed_on',
            product_reference: 'F',
            relates_to_product_reference: 'H',
            full_product_name: { name: 'F on H', product_id: 'F-on-H' },
          },
        ],
      },
    };
    const advisory = advisoryOf(document);
    expect(advisory.entries.map(({ product: name, matched }) => [name, matched])).toEqual([
      ['Cam 7', 'Cam Firmware / 1.2 on Cam 7'],
    ]);
  });
});

describe('a broken document', () => {
  it('is told with its place', () => {
    const text = JSON.stringify(whole, undefined, 1);
    const cut = read(text.slice(0, 400));
    expect(cut).toMatchObject({ kind: 'error', error: [{ code: 'json-syntax' }] });
    const wrong = read(text.replace('"title"', '"title'));
    expect(wrong.kind === 'error' && wrong.error[0]?.at?.line).toBeGreaterThan(1);
    expect(problemsOf({ ...whole, document: { csaf_version: '1.2', tracking: { id: 'X' } } })).toEqual([
      'version-unsupported 3',
    ]);
    expect(problemsOf({ ...whole, document: { csaf_version: '2.0' } })).toEqual(['key-missing 2']);
    expect(problemsOf({ some: 'thing' })).toEqual(['format-mismatch 1']);
    expect(problemsOf([])).toEqual(['format-mismatch 1']);
  });

  it('is read as far as it goes, and clears nothing', () => {
    const document = csaf(
      [['A', 'Panel 100', '<= 2.5']],
      [{ cve: 'CVE-2026-1', product_status: { known_affected: ['A', 'Z'] } }],
      'Acme Panel 100',
    );
    expect(problemsOf(document)).toEqual([expect.stringMatching(/^reference-unknown \d+$/)]);
    expect(advisoryOf(document).doubts).toEqual(['the document is not valid CSAF']);
    expect(
      problemsOf(
        csaf(
          [
            ['A', 'Panel 100', '1.0'],
            ['A', 'Panel 200', '1.0'],
          ],
          [vulnerability(['A'])],
          'Acme Panel',
        ),
      ),
    ).toEqual([expect.stringMatching(/^id-duplicate /)]);
  });

  it('does not exhaust the stack, however deep it nests', () => {
    const deep = `{"document":{"csaf_version":"2.0","tracking":{"id":"X"}},"product_tree":{"branches":${'[{"category":"a","name":"b","branches":'.repeat(2000)}[]${'}]'.repeat(2000)}}}`;
    expect(read(deep).kind).toBe('ok');
    expect(['ok', 'error']).toContain(read('['.repeat(100_000)).kind);
  });

  it('of any shape is read or refused, and never throws', () => {
    const keys = [
      'document',
      'csaf_version',
      'tracking',
      'id',
      'product_tree',
      'branches',
      'category',
      'name',
      'product',
      'product_id',
      'vulnerabilities',
      'product_status',
      'known_affected',
      'relationships',
      'remediations',
      'details',
    ];
    const text = JSON.stringify(whole);
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), fc.nat(40), (key, value, nth) => {
        let count = -1;
        const broken: unknown = JSON.parse(text, (name, old: unknown) => {
          if (name !== key) return old;
          count += 1;
          return count === nth % 4 ? value : old;
        });
        const found = read(JSON.stringify(broken));
        if (found.kind === 'error') for (const { at } of found.error) expect(at?.line).toBeGreaterThan(0);
      }),
      { numRuns: 400, seed: 8 },
    );
  });

  it('with bytes changed is read or refused at a place', () => {
    const text = JSON.stringify(whole, undefined, 1);
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.constantFrom('"', '{', '}', '\u0000', ',', '9', '\\'),
        (index, character) => {
          const found = read(text.slice(0, index) + character + text.slice(index + 1));
          if (found.kind === 'error') for (const { at } of found.error) expect(at?.line).toBeGreaterThan(0);
        },
      ),
      { numRuns: 400, seed: 9 },
    );
  });
});
