import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fateOf, readOf, type Written } from '../cisco/packets.fixture.ts';
import { readJunosSrx } from './read-junos-srx.ts';

const text = readFileSync(new URL('../../fixtures/junos/hospital.junos', import.meta.url), 'utf8');
const read = (from: string) => readOf(readJunosSrx({ name: 'hospital.junos', text: from }));
const hospital = read(text);

const camera = { iif: 'reth0.20', oif: 'reth0.30', src: '10.20.3.4' } as const;
const door = { iif: 'reth0.21', oif: 'reth0.30', src: '10.21.4.5', sport: 40_000 } as const;
const office = { iif: 'reth0.30', oif: 'ge-0/0/0.0', src: '10.30.5.5' } as const;
const payroll = { iif: 'reth0.31', oif: 'ge-0/0/0.0', src: '10.30.200.5' } as const;
const outside = { iif: 'ge-0/0/0.0', oif: 'ge-0/0/2.0', src: '192.0.2.77' } as const;

describe('a hospital with zones, filters and translations', () => {
  it.each<[string, Written, string]>([
    ['a set of applications', { ...camera, dst: '10.30.0.10', dport: 554 }, 'accept cctv-to-office/video'],
    ['a term in one statement', { ...camera, dst: '10.30.0.25', dport: 8010 }, 'accept cctv-to-office/video'],
    [
      'another of its terms',
      { ...camera, dst: '10.30.0.25', protocol: 17, dport: 3702 },
      'accept cctv-to-office/video',
    ],
    [
      'an ICMP type by its name, with a code',
      { ...camera, dst: '10.30.0.25', protocol: 1, icmp: [3, 3] },
      'accept cctv-to-office/video',
    ],
    [
      'another code',
      { ...camera, dst: '10.30.0.25', protocol: 1, icmp: [3, 1] },
      'drop cctv-to-office/log-and-drop',
    ],
    [
      'the policy of a group behind the written ones',
      { ...camera, dst: '10.30.0.30', dport: 554 },
      'drop cctv-to-office/log-and-drop',
    ],
    [
      'the book of the other zone does not count',
      { ...camera, dst: '10.30.9.9', dport: 554 },
      'drop cctv-to-office/log-and-drop',
    ],
    ['an inactive policy', { ...camera, dst: '10.30.77.1', dport: 80 }, 'drop cctv-to-office/log-and-drop'],
    [
      'a wildcard with a gap, a source port',
      { ...door, dst: '10.30.0.10', dport: 4070 },
      'accept doors-to-office/controllers',
    ],
    [
      'beside the wildcard',
      { ...door, src: '10.21.4.6', dst: '10.30.0.10', dport: 4070 },
      'drop doors-to-office/log-and-drop',
    ],
    [
      'beside the source port',
      { ...door, sport: 1000, dst: '10.30.0.10', dport: 4070 },
      'drop doors-to-office/log-and-drop',
    ],
    [
      'a DNS name may be any address',
      { ...door, dst: '10.30.77.1', dport: 443 },
      'unknown doors-to-office/log-and-drop',
    ],
    [
      'a schedule',
      { ...door, oif: 'reth0.31', dst: '10.30.200.1', dport: 22 },
      'unknown doors-to-office/log-and-drop',
    ],
    [
      'within a zone a policy decides',
      { ...office, oif: 'reth0.31', dst: '10.30.200.5', protocol: 1, icmp: [8, 0] },
      'accept office-to-office/within',
    ],
    [
      'and denies',
      { ...office, oif: 'reth0.31', dst: '10.30.200.5', dport: 22 },
      'drop office-to-office/log-and-drop',
    ],
    [
      'any-ipv4 is no IPv6',
      {
        ...office,
        oif: 'reth0.31',
        src: '2001:db8:30::5',
        dst: '2001:db8:30::6',
        protocol: 58,
        icmp: [128, 0],
      },
      'drop office-to-office/log-and-drop',
    ],
    [
      'all sources but these',
      { ...payroll, dst: '192.0.2.1', dport: 80 },
      'drop office-to-untrust/log-and-drop',
    ],
    [
      'services that look inside',
      { ...payroll, dst: '192.0.2.1', dport: 443 },
      'unknown office-to-untrust/payroll-looked-into',
    ],
    ['who a user is', { ...office, dst: '192.0.2.1', dport: 21 }, 'unknown office-to-untrust/log-and-drop'],
    [
      'a global policy where the zones have none',
      { iif: 'reth0.40', oif: 'reth0.30', src: '10.40.0.5', dst: '10.30.0.10', protocol: 17, dport: 123 },
      'accept global/ntp',
    ],
    [
      'a global policy behind the policies of the zones',
      { ...door, dst: '10.30.0.10', protocol: 17, dport: 123 },
      'drop doors-to-office/log-and-drop',
    ],
    [
      'the default',
      { iif: 'reth0.40', oif: 'reth0.20', src: '10.40.0.5', dst: '10.20.0.5' },
      'drop default-policy',
    ],
    [
      'an interface of no zone',
      { iif: 'ge-0/0/7.0', oif: 'reth0.30', src: '10.97.0.5', dst: '10.30.0.10' },
      'drop zones/none',
    ],
    [
      'an interface that is disabled',
      { iif: 'ge-0/0/6.0', oif: 'reth0.30', src: '10.98.0.5', dst: '10.30.0.10' },
      'drop ge-0/0/6.0/disable',
    ],
    [
      'a reply',
      { ...outside, oif: 'reth0.30', dst: '10.30.5.5', state: 1, flags: 16 },
      'accept session/standing',
    ],
    [
      'a packet of no session',
      { ...office, dst: '192.0.2.1', dport: 443, state: 3, flags: 16 },
      'drop session/none',
    ],
    [
      'a list of prefixes in a filter',
      { ...outside, src: '10.1.1.1', dst: '203.0.113.3', dport: 443 },
      'drop filter/inet/from-outside/spoofed',
    ],
    [
      'a filter also for a reply',
      { ...outside, src: '10.1.1.1', dst: '203.0.113.3', dport: 443, state: 1 },
      'drop filter/inet/from-outside/spoofed',
    ],
    [
      'a port by its name in a filter',
      { ...outside, src: '198.18.4.1', dst: '203.0.113.3', dport: 23 },
      'reject filter/inet/from-outside/not-that-one',
    ],
    [
      'an exception in it',
      { ...outside, src: '198.18.5.1', dst: '203.0.113.3', dport: 23 },
      'drop untrust-to-dmz/log-and-drop',
    ],
    [
      'a rejection',
      { ...outside, src: '198.51.100.5', dst: '203.0.113.3', dport: 443 },
      'reject untrust-to-dmz/bad',
    ],
  ])('%s', (_, packet, fate) => {
    const [verdict = '', rule = ''] = fateOf(hospital, packet).split(' ');
    expect(`${verdict} ${rule}`).toBe(fate);
  });

  it.each<[string, Written, string]>([
    [
      'a forwarded port, known to the policy by the inner one',
      { ...outside, dst: '203.0.113.3', dport: 443 },
      'accept untrust-to-dmz/web as 192.0.2.77:49152 > 172.16.9.10:8443',
    ],
    [
      'a range of ports to one',
      { ...outside, dst: '203.0.113.3', dport: 8010 },
      'accept untrust-to-dmz/web as 192.0.2.77:49152 > 172.16.9.10:8443',
    ],
    ['beside the range', { ...outside, dst: '203.0.113.3', dport: 8011 }, 'drop untrust-to-dmz/log-and-drop'],
    [
      'a static translation, one by one',
      { ...outside, dst: '203.0.113.16', dport: 22 },
      'accept untrust-to-dmz/archive as 192.0.2.77:49152 > 172.16.9.64:22',
    ],
    [
      'and its next address',
      { ...outside, dst: '203.0.113.17', dport: 22 },
      'drop untrust-to-dmz/log-and-drop as 192.0.2.77:49152 > 172.16.9.65:22',
    ],
    [
      'a static translation backwards',
      { iif: 'ge-0/0/2.0', oif: 'ge-0/0/0.0', src: '172.16.9.66', dst: '192.0.2.1', dport: 443 },
      'accept dmz-to-untrust/out as 203.0.113.18:49152 > 192.0.2.1:443',
    ],
    [
      'a pool',
      { ...office, dst: '192.0.2.99', dport: 80 },
      'accept office-to-untrust/not-payroll as 203.0.113.4:* > 192.0.2.99:80',
    ],
    [
      'an interface named goes before a zone',
      { ...office, oif: 'ge-0/0/1.0', dst: '192.0.2.99', dport: 25 },
      'accept office-to-untrust/not-payroll as 192.0.2.2:* > 192.0.2.99:25',
    ],
    [
      'translation that is off',
      { ...office, dst: '10.80.1.1', dport: 993 },
      'accept office-to-untrust/not-payroll',
    ],
    [
      'no source translation for a zone without one',
      { iif: 'ge-0/0/2.0', oif: 'ge-0/0/0.0', src: '172.16.9.9', dst: '192.0.2.1', protocol: 17, dport: 53 },
      'accept dmz-to-untrust/out',
    ],
  ])('%s', (_, packet, fate) => expect(fateOf(hospital, packet)).toBe(fate));

  it('asks the filter on the way out behind all else', () => {
    const open = read(
      text.replace(
        'application junos-ssh;\n                }\n                then {\n                    permit;\n                }\n            }\n        }\n        from-zone dmz',
        'application any;\n                }\n                then {\n                    permit;\n                }\n            }\n        }\n        from-zone dmz',
      ),
    );
    expect(fateOf(open, { ...outside, dst: '203.0.113.16', dport: 445 })).toMatch(
      /^drop filter\/inet\/to-dmz\/no-smb/,
    );
    expect(fateOf(open, { ...outside, dst: '203.0.113.16', dport: 446 })).toMatch(/^accept /);
  });

  it.each<[string, Written, string]>([
    [
      'what a zone lets in, and a policy for the host',
      { iif: 'reth0.30', src: '10.30.0.10', dst: '10.30.0.1', dport: 22 },
      'accept office-to-junos-host/admins',
    ],
    [
      'what a policy for the host does not',
      { iif: 'reth0.30', src: '10.30.0.9', dst: '10.30.0.1', dport: 22 },
      'drop office-to-junos-host/log-and-drop',
    ],
    [
      'a filter of the loopback',
      { iif: 'reth0.30', src: '10.31.0.10', dst: '10.30.0.1', dport: 22 },
      'drop filter/inet/protect-re/implicit-discard',
    ],
    [
      'an interface in place of its zone',
      { iif: 'ge-0/0/0.0', src: '192.0.2.9', dst: '203.0.113.2', protocol: 1, icmp: [8, 0] },
      'accept ge-0/0/0.0/ping',
    ],
    [
      'another interface of that zone',
      { iif: 'ge-0/0/1.0', src: '192.0.2.9', dst: '192.0.2.2', protocol: 1, icmp: [8, 0] },
      'drop input/implicit-deny',
    ],
    [
      'what a filter discards',
      { iif: 'ge-0/0/0.0', src: '192.0.2.9', dst: '203.0.113.2', protocol: 17, dport: 500 },
      'drop filter/inet/protect-re/implicit-discard',
    ],
  ])('to itself: %s', (_, packet, fate) =>
    expect(fateOf(hospital, packet, 'input').split(' as ')[0]).toBe(fate),
  );
});
