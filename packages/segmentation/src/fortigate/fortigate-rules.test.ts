import { describe, expect, it } from 'vitest';
import { fateOf, readOf, type Written } from '../cisco/packets.fixture.ts';
import { readFortigate } from './read-fortigate.ts';

/** A unit of two interfaces, a zone of one, and what a test adds. */
function unit(parts: {
  readonly release?: string;
  readonly global?: string;
  readonly sections?: string;
  readonly policies?: string;
}): string {
  const release =
    parts.release === undefined ? '' : `#config-version=FGT60F-${parts.release}-FW-build1-1:opmode=0\n`;
  return `${release}config system global
    set hostname "u"
    ${parts.global ?? 'set allow-traffic-redirect disable'}
end
config system interface
    edit "in"
        set ip 10.0.0.1 255.255.255.0
    next
    edit "out"
        set ip 203.0.113.1 255.255.255.0
    next
end
config firewall address
    edit "host"
        set subnet 10.0.0.9 255.255.255.255
    next
    edit "outer"
        set subnet 203.0.113.9 255.255.255.255
    next
    edit "named"
        set type fqdn
        set fqdn "a.example"
    next
end
${parts.sections ?? ''}
config firewall policy
${parts.policies ?? ''}
end
`;
}

const policy = (id: number, settings: string, ends = 'set srcintf "in"\nset dstintf "out"'): string =>
  `edit ${id}\n${ends}\nset srcaddr "all"\nset dstaddr "all"\nset action accept\nset schedule "always"\nset service "ALL"\n${settings}\nnext\n`;

const read = (parts: Parameters<typeof unit>[0]) =>
  readOf(readFortigate({ name: 'u.conf', text: unit(parts) }));
const out: Written = { iif: 'in', oif: 'out', src: '10.0.0.5', dst: '192.0.2.1', dport: 443 };
const inward: Written = { iif: 'out', oif: 'in', src: '192.0.2.9', dst: '203.0.113.9', dport: 443 };
const fate = (parts: Parameters<typeof unit>[0], packet: Written, hook?: 'input') =>
  fateOf(read(parts), packet, hook);

const vip = `config firewall vip
edit "v"
set extip 203.0.113.9
set mappedip "10.0.0.9"
set extintf "out"
next
end`;
const toVip = policy(9, 'set dstaddr "v"', 'set srcintf "out"\nset dstintf "in"');
const denial = (settings: string): string =>
  policy(1, `set action deny\n${settings}`, 'set srcintf "out"\nset dstintf "in"');

describe('denials and virtual addresses', () => {
  it.each<[string, string | undefined, string, string]>([
    ['before 7.2.3 a denial of all does not match them', '7.0.9', '', 'accept vip/v/policy/9'],
    ['from 7.2.4 it does', '7.2.4', '', 'drop vip/v/policy/1'],
    ['between them the documents differ', '7.2.3', '', 'unknown vip/v/policy/9'],
    ['so without a release', undefined, '', 'unknown vip/v/policy/9'],
    ['where it is said to', '7.0.9', 'set match-vip enable', 'drop vip/v/policy/1'],
    ['where it is said not to', '7.4.1', 'set match-vip disable', 'accept vip/v/policy/9'],
    ['by one of its addresses alone', '7.4.1', 'set dstaddr "outer"', 'unknown vip/v/policy/9'],
    ['by another address', '7.4.1', 'set dstaddr "none"', 'accept vip/v/policy/9'],
    ['by the virtual address itself', '7.0.9', 'set dstaddr "v"', 'drop vip/v/policy/1'],
  ])('%s', (_, release, settings, expected) => {
    const told = fate(
      { ...(release && { release }), sections: vip, policies: denial(settings) + toVip },
      inward,
    );
    expect(told.split(' as ')[0]).toBe(expected);
  });

  it('does not let a policy for all addresses accept what comes for one', () => {
    const policies =
      policy(1, '', 'set srcintf "any"\nset dstintf "any"') +
      toVip.replace('edit 9', 'edit 9\nset status disable');
    expect(fate({ sections: vip, policies }, inward)).toBe('drop vip/v/implicit-deny');
  });

  it('matches a policy that is for virtual addresses only with nothing else', () => {
    const policies =
      policy(1, 'set action deny\nset match-vip-only enable\nset match-vip enable') + policy(2, '');
    expect(fate({ sections: vip, policies }, out)).toBe('accept policy/2');
  });
});

describe('what virtual addresses are for', () => {
  const sections = (settings: string, more = ''): string => vip.replace('next', `${settings}\nnext\n${more}`);
  it('maps a range address by address', () => {
    const ranged = sections('set extip 203.0.113.16-203.0.113.19\nset mappedip "10.0.0.16-10.0.0.19"');
    const packet = { ...inward, dst: '203.0.113.18' };
    expect(fate({ sections: ranged, policies: toVip }, packet)).toBe(
      'accept vip/v/policy/9 as 192.0.2.9:49152 > 10.0.0.18:443',
    );
    expect(
      fate({ sections: ranged, policies: policy(3, 'set nat enable') + toVip }, { ...out, src: '10.0.0.18' }),
    ).toBe('accept policy/3 as 203.0.113.18:49152 > 192.0.2.1:443');
  });

  it('is asked only of the sources that it is for', () => {
    const filtered = sections('set src-filter "192.0.2.0/28" "198.51.100.1-198.51.100.5"');
    expect(fate({ sections: filtered, policies: toVip }, inward)).toMatch(
      /^accept vip\/v\/policy\/9 as .*10\.0\.0\.9:443$/,
    );
    expect(fate({ sections: filtered, policies: toVip }, { ...inward, src: '192.0.2.99' })).toBe(
      'drop policy/implicit-deny',
    );
  });

  it('says not what becomes of packets that two are for', () => {
    const two = sections(
      '',
      'edit "w"\nset extip 203.0.113.9\nset mappedip "10.0.0.10"\nset extintf "any"\nnext',
    );
    expect(fate({ sections: two, policies: toVip }, inward)).toMatch(/^unknown /);
    const apart = sections(
      'set src-filter "192.0.2.0/28"',
      'edit "w"\nset extip 203.0.113.9\nset mappedip "10.0.0.10"\nset extintf "any"\nset src-filter "198.51.100.0/24"\nnext',
    );
    expect(fate({ sections: apart, policies: toVip }, inward)).toMatch(/^accept /);
  });

  it('gives its outer address to all that its host opens, where it is told to', () => {
    const always = sections('set nat-source-vip enable');
    expect(fate({ sections: always, policies: policy(3, '') }, { ...out, src: '10.0.0.9' })).toBe(
      'accept policy/3 as 203.0.113.9:49152 > 192.0.2.1:443',
    );
  });

  it.each([
    'set type load-balance',
    'set service "HTTP"',
    'set extaddr "outer"',
    'set nat46 enable',
    'set mappedip "10.0.0.9-10.0.0.12"',
    'set extip 0.0.0.0',
  ])('is unknown with %s', (settings) =>
    expect(fate({ sections: sections(settings), policies: toVip }, inward)).toMatch(/^unknown /),
  );
});

describe('translations in tables of their own', () => {
  const central = `config system settings
set central-nat enable
end
${vip}
config firewall ippool
edit "p"
set startip 203.0.113.20
set endip 203.0.113.21
next
end
config firewall central-snat-map
edit 1
set srcintf "in"
set dstintf "out"
set orig-addr "host"
set dst-addr "all"
set nat disable
next
edit 2
set srcintf "in"
set dstintf "out"
set orig-addr "all"
set dst-addr "all"
set protocol 6
set nat-ippool "p"
next
edit 3
set srcintf "in"
set dstintf "out"
set orig-addr "all"
set dst-addr "all"
next
end`;
  const policies =
    policy(1, 'set dstaddr "host"', 'set srcintf "out"\nset dstintf "in"') + policy(2, 'set nat enable');
  it.each<[string, Written, string]>([
    ['policies see inner addresses', inward, 'accept policy/1 as 192.0.2.9:49152 > 10.0.0.9:443'],
    ['the first entry that matches', { ...out, src: '10.0.0.9' }, 'accept policy/2'],
    [
      'an address of the interface',
      { ...out, protocol: 17, dport: 53 },
      'accept policy/2 as 203.0.113.1:* > 192.0.2.1:53',
    ],
  ])('%s', (_, packet, expected) => expect(fate({ sections: central, policies }, packet)).toBe(expected));

  it('translates to any address of a pool', () => {
    expect(fate({ sections: central, policies }, out)).toMatch(/^accept policy\/2 as 203\.0\.113\.2[01]:\*/);
  });
});

describe('what a policy is for', () => {
  it.each<[string, string, string]>([
    ['a setting that is not known', 'set frobnicate "yes"', 'unknown policy/implicit-deny'],
    ['the same where it says nothing', 'set frobnicate disable', 'accept policy/1'],
    [
      'the defaults of a full configuration',
      'set tos 0x00\nset tos-mask 0x00\nset groups ""\nset reputation-minimum 0\nset ztna-status disable\nset utm-status disable\nset inspection-mode flow\nset ips-sensor "default"',
      'accept policy/1',
    ],
    ['a type of service', 'set tos-mask 0xff', 'unknown policy/implicit-deny'],
    ['devices', 'set src-vendor-mac 36', 'unknown policy/implicit-deny'],
    ['a tunnel of its own', 'set action ipsec', 'unknown policy/1'],
    ['a translation into the other family', 'set nat64 enable', 'unknown policy/1'],
    [
      'profiles in a group',
      'set utm-status enable\nset profile-type group\nset profile-group "g"',
      'unknown policy/1',
    ],
    ['a service of the factory that the file does not list', 'set service "HTTPS"', 'accept policy/1'],
    ['one that is not it', 'set service "SSH"', 'drop policy/implicit-deny'],
    ['a group of the factory', 'set service "Web Access"', 'accept policy/1'],
    ['all services but one', 'set service "SSH"\nset service-negate enable', 'accept policy/1'],
    ['and that one', 'set service "HTTPS"\nset service-negate enable', 'drop policy/implicit-deny'],
    ['all services but none', 'set service "ALL"\nset service-negate enable', 'drop policy/implicit-deny'],
    [
      'all services but some with source ports',
      'set service "RLOGIN"\nset service-negate enable',
      'unknown policy/implicit-deny',
    ],
    ['no sources but these', 'set srcaddr-negate enable', 'drop policy/implicit-deny'],
  ])('%s', (_, settings, expected) => {
    expect(fate({ policies: policy(1, settings) }, out).split(' as ')[0]).toBe(expected);
  });

  it('keeps IPv6 to policies of IPv6', () => {
    const long = { ...out, src: '2001:db8::1', dst: '2001:db8::2' };
    expect(fate({ policies: policy(1, '') }, long)).toBe('drop policy/implicit-deny');
    expect(fate({ policies: policy(1, 'set srcaddr6 "all"\nset dstaddr6 "all"') }, long)).toBe(
      'accept policy/1',
    );
    const sections = `config firewall policy6\n${policy(4, '')}end`;
    expect(fate({ sections, policies: '' }, long)).toBe('accept policy6/4');
    expect(fate({ sections, policies: '' }, out)).toBe('drop policy/implicit-deny');
  });

  it('translates by the policy that accepted, however many others may have', () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      policy(index + 1, 'set dstaddr "named"\nset nat enable'),
    ).join('');
    expect(fate({ policies: many + policy(50, 'set nat enable') }, out)).toBe(
      'accept policy/50 as 203.0.113.1:* > 192.0.2.1:443',
    );
    const either = policy(1, 'set dstaddr "named"\nset nat enable') + policy(2, '');
    expect(fate({ policies: either }, out)).toMatch(/^accept policy\/2 as .*:\* >/);
  });
});

describe('what comes beside policies', () => {
  it('lets what leaves by where it came in pass without a policy, perhaps', () => {
    const back = { ...out, oif: 'in' };
    expect(fate({ global: '', policies: '' }, back)).toBe('unknown policy/implicit-deny');
    expect(fate({ release: '7.6.5', global: '', policies: '' }, back)).toBe('drop policy/implicit-deny');
    expect(fate({ policies: policy(1, '', 'set srcintf "in"\nset dstintf "in"') }, back)).toBe(
      'accept policy/1',
    );
  });

  const zone = 'config system zone\nedit "z"\nset intrazone allow\nset interface "in"\nnext\nend';
  it.each<[string | undefined, string]>([
    ['7.4.3', 'drop policy/implicit-deny'],
    ['7.4.4', 'accept zone/z'],
    [undefined, 'unknown policy/implicit-deny'],
  ])('lets a zone of one interface through by its release: %s', (release, expected) => {
    expect(fate({ ...(release && { release }), sections: zone, policies: '' }, { ...out, oif: 'in' })).toBe(
      expected,
    );
  });

  it('asks policies before a zone lets its own traffic through', () => {
    const policies = policy(1, 'set action deny', 'set srcintf "any"\nset dstintf "any"');
    const two = zone.replace('"in"', '"in" "out"');
    expect(fate({ sections: two, policies: '' }, out)).toBe('accept zone/z');
    expect(fate({ sections: two, policies }, out)).toBe('drop policy/1');
  });

  it.each<[string, string]>([
    ['config system settings\nset asymroute enable\nend', 'unknown session/none'],
    ['config system settings\nset tcp-session-without-syn enable\nend', 'unknown session/none'],
    ['', 'drop session/none'],
  ])('drops packets of no session unless it is told otherwise: %s', (sections, expected) => {
    expect(fate({ sections, policies: policy(1, '') }, { ...out, state: 3 })).toBe(expected);
  });

  it.each<[string, string, string]>([
    [
      'a list of the hardware',
      'config firewall acl\nedit 1\nset interface "in"\nset srcaddr "all"\nset dstaddr "all"\nset service "ALL"\nnext\nend',
      'unknown policy/1',
    ],
    [
      'the same switched off',
      'config firewall acl\nedit 1\nset status disable\nset interface "in"\nnext\nend',
      'accept policy/1',
    ],
    [
      'policies of interfaces',
      'config firewall interface-policy\nedit 1\nset interface "out"\nnext\nend',
      'unknown policy/1',
    ],
    [
      'policies by application',
      'config system settings\nset ngfw-mode policy-based\nend',
      'unknown ngfw-mode',
    ],
    [
      'what is dropped by its rate',
      'config firewall DoS-policy\nedit 1\nset interface "in"\nnext\nend',
      'accept policy/1',
    ],
    [
      'an address of the other family',
      'config firewall vip46\nedit "x"\nset extip 192.0.2.1\nset mappedip 2001:db8::9\nnext\nend',
      'unknown vip46/x',
    ],
  ])('tells %s', (_, sections, expected) => {
    const firewall = read({ sections, policies: policy(1, '') });
    expect(fateOf(firewall, out)).toBe(expected);
    if (!sections.includes('disable')) expect(firewall.problems.length).toBeGreaterThan(1);
  });

  it('lets hosts answer that any host may answer, perhaps', () => {
    const packet: Written = { ...inward, dst: '10.0.0.5', protocol: 17 };
    expect(fate({ policies: policy(1, 'set permit-any-host enable') }, packet)).toBe(
      'unknown policy/implicit-deny',
    );
    expect(fate({ policies: policy(1, 'set permit-any-host enable') }, { ...packet, protocol: 6 })).toBe(
      'drop policy/implicit-deny',
    );
  });

  const local = `config firewall local-in-policy
edit 1
set intf "out"
set srcaddr "host"
set dstaddr "all"
set service "HTTPS"
set schedule "always"
next
edit 2
set intf "out"
set srcaddr "all"
set dstaddr "all"
set action accept
set service "PING"
set schedule "always"
next
edit 3
set intf "out"
set srcaddr "all"
set dstaddr "all"
set service "SSH"
set schedule "nights"
next
end`;
  it.each<[string, Written, string]>([
    ['a denial, which is the default', { ...inward, src: '10.0.0.9' }, 'drop local-in-policy/1'],
    ['an acceptance', { ...inward, protocol: 1, icmp: [8, 0] }, 'accept local-in-policy/2'],
    ['a schedule', { ...inward, dport: 22 }, 'unknown input/services'],
    ['anything else', inward, 'unknown input/services'],
    ['a reply', { ...inward, state: 1 }, 'accept input/standing'],
  ])('to itself: %s', (_, packet, expected) => {
    expect(fate({ sections: local, policies: '' }, packet, 'input')).toBe(expected);
  });
});

describe('virtual domains', () => {
  const text = `#config-version=FGT60F-7.6.5-FW-build1-1:opmode=0:vdom=1
config vdom
edit root
next
edit cams
next
end
config global
config system global
set hostname "two"
set vdom-mode multi-vdom
end
config system interface
edit "in"
set vdom "root"
set ip 10.0.0.1 255.255.255.0
next
edit "out"
set vdom "root"
set ip 203.0.113.1 255.255.255.0
next
edit "cam"
set vdom "cams"
set ip 10.20.0.1 255.255.0.0
next
edit "rec"
set vdom "cams"
set ip 10.30.0.1 255.255.0.0
next
end
end
config vdom
edit root
config firewall address
edit "same"
set subnet 10.0.0.0 255.255.255.0
next
end
config firewall policy
${policy(1, 'set srcaddr "same"\nset nat enable', 'set srcintf "any"\nset dstintf "any"')}
end
config router static
edit 1
set gateway 203.0.113.254
set device "out"
next
end
end
config vdom
edit cams
config firewall address
edit "same"
set subnet 10.20.0.0 255.255.0.0
next
end
config firewall policy
${policy(1, 'set srcaddr "same"\nset service "RTSP"', 'set srcintf "cam"\nset dstintf "rec"')}
end
end
`;
  const two = readOf(readFortigate({ name: 'two.conf', text }));
  it.each<[string, Written, string]>([
    ['one', out, 'accept root/policy/1 as 203.0.113.1:* > 192.0.2.1:443'],
    [
      'the other, with an address of the same name',
      { iif: 'cam', oif: 'rec', src: '10.20.0.5', dst: '10.30.0.5', dport: 554 },
      'accept cams/policy/1',
    ],
    [
      'its own denial',
      { iif: 'cam', oif: 'rec', src: '10.20.0.5', dst: '10.30.0.5', dport: 80 },
      'drop cams/policy/implicit-deny',
    ],
    [
      'any interface of a domain is none of another',
      { iif: 'in', oif: 'rec', src: '10.0.0.5', dst: '10.30.0.5' },
      'unknown forward/between-domains',
    ],
  ])('%s', (_, packet, expected) => expect(fateOf(two, packet)).toBe(expected));

  it('tells interfaces and routes by their domain', () => {
    expect(two.interfaces.map(({ name, vrf }) => `${name} ${vrf}`)).toEqual([
      'in root',
      'out root',
      'cam cams',
      'rec cams',
      'ssl.root root',
      'ssl.cams cams',
    ]);
    expect(two.routes).toMatchObject([
      { prefix: '0.0.0.0/0', via: '203.0.113.254', interface: 'out', metric: 10, table: 'root' },
    ]);
  });
});
