import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fateOf, readOf, type Written } from '../cisco/packets.fixture.ts';
import { readFortigate } from './read-fortigate.ts';

const text = readFileSync(new URL('../../fixtures/fortigate/campus.conf', import.meta.url), 'utf8');
const read = (from: string) => readOf(readFortigate({ name: 'campus.conf', text: from }));
const campus = read(text);

const camera = { iif: 'cctv', oif: 'office', src: '10.20.3.4' } as const;
const outside = { iif: 'wan1', oif: 'dmz', src: '192.0.2.9' } as const;
const office = { iif: 'office', oif: 'wan1', src: '10.30.5.5' } as const;
const door = { iif: 'doors', oif: 'office', src: '10.21.4.5', sport: 40_000 } as const;
const bms = { iif: 'bms', oif: 'wan1', src: '10.22.0.7' } as const;

describe('a campus with zones, SD-WAN and virtual addresses', () => {
  it.each<[string, Written, string]>([
    ['a group in a group of services', { ...camera, dst: '10.30.0.10', dport: 8554 }, 'accept policy/1'],
    ['a range in a group of addresses', { ...camera, dst: '10.30.0.29', dport: 8005 }, 'accept policy/1'],
    ['beside the range', { ...camera, dst: '10.30.0.30', dport: 8005 }, 'drop policy/2'],
    ['a port beside the service', { ...camera, dst: '10.30.0.10', dport: 8011 }, 'drop policy/2'],
    [
      'UDP of a service of both',
      { ...camera, dst: '10.30.0.10', protocol: 17, dport: 3702 },
      'accept policy/1',
    ],
    [
      'the denial without an action',
      { ...camera, oif: 'wan1', dst: '192.0.2.1', dport: 443 },
      'drop policy/2',
    ],
    ['a wildcard with a gap', { ...door, dst: '10.30.1.5', dport: 443 }, 'accept policy/3'],
    [
      'beside the wildcard',
      { ...door, src: '10.21.4.6', dst: '10.30.1.5', dport: 443 },
      'drop policy/implicit-deny',
    ],
    ['a source port', { ...door, dst: '10.30.1.5', dport: 4070 }, 'accept policy/3'],
    [
      'beside the source port',
      { ...door, sport: 1000, dst: '10.30.1.5', dport: 4070 },
      'drop policy/implicit-deny',
    ],
    [
      'the members of a zone',
      { ...bms, oif: 'mgmt', dst: '10.30.1.6', protocol: 17, dport: 47_808 },
      'accept policy/4',
    ],
    [
      'an ICMP type and code',
      { ...bms, oif: 'office', dst: '10.30.1.6', protocol: 1, icmp: [3, 3] },
      'accept policy/4',
    ],
    [
      'another code',
      { ...bms, oif: 'office', dst: '10.30.1.6', protocol: 1, icmp: [3, 1] },
      'drop policy/implicit-deny',
    ],
    [
      'IPv6 in the same policy',
      { ...bms, oif: 'office', src: '2001:db8:22::11', dst: '2001:db8:30::5', protocol: 58, icmp: [128, 0] },
      'accept policy/4',
    ],
    [
      'beside its range',
      { ...bms, oif: 'office', src: '2001:db8:22::20', dst: '2001:db8:30::5', protocol: 58, icmp: [128, 0] },
      'drop policy/implicit-deny',
    ],
    [
      'a policy from a zone into itself',
      { ...bms, oif: 'doors', dst: '10.21.9.5', protocol: 17, dport: 47_808 },
      'accept policy/5',
    ],
    [
      'a zone that denies its own',
      { ...bms, oif: 'doors', dst: '10.21.9.6', protocol: 17, dport: 47_808 },
      'drop policy/implicit-deny',
    ],
    [
      'a zone that lets its own through',
      { ...office, oif: 'mgmt', dst: '10.99.0.9', dport: 22 },
      'accept zone/inside',
    ],
    [
      'a policy that is off',
      { iif: 'dmz', oif: 'office', src: '172.16.9.10', dst: '10.30.0.10' },
      'drop policy/implicit-deny',
    ],
    [
      'a schedule',
      { iif: 'ssl.root', oif: 'doors', src: '10.212.134.201', dst: '10.21.4.5', dport: 443 },
      'unknown policy/implicit-deny',
    ],
    [
      'and nothing else',
      { iif: 'ssl.root', oif: 'doors', src: '10.212.134.201', dst: '10.21.4.5', dport: 80 },
      'drop policy/implicit-deny',
    ],
    [
      'a group of users',
      { iif: 'ssl.root', oif: 'cctv', src: '10.212.134.201', dst: '10.20.4.5', dport: 443 },
      'unknown policy/implicit-deny',
    ],
    [
      'a DNS name may be any address',
      { ...bms, dst: '192.0.2.5', protocol: 17, dport: 123 },
      'unknown policy/implicit-deny',
    ],
    ['an internet service', { ...bms, dst: '192.0.2.5', dport: 9999 }, 'unknown policy/implicit-deny'],
    ['profiles that may block', { ...bms, dst: '192.0.2.5', dport: 443 }, 'unknown policy/17'],
    ['a denial with a reset', { ...office, oif: 'bms', dst: '10.22.0.7', dport: 445 }, 'reject policy/23'],
    [
      'all but these addresses',
      { iif: 'vpn-branch', oif: 'office', src: '10.80.0.5', dst: '10.30.5.5', dport: 443 },
      'accept policy/19',
    ],
    [
      'one of these addresses',
      { iif: 'vpn-branch', oif: 'office', src: '10.80.0.5', dst: '10.30.200.5', dport: 443 },
      'drop policy/implicit-deny',
    ],
    [
      'one of these services',
      { iif: 'vpn-branch', oif: 'office', src: '10.80.0.5', dst: '10.30.5.5', dport: 80 },
      'drop policy/implicit-deny',
    ],
    [
      'another protocol than these',
      { iif: 'vpn-branch', oif: 'office', src: '10.80.0.5', dst: '10.30.5.5', protocol: 17, dport: 80 },
      'accept policy/19',
    ],
    [
      'a portal asks who it is',
      { iif: 'guest', oif: 'wan1', src: '10.40.0.9', dst: '192.0.2.1', dport: 443 },
      'unknown policy/21',
    ],
    [
      'where it would be denied anyway',
      { iif: 'guest', oif: 'office', src: '10.40.0.9', dst: '10.30.0.10', dport: 443 },
      'drop policy/implicit-deny',
    ],
    [
      'an interface that is down',
      { iif: 'spare', oif: 'office', src: '10.98.0.9', dst: '10.30.0.10' },
      'drop spare/down',
    ],
    [
      'back by the interface it came in by',
      { iif: 'dmz', oif: 'dmz', src: '172.16.9.9', dst: '172.16.9.8' },
      'drop policy/implicit-deny',
    ],
    ['a reply', { ...outside, dst: '10.30.5.5', state: 1, flags: 16 }, 'accept session/standing'],
    [
      'a packet of no session',
      { ...office, dst: '192.0.2.1', dport: 443, state: 3, flags: 16 },
      'drop session/none',
    ],
    ['multicast', { ...camera, dst: '239.1.2.3', protocol: 17, dport: 5000 }, 'unknown multicast'],
  ])('%s', (_, packet, fate) => {
    const [verdict = '', rule = ''] = fateOf(campus, packet).split(' ');
    expect(`${verdict} ${rule}`).toBe(fate);
  });

  it.each<[string, Written, string]>([
    [
      'a pool',
      { ...office, dst: '192.0.2.1', dport: 443 },
      'accept policy/16 as 203.0.113.4:* > 192.0.2.1:443',
    ],
    [
      'a group without one of its members',
      { ...office, src: '10.30.200.9', dst: '192.0.2.1', dport: 80 },
      'drop policy/implicit-deny',
    ],
    [
      'a pool one to one keeps the port',
      { ...office, src: '10.30.200.9', dst: '192.0.2.1', dport: 443 },
      'accept policy/15 as 203.0.113.5:49152 > 192.0.2.1:443',
    ],
    [
      'the address of the interface',
      { iif: 'dmz', oif: 'wan1', src: '172.16.9.9', dst: '192.0.2.1', dport: 443 },
      'accept policy/22 as 203.0.113.2:* > 192.0.2.1:443',
    ],
    [
      'the outer address of a virtual one',
      { iif: 'dmz', oif: 'wan1', src: '172.16.9.20', dst: '192.0.2.1', dport: 443 },
      'accept policy/22 as 203.0.113.6:49152 > 192.0.2.1:443',
    ],
    ['no translation into a tunnel', { ...office, oif: 'vpn-branch', dst: '10.80.0.5' }, 'accept policy/18'],
    [
      'a port that is forwarded',
      { ...outside, dst: '203.0.113.3', dport: 443 },
      'accept vip/portal/policy/12 as 192.0.2.9:49152 > 172.16.9.10:8443',
    ],
    [
      'ports one by one',
      { ...outside, dst: '203.0.113.3', protocol: 17, dport: 10_002 },
      'accept vip/portal-range/policy/12 as 192.0.2.9:49152 > 172.16.9.10:20002',
    ],
    ['a port that is not', { ...outside, dst: '203.0.113.3', dport: 8443 }, 'drop vip/portal/own'],
    [
      'a denial that names the virtual address',
      { ...outside, src: '198.51.100.99', dst: '203.0.113.3', dport: 443 },
      'drop vip/portal/policy/11',
    ],
    [
      'a denial of all does not match virtual addresses before 7.2.3',
      { ...outside, src: '198.51.100.5', dst: '203.0.113.3', dport: 443 },
      'accept vip/portal/policy/12 as 198.51.100.5:49152 > 172.16.9.10:8443',
    ],
    [
      'only by the interface it is for',
      { ...outside, iif: 'wan2', dst: '203.0.113.3', dport: 443 },
      'drop policy/implicit-deny',
    ],
    ['a country', { ...outside, dst: '203.0.113.6', dport: 25 }, 'unknown vip/mail-host/implicit-deny'],
    ['and nothing else', { ...outside, dst: '203.0.113.6', dport: 26 }, 'drop vip/mail-host/implicit-deny'],
    [
      'a virtual address that no policy names',
      { ...outside, dst: '198.51.100.7' },
      'drop vip/unused/implicit-deny',
    ],
    ['a farm of servers', { ...outside, dst: '203.0.113.5', dport: 443 }, 'unknown vip/farm'],
    [
      'the inner address itself',
      { ...outside, dst: '172.16.9.10', protocol: 1, icmp: [8, 0] },
      'accept policy/14',
    ],
    [
      'a policy for the virtual address is not for the inner one',
      { ...outside, dst: '172.16.9.10', dport: 8443 },
      'drop policy/implicit-deny',
    ],
  ])('%s', (_, packet, fate) => {
    const told = fateOf(campus, packet);
    expect(fate.startsWith('unknown') ? told.split(' as ')[0] : told).toBe(fate);
  });
});
