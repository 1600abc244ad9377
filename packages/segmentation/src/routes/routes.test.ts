import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { present } from '@holdfast/kernel';
import { addressOf, prefixOf } from '../model/address.ts';
import { contains } from '../model/interval.ts';
import type { Route } from '../model/firewall.ts';
import { mutations } from '../cisco/mutations.fixture.ts';
import { connectedRoutes, leavingBy } from './leaving-by.ts';
import { readIpRoute, readIpRouteJson } from './read-ip-route.ts';
import { readShowRoute } from './read-show-route.ts';

const captured = readFileSync(new URL('../../fixtures/routes/show-ip-route.txt', import.meta.url), 'utf8');
type Reader = (file: { readonly name: string; readonly text: string }) => ReturnType<typeof readIpRoute>;
const routesOf = (read: Reader, text: string): readonly Route[] => {
  const result = read({ name: 'r', text });
  if (result.kind === 'error')
    throw new Error(result.error.map(({ message, at }) => `${at?.line} ${message}`).join());
  return result.value;
};
const spell = ({ prefix, via, interface: out, kind, table, metric, at }: Route): string =>
  [`${at?.line}:${at?.column}`, prefix, via, out, kind, table, metric]
    .filter((each) => each !== undefined)
    .join(' ');

it('reads show ip route', () => {
  expect(routesOf(readShowRoute, captured).map(spell)).toEqual([
    '8:1 0.0.0.0/0 198.51.100.1',
    '10:1 10.20.0.0/16 GigabitEthernet0/1.20',
    '11:1 10.20.0.1/32 GigabitEthernet0/1.20 local',
    '12:1 10.40.0.0/16 10.20.0.7 GigabitEthernet0/1.20',
    '13:23 10.40.0.0/16 10.30.0.7 GigabitEthernet0/1.30',
    '14:1 10.50.0.0/16 Null0 discard',
    '15:1 10.60.0.0/16 Tunnel1',
    '17:1 172.16.5.0/24 10.20.0.7 GigabitEthernet0/1.20',
    '18:1 198.51.100.0/30 GigabitEthernet0/0',
    '21:1 10.20.0.0/16 GigabitEthernet0/3 CCTV',
  ]);
});

it('reads codes in lower case, and takes no length from another network', () => {
  expect(
    routesOf(readShowRoute, 'i L1  10.9.0.0/16 [115/20] via 10.0.0.2, 00:01:00, Ethernet1\n').map(spell),
  ).toEqual(['1:1 10.9.0.0/16 10.0.0.2 Ethernet1']);
  const stray = readShowRoute({
    name: 'r',
    text: '     172.16.0.0/24 is subnetted, 1 subnets\nO    10.1.0.0 [110/2] via 10.0.0.2, 1d, Ethernet1\n',
  });
  expect(stray.kind === 'error' && stray.error[0]?.at?.line).toBe(2);
});

it('reads show route of an ASA', () => {
  const text =
    'S*       0.0.0.0 0.0.0.0 [1/0] via 198.51.100.1, outside\nC        10.30.0.0 255.255.0.0 is directly connected, inside\nL        10.30.0.1 255.255.255.255 is directly connected, inside\n';
  expect(routesOf(readShowRoute, text).map(spell)).toEqual([
    '1:1 0.0.0.0/0 198.51.100.1 outside',
    '2:1 10.30.0.0/16 inside',
    '3:1 10.30.0.1/32 inside local',
  ]);
});

it('reads ip route', () => {
  const text = `default via 192.0.2.1 dev eth0 proto dhcp src 192.0.2.9 metric 100
10.1.0.0/16 proto static metric 20
\tnexthop via 10.0.0.2 dev eth1 weight 1
\tnexthop via 10.0.1.2 dev eth2 weight 1
blackhole 10.9.0.0/16
192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.9
local 192.0.2.9 dev eth0 table local proto kernel
`;
  expect(routesOf(readIpRoute, text).map(spell)).toEqual([
    '1:1 0.0.0.0/0 192.0.2.1 eth0 100',
    '3:2 10.1.0.0/16 10.0.0.2 eth1 20',
    '4:2 10.1.0.0/16 10.0.1.2 eth2 20',
    '5:1 10.9.0.0/16 discard',
    '6:1 192.0.2.0/24 eth0',
    '7:1 192.0.2.9/32 eth0 local local',
  ]);
});

it('reads ip -j route', () => {
  const text =
    '[{"dst":"default","gateway":"192.0.2.1","dev":"eth0","metric":100},\n {"dst":"10.1.0.0/16","nexthops":[{"gateway":"10.0.0.2","dev":"eth1"},{"gateway":"10.0.1.2","dev":"eth2"}]}]';
  expect(routesOf(readIpRouteJson, text).map(spell)).toEqual([
    '1:2 0.0.0.0/0 192.0.2.1 eth0 100',
    '2:2 10.1.0.0/16 10.0.0.2 eth1',
    '2:2 10.1.0.0/16 10.0.1.2 eth2',
  ]);
});

it('refuses what is no routing table, where it stands', () => {
  for (const read of [readIpRoute, readIpRouteJson, readShowRoute]) {
    const result = read({ name: 'r', text: 'hello world' });
    expect(result.kind === 'error' && result.error[0]?.at).toEqual({ file: 'r', line: 1, column: 1 });
  }
});

it('parts destinations by the longest prefix', () => {
  const { by, local, discarded, unresolved } = leavingBy(routesOf(readShowRoute, captured));
  const ways = (text: string): readonly string[] => {
    const value = present(addressOf(text), text);
    const names = [...by].filter(([, set]) => contains(set, value)).map(([name]) => name);
    const others = { local, discarded, unresolved };
    return [
      ...names,
      ...Object.entries(others)
        .filter(([, set]) => contains(set, value))
        .map(([name]) => name),
    ];
  };
  expect(ways('8.8.8.8')).toEqual(['GigabitEthernet0/0']);
  expect(ways('10.20.0.1')).toEqual(['local']);
  expect(ways('10.20.0.2')).toEqual(['GigabitEthernet0/1.20']);
  expect(ways('10.40.3.4')).toEqual(['GigabitEthernet0/1.20', 'GigabitEthernet0/1.30']);
  expect(ways('10.50.0.1')).toEqual(['discarded']);
});

it('takes the least metric, and adds what interfaces make', () => {
  const connected = connectedRoutes([{ name: 'eth0', addresses: ['10.0.0.1/24'] }]);
  const { by, local } = leavingBy([...connected, { prefix: '10.0.0.0/24', interface: 'eth1', metric: 5 }]);
  expect([...by.keys()]).toEqual(['eth0']);
  expect(local).toEqual([{ low: 0x0a000001n, high: 0x0a000001n }]);
});

it('agrees with a look at every route for every address', () => {
  const route = fc.record({
    octet: fc.nat(3),
    length: fc.integer({ min: 28, max: 32 }),
    low: fc.nat(31),
    out: fc.constantFrom('a', 'b', 'c'),
  });
  fc.assert(
    fc.property(fc.array(route, { maxLength: 12 }), (drawn) => {
      const routes = drawn.map(({ low, length, out }): Route => ({
        prefix: `10.0.0.${low}/${length}`,
        interface: out,
      }));
      const { by } = leavingBy(routes);
      for (let value = 0x0a000000n; value < 0x0a000020n; value += 1n) {
        const fitting = routes.flatMap((each) => {
          const interval = prefixOf(each.prefix);
          return interval !== undefined && interval.low <= value && value <= interval.high ? [each] : [];
        });
        const longest = Math.max(...fitting.map(({ prefix }) => Number(prefix.split('/')[1])));
        const expected = new Set(
          fitting.filter(({ prefix }) => prefix.endsWith(`/${longest}`)).map((each) => each.interface),
        );
        expect(new Set([...by].filter(([, set]) => contains(set, value)).map(([name]) => name))).toEqual(
          expected,
        );
      }
    }),
    { numRuns: 100, endOnFailure: true },
  );
});

it('never throws, whatever becomes of the capture', () => {
  fc.assert(
    fc.property(mutations(captured), (text) => {
      for (const read of [readIpRoute, readIpRouteJson, readShowRoute]) {
        const result = read({ name: 'r', text });
        if (result.kind === 'ok') leavingBy(result.value);
      }
    }),
    { numRuns: 100, endOnFailure: true },
  );
});
