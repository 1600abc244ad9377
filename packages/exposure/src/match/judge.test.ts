import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advisoryOf, csaf, verdictOf, vulnerability, type MadeProduct } from './advisories.fixture.ts';
import { everyPair } from './every-pair.ts';
import { Matcher } from './match-devices.ts';

const one = (versions: string, fix?: string, name?: string): unknown =>
  csaf(
    [name === undefined ? ['A', 'Panel 100', versions] : ['A', 'Panel 100', versions, name]],
    [vulnerability(['A'], fix)],
    'Acme Panel 100',
  );

const verdict = (document: unknown, firmware: string, model = 'Panel 100'): string =>
  verdictOf(document, model, firmware).verdict;

describe('one range', () => {
  it.each([
    ['<= 2.5', '2.5', 'affected'],
    ['<= 2.5', '2.6', 'not_affected'],
    ['< 2.5', '2.5', 'not_affected'],
    ['vers:all/*', '', 'affected'],
    ['<= 2.5', '', 'needs_review'],
    ['<= 2.5', 'unknown', 'needs_review'],
    ['<= 2.5', 'see sticker', 'needs_review'],
    ['2.5.1', '2.5.0', 'needs_review'],
    ['All versions with module X', '2.5', 'needs_review'],
    ['2.1, 2.3, and', '2.9', 'needs_review'],
  ])('%s and firmware %j: %s', (range, firmware, expected) => {
    expect(verdict(one(range), firmware)).toBe(expected);
  });

  it('tells what mends it, and what was compared', () => {
    expect(verdictOf(one('<= 2.5', 'Update to version 2.7 or later.'), 'Panel 100', '2.4')).toMatchObject({
      verdict: 'affected',
      matched: 'Panel 100 / <= 2.5',
      fixedIn: '2.7',
      why: '2.4 is at most 2.5',
    });
    expect(verdictOf(one('< 2.7'), 'Panel 100', '2.4').fixedIn).toBe('2.7');
  });
});

describe('prose against ranges', () => {
  it('reviews a version between the last that is affected and the first that is mended', () => {
    const document = one('<= 2.5', 'Update to version 2.7 or later.');
    expect(verdict(document, '2.6')).toBe('needs_review');
    expect(verdict(document, '2.7')).toBe('not_affected');
  });

  it('reviews a version that is called affected and named as what mends it', () => {
    expect(verdict(one('<= 2.5', 'Acme recommends users update to version 2.5.'), '2.5')).toBe(
      'needs_review',
    );
    expect(verdict(one('2.5', 'Acme recommends users update to version 2.5.'), '2.5')).toBe('needs_review');
  });

  it('takes no other number of a sentence for a fix', () => {
    for (const text of [
      'A CVSS v3 base score of 9.8 has been calculated.',
      'Disable TLS 1.0 and update to 2.0 of the guide at http://example.org/2.0',
      'Versions 2.4 and prior are affected.',
    ])
      expect(verdict(one('<= 2.5', text), '2.5')).toBe('affected');
  });

  it('takes 2.7 for 2.70 where the name has the zero that the branch lost', () => {
    const document = one('2.7', undefined, 'Panel 100: Version 2.70');
    expect(verdict(document, '2.70')).toBe('affected');
    expect(verdict(document, '2.7')).toBe('affected');
  });

  it('reviews the end that a name leaves open', () => {
    expect(verdict(one('<7.0', undefined, 'Panel 100: All versions up to 7.0'), '7.0')).toBe('needs_review');
  });

  it('clears the patch of a release that is named as a whole', () => {
    const document = one('10 | 11', 'Update Panel 100 Version 10 with patch 10.1.5');
    expect(verdict(document, '10.1.4')).toBe('affected');
    expect(verdict(document, '10.1.5')).toBe('not_affected');
  });
});

describe('several ends of one product', () => {
  const lines = csaf(
    [
      ['A', 'Panel 100', '< 10.1.6'],
      ['B', 'Panel 100', '< 11.0.3'],
    ],
    [vulnerability(['A', 'B'])],
    'Acme Panel 100',
  );
  it.each([
    ['10.1.5', 'affected'],
    ['10.1.6', 'not_affected'],
    ['11.0.2', 'affected'],
    ['11.0.3', 'not_affected'],
    ['9.0', 'affected'],
    ['12.0', 'not_affected'],
  ])('lines side by side: %s is %s', (firmware, expected) => {
    expect(verdict(lines, firmware)).toBe(expected);
  });

  it('reads inclusive ends as one range', () => {
    const document = csaf(
      [
        ['A', 'Panel 100', '<= 3.1'],
        ['B', 'Panel 100', '<= 3.3'],
      ],
      [vulnerability(['A', 'B'])],
      'Acme Panel 100',
    );
    expect(verdict(document, '3.2')).toBe('affected');
  });

  it('clears nothing by lines that fixes speak against', () => {
    const document = csaf(
      [
        ['A', 'Panel 100', '< V1.81.2'],
        ['B', 'Panel 100', '< V8.3'],
      ],
      [
        {
          ...vulnerability(['A', 'B']),
          remediations: [
            {
              category: 'vendor_fix',
              details: 'Acme provides version V1.81.2, which fixes CVE-2026-1000',
              product_ids: ['A'],
            },
          ],
        },
      ],
      'Acme Panel 100',
    );
    expect(verdict(document, 'V1.82')).toBe('needs_review');
  });
});

describe('contradictions and gaps', () => {
  it('reviews what is called affected and fixed', () => {
    const document = csaf(
      [['A', 'Panel 100', '<= 2.5']],
      [{ cve: 'CVE-2026-1', product_status: { known_affected: ['A'], fixed: ['A'] } }],
      'Acme Panel 100',
    );
    expect(verdict(document, '2.4')).toBe('needs_review');
  });

  it('reviews a product that no vulnerability speaks of', () => {
    const document = csaf(
      [
        ['A', 'Panel 100', '<= 2.5'],
        ['B', 'Panel 200', '<= 2.5'],
      ],
      [vulnerability(['A'])],
      'Acme Panel 100',
    );
    expect(verdict(document, '9.9', 'Panel 200')).toBe('needs_review');
  });

  it('tells vulnerabilities of one advisory apart', () => {
    const document = csaf(
      [
        ['A', 'Panel 100', '< 4.1'],
        ['B', 'Panel 100', 'vers:all/*'],
      ],
      [vulnerability(['A'], undefined, 'CVE-2026-1'), vulnerability(['B'], undefined, 'CVE-2026-2')],
      'Acme Panel 100',
    );
    const matches = new Matcher([advisoryOf(document)]).match({
      vendor: 'Acme',
      model: 'Panel 100',
      firmware: '4.1',
    });
    expect(matches.map(({ cve, verdict }) => [cve, verdict])).toEqual([
      ['CVE-2026-1', 'not_affected'],
      ['CVE-2026-2', 'affected'],
    ]);
  });

  it('clears nothing by an advisory whose title names another vendor', () => {
    const document = csaf([['A', 'Panel 100', '<= 2.5']], [vulnerability(['A'])], 'Umbrella Airlock 7');
    expect(verdict(document, '9.9')).toBe('needs_review');
  });

  it('asks about the product of the title that the tree does not list', () => {
    const document = csaf([['A', 'Panel 100', '<= 2.5']], [vulnerability(['A'])], 'Acme Airlock');
    expect(verdict(document, '9.9', 'Airlock')).toBe('needs_review');
    expect(verdict(document, '9.9')).toBe('not_affected');
  });

  it('is never sure of a product whose name says more or less', () => {
    expect(verdict(one('<= 2.5'), '2.4', 'Panel 100 Turbo')).toBe('needs_review');
  });

  it('reviews variants of a name that fare differently', () => {
    const document = csaf(
      [
        ['A', 'Panel 100 (BACnet)', '< 3.5'],
        ['B', 'Panel 100 (Ethernet)', 'vers:all/*'],
      ],
      [vulnerability(['A', 'B'])],
      'Acme Panel 100',
    );
    expect(verdict(document, '3.6')).toBe('needs_review');
    expect(verdict(document, '3.6', 'Panel 100 (BACnet)')).toBe('not_affected');
  });
});

describe('a device without a vendor', () => {
  it('is asked about by its model number, and never sure', () => {
    const document = csaf(
      [['A', 'IPC-2XXX Series', '<= 2.5']],
      [vulnerability(['A'])],
      'Acme IPC-2XXX Series',
    );
    expect(verdictOf(document, 'IPC-2431', '2.4', '').verdict).toBe('needs_review');
    expect(new Matcher([advisoryOf(document)]).match({ vendor: '', model: 'Camera', firmware: '' })).toEqual(
      [],
    );
  });

  it('may have it in its model, or misspelt', () => {
    const document = csaf([['A', 'Panel 100', '<= 2.5']], [vulnerability(['A'])], 'Acme Panel 100');
    expect(verdictOf(document, 'Acme Panel 100', '2.4', 'Some Installer').verdict).toBe('affected');
    const long = JSON.parse(JSON.stringify(document).replaceAll('Acme Systems', 'Hikvision')) as unknown;
    expect(verdictOf(long, 'Panel 100', '2.4', 'Hikvison').verdict).toBe('affected');
  });
});

describe('other names', () => {
  it('asks under the aliases of the user, and is never sure of a brand of another maker', () => {
    const advisory = advisoryOf(one('<= 2.5'));
    const alias = {
      vendor: 'Own Brand',
      model: 'OB-1',
      asVendor: 'Acme',
      asModel: 'Panel 100',
      isSure: true,
    };
    const device = { vendor: 'Own Brand', model: 'OB-1', firmware: '2.4' };
    expect(new Matcher([advisory]).match(device)).toEqual([]);
    expect(new Matcher([advisory], [alias]).match(device)[0]?.verdict).toBe('affected');
    expect(new Matcher([advisory], [{ ...alias, isSure: false }]).match(device)[0]?.verdict).toBe(
      'needs_review',
    );
  });
});

describe('laws', () => {
  const version = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 3 })
    .map((each) => each.join('.'));
  const range = fc.oneof(
    version.map((each) => `< ${each}`),
    version.map((each) => `<= ${each}`),
    version.map((each) => `>= ${each}`),
    version,
    fc.tuple(version, version).map(([a, b]) => `>= ${a} | <= ${b}`),
    fc.constantFrom('vers:all/*', 'All versions with X', 'nonsense', ''),
  );
  const product = fc.constantFrom(
    'Panel 100',
    'Panel 200',
    'Panel 100 Pro',
    'IPC-2XXX Series',
    'IP Cameras',
    'Door/Gate Unit 5',
  );
  const fix = fc.option(
    version.map((each) => `Update to version ${each} or later.`),
    { nil: undefined },
  );
  const document = fc
    .tuple(fc.array(fc.tuple(product, range), { minLength: 1, maxLength: 4 }), fix)
    .map(([listed, text]) => {
      const products = listed.map(([name, versions], index): MadeProduct => [`P${index}`, name, versions]);
      return csaf(
        products,
        [
          vulnerability(
            products.map(([id]) => id),
            text,
          ),
        ],
        'Acme products',
      );
    });
  const model = fc.constantFrom(
    'Panel 100',
    'Panel-200',
    'panel 100 pro',
    'IPC-2431',
    'Gate Unit 5',
    'Other',
  );

  it('unknown firmware is never clear', () => {
    fc.assert(
      fc.property(
        document,
        model,
        fc.constantFrom('', 'n/a', '?', 'unknown', 'sticker torn'),
        (each, name, firmware) => {
          for (const { verdict } of new Matcher([advisoryOf(each)]).match({
            vendor: 'Acme',
            model: name,
            firmware,
          }))
            expect(verdict).not.toBe('not_affected');
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });

  it('finds by the index what a comparison of every pair finds', () => {
    fc.assert(
      fc.property(
        fc.array(document, { minLength: 1, maxLength: 4 }),
        model,
        version,
        (documents, name, firmware) => {
          const advisories = documents.map(advisoryOf);
          const device = { vendor: 'ACME', model: name, firmware };
          expect(new Matcher(advisories).match(device)).toEqual(everyPair(device, advisories));
        },
      ),
      { numRuns: 200, seed: 6 },
    );
  });

  it('a range of one product agrees with plain comparison of numbers', () => {
    const three = fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
    );
    fc.assert(
      fc.property(three, three, fc.boolean(), (end, own, isIncluded) => {
        const difference = own[0] - end[0] || own[1] - end[1] || own[2] - end[2];
        const isAffected = isIncluded ? difference <= 0 : difference < 0;
        const found = verdict(one(`${isIncluded ? '<=' : '<'} ${end.join('.')}`), own.join('.'));
        expect(found).toBe(isAffected ? 'affected' : 'not_affected');
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
