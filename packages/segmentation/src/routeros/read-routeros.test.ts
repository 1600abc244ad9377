import { readFileSync } from 'node:fs';
import { present } from '@holdfast/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutations } from '../cisco/mutations.fixture.ts';
import { fateOf, readOf, type Written } from '../cisco/packets.fixture.ts';
import { programOf } from '../engine/program.ts';
import type { Firewall } from '../model/firewall.ts';
import { addressOf } from '../model/address.ts';
import { only } from '../model/interval.ts';
import { permits } from '../question/permits.ts';
import { detectConfig } from '../read-firewall.ts';
import { readRouterOs } from './read-routeros.ts';

const text = readFileSync(new URL('../../fixtures/routeros/branch.rsc', import.meta.url), 'utf8');
const read = (of: string): Firewall => readOf(readRouterOs({ name: 'r.rsc', text: of }));
const branch = read(text);
const line = (words: string): number => text.split('\n').findIndex((each) => each.includes(words)) + 1;
const camera = { iif: 'vlan20-cam', oif: 'vlan30-vms', src: '10.20.0.9', dst: '10.30.0.5' } as const;
const outside = { iif: 'ether1-wan', oif: 'vlan30-vms', src: '203.0.113.9' } as const;

describe('a router of a branch', () => {
  it.each<[string, Written, string]>([
    [
      'a port of a list',
      { ...camera, dport: 554 },
      `accept ip filter/cameras/${line('chain=cameras dst-address')}`,
    ],
    [
      'a range of ports',
      { ...camera, dport: 8050 },
      `accept ip filter/cameras/${line('chain=cameras dst-address')}`,
    ],
    [
      'a port beside it',
      { ...camera, dport: 8101 },
      `drop ip filter/cameras/${line('action=drop chain=cameras')}`,
    ],
    [
      'a chain that returns: the rules behind the jump',
      { ...camera, protocol: 17, dport: 123 },
      `reject ip filter/forward/${line('action=reject')}`,
    ],
    [
      'an address list',
      { iif: 'vlan30-vms', oif: 'vlan20-cam', src: '10.30.0.50', dst: '10.20.0.9' },
      `accept ip filter/forward/${line('src-address-list=admins')}`,
    ],
    [
      'an entry that is disabled',
      { iif: 'vlan30-vms', oif: 'vlan20-cam', src: '10.30.0.51', dst: '10.20.0.9' },
      `reject ip filter/forward/${line('action=reject')}`,
    ],
    [
      'a list with a name to look up is not known',
      { iif: 'vlan30-vms', oif: 'vlan20-cam', src: '10.30.0.51', dst: '10.20.0.9', dport: 443 },
      `unknown ip filter/forward/${line('action=reject')}`,
    ],
    [
      'established, fast or not',
      { ...camera, state: 1 },
      `accept ip filter/forward/${line('connection-state=\\')}`,
    ],
    [
      'from outside and not translated',
      { ...outside, dst: '10.99.0.9' },
      `drop ip filter/forward/${line('connection-nat-state')}`,
    ],
  ])('forwards by %s', (_, packet, fate) => {
    const found = fateOf(branch, packet, 'forward');
    if (fate.startsWith('unknown')) expect(found).toMatch(/^unknown/);
    else expect(found).toBe(fate);
  });

  it.each<[string, Written, string]>([
    [
      'raw before all else',
      { ...outside, src: '198.51.100.7', dst: '10.30.0.9' },
      `drop ip raw/prerouting/${line('chain=prerouting')}`,
    ],
    [
      'masquerade: the address of the interface',
      { iif: 'vlan99-mgmt', oif: 'ether1-wan', src: '10.99.0.7', dst: '203.0.113.1' },
      `accept ip filter/forward/${line('src-address-list=admins')} as 192.0.2.10:49152 > 203.0.113.1:80`,
    ],
    [
      'netmap: the host part stays',
      { iif: 'vlan99-mgmt', oif: 'vlan30-vms', src: '10.99.0.7', dst: '172.16.30.77' },
      `accept ip filter/forward/${line('src-address-list=admins')} as 10.99.0.7:49152 > 10.30.0.77:80`,
    ],
    [
      'redirect: to the router itself',
      { ...camera, dst: '8.8.8.8', protocol: 17, dport: 53 },
      `drop ip nat/dstnat/${line('action=redirect')}`,
    ],
  ])('takes the whole path: %s', (_, packet, fate) => {
    expect(fateOf(branch, packet)).toBe(fate);
  });

  it('does not know whether a packet to the target of a port forward was translated', () => {
    const plain = read(text.replace(/^add action=redirect.*$/m, '#'));
    const packet = { ...outside, dst: '192.0.2.10', dport: 8443 };
    expect(fateOf(plain, packet)).toMatch(/^unknown/);
    expect(fateOf(plain, { ...outside, dst: '10.99.0.9' })).toMatch(/^drop/);
  });

  it('keeps IPv6 apart, and meets input for the router itself', () => {
    const v6 = { iif: 'vlan20-cam', oif: 'vlan30-vms', src: '2001:db8::1', dst: '2001:db8::2' };
    expect(fateOf(branch, v6, 'forward')).toBe(
      `drop ip6 filter/forward/${line('/ipv6 firewall filter') + 1}`,
    );
    const ping = {
      iif: 'vlan20-cam',
      src: '10.20.0.9',
      dst: '10.20.0.1',
      protocol: 1,
      icmp: [8, 0],
    } as const;
    expect(fateOf(branch, ping, 'input')).toMatch(/^accept ip filter\/input\//);
    expect(fateOf(branch, { ...ping, icmp: [13, 0] }, 'input')).toBe('accept ip filter/input/policy');
    expect(fateOf(branch, { ...ping, iif: 'ether1-wan' }, 'input')).toMatch(/^drop/);
  });

  it('has interfaces, VLANs, routes and its name', () => {
    expect(branch.hostname).toBe('branch-gw');
    expect(branch.interfaces).toContainEqual(
      expect.objectContaining({ name: 'vlan20-cam', vlan: 20, addresses: ['10.20.0.1/24'] }),
    );
    expect(branch.interfaces).toContainEqual(expect.objectContaining({ name: 'ether8', shutdown: true }));
    expect(branch.routes).toMatchObject([
      { prefix: '0.0.0.0/0', via: '192.0.2.1', metric: 1 },
      { prefix: '10.0.0.0/8', kind: 'discard' },
      { prefix: '10.40.0.0/16', interface: 'vlan99-mgmt' },
    ]);
  });

  it('answers a question with what the rules say', () => {
    const asked = (to: string): string =>
      permits(programOf(branch), 'forward', {
        src: only(addressOf('10.20.0.9') ?? 0n),
        dst: only(addressOf(to) ?? 0n),
        iif: only(BigInt(branch.interfaceNames.indexOf('vlan20-cam'))),
      }).verdict;
    expect([asked('10.30.0.5'), asked('10.99.0.5')]).toStrictEqual(['yes', 'no']);
  });
});

const lone = (...rules: readonly string[]): Firewall =>
  read(['/ip firewall filter', ...rules, 'add action=drop chain=forward', ''].join('\n'));
const packet = { iif: 'a', oif: 'b', src: '10.0.0.9', dst: '10.1.0.9' } as const;

describe('one rule', () => {
  it.each<[string, string, Partial<Written>, string]>([
    ['a range of addresses', 'src-address=10.0.0.5-10.0.0.9', {}, 'accept'],
    ['an address that is not', 'src-address=!10.0.0.0/24', {}, 'drop'],
    ['a port on either side', 'protocol=tcp port=80', { sport: 80, dport: 9 }, 'accept'],
    ['ports that are not', 'protocol=tcp dst-port=!80,443', { dport: 443 }, 'drop'],
    ['flags that are set, and not', 'protocol=tcp tcp-flags=syn,!ack', { flags: 2 }, 'accept'],
    ['flags that are not so', 'protocol=tcp tcp-flags=syn,!ack', { flags: 18 }, 'drop'],
    ['a protocol by its own name', 'protocol=ipsec-esp', { protocol: 50 }, 'accept'],
    ['no action is accept', 'dst-address=10.1.0.9', {}, 'accept'],
    ['all that is no part of it, unknown', 'content=secret', {}, 'unknown'],
    ['a limit, unknown', 'limit=10,5:packet', {}, 'unknown'],
    ['a list of interfaces that is none', 'in-interface-list=GONE', {}, 'unknown'],
    ['all interfaces of a kind', 'in-interface=all-vlan', {}, 'unknown'],
    ['an address list that is filled while it runs', 'src-address-list=seen', {}, 'unknown'],
  ])('%s', (_, words, more, verdict) => {
    const rule = words.startsWith('dst-address=10.1')
      ? `add chain=forward ${words}`
      : `add action=accept chain=forward ${words}`;
    const firewall = lone(rule, 'add action=log chain=forward in-interface=a out-interface=b');
    expect(fateOf(firewall, { ...packet, ...more }, 'forward').split(' ')[0]).toBe(verdict);
  });

  it('that marks without passthrough ends mangle, and says so', () => {
    const firewall = read(
      '/ip firewall mangle\nadd action=mark-routing chain=prerouting new-routing-mark=x passthrough=no in-interface=a\nadd action=drop chain=prerouting\n',
    );
    expect(fateOf(firewall, { iif: 'a', src: '10.0.0.1', dst: '10.0.0.2' }, 'prerouting')).toMatch(/^accept/);
    expect(firewall.problems.map(({ at }) => at?.line)).toStrictEqual([2]);
  });

  it('of what may drop beside the rules makes the verdict unknown', () => {
    const firewall = read(
      '/ip settings\nset rp-filter=strict\n/ip firewall filter\nadd action=accept chain=forward in-interface=a\n',
    );
    expect(fateOf(firewall, { iif: 'a', src: '10.0.0.1', dst: '10.0.0.2' })).toMatch(/^unknown/);
    expect(firewall.problems.map(({ at }) => at?.line)).toContain(2);
  });

  it('with connections that are not tracked is in doubt', () => {
    const firewall = read(
      '/ip firewall connection tracking\nset enabled=no\n/ip firewall filter\nadd action=accept chain=forward connection-state=new\nadd action=drop chain=forward\n',
    );
    expect(fateOf(firewall, { src: '10.0.0.1', dst: '10.0.0.2' }, 'forward')).toMatch(/^unknown/);
  });
});

describe('a file that is broken', () => {
  it.each<[string, string, string]>([
    ['a command in no menu', 'add chain=forward', 'r.rsc:1'],
    ['a word that is no command', '/ip firewall filter\nfrobnicate now', 'r.rsc:2'],
    ['a quote without end', '/ip firewall filter\nadd chain=forward comment="x', 'r.rsc:2'],
    ['a bracket without end', '/interface ethernet\nset [ find default-name=x', 'r.rsc:2'],
    ['a line that goes on past the end', '/ip firewall filter\nadd chain=forward \\', 'r.rsc:2'],
    ['a rule without a chain', '/ip firewall filter\nadd action=drop', 'r.rsc:2'],
    [
      'chains in a circle',
      '/ip firewall filter\nadd chain=x action=jump jump-target=y\nadd chain=y action=jump jump-target=x',
      'r.rsc:',
    ],
    ['an address that is none', '/ip address\nadd address=10.0.0.300/24 interface=a', 'r.rsc:2'],
    ['a route to nowhere', '/ip route\nadd dst-address=nowhere gateway=10.0.0.1', 'r.rsc:2'],
    ['no menu of a router', '/user\nadd name=x', 'r.rsc:1'],
    ['nothing', '', 'r.rsc:1'],
  ])('is refused with its place: %s', (_, broken, place) => {
    const found = readRouterOs({ name: 'r.rsc', text: broken });
    if (found.kind === 'ok') throw new TypeError('it was read');
    const [first] = found.error;
    expect(`${first?.at?.file}:${first?.at?.line}`).toContain(place);
  });

  it('never throws, whatever becomes of it', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.oneof(mutations(text), fc.string({ unit: 'binary' })), (mutated) => {
        const result = readRouterOs({ name: 'm.rsc', text: mutated });
        if (result.kind === 'error') expect(result.error.every(({ at }) => at !== undefined)).toBe(true);
        else programOf(result.value);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});

it('is told from other formats, whole or in part', () => {
  const as = (of: string): string | undefined => detectConfig({ name: 'x', text: of });
  expect(as(text)).toBe('routeros');
  expect(as('/ip firewall filter\nadd chain=forward action=drop\n')).toBe('routeros');
});

it('reads a long export whole', { timeout: 60_000 }, () => {
  const rules = Array.from(
    { length: 5000 },
    (_, index) =>
      `add action=accept chain=forward protocol=tcp dst-port=${1 + (index % 60_000)} \\\n    src-address=10.${index >> 8}.${index % 256}.0/24`,
  );
  const firewall = lone(...rules);
  expect(
    present(firewall.chains.get('filter/forward') ?? firewall.chains.get('ip filter/forward'), 'forward')
      .rules,
  ).toHaveLength(5001);
});
