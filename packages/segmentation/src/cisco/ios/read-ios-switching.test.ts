import { expect, it } from 'vitest';
import { present } from '@holdfast/kernel';
import { betweenPorts } from './between-ports.ts';
import { readIosSwitching } from './read-ios-switching.ts';

const text = `hostname sw1
vlan 20
 name CAMERAS
vlan 100
 private-vlan primary
 private-vlan association 101,102
vlan 101
 private-vlan isolated
vlan 102
 private-vlan community
interface Gi1/0/1
 switchport access vlan 20
 switchport mode access
 switchport protected
interface Gi1/0/2
 switchport access vlan 20
 switchport mode access
 switchport protected
interface Gi1/0/3
 switchport access vlan 20
 switchport mode access
interface Gi1/0/4
 switchport mode access
interface Gi1/0/5
 switchport trunk native vlan 99
 switchport trunk allowed vlan 10,20-22
 switchport trunk allowed vlan add 30
 switchport mode trunk
interface Gi1/0/6
 switchport private-vlan host-association 100 101
 switchport mode private-vlan host
interface Gi1/0/7
 switchport private-vlan host-association 100 101
 switchport mode private-vlan host
interface Gi1/0/8
 switchport private-vlan host-association 100 102
 switchport mode private-vlan host
interface Gi1/0/9
 switchport private-vlan host-association 100 102
 switchport mode private-vlan host
interface Gi1/0/10
 switchport private-vlan mapping 100 101-102
 switchport mode private-vlan promiscuous
interface Gi1/0/11
 switchport access vlan 20
interface Gi1/0/12
 no switchport
 ip address 10.0.0.1 255.255.255.0
interface Vlan20
 ip address 10.20.0.1 255.255.255.0
`;
const result = readIosSwitching({ name: 'sw1', text });
const switching = result.kind === 'ok' ? result.value : undefined;

it('reads VLANs and ports', () => {
  expect(switching?.vlans.map(({ id, name, privateVlan }) => [id, name, privateVlan])).toEqual([
    [20, 'CAMERAS', undefined],
    [100, undefined, 'primary'],
    [101, undefined, 'isolated'],
    [102, undefined, 'community'],
  ]);
  expect(switching?.ports).toHaveLength(11);
  expect(switching?.ports[4]).toMatchObject({
    native: 99,
    allowed: [
      { low: 10n, high: 10n },
      { low: 20n, high: 22n },
      { low: 30n, high: 30n },
    ],
  });
});

it.each([
  [1, 2, 'isolated'],
  [1, 3, 'reach'],
  [3, 4, 'apart'],
  [3, 5, 'reach'],
  [4, 5, 'apart'],
  [6, 7, 'isolated'],
  [8, 9, 'reach'],
  [6, 8, 'isolated'],
  [6, 10, 'reach'],
  [3, 11, 'unknown'],
])('ports %i and %i: %s', (a, b, expected) => {
  const all = present(switching, 'the switch');
  const port = (number: number) =>
    present(
      all.ports.find(({ name }) => name === `Gi1/0/${number}`),
      'the port',
    );
  expect(betweenPorts(all, port(a), port(b))).toBe(expected);
  expect(betweenPorts(all, port(b), port(a))).toBe(expected);
});

it.each([' switchport access vlan 5000', ' switchport trunk allowed vlan 10,', ' switchport mode acces'])(
  'refuses%s',
  (line) => {
    const broken = readIosSwitching({ name: 'sw', text: `interface Gi1/0/1\n${line}` });
    expect(broken.kind === 'error' && broken.error[0]?.at).toEqual({ file: 'sw', line: 2, column: 2 });
  },
);
