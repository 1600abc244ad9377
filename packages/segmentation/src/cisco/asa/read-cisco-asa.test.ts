import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { programOf } from '../../engine/program.ts';
import { mutations } from '../mutations.fixture.ts';
import { fateOf, readOf, type Written } from '../packets.fixture.ts';
import { readCiscoAsa } from './read-cisco-asa.ts';

const text = readFileSync(new URL('../../../fixtures/cisco/edge.asa', import.meta.url), 'utf8');
const read = (from: string) => readOf(readCiscoAsa({ name: 'edge.asa', text: from }));
const edge = read(text);

const cctv = { iif: 'cctv', oif: 'inside', src: '10.20.0.50' } as const;
const outside = { iif: 'outside', oif: 'inside', src: '203.0.113.9' } as const;
const inside = { iif: 'inside', oif: 'outside', src: '10.30.0.99' } as const;
const line = (words: string): number => text.split('\n').findIndex((each) => each.includes(words)) + 1;

describe('an appliance with groups, levels and translations', () => {
  it.each<[string, Written, string]>([
    [
      'a group of ports',
      { ...cctv, dst: '10.30.0.10', dport: 554 },
      `accept CCTV-IN/${line('RECORDERS object-group VIDEO')}`,
    ],
    [
      'a group in a group, a range',
      { ...cctv, dst: '10.30.0.6', dport: 8010 },
      `accept CCTV-IN/${line('RECORDERS object-group VIDEO')}`,
    ],
    ['beside the range', { ...cctv, dst: '10.30.0.6', dport: 8011 }, 'drop EVERY/implicit-deny-cctv'],
    [
      'a group of services, by source port',
      { ...cctv, dst: '10.30.1.9', sport: 554, dport: 9 },
      `accept CCTV-IN/${line('ANY-VIDEO any')}`,
    ],
    [
      'a group of protocols, an address by name',
      { ...cctv, dst: '10.30.0.40', protocol: 17, dport: 4070 },
      `accept CCTV-IN/${line('BOTH any')}`,
    ],
    [
      'a group of ICMP messages',
      { ...cctv, dst: '10.30.0.40', protocol: 1, icmp: [8, 0] },
      `accept CCTV-IN/${line('object-group PING')}`,
    ],
    [
      'a DNS name may be any address',
      { ...cctv, oif: 'outside', dst: '203.0.113.80', dport: 443 },
      'unknown EVERY/implicit-deny-cctv',
    ],
    [
      'and nothing else',
      { ...cctv, oif: 'outside', dst: '203.0.113.80', dport: 80 },
      'drop EVERY/implicit-deny-cctv',
    ],
    [
      'the global list comes second',
      { ...cctv, dst: '10.30.0.123', protocol: 17, dport: 123 },
      `accept EVERY/${line('EVERY extended')}`,
    ],
    [
      'a published host, known by its real address',
      { ...outside, dst: '198.51.100.20', dport: 443 },
      `accept OUT-IN/${line('permit object HTTPS')} as 203.0.113.9:49152 > 10.30.0.6:443`,
    ],
    [
      'a published port',
      { ...outside, dst: '198.51.100.2', dport: 8443 },
      `accept OUT-IN/${line('object WEB eq')} as 203.0.113.9:49152 > 10.30.0.5:443`,
    ],
    [
      'an entry that is switched off',
      { ...outside, dst: '10.30.0.77', dport: 22 },
      'drop EVERY/implicit-deny',
    ],
    [
      'out by the address of the interface',
      { ...inside, dst: '203.0.113.9', protocol: 17, dport: 123 },
      'drop EVERY/implicit-deny-inside',
    ],
    [
      'between equals',
      { iif: 'alarm', oif: 'cctv', src: '10.25.0.4', dst: '10.20.0.4' },
      'drop alarm/inter-interface',
    ],
    [
      'back to where it came from',
      { iif: 'cctv', oif: 'cctv', src: '10.20.0.4', dst: '10.20.0.5' },
      'drop cctv/intra-interface',
    ],
    ['a reply', { ...outside, dst: '10.30.0.99', state: 1, flags: 16 }, 'accept connection/standing'],
    [
      'a packet of no connection',
      { ...outside, dst: '10.30.0.99', state: 3, flags: 16 },
      'drop connection/invalid',
    ],
  ])('%s', (_, packet, fate) => expect(fateOf(edge, packet)).toBe(fate));

  const levels = read(text.replace('access-group EVERY global', ''));
  it.each<[string, Written, string]>([
    ['from high to low', { ...inside, oif: 'cctv', dst: '10.20.0.4' }, 'accept inside/security-level'],
    [
      'from low to high',
      { iif: 'alarm', oif: 'inside', src: '10.25.0.4', dst: '10.30.0.4' },
      'drop alarm/implicit-deny',
    ],
    [
      'a list in place of the level',
      { ...cctv, oif: 'outside', dst: '203.0.113.80' },
      'drop CCTV-IN/implicit-deny',
    ],
    [
      'the outbound list',
      { ...inside, dst: '203.0.113.80', dport: 23 },
      `drop INSIDE-OUT/${line('deny tcp any any eq telnet')}`,
    ],
    [
      'translated to the address of the interface',
      { ...inside, dst: '203.0.113.80' },
      `accept INSIDE-OUT/${line('INSIDE-OUT extended permit')} as 198.51.100.2:* > 203.0.113.80:80`,
    ],
    [
      'a static translation before a dynamic one',
      { ...inside, src: '10.30.0.6', dst: '203.0.113.80' },
      `accept INSIDE-OUT/${line('INSIDE-OUT extended permit')} as 198.51.100.20:49152 > 203.0.113.80:80`,
    ],
    [
      'a translation of its own before those of objects',
      { ...inside, src: '10.30.0.6', dst: '10.80.0.1' },
      `accept INSIDE-OUT/${line('INSIDE-OUT extended permit')}`,
    ],
  ])('%s', (_, packet, fate) => expect(fateOf(levels, packet)).toBe(fate));

  it('lets equals talk where it is told to', () => {
    const equal = read(
      text.replace('access-group EVERY global', 'same-security-traffic permit inter-interface'),
    );
    expect(fateOf(equal, { iif: 'alarm', oif: 'cctv', src: '10.25.0.4', dst: '10.20.0.4' })).toBe(
      'accept alarm/security-level',
    );
  });

  it('says nothing about what is for itself', () => {
    expect(fateOf(edge, { ...outside, dst: '198.51.100.2', dport: 22 }, 'input')).toBe(
      'unknown input/management',
    );
  });
});

it('tries static translations of objects before dynamic ones, however large', () => {
  const more =
    'object network NET\n subnet 10.30.9.0 255.255.255.0\n nat (inside,outside) static 198.51.100.99\nobject network ONE\n host 10.30.9.9\n nat (inside,outside) dynamic interface\n';
  const firewall = read(
    `${text.replace('access-group EVERY global', '')}${more}`
      .replace('static 198.51.100.99', 'static OUT-NET')
      .replace(
        'object network NET',
        'object network OUT-NET\n subnet 203.0.113.0 255.255.255.0\nobject network NET',
      ),
  );
  expect(fateOf(firewall, { ...inside, src: '10.30.9.9', dst: '192.0.2.9' })).toMatch(/ as 203\.0\.113\./);
});

it('maps both ends of a translation of its own', () => {
  const both = read(
    text
      .replace(
        'nat (inside,outside) source static LAN LAN destination static BRANCH BRANCH',
        'object network A\n subnet 172.16.0.0 255.255.0.0\nobject network B\n subnet 172.17.0.0 255.255.0.0\nnat (inside,outside) source static LAN A destination static B BRANCH',
      )
      .replace('access-group EVERY global', ''),
  );
  const there = fateOf(both, { ...inside, dst: '172.17.0.9' });
  expect(there).toMatch(/^accept INSIDE-OUT\/\d+ as 172\.16\..* > 10\.80\./);
});

describe('a broken configuration', () => {
  it.each<[string, string, RegExp]>([
    [
      'a list that is not there',
      text.replace('access-group OUT-IN', 'access-group NONE'),
      /no such access list/,
    ],
    [
      'an interface that is not there',
      text.replace('in interface outside', 'in interface wan'),
      /no interface wan/,
    ],
    [
      'an object that is not there',
      text.replace('static PORTAL-OUT', 'static PORTAL-IN'),
      /no object PORTAL-IN/,
    ],
    [
      'a mask that is none',
      text.replace('10.20.0.0 255.255.0.0 object', '10.20.0.0 object'),
      /'object-group' is no mask/,
    ],
    ['a release before 8.3', `${text}\nstatic (inside,outside) 198.51.100.9 10.30.0.9\n`, /before 8.3/],
    ['another format', 'hostname r\ninterface Gi0/0\n', /no interface has a nameif/],
  ])('%s', (_, broken, message) => {
    const result = readCiscoAsa({ name: 'edge.asa', text: broken });
    expect(result.kind === 'error' && result.error.map((each) => each.message).join('\n')).toMatch(message);
    expect(result.kind === 'error' && result.error.every(({ at }) => at !== undefined)).toBe(true);
  });

  it('never makes it throw', () => {
    fc.assert(
      fc.property(mutations(text), (mutated) => {
        const result = readCiscoAsa({ name: 'm.asa', text: mutated });
        if (result.kind === 'ok') programOf(result.value);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});
