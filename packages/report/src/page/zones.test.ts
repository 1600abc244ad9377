import type { AuditDocument } from '@holdfast/audit';
import { describe, expect, test } from 'vitest';
import { pivotChains } from './pivot-chains.ts';
import { zoneMatrix } from './zone-matrix.ts';

const packet = { src: '10.0.1.9', dst: '10.0.2.10', protocol: 'tcp', dport: 445, state: 'new' } as const;
const rule = { id: 'f/fwd/7', text: 'ip daddr 10.0.2.10 accept', at: { file: 'fw.nft', line: 7, column: 5 } };

const segmentation = {
  policy: 'declared',
  zones: [
    {
      id: 'cams',
      name: 'Cameras <b>',
      function: 'video',
      riskClass: 'high',
      basis: 'declared',
      places: ['c'],
    },
    { id: 'off', name: 'Offices', function: 'corporate', basis: 'declared', places: ['o'] },
  ],
  sources: [{ device: 'fw', file: 'fw.nft', sha256: 'a'.repeat(64), captured: '2026-11-01' }],
  cells: [
    { from: 'cams', to: 'cams', verdict: 'same', flows: [], notes: [] },
    {
      from: 'cams',
      to: 'off',
      verdict: 'violating',
      denial: 'no conduit names it',
      flows: [
        {
          kind: 'violating',
          from: 'c',
          to: 'o',
          under: 'fw-1',
          services: ['tcp/445'],
          sources: ['all'],
          destinations: ['10.0.2.10'],
          isWhole: true,
          hops: [{ router: 'fw', iif: 'e1', oif: 'e2', packet, rule }],
          why: [],
          blind: [],
        },
      ],
      notes: [],
    },
    { from: 'off', to: 'cams', verdict: 'closed', flows: [], notes: [] },
  ],
  notes: [],
} satisfies AuditDocument['segmentation'];

const document = (more: Partial<AuditDocument>): AuditDocument => more as AuditDocument;
const same = (id: string): string => id;

describe('the table of zones', () => {
  const { text } = zoneMatrix(document({ segmentation }), same);

  test('each cell that is told opens its flows, with packet, rule, file and line', () => {
    const [, anchor = ''] = /<a href="#(zones-[^"]+)"/.exec(text) ?? [];
    expect(text).toContain(`id="${anchor}"`);
    expect(text).toContain('10.0.1.9 → 10.0.2.10 tcp/445');
    expect(text).toContain('ip daddr 10.0.2.10 accept');
    expect(text).toContain('f/fwd/7, fw.nft:7');
    expect(text).toContain('only while fw-1 is down');
  });

  test('each verdict has words and a sign, and names are escaped', () => {
    expect(text).toContain('aria-label="Cameras &lt;b&gt; to Offices: open and should not be"');
    expect(text).toContain('<span class="sr">shut</span>');
    expect(text).not.toContain('Cameras <b>');
  });

  test('one zone alone makes no table', () => {
    const [zone] = segmentation.zones;
    const lone = { ...segmentation, zones: zone ? [zone] : [], cells: [] };
    expect(zoneMatrix(document({ segmentation: lone }), same).text).toBe('');
    expect(zoneMatrix(document({}), same).text).toBe('');
  });
});

describe('the chains of an attacker', () => {
  const named = (id: string): { id: string; name: string } => ({ id, name: `The ${id}` });
  const arrow = {
    kind: 'packet',
    from: named('cam'),
    to: named('payroll'),
    verdict: 'yes',
    service: 'tcp/445 smb',
    passages: [
      { router: named('fw'), packet, rule: { id: rule.id, file: 'fw.nft', line: 7, text: rule.text } },
    ],
    why: [],
  } as const;
  const asked = {
    from: 'class:camera',
    to: 'holds:payroll',
    verdict: 'yes',
    sources: 1,
    targets: [named('payroll')],
    paths: [{ verdict: 'yes', reverse: false, arrows: [arrow], alike: [] }],
    found: 1,
    unreached: [],
    closing: { rules: null, arrows: [arrow] },
  } as const satisfies NonNullable<AuditDocument['pivots']>[number];

  test('draw each device, and the rule on each arrow', () => {
    const { text } = pivotChains(document({ pivots: [asked] }), same);
    expect(text).toContain('From any camera to <bdi>payroll</bdi>');
    expect(text).toMatch(/The cam<\/bdi>.*class="arrow".*f\/fwd\/7, fw\.nft:7.*The payroll<\/bdi>/s);
    expect(text).toContain('No rule can close it.');
  });

  test('a question without a path is told as a no', () => {
    const { closing: _closing, ...open } = asked;
    const { text } = pivotChains(
      document({ pivots: [{ ...open, verdict: 'no', paths: [], found: 0 }] }),
      same,
    );
    expect(text).toContain('1 question to which the answer is no');
    expect(text).not.toContain('class="chain"');
  });
});
