import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefixOf } from '../../model/address.ts';
import { programOf } from '../../engine/program.ts';
import { permits } from '../../question/permits.ts';
import { fateOf, readOf, type Written } from '../packets.fixture.ts';
import { mutations } from '../mutations.fixture.ts';
import { readCiscoIos } from './read-cisco-ios.ts';

const file = (name: string): { readonly name: string; readonly text: string } => ({
  name,
  text: readFileSync(new URL(`../../../fixtures/cisco/${name}`, import.meta.url), 'utf8'),
});
const read = (text: string) => readOf(readCiscoIos({ name: 'r.ios', text }));

const campus = readOf(readCiscoIos(file('campus-router.ios')));
const camera = { iif: 'GigabitEthernet0/1.20', oif: 'GigabitEthernet0/1.30', src: '10.20.0.50' } as const;
const outside = { iif: 'GigabitEthernet0/0', oif: 'GigabitEthernet0/1.30', src: '203.0.113.9' } as const;

describe('a router with lists, groups and translations', () => {
  it.each<[string, Written, string]>([
    [
      'a group of services, by destination port',
      { ...camera, dst: '10.30.0.5', dport: 554 },
      'accept CAMERA-IN/10',
    ],
    ['by source port', { ...camera, dst: '10.30.0.6', sport: 8554, dport: 9 }, 'accept CAMERA-IN/10'],
    ['by ICMP type', { ...camera, dst: '10.30.0.6', protocol: 1, icmp: [8, 0] }, 'accept CAMERA-IN/10'],
    [
      'a host of a range of a group',
      { ...camera, src: '10.20.10.12', dst: '10.30.0.5', dport: 554 },
      'accept CAMERA-IN/10',
    ],
    [
      'a host beside that range',
      { ...camera, src: '10.20.10.13', dst: '10.30.0.5', dport: 554 },
      'drop CAMERA-IN/implicit-deny',
    ],
    [
      'a sequence number out of order',
      { ...camera, dst: '10.1.1.1', protocol: 17, dport: 123 },
      'accept CAMERA-IN/15',
    ],
    ['the second of two ports', { ...camera, dst: '10.30.0.9', dport: 8443 }, 'accept CAMERA-IN/20'],
    ['a port by name', { ...camera, dst: '10.30.0.5', dport: 23 }, 'drop CAMERA-IN/30'],
    [
      'established is not for what opens',
      { ...camera, src: '10.20.77.1', dst: '10.30.0.77' },
      'drop CAMERA-IN/implicit-deny',
    ],
    [
      'established is for replies',
      { ...camera, src: '10.20.77.1', dst: '10.30.0.77', flags: 16, state: 1 },
      'accept CAMERA-IN/40',
    ],
    [
      'an ICMP message by name',
      { ...camera, dst: '10.30.0.9', protocol: 1, icmp: [0, 0] },
      'accept CAMERA-IN/50',
    ],
    ['a time range may hold or not', { ...camera, dst: '10.70.0.1' }, 'unknown CAMERA-IN/implicit-deny'],
    [
      'a wildcard with a gap, even third octet',
      { ...camera, src: '10.20.6.9', dst: '10.71.0.1' },
      'accept CAMERA-IN/70',
    ],
    ['and odd', { ...camera, src: '10.20.7.9', dst: '10.71.0.1' }, 'drop CAMERA-IN/implicit-deny'],
    [
      'odd hosts alone',
      { ...camera, src: '10.20.0.51', dst: '10.72.0.1', dport: 1024 },
      'accept CAMERA-IN/80',
    ],
    [
      'gt leaves the port itself out',
      { ...camera, src: '10.20.0.51', dst: '10.72.0.1', dport: 1023 },
      'drop CAMERA-IN/implicit-deny',
    ],
    [
      'what no list covers passes',
      { src: '10.30.0.5', dst: '10.20.0.1', iif: 'GigabitEthernet0/1.30', oif: 'GigabitEthernet0/1.20' },
      'accept forward/out/policy',
    ],
    [
      'a published port',
      { ...outside, dst: '198.51.100.2', dport: 8443 },
      'accept FROM-OUTSIDE/98 as 203.0.113.9:49152 > 10.30.0.5:443',
    ],
    [
      'a published host',
      { ...outside, dst: '198.51.100.20', dport: 22 },
      'accept FROM-OUTSIDE/99 as 203.0.113.9:49152 > 10.30.0.6:22',
    ],
    [
      'the list sees the address before translation',
      { ...outside, dst: '10.30.0.5', dport: 443 },
      'drop FROM-OUTSIDE/102',
    ],
    [
      'out by the address of the interface',
      {
        iif: 'GigabitEthernet0/1.30',
        oif: 'GigabitEthernet0/0',
        src: '10.30.4.4',
        dst: '203.0.113.9',
        dport: 443,
      },
      'accept TO-OUTSIDE/105 as 198.51.100.2:* > 203.0.113.9:443',
    ],
    [
      'out by its own static address',
      { iif: 'GigabitEthernet0/1.30', oif: 'GigabitEthernet0/0', src: '10.30.0.6', dst: '203.0.113.9' },
      'accept TO-OUTSIDE/106 as 198.51.100.20:49152 > 203.0.113.9:80',
    ],
    [
      'what the list for translation denies leaves as it is',
      { iif: 'GigabitEthernet0/1.30', oif: 'GigabitEthernet0/0', src: '10.30.0.7', dst: '203.0.113.9' },
      'drop TO-OUTSIDE/implicit-deny',
    ],
    [
      'a standard list, one host',
      { iif: 'GigabitEthernet0/3', oif: 'GigabitEthernet0/1.30', src: '10.50.0.3', dst: '10.30.0.5' },
      'accept 10/109',
    ],
    [
      'a standard list, the rest',
      { iif: 'GigabitEthernet0/3', oif: 'GigabitEthernet0/1.30', src: '10.50.0.4', dst: '10.30.0.5' },
      'drop 10/implicit-deny',
    ],
    [
      'an interface that is shut down',
      { iif: 'GigabitEthernet0/2', oif: 'GigabitEthernet0/3', src: '10.40.0.4', dst: '10.50.0.3' },
      'drop GigabitEthernet0/2/shutdown',
    ],
    [
      'IPv6 meets the IPv6 list',
      { iif: 'GigabitEthernet0/0', src: '2001:db8:1::1', dst: '2001:db8:f::2', dport: 22 },
      'accept V6-IN/10',
    ],
    [
      'and its neighbour discovery',
      { iif: 'GigabitEthernet0/0', src: '2001:db8:1::1', dst: '2001:db8:f::2', protocol: 58, icmp: [135, 0] },
      'accept V6-IN/implicit-nd-ns',
    ],
    [
      'and its end',
      { iif: 'GigabitEthernet0/0', src: '2001:db8:1::1', dst: '2001:db8:f::2', dport: 80 },
      'drop V6-IN/implicit-deny',
    ],
  ])('%s', (_, packet, fate) => expect(fateOf(campus, packet)).toBe(fate));

  it('asks what comes to the router itself for its inbound list, and leaves out what is translated', () => {
    expect(fateOf(campus, { ...outside, dst: '198.51.100.2', dport: 8443 }, 'input')).toBe(
      'drop nat/elsewhere/73',
    );
    expect(
      fateOf(campus, { iif: 'GigabitEthernet0/3', src: '10.50.0.3', dst: '10.50.0.1', dport: 22 }, 'input'),
    ).toMatch(/^unknown/);
    expect(
      fateOf(campus, { iif: 'GigabitEthernet0/3', src: '10.50.0.3', dst: '10.50.0.1', dport: 161 }, 'input'),
    ).toMatch(/^accept/);
  });

  it('proves that no camera opens a connection to the internet', () => {
    const question = {
      src: [prefixOf('10.20.0.0/24') ?? never()],
      dst: [prefixOf('203.0.113.0/24') ?? never()],
      iif: [{ low: 3n, high: 3n }],
      oif: [{ low: 1n, high: 1n }],
    };
    expect(permits(programOf(campus), 'forward', question)).toMatchObject({ verdict: 'no' });
  });

  it('keeps interfaces, VLANs and routes', () => {
    expect(campus.hostname).toBe('campus-r1');
    expect(
      campus.interfaces.map(({ name, addresses, vlan, shutdown }) => ({ name, addresses, vlan, shutdown })),
    ).toMatchInlineSnapshot(`
      [
        {
          "addresses": [
            "198.51.100.2/30",
            "2001:DB8:F::2/64",
          ],
          "name": "GigabitEthernet0/0",
          "shutdown": undefined,
          "vlan": undefined,
        },
        {
          "addresses": [],
          "name": "GigabitEthernet0/1",
          "shutdown": undefined,
          "vlan": undefined,
        },
        {
          "addresses": [
            "10.20.0.1/16",
          ],
          "name": "GigabitEthernet0/1.20",
          "shutdown": undefined,
          "vlan": 20,
        },
        {
          "addresses": [
            "10.30.0.1/16",
            "10.31.0.1/16",
          ],
          "name": "GigabitEthernet0/1.30",
          "shutdown": undefined,
          "vlan": 30,
        },
        {
          "addresses": [
            "10.40.0.1/16",
          ],
          "name": "GigabitEthernet0/2",
          "shutdown": true,
          "vlan": undefined,
        },
        {
          "addresses": [
            "10.50.0.1/24",
          ],
          "name": "GigabitEthernet0/3",
          "shutdown": undefined,
          "vlan": undefined,
        },
      ]
    `);
    expect(campus.routes.map(({ at, ...route }) => ({ ...route, line: at?.line }))).toEqual([
      { prefix: '0.0.0.0/0', via: '198.51.100.1', metric: 1, line: 76 },
      { prefix: '10.99.0.0/16', interface: 'Null0', kind: 'discard', metric: 250, line: 77 },
      {
        prefix: '10.60.0.0/16',
        table: 'CCTV',
        interface: 'GigabitEthernet0/3',
        via: '10.50.0.9',
        metric: 1,
        line: 78,
      },
      { prefix: '::/0', interface: 'GigabitEthernet0/0', via: 'FE80::1', metric: 1, line: 79 },
    ]);
  });

  it('tells what it does not model, where it stands', () => {
    expect(campus.problems.map(({ message, at }) => `${at?.line}:${at?.column} ${message}`))
      .toMatchInlineSnapshot(`
      [
        "68:18 access list NOWHERE does not exist: it lets everything pass",
        "93:42 the condition 'time-range' is not modelled",
        "101:20 fragments are not modelled",
        "117:2 who may log in is not modelled",
      ]
    `);
  });
});

const lone = (rules: string, more = ''): string =>
  `interface Gi0/0\n ip address 10.0.0.1 255.255.255.0\n ip access-group A in\n${more}interface Gi0/1\n ip address 10.1.0.1 255.255.255.0\nip access-list extended A\n${rules}`;
const passing = { iif: 'Gi0/0', oif: 'Gi0/1', src: '10.0.0.9', dst: '10.1.0.9' } as const;

describe('what is not modelled', () => {
  it.each<[string, string, string]>([
    ['a zone', lone(' permit ip any any', ' zone-member security LAN\n'), 'unknown A/8'],
    ['policy routing', lone(' permit ip any any', ' ip policy route-map PBR\n'), 'unknown A/8'],
    [
      'reverse-path checks',
      lone(' permit ip any any', ' ip verify unicast source reachable-via rx\n'),
      'unknown A/8',
    ],
    ['dscp', lone(' permit tcp any any dscp ef'), 'unknown A/implicit-deny'],
    ['dscp where both ways end alike', lone(' deny tcp any any dscp ef'), 'drop A/implicit-deny'],
    ['a port whose name is not known', lone(' permit tcp any any eq frobnicate'), 'unknown A/implicit-deny'],
    ['another table', lone(' permit ip any any', ' vrf forwarding GUEST\n'), 'unknown A/8'],
    [
      'a list that is not there lets pass',
      'interface Gi0/0\n ip access-group B in\ninterface Gi0/1',
      'accept no-rules',
    ],
    ['a reflexive list lets only replies in', lone(' evaluate BACK'), 'drop A/implicit-deny'],
    ['a mask with too many gaps', lone(' permit ip 10.0.0.0 170.170.170.170 any'), 'unknown A/implicit-deny'],
  ])('%s', (_, text, fate) => expect(fateOf(read(text), passing)).toBe(fate));

  it('still drops for certain what a list drops', () => {
    expect(fateOf(read(lone(' deny ip any any', ' zone-member security LAN\n')), passing)).toBe('drop A/8');
  });
});

describe('a broken configuration', () => {
  it.each<[string, string, string]>([
    ['an entry that is cut off', lone(' permit tcp any'), '7:16 an address is missing'],
    ['a port that is none', lone(' permit tcp any any eq 70000'), '7:24 port 70000 is above 65535'],
    [
      'a range the wrong way round',
      lone(' permit tcp any any range 20 10'),
      '7:21 the range of ports ends at 10, before it begins at 20',
    ],
    ['ports of a protocol without', lone(' permit icmp any any eq 80'), '7:22 icmp has no ports here'],
    ['a group that is not there', lone(' permit ip object-group X any'), '7:25 there is no object-group X'],
    [
      'a group that holds itself',
      'object-group network X\n group-object Y\nobject-group network Y\n group-object X',
      '1:1 the group holds itself',
    ],
    ['a protocol that is none', lone(' permit tpc any any'), "7:9 'tpc' is no protocol"],
    [
      'a line out of its block',
      lone('permit ip any any'),
      "7:1 'permit ip any any' stands outside of what it belongs to",
    ],
    ['a banner without an end', 'hostname r\nbanner motd ^C\nhello\n', '2:1 the banner does not end'],
    [
      'what was cut off',
      'Building configuration...\n\nhostname r\ninterface Gi0/1\n ip addre',
      '4:1 the configuration does not end',
    ],
    [
      'two entries in one place',
      lone(' 10 permit ip any any\n 10 deny ip any any'),
      '8:2 two entries of A have the number 10',
    ],
    ['another format', '{"nftables": []}', '1:1 this is no configuration of Cisco IOS'],
    ['an ASA', 'ASA Version 9.8(2)\n', '1:1 this is no configuration of Cisco IOS'],
    ['nothing', '', '1:1 this is no configuration of Cisco IOS'],
  ])('%s', (_, text, message) => {
    const result = readCiscoIos({ name: 'r.ios', text });
    expect(
      result.kind === 'error' &&
        result.error.map(({ message: said, at }) => `${at?.line}:${at?.column} ${said}`),
    ).toEqual([message]);
  });
});

describe('translations by route map', () => {
  const text = `interface Gi0/0
 ip address 10.0.0.1 255.255.255.0
 ip nat inside
interface Gi0/1
 ip address 192.0.2.1 255.255.255.0
 ip nat outside
interface Gi0/2
 ip address 198.51.100.1 255.255.255.0
 ip nat outside
access-list 1 permit 10.0.0.0 0.0.0.255
route-map ONE permit 10
 match ip address 1
 match interface GigabitEthernet0/1
route-map TWO permit 10
 match ip address 1
 match interface Gi0/2
ip nat inside source route-map ONE interface Gi0/1 overload
ip nat inside source route-map TWO interface Gi0/2 overload
ip nat inside source static network 10.0.0.128 203.0.113.128 /25
`;
  it('takes the way that the packet goes', () => {
    const firewall = read(text.replace('GigabitEthernet0/1', 'Gi0/1'));
    const from = { iif: 'Gi0/0', src: '10.0.0.9', dst: '8.8.8.8' } as const;
    expect(fateOf(firewall, { ...from, oif: 'Gi0/1' })).toContain('as 192.0.2.1:');
    expect(fateOf(firewall, { ...from, oif: 'Gi0/2' })).toContain('as 198.51.100.1:');
  });
  it('does not guess what another map picks', () => {
    const firewall = read(text.replace(' match interface Gi0/2', ' match length 1 200'));
    expect(fateOf(firewall, { iif: 'Gi0/0', src: '10.0.0.9', dst: '8.8.8.8', oif: 'Gi0/2' })).toMatch(
      /^unknown/,
    );
  });
});

it('opens no path by established, whatever the flags', () => {
  const firewall = read(lone(' permit tcp any any established'));
  const question = { iif: [{ low: 1n, high: 1n }], protocol: [{ low: 6n, high: 6n }] };
  expect(
    permits(programOf(firewall), 'forward', { ...question, src: [{ low: 0n, high: 2n ** 32n - 1n }] })
      .verdict,
  ).toBe('no');
});

describe('a question that says no interface', () => {
  const open = read(
    'interface Gi0/0\n ip address 10.1.0.1 255.255.255.0\n ip access-group NONE in\n' +
      'interface Gi0/1\n ip address 10.2.0.1 255.255.255.0\n ip access-group SOME in\n' +
      'interface Gi0/2\n switchport access vlan 9\ninterface Gi0/3\n ip address 10.3.0.1 255.255.255.0\n shutdown\n' +
      'ip access-list extended NONE\n deny ip any any\nip access-list extended SOME\n permit tcp any any eq 22\n',
  );
  const ask = (port: bigint) =>
    permits(programOf(open), 'forward', {
      src: [{ low: 0n, high: 2n ** 32n - 1n }],
      dport: [{ low: port, high: port }],
    });
  it('is about all that the router has, and no other', () => {
    expect(ask(23n).verdict).toBe('no');
    expect(ask(22n)).toMatchObject({ verdict: 'yes', witness: { iif: 2n } });
  });
  it('is unknown of a packet that fares differently', () => {
    expect(fateOf(open, { src: '10.1.0.9', dst: '10.2.0.9', dport: 22 })).toMatch(/^unknown/);
    expect(fateOf(open, { src: '10.1.0.9', dst: '10.2.0.9', dport: 23 })).toMatch(/^drop/);
  });
});

it('does not take DHCP for an interface that a route leads to', () => {
  const firewall = read('interface Gi0/0\n ip address dhcp\nip route 0.0.0.0 0.0.0.0 dhcp 254');
  expect(firewall.routes).toEqual([]);
  expect(firewall.problems.map(({ at }) => at?.line)).toEqual([3]);
});

it('never throws, whatever becomes of the file', () => {
  const { text } = file('campus-router.ios');
  fc.assert(
    fc.property(mutations(text), (mutated) => {
      const result = readCiscoIos({ name: 'm.ios', text: mutated });
      if (result.kind === 'error') expect(result.error.every(({ at }) => at !== undefined)).toBe(true);
      else programOf(result.value);
    }),
    { numRuns: 100, endOnFailure: true },
  );
});

const never = (): never => {
  throw new Error('the test is wrong');
};

describe('a gateway of several routers', () => {
  const vlan = (command: string) =>
    read(`interface Vlan30\n ip address 10.0.30.2 255.255.255.0\n ${command}\n`);

  it.each([
    ['standby 30 ip 10.0.30.1', ['10.0.30.2/24', '10.0.30.1/32']],
    ['standby ip 10.0.30.1', ['10.0.30.2/24', '10.0.30.1/32']],
    ['vrrp 30 ip 10.0.30.1', ['10.0.30.2/24', '10.0.30.1/32']],
    ['standby 30 ip', ['10.0.30.2/24']],
    ['standby 30 priority 110', ['10.0.30.2/24']],
    ['standby 30 track 1 decrement 20', ['10.0.30.2/24']],
  ])('%s', (command, addresses) => {
    const { interfaces, problems } = vlan(command);
    expect(interfaces[0]?.addresses).toEqual(addresses);
    expect(problems).toEqual([]);
  });
});
