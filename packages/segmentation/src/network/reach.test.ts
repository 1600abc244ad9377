import { describe, expect, test } from 'vitest';
import { prefixOf, spellAddress } from '../model/address.ts';
import { only, type IntervalSet } from '../model/interval.ts';
import { landscapeWith } from './landscape.fixture.ts';
import { internet, type Place } from './place.ts';
import { reached, type Reached } from './reach.ts';
import { variantsBetween } from './variants.ts';
import { waysBetween } from './ways.ts';

const at = (id: string): Place => ({ kind: 'network', id });
const set = (cidr: string): IntervalSet => {
  const range = prefixOf(cidr);
  return range ? [range] : [];
};
const tcp = (port: number): object => ({ protocol: only(6n), dport: only(BigInt(port)) });

const rulesOf = ({ shown }: Reached): readonly string[] =>
  (shown?.part?.passages ?? []).map(({ router, decision }) => `${router} ${decision?.source.id ?? '?'}`);

/** Cameras and servers behind one firewall, whose line has a backup over a second one. */
const two = `
networks:
  cams: { site: h, cidr: 10.0.1.0/24, zone: cameras, gateways: [fw, fw2] }
  srv: { site: h, cidr: 10.0.2.0/24, zone: servers, gateways: [fw, fw2] }
devices:
  fw: { profile: t/firewall, at: in, interfaces: { eth1: { network: cams, address: 10.0.1.1 }, eth2: { network: srv, address: 10.0.2.1 } } }
  fw2: { profile: t/firewall, at: in, interfaces: { lan1: { network: cams, address: 10.0.1.2 }, lan2: { network: srv, address: 10.0.2.2 } } }
  nvr: { profile: t/recorder, at: in, network: srv, address: 10.0.2.10 }
circuits:
  wan: { on: fw, to: internet }
`;
const strict = `table inet f {
  chain fwd {
    type filter hook forward priority 0; policy drop;
    ct state established accept
    iifname "eth1" oifname "eth2" ip daddr 10.0.2.10 tcp dport 554 accept
  }
}`;
const loose = `table inet f {
  chain fwd {
    type filter hook forward priority 0; policy drop;
    iifname "lan1" accept
  }
}`;

describe('whether packets get from one network to another', () => {
  const landscape = landscapeWith(two, { fw: strict, fw2: loose });

  test('by the rules of the firewall between them, with the packet and the rule', () => {
    const open = reached(landscape, { from: at('cams'), to: at('srv'), packets: tcp(554) });
    expect(open.verdict).toBe('yes');
    expect(rulesOf(open)).toEqual(['fw f/fwd/5']);
    const [passage] = open.shown?.part?.passages ?? [];
    expect(spellAddress(passage?.packet.dst ?? 0n)).toBe('10.0.2.10');
    expect(passage).toMatchObject({ iif: 'eth1', oif: 'eth2' });
  });

  test('and not where its policy drops them', () => {
    const shut = reached(landscape, { from: at('cams'), to: at('srv'), packets: tcp(22) });
    expect(shut.verdict).toBe('no');
    expect(rulesOf(shut)).toEqual(['fw f/fwd/policy']);
    expect(reached(landscape, { from: at('srv'), to: at('cams') }).verdict).toBe('no');
  });

  test('by the backup once the first gateway is down', () => {
    const asked = { from: at('cams'), to: at('srv'), packets: tcp(22) };
    const backup = reached(landscape, asked, (id) => id !== 'fw');
    expect(backup.verdict).toBe('yes');
    expect(rulesOf(backup)).toEqual(['fw2 f/fwd/4']);
    expect(variantsBetween(landscape, at('cams'), at('srv')).map(({ down }) => down)).toEqual([
      undefined,
      'fw',
    ]);
  });

  test('a firewall whose configuration nobody has given makes it unknown', () => {
    const blind = reached(landscapeWith(two, {}), { from: at('cams'), to: at('srv') });
    expect(blind).toMatchObject({
      verdict: 'unknown',
      why: ['the configuration of fw is not known'],
    });
  });

  test('an interface that nobody has named makes it unknown where rules tell interfaces apart', () => {
    const unnamed = two.replace('eth1: { network: cams, address: 10.0.1.1 }, ', '');
    const asked = { from: at('cams'), to: at('srv'), packets: tcp(554) };
    expect(reached(landscapeWith(unnamed, { fw: strict }), asked)).toMatchObject({
      verdict: 'unknown',
      why: ['nobody has said by which interface of fw packets come in'],
    });
    expect(reached(landscapeWith(unnamed, { fw: strict }), { ...asked, packets: tcp(22) }).verdict).toBe(
      'no',
    );
  });
});

/** A branch behind its own firewall, joined with the servers by a private line. */
const line = `
networks:
  branch: { site: h, cidr: 10.1.0.0/24, zone: branch, gateways: far }
  srv: { site: h, cidr: 10.0.2.0/24, zone: servers, gateways: near }
devices:
  far: { profile: t/firewall, at: in, interfaces: { in0: { network: branch, address: 10.1.0.1 } } }
  near: { profile: t/firewall, at: in, interfaces: { srv0: { network: srv, address: 10.0.2.1 } } }
circuits:
  link: { on: far, peer: near, to: private }
  wan: { on: near, to: internet }
`;
const hiding = `table ip n {
  chain post { type nat hook postrouting priority 100; ip saddr 10.1.0.0/24 snat to 192.0.2.7; }
}`;
const onlyHidden = `table ip f {
  chain fwd { type filter hook forward priority 0; policy drop; ip saddr 192.0.2.7 tcp dport 443 accept; }
}`;

describe('over several firewalls', () => {
  test('the second sees what the first has made of the packets', () => {
    const asked = { from: at('branch'), to: at('srv'), packets: tcp(443) };
    const open = reached(landscapeWith(line, { far: hiding, near: onlyHidden }), asked);
    expect(open.verdict).toBe('yes');
    expect(open.shown?.part?.passages.map(({ packet }) => spellAddress(packet.src))).toEqual([
      '10.1.0.0',
      '192.0.2.7',
    ]);
    expect(reached(landscapeWith(line, { near: onlyHidden, far: onlyHidden }), asked).verdict).toBe('no');
  });

  test('a port that is forwarded from the internet is reached at its own address', () => {
    const forwarding = `table ip n {
  chain pre { type nat hook prerouting priority -100; ip daddr 198.51.100.1 tcp dport 8443 dnat to 10.0.2.10:443; }
}
table ip f {
  chain fwd { type filter hook forward priority 0; policy drop; ip daddr 10.0.2.10 tcp dport 443 accept; }
}`;
    const open = reached(landscapeWith(line, { near: forwarding }), { from: internet, to: at('srv') });
    expect(open.verdict).toBe('yes');
    const [passage] = open.shown?.part?.passages ?? [];
    expect([spellAddress(passage?.packet.dst ?? 0n), passage?.packet.dport]).toEqual(['198.51.100.1', 8443n]);
  });

  test('captured routes lead, and what has no route is stopped', () => {
    const routes = [{ prefix: '10.1.0.0/24', interface: 'in0' }];
    const landscape = landscapeWith(line, { far: hiding }, { far: routes });
    expect(reached(landscape, { from: at('branch'), to: at('srv') })).toMatchObject({
      verdict: 'no',
      why: ['far has no route there'],
    });
    const more = [...routes, { prefix: '10.0.2.0/25', interface: 'wan0' }];
    const parted = waysBetween(landscapeWith(line, {}, { far: more }), at('branch'), at('srv'));
    expect(parted.map(({ end, destinations }) => [end.kind, destinations])).toEqual([
      ['delivered', set('10.0.2.0/25')],
      ['stopped', set('10.0.2.128/25')],
    ]);
  });
});

test('who comes in by remote access is asked by the addresses of the pool', () => {
  const landscape = landscapeWith(
    `${two}vpns:\n  vendor: { from: integrator, to: fw, pool: 10.9.0.0/28 }\nparties: { integrator: { name: I, kind: vendor } }\n`,
    {
      fw: 'table inet f { chain fwd { type filter hook forward priority 0; policy drop; ip saddr 10.9.0.0/28 ip daddr 10.0.1.0/24 accept; } }',
    },
  );
  expect(reached(landscape, { from: { kind: 'vpn', id: 'vendor' }, to: at('cams') }).verdict).toBe('yes');
  expect(reached(landscape, { from: { kind: 'vpn', id: 'vendor' }, to: at('srv') }).verdict).toBe('no');
});

test('a firewall whose configuration nobody has given may forward a port from the internet', () => {
  expect(reached(landscapeWith(two, {}), { from: internet, to: at('cams') })).toMatchObject({
    verdict: 'unknown',
    why: ['the configuration of fw is not known'],
  });
});

test('the next default route is in use while the line of the first is down', () => {
  const yaml = `
networks: { cams: { site: h, cidr: 10.0.1.0/24, gateways: fw } }
devices: { fw: { profile: t/firewall, at: in, interfaces: { e1: { network: cams, address: 10.0.1.1 } } } }
circuits: { lte: { on: fw, to: internet, role: backup }, line: { on: fw, to: internet, role: primary } }
`;
  const rules =
    'table inet f { chain fwd { type filter hook forward priority 0; policy drop; oifname "lte0" accept; } }';
  const routes = [
    { prefix: '10.0.1.0/24', interface: 'e1' },
    { prefix: '0.0.0.0/0', interface: 'lte0', metric: 200 },
    { prefix: '0.0.0.0/0', interface: 'wan0', metric: 100 },
  ];
  const landscape = landscapeWith(yaml, { fw: rules }, { fw: routes });
  const asked = { from: at('cams'), to: internet };
  expect(reached(landscape, asked).verdict).toBe('no');
  const backup = reached(landscape, asked, (id) => id !== 'line');
  expect(backup.verdict).toBe('yes');
  expect(backup.shown?.part?.passages[0]).toMatchObject({ iif: 'e1', oif: 'lte0' });
});
