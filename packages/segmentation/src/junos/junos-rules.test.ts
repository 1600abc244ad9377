import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fateOf, readOf, type Written } from '../cisco/packets.fixture.ts';
import { Reading } from '../cisco/text/reading.ts';
import { readCurlyForm } from './curly-form.ts';
import { readJunosSrx } from './read-junos-srx.ts';
import { Statement } from './statement.ts';

const base = `set security policies policy-rematch
set security zones security-zone in interfaces ge-0/0/0.0
set security zones security-zone out interfaces ge-0/0/1.0
set security zones security-zone out interfaces ge-0/0/2.0
set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/24
set interfaces ge-0/0/1 unit 0 family inet address 203.0.113.1/24
set interfaces ge-0/0/2 unit 0 family inet address 198.51.100.1/24
set security address-book global address host 10.0.0.9/32
set security address-book global address other 10.0.0.10/32
`;
const pass = (name: string, zones = 'from-zone in to-zone out', application = 'any'): string =>
  [
    'match source-address any',
    'match destination-address any',
    `match application ${application}`,
    'then permit',
  ]
    .map((each) => `set security policies ${zones} policy ${name} ${each}\n`)
    .join('');
const read = (text: string) => readOf(readJunosSrx({ name: 'u.set', text: base + text }));
const out: Written = { iif: 'ge-0/0/0.0', oif: 'ge-0/0/1.0', src: '10.0.0.5', dst: '192.0.2.1', dport: 443 };
const inward: Written = {
  iif: 'ge-0/0/1.0',
  oif: 'ge-0/0/0.0',
  src: '192.0.2.9',
  dst: '203.0.113.9',
  dport: 443,
};
const inZones = 'from-zone out to-zone in';
const fate = (text: string, packet: Written, hook?: 'input') => fateOf(read(text), packet, hook);
const verdict = (text: string, packet: Written) => fate(text, packet).split(' as ')[0];

describe('the two written forms', () => {
  const text = readFileSync(new URL('../../fixtures/junos/hospital.junos', import.meta.url), 'utf8');

  /** The lines that `display set` prints for what stands in braces. */
  function setLines(statement: Statement, path: readonly string[]): readonly string[] {
    const own = [
      ...path,
      /[\s"[\];]/.test(statement.word) ? `"${statement.word.replaceAll('\\', '\\\\')}"` : statement.word,
    ];
    const off = statement.isInactive ? [`deactivate ${own.join(' ')}`] : [];
    if (statement.children.length === 0) return [`set ${own.join(' ')}`, ...off];
    return [...statement.children.flatMap((child) => setLines(child, own)), ...off];
  }

  it('say the same', () => {
    const root = new Statement('', { number: 1, indent: 0, text: '', words: [] });
    readCurlyForm(text, root, new Reading('x'));
    const lines = root.children.flatMap((child) => setLines(child, []));
    const [curly, set] = [
      readOf(readJunosSrx({ name: 'x', text })),
      readOf(readJunosSrx({ name: 'x', text: lines.join('\n') })),
    ];
    const rules = ({ chains }: typeof curly) =>
      [...chains.values()].flatMap((chain) =>
        chain.rules.map(({ source, clauses, action, unmodelled }) => [
          chain.id,
          source.id,
          clauses,
          action.kind,
          unmodelled.length,
        ]),
      );
    expect(lines.length).toBeGreaterThan(200);
    expect(rules(set)).toEqual(rules(curly));
    const here = { file: 'x', line: 1, column: 1 };
    const unplaced = <T>(all: readonly T[]) => all.map((each) => ({ ...each, at: here }));
    expect(unplaced(set.interfaces)).toEqual(unplaced(curly.interfaces));
    expect(unplaced(set.routes)).toEqual(unplaced(curly.routes));
  });

  it('tells interfaces, zones, instances and routes', () => {
    const { hostname, interfaces, routes } = readOf(readJunosSrx({ name: 'x', text }));
    expect(hostname).toBe('srx-hospital');
    expect(interfaces.find(({ name }) => name === 'reth0.40')).toMatchObject({
      zone: 'wards',
      vlan: 40,
      vrf: 'guests',
      addresses: ['10.40.0.1/16'],
    });
    expect(interfaces.find(({ name }) => name === 'ge-0/0/6.0')).toMatchObject({ shutdown: true });
    expect(routes).toMatchObject([
      { prefix: '0.0.0.0/0', via: '203.0.113.1', metric: 5 },
      { prefix: '0.0.0.0/0', via: '192.0.2.1', metric: 20 },
      { prefix: '10.80.0.0/16', kind: 'discard' },
      { prefix: '::/0', via: '2001:db8:30::fe' },
      { prefix: '0.0.0.0/0', via: '10.40.0.254', table: 'guests' },
    ]);
  });
});

describe('policies', () => {
  it.each<[string, string, Written, string]>([
    [
      'a context that is deactivated',
      `${pass('p')}deactivate security policies from-zone in to-zone out\n`,
      out,
      'drop default-policy',
    ],
    [
      'a default that permits',
      'set security policies default-policy permit-all\n',
      out,
      'accept default-policy',
    ],
    [
      'a default that permits is for zones alone',
      'set security policies default-policy permit-all\nset interfaces ge-0/0/3 unit 0\n',
      { ...out, oif: 'ge-0/0/3.0' },
      'drop zones/none',
    ],
    [
      'from interface to interface of a zone',
      pass('p'),
      { ...inward, oif: 'ge-0/0/2.0' },
      'drop default-policy',
    ],
    [
      'the same with a policy for it',
      pass('p', 'from-zone out to-zone out'),
      { ...inward, oif: 'ge-0/0/2.0' },
      'accept out-to-out/p',
    ],
    [
      'policies in their order',
      `${pass('first', undefined, 'junos-ssh')}${pass('second')}`,
      { ...out, dport: 22 },
      'accept in-to-out/first',
    ],
    [
      'a condition that is not known',
      `${pass('p')}set security policies from-zone in to-zone out policy p match frobnication high\n`,
      out,
      'unknown default-policy',
    ],
    [
      'a dynamic application',
      `${pass('p')}set security policies from-zone in to-zone out policy p match dynamic-application junos:FACEBOOK\n`,
      out,
      'unknown default-policy',
    ],
    [
      'any dynamic application',
      `${pass('p')}set security policies from-zone in to-zone out policy p match dynamic-application any\n`,
      out,
      'accept in-to-out/p',
    ],
    [
      'options of a permission that change nothing',
      `${pass('p')}set security policies from-zone in to-zone out policy p then permit tcp-options syn-check-required\n`,
      out,
      'accept in-to-out/p',
    ],
    [
      'a tunnel',
      `${pass('p')}set security policies from-zone in to-zone out policy p then permit tunnel ipsec-vpn v\n`,
      out,
      'unknown in-to-out/p',
    ],
    [
      'an application of Junos that is not listed',
      pass('p', undefined, 'junos-mgcp-ua'),
      out,
      'unknown default-policy',
    ],
    [
      'an application by its program',
      `${pass('p', undefined, 'x')}set applications application x protocol tcp\nset applications application x rpc-program-number 100003\n`,
      out,
      'unknown default-policy',
    ],
    [
      'an application that goes before one of Junos',
      `${pass('p', undefined, 'junos-https')}set applications application junos-https protocol tcp\nset applications application junos-https destination-port 8443\n`,
      out,
      'drop default-policy',
    ],
    [
      'ICMP of an application without a protocol',
      `${pass('p', undefined, 'x')}set applications application x icmp-type echo-request\n`,
      { ...out, protocol: 1, icmp: [8, 0] },
      'accept in-to-out/p',
    ],
    [
      'a feed of addresses',
      `${pass('p').replace('source-address any', 'source-address bad')}set security dynamic-address address-name bad profile feed-name x\n`,
      out,
      'unknown default-policy',
    ],
    [
      'a session that need not begin with SYN',
      `${pass('p')}set security flow tcp-session no-syn-check\n`,
      { ...out, state: 3 },
      'unknown session/none',
    ],
    [
      'a global policy for some zones',
      pass('g', 'global') +
        'set security policies global policy g match from-zone in\nset security policies global policy g match to-zone out\n',
      out,
      'accept global/g',
    ],
    [
      'and not for others',
      pass('g', 'global') +
        'set security policies global policy g match from-zone in\nset security policies global policy g match to-zone out\n',
      { ...out, oif: 'ge-0/0/0.0' },
      'drop default-policy',
    ],
    ['a global policy of no zones', pass('g', 'global'), { ...inward, oif: 'ge-0/0/1.0' }, 'accept global/g'],
  ])('%s', (_, text, packet, expected) => expect(verdict(text, packet)).toBe(expected));

  it('asks the book of a zone before the global one', () => {
    const text = `${pass('p').replace('source-address any', 'source-address host')}set security zones security-zone in address-book address host 10.0.0.77/32\n`;
    expect(verdict(text, { ...out, src: '10.0.0.77' })).toBe('accept in-to-out/p');
    expect(verdict(text, { ...out, src: '10.0.0.9' })).toBe('drop default-policy');
  });

  it('reads lists in brackets and words in quotes', () => {
    const text = pass('p').replace('match source-address any', 'match source-address [ host "other" ]');
    expect(
      [{ ...out, src: '10.0.0.9' }, { ...out, src: '10.0.0.10' }, out].map((each) => verdict(text, each)),
    ).toEqual(['accept in-to-out/p', 'accept in-to-out/p', 'drop default-policy']);
  });
});

describe('IPv6', () => {
  const long = { ...out, src: '2001:db8::5', dst: '2001:db8:1::5' };
  const addressed = 'set interfaces ge-0/0/0 unit 0 family inet6 address 2001:db8::1/64\n';
  const mode = (value: string): string => `set security forwarding-options family inet6 mode ${value}\n`;
  it.each<[string, string, string]>([
    ['flows', addressed + mode('flow-based'), 'accept in-to-out/p'],
    ['dropped', addressed + mode('drop'), 'drop mode/ipv6'],
    ['packets', addressed + mode('packet-based'), 'unknown mode/ipv6'],
    ['not said', addressed, 'unknown in-to-out/p'],
    ['not there', '', 'drop mode/ipv6'],
  ])('%s', (_, text, expected) => expect(verdict(pass('p') + text, long)).toBe(expected));

  it('is nothing that a policy decides where packets are not looked at as flows', () => {
    expect(verdict(`${pass('p')}set security forwarding-options family mpls mode packet-based\n`, out)).toBe(
      'unknown mode/packet-based',
    );
  });
});

describe('translations', () => {
  const set = (kind: string, name: string, rule: string): string =>
    rule
      .split('; ')
      .map((each) => `set security nat ${kind} rule-set ${name} ${each}\n`)
      .join('');
  const pool =
    'set security nat destination pool d address 10.0.0.9/32\nset security nat source pool s address 203.0.113.20/32 to 203.0.113.21/32\n';
  const toHost = pass('h', inZones);

  it('asks static translations before those of pools', () => {
    const text =
      toHost +
      pool +
      set(
        'destination',
        'd',
        'from zone out; rule r match destination-address 203.0.113.9/32; rule r then destination-nat pool d',
      ) +
      set(
        'static',
        's',
        'from zone out; rule r match destination-address 203.0.113.9/32; rule r then static-nat prefix 10.0.0.77/32',
      );
    expect(fate(text, inward)).toBe('accept out-to-in/h as 192.0.2.9:49152 > 10.0.0.77:443');
  });

  it('asks rule sets of an interface before those of its zone, and these before those of its instance', () => {
    const to = (name: string, end: string, host: string): string =>
      set(
        'static',
        name,
        `from ${end}; rule r match destination-address 203.0.113.9/32; rule r then static-nat prefix ${host}/32`,
      );
    const text =
      toHost +
      to('i', 'routing-instance default', '10.0.0.3') +
      to('z', 'zone out', '10.0.0.2') +
      to('f', 'interface ge-0/0/1.0', '10.0.0.7');
    expect(fate(text, inward)).toBe('accept out-to-in/h as 192.0.2.9:49152 > 10.0.0.7:443');
    expect(fate(text, { ...inward, iif: 'ge-0/0/2.0' })).toBe(
      'accept out-to-in/h as 192.0.2.9:49152 > 10.0.0.2:443',
    );
  });

  it('maps ports of static translations', () => {
    const text =
      toHost +
      set(
        'static',
        's',
        'from zone out; rule r match destination-address 203.0.113.9/32; rule r match destination-port 8080 to 8081; rule r then static-nat prefix 10.0.0.9/32 mapped-port 80 to 81',
      );
    expect(fate(text, { ...inward, dport: 8081 })).toBe(
      'accept out-to-in/h as 192.0.2.9:49152 > 10.0.0.9:81',
    );
    expect(fate(text, { ...inward, dport: 8082 })).toBe('accept out-to-in/h');
  });

  it('finds ports that stand in lines of their own', () => {
    const mapped =
      toHost +
      set(
        'static',
        's',
        'from zone out; rule r match destination-address 203.0.113.9/32; rule r match destination-port 8080; rule r then static-nat prefix 10.0.0.9/32; rule r then static-nat prefix mapped-port 80',
      );
    expect(fate(mapped, { ...inward, dport: 8080 })).toMatch(/> 10\.0\.0\.9:80$/);
    const pooled =
      `${toHost}${pool}set security nat destination pool d address port 8443\n` +
      set(
        'destination',
        'd',
        'from zone out; rule r match destination-address 203.0.113.9/32; rule r then destination-nat pool d',
      );
    expect(fate(pooled, inward)).toMatch(/> 10\.0\.0\.9:8443$/);
  });

  it('leaves the source of a static translation of ports alone', () => {
    const text =
      pass('p') +
      set(
        'static',
        's',
        'from zone out; rule r match destination-address 203.0.113.9/32; rule r match destination-port 8080; rule r then static-nat prefix 10.0.0.9/32 mapped-port 80',
      );
    expect(fate(text, { ...out, src: '10.0.0.9' })).toBe('accept in-to-out/p');
  });

  it('takes any address of a pool, and any port', () => {
    const text =
      pass('p') +
      pool +
      set(
        'source',
        's',
        'from zone in; to zone out; rule r match source-address 10.0.0.0/24; rule r then source-nat pool s',
      );
    expect(fate(text, out)).toMatch(/^accept in-to-out\/p as 203\.0\.113\.2[01]:\*/);
    expect(fate(`${text}set security nat source pool s port no-translation\n`, out)).toMatch(/:49152 >/);
  });

  it('says not what a source becomes by a rule that is not modelled', () => {
    const text =
      pass('p') +
      set(
        'source',
        's',
        'from zone in; to zone out; rule r match source-address 10.0.0.0/24; rule r match moon full; rule r then source-nat interface',
      );
    expect(fate(text, out)).toMatch(/^accept in-to-out\/p as .*:\* >/);
  });

  it('tells rule sets of which neither names both ends more closely', () => {
    const text =
      set(
        'source',
        'a',
        'from interface ge-0/0/0.0; to zone out; rule r match source-address 0.0.0.0/0; rule r then source-nat off',
      ) +
      set(
        'source',
        'b',
        'from zone in; to interface ge-0/0/1.0; rule r match source-address 0.0.0.0/0; rule r then source-nat interface',
      );
    expect(
      read(pass('p') + text)
        .problems.map(({ message }) => message)
        .join(),
    ).toMatch(/which of the rule sets b and a goes first/);
    expect(fate(pass('p') + text, out)).toBe('accept in-to-out/p as 203.0.113.1:* > 192.0.2.1:443');
  });

  it.each<[string, string]>([
    [
      'a prefix that is not as large',
      'rule r match destination-address 203.0.113.9/32; rule r then static-nat prefix 10.0.0.0/24',
    ],
    [
      'the other family',
      'rule r match destination-address 203.0.113.9/32; rule r then static-nat prefix 2001:db8::9/128',
    ],
    [
      'a condition that is not known',
      'rule r match destination-address 203.0.113.9/32; rule r match moon full; rule r then static-nat prefix 10.0.0.9/32',
    ],
  ])('is unknown for %s', (_, rule) => {
    const toOne = toHost.replace('destination-address any', 'destination-address host');
    const text = toOne + set('static', 's', `from zone out; ${rule}`);
    expect(verdict(text, inward)).toMatch(/^unknown /);
    expect(read(text).problems.length).toBeGreaterThan(0);
  });
});

describe('filters', () => {
  const filter = (terms: string): string =>
    `set interfaces ge-0/0/0 unit 0 family inet filter input f\n${terms
      .split('; ')
      .map((each) => `set firewall family inet filter f term ${each}\n`)
      .join('')}`;
  it.each<[string, string, Written, string]>([
    [
      'what no term matches',
      'a from protocol icmp; a then accept',
      out,
      'drop filter/inet/f/implicit-discard',
    ],
    [
      'a term that goes on',
      'a from protocol tcp; a then count c; a then next term; b then accept',
      out,
      'accept in-to-out/p',
    ],
    [
      'a term that says nothing of the end accepts',
      'a from protocol tcp; a then count c',
      out,
      'accept in-to-out/p',
    ],
    [
      'a condition that is not modelled',
      'a from ttl 1; a then discard; b then accept',
      out,
      'unknown in-to-out/p',
    ],
    ['a policer', 'a then policer slow; a then accept', out, 'unknown filter/inet/f/a'],
    ['another routing table', 'a then routing-instance x', out, 'unknown filter/inet/f/a'],
    ['a first packet', 'a from tcp-initial; a then discard; b then accept', out, 'drop filter/inet/f/a'],
    [
      'what belongs to a connection',
      'a from tcp-established; a then discard; b then accept',
      out,
      'accept in-to-out/p',
    ],
    ['flags', 'a from tcp-flags "(syn & !ack)"; a then reject; b then accept', out, 'reject filter/inet/f/a'],
    [
      'all ports but some',
      'a from protocol tcp; a from destination-port-except 443; a then discard; b then accept',
      out,
      'accept in-to-out/p',
    ],
    [
      'either address',
      'a from address 192.0.2.0/24; a then discard; b then accept',
      out,
      'drop filter/inet/f/a',
    ],
    [
      'only exceptions',
      'a from source-address 10.0.0.0/24 except; a then discard; b then accept',
      out,
      'accept in-to-out/p',
    ],
    [
      'packets that are not looked at as flows',
      'a then packet-mode; a then accept',
      out,
      'unknown filter/inet/f/a',
    ],
  ])('%s', (_, terms, packet, expected) => expect(verdict(pass('p') + filter(terms), packet)).toBe(expected));

  it('asks several filters of a list as one', () => {
    const text = `set interfaces ge-0/0/0 unit 0 family inet filter input-list [ f g ]
set firewall family inet filter f term a from protocol udp
set firewall family inet filter f term a then discard
set firewall family inet filter g term a then accept
`;
    expect(verdict(pass('p') + text, out)).toBe('accept in-to-out/p');
    expect(verdict(pass('p') + text, { ...out, protocol: 17 })).toBe('drop filter/inet/f/a');
  });
});

describe('groups', () => {
  const open = (path: string): string =>
    ['match source-address any', 'match destination-address any', 'match application any', 'then permit']
      .map((each) => `set groups g ${path} policy p ${each}\n`)
      .join('');
  it.each<[string, string, string]>([
    [
      'applied to all',
      `${open('security policies from-zone in to-zone out')}set apply-groups g\n`,
      'accept in-to-out/p',
    ],
    ['not applied', open('security policies from-zone in to-zone out'), 'drop default-policy'],
    [
      'applied further in',
      `${open('security policies from-zone in to-zone out')}set security policies apply-groups g\n`,
      'accept in-to-out/p',
    ],
    [
      'patterns are for what is there',
      `${open('security policies from-zone <*> to-zone <o*>')}set apply-groups g\n${pass('q', undefined, 'junos-ssh')}`,
      'accept in-to-out/p',
    ],
    [
      'and for nothing else',
      `${open('security policies from-zone <*> to-zone <o*>')}set apply-groups g\n`,
      'drop default-policy',
    ],
    [
      'but where they are excepted',
      `${open('security policies from-zone in to-zone out')}set apply-groups g\nset security policies apply-groups-except g\n`,
      'drop default-policy',
    ],
    [
      'deactivated',
      `${open('security policies from-zone in to-zone out')}set apply-groups g\ndeactivate apply-groups g\n`,
      'drop default-policy',
    ],
  ])('%s', (_, text, expected) => expect(verdict(text, out)).toBe(expected));

  it('lets what stands in its place go before', () => {
    const text = `set groups g security policies default-policy permit-all\nset apply-groups g\nset security policies default-policy deny-all\n`;
    expect(verdict(text, out)).toBe('drop default-policy');
  });

  it('says nothing for certain where a group is applied in a group', () => {
    const text = `${open('security policies from-zone in to-zone out')}set groups g security apply-groups h\nset groups h security policies default-policy permit-all\nset apply-groups g\n`;
    expect(verdict(text, out)).toBe('unknown nodes');
  });

  it('says nothing for certain where policies are for one node of a cluster', () => {
    const text = `${open('security policies from-zone in to-zone out').replaceAll('groups g', 'groups node0')}set apply-groups "\${node}"\n${pass('q')}`;
    expect(verdict(text, out)).toBe('unknown nodes');
  });
});

describe('what the device itself takes', () => {
  const own = { iif: 'ge-0/0/0.0', src: '10.0.0.5', dst: '10.0.0.1', dport: 22 };
  const lets = (service: string): string =>
    `set security zones security-zone in host-inbound-traffic ${service}\n`;
  it.each<[string, string, string]>([
    ['nothing', '', 'drop input/implicit-deny'],
    ['a service', lets('system-services ssh'), 'accept ge-0/0/0.0/ssh'],
    ['another', lets('system-services https'), 'drop input/implicit-deny'],
    ['all', lets('system-services all'), 'accept ge-0/0/0.0/system-services/all'],
    [
      'all but one',
      lets('system-services all') + lets('system-services ssh except'),
      'drop ge-0/0/0.0/ssh/except',
    ],
    ['one that is not known', lets('system-services appqoe'), 'unknown input/implicit-deny'],
    [
      'an interface goes before its zone',
      lets('system-services ssh') +
        'set security zones security-zone in interfaces ge-0/0/0.0 host-inbound-traffic system-services ping\n',
      'drop input/implicit-deny',
    ],
  ])('%s', (_, text, expected) => expect(fate(text, own, 'input')).toBe(expected));
});
