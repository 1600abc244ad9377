import { loadEstate } from '@holdfast/estate';
import { present } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import { advisoryOf, csaf, vulnerability } from '../match/advisories.fixture.ts';
import { Matcher } from '../match/match-devices.ts';
import { checkEstate, type Against, type Exposure } from './check-estate.ts';

const document = csaf([['A', 'Panel 100', '<= 2.5']], [vulnerability(['A'], 'Update to version 2.6.')]);

const against: Against = {
  matcher: new Matcher([advisoryOf(document)]),
  facts: { published: new Map(), scores: new Map() },
  logins: [],
  aliases: [],
  today: '2026-11-24',
};

const kev = {
  version: '1',
  released: '2026-01-01',
  byCve: new Map([
    [
      'CVE-2026-1000',
      { cve: 'CVE-2026-1000', added: '2026-11-01', due: '2026-11-22', usedByRansomware: false },
    ],
  ]),
};

/** What is exposed of one device, with lines of its own and a policy for its class. */
function check(
  lines: readonly string[],
  more: Partial<Against> = {},
  policy = 'owner: it, test: one',
): Exposure {
  const text = [
    'holdfast: 1',
    'sites: { hq: { name: HQ, timeZone: Europe/Berlin } }',
    'parties: { it: { name: IT, kind: team } }',
    'networks: { lan: { site: hq } }',
    'profiles: { own/panel: { class: controller, name: Panel, vendor: Acme, model: Panel 100 } }',
    `patching: { panels: { classes: [controller], ${policy} } }`,
    'devices:',
    '  panel:',
    '    profile: own/panel',
    '    at: hq',
    ...lines.map((each) => `    ${each}`),
    '',
  ].join('\n');
  const loaded = loadEstate([{ name: 'a.yaml', text }], []);
  if (loaded.kind === 'error') throw new TypeError(JSON.stringify(loaded.error));
  return checkEstate(loaded.value, { ...against, ...more });
}

const ids = (exposure: Exposure): readonly string[] =>
  exposure.findings.map(({ id, verdict }) => `${id} ${verdict}`);

describe('logins', () => {
  it.each([
    ['login: own', []],
    ['login: shared', ['EXP-DEFAULT-CRED fails']],
    ['login: default', ['EXP-DEFAULT-CRED fails']],
    ['login: none', ['EXP-DEFAULT-CRED fails']],
    ['login: unknown', ['EXP-DEFAULT-CRED unknown']],
    ['name: Panel', ['EXP-DEFAULT-CRED unknown']],
  ])('%s', (line, expected) => {
    expect(ids(check([line, 'network: lan']))).toEqual(expected);
  });

  it('asks nothing of what no network reaches', () => {
    expect(ids(check([]))).toEqual([]);
  });

  it('weighs more where a list knows a default login of the vendor', () => {
    const logins = [{ product: 'Acme Panel', user: 'admin' }];
    expect(check(['network: lan'], { logins }).findings[0]).toMatchObject({ severity: 'high' });
    expect(check(['network: lan']).findings[0]).toMatchObject({ severity: 'medium' });
  });
});

describe('what listens', () => {
  it.each([
    ['{ tcp/23: { service: telnet } }', ['EXP-CLEARTEXT fails']],
    ['{ tcp/80: {} }', ['EXP-CLEARTEXT unknown']],
    ['{ tcp/80: { tls: true } }', []],
    ['{ tcp/443: { service: https } }', []],
    ['{ tcp/8554: { service: rtsp } }', ['EXP-CLEARTEXT fails']],
    ['{ tcp/23: { service: ssh } }', []],
  ])('%s', (listens, expected) => {
    expect(ids(check(['login: own', `listens: ${listens}`]))).toEqual(expected);
  });
});

describe('certificates, support and makers', () => {
  it.each([
    ['certificateExpires: 2026-11-23', ['EXP-CERT fails']],
    ['certificateExpires: 2026-11-24', []],
    ['certificate: self-signed', ['EXP-CERT fails']],
    ['certificate: issued', []],
    ['supportEnds: 2026-11-23', ['PAT-EOL fails']],
    ['supportEnds: 2026-11-24', []],
    [
      'vendor: Hangzhou Hikvision Digital Technology Co., Ltd.',
      ['EXP-BANNED-VENDOR fails', 'EXP-BANNED-VENDOR fails'],
    ],
    ['vendor: Lorex', ['EXP-BANNED-VENDOR unknown', 'EXP-BANNED-VENDOR unknown']],
    ['vendor: Axis', []],
  ])('%s', (line, expected) => {
    expect(ids(check([line]))).toEqual(expected);
  });
});

describe('vulnerabilities', () => {
  it('of what is exploited fails, past the day of the catalogue twice', () => {
    const found = check(['firmware: 2.4'], { facts: { ...against.facts, kev } });
    expect(ids(found)).toEqual(['PAT-KEV fails', 'PAT-OVERDUE fails']);
    expect(present(found.findings[0], 'a finding').remedy).toContain('2.6');
  });

  it('is unknown while nobody knows the firmware', () => {
    expect(ids(check([], { facts: { ...against.facts, kev } }))).toEqual(['PAT-KEV unknown']);
  });

  it('is clear once it is mended', () => {
    const found = check(['firmware: "2.6"'], { facts: { ...against.facts, kev } });
    expect(ids(found)).toEqual([]);
    expect(found.devices[0]?.matches[0]?.verdict).toBe('not_affected');
  });

  it.each([
    ['2026-10-26', 7.5, 'owner: it, test: one', []],
    ['2026-10-24', 7.5, 'owner: it, test: one', ['PAT-OVERDUE fails']],
    ['2026-10-24', 5, 'owner: it, test: one', []],
    ['2026-10-24', 5, 'owner: it, test: one, deadlines: { medium: 7d }', ['PAT-OVERDUE fails']],
  ])('published on %s with %d under %s', (day, score, policy, expected) => {
    const facts = {
      published: new Map([['TEST-1', day]]),
      scores: new Map([['TEST-1 CVE-2026-1000', score]]),
    };
    expect(ids(check(['firmware: 2.4'], { facts }, policy))).toEqual(expected);
  });
});

describe('who patches', () => {
  it.each([
    ['owner: it, test: one', []],
    ['owner: unknown, test: one', ['PAT-NO-OWNER fails']],
    ['owner: it', ['PAT-NO-OWNER fails']],
  ])('%s', (policy, expected) => {
    expect(ids(check([], {}, policy))).toEqual(expected);
  });
});
