import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatPosition, type Problem } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import type { Import, ImportFile, Observation } from '../observation.ts';
import { readNetBox } from './read-netbox.ts';

const folder = join(import.meta.dirname, '../../fixtures/netbox');
const four: readonly ImportFile[] = [
  { name: 'export.json', bytes: readFileSync(join(folder, 'v4/export.json')) },
];
const three: readonly ImportFile[] = readdirSync(join(folder, 'v3')).map((name) => ({
  name,
  bytes: readFileSync(join(folder, 'v3', name)),
}));
const json = (value: unknown, name = 'f'): ImportFile => ({
  name,
  bytes: new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)),
});

function read(files: readonly ImportFile[]): Import {
  const result = readNetBox(files);
  if (result.kind === 'error') throw new Error(JSON.stringify(result.error));
  return result.value;
}

const spell = ({ code, message, at }: Problem): string =>
  `${at ? formatPosition(at) : ''} ${code} ${message}`;

function tell({ kind, id, says }: Observation): string {
  const said = says.map((each) => {
    const to =
      each.kind === 'value'
        ? JSON.stringify(each.value)
        : [each.to]
            .flat()
            .map((ref) => `${ref.id}${ref.port ? `:${ref.port}` : ''}`)
            .join('+');
    return `${each.path.join('.')}=${to}`;
  });
  return [kind, id, ...said].join(' ');
}

describe('an export', () => {
  const box = read(four);

  test('becomes places, networks, devices, cables, power and circuits', () => {
    expect(box.observations.map(tell)).toEqual([
      'site hauptwache name="Hauptwache" timeZone="Europe/Berlin" address="Dorfplatz 4, Moosbach"',
      'building tower name="Tower" in=hauptwache',
      'area lobby name="Lobby" class="public" in=tower',
      'area rack-room name="Rack room" in=tower',
      'party funkwerk-lindtal name="Funkwerk Lindtal" kind="provider"',
      'supply panel-g name="Panel G" kind="board" at=rack-room',
      'supply feed-a name="Feed A" kind="board" from=panel-g at=rack-room',
      'network management name="management" vlan=10 site=hauptwache cidr="192.0.2.0/27"',
      'network security name="security" vlan=20 site=hauptwache cidr="192.0.2.32/27"',
      'network transfer-to-the-provider name="Transfer to the provider" cidr="198.51.100.0/29" site=hauptwache',
      'device sw-ground name="sw-ground" profile="switches/generic-poe" at=rack-room vendor="Cisco" model="C9300-24P" serial="FCW2140L0GH" address="192.0.2.2" network=management power=pdu-a',
      'device cam-lobby name="cam-lobby" profile="cameras/generic-onvif" at=lobby vendor="Axis" model="P3265-LV" serial="B8A44F123456" address="192.0.2.40" mac="b8:a4:4f:12:34:56" network=security',
      'device rt-1 name="rt-1" at=rack-room vendor="Cisco" model="ISR4331" interfaces.Vlan10.address="192.0.2.3" interfaces.Vlan10.mac="00:00:5e:00:53:07" interfaces.Vlan10.network=management interfaces.Vlan20.address="192.0.2.33" interfaces.Vlan20.mac="00:00:5e:00:53:08" interfaces.Vlan20.network=security interfaces.GigabitEthernet0/0/1.address="198.51.100.2" interfaces.GigabitEthernet0/0/1.network=transfer-to-the-provider',
      'device pdu-a name="pdu-a" at=rack-room vendor="APC" model="AP7921B" power=feed-a',
      'device cam-yard name="cam-yard" profile="cameras/generic-onvif" at=hauptwache vendor="Axis" model="P3265-LV" state="failed"',
      'circuit fl-20417 name="FL-20417" provider=funkwerk-lindtal on=rt-1',
      'cable cam-lobby-eth0--sw-ground-gigabitethernet1-0-1 from=cam-lobby:eth0 to=sw-ground:GigabitEthernet1/0/1 medium="copper" carries=security',
      'cable rt-1-gigabitethernet0-0-0--sw-ground-gigabitethernet1-0-24 from=rt-1:GigabitEthernet0/0/0 to=sw-ground:GigabitEthernet1/0/24 medium="fibre" carries=management+security',
      'cable cam-yard-eth0--sw-ground-gigabitethernet1-0-2 from=cam-yard:eth0 to=sw-ground:GigabitEthernet1/0/2 carries=security',
    ]);
  });

  test('marks things by their key, serial number, addresses and names', () => {
    expect(box.observations.find(({ id }) => id === 'cam-lobby')?.marks).toEqual({
      key: 'dcim/devices/2',
      name: 'cam-lobby',
      hostname: 'cam-lobby',
      serial: 'B8A44F123456',
      macs: ['b8:a4:4f:12:34:56'],
      addresses: ['192.0.2.40'],
    });
  });

  test('tells what dangles or is left out, where it stands', () => {
    expect(box.problems.map(spell)).toEqual([
      'export.json:1853:5 import-partial 2001:db8:20::/64 is a second prefix of the VLAN of 192.0.2.32/27',
      'export.json:519:5 import-partial a device is planned, in store or taken out',
      'export.json:574:5 reference-unknown `location` is dcim/locations/9, which is not in the export',
      'export.json:2123:5 reference-unknown `assigned_object_id` is dcim/interfaces/77, which is not in the export',
      'export.json:1435:5 reference-unknown `a termination` is dcim/interfaces/99, which is not in the export',
      'export.json:1486:5 import-partial cables that are planned or taken out',
    ]);
  });

  test('with all devices has them as scope', () => {
    expect(box.scopes).toEqual([{ kind: 'device' }]);
  });

  test('of version 3, a file for each page, says the same', () => {
    const old = read(three);
    expect(old.observations.map(tell)).toEqual(box.observations.map(tell));
    expect(old.scopes).toEqual(box.scopes);
    expect(old.problems).toHaveLength(box.problems.length);
    expect(old.problems[0]?.at?.file).toBe('ipam-prefixes.json');
  });

  test('does not depend on the order of its files', () => {
    expect(read(three.toReversed()).observations.map(tell).toSorted()).toEqual(
      read(three).observations.map(tell).toSorted(),
    );
  });

  test('with a page missing has no scope, and says so', () => {
    const partial = read(three.filter(({ name }) => name !== 'dcim-devices-1.json'));
    expect(partial.scopes).toEqual([]);
    expect(partial.problems.map(spell).join('\n')).toContain(
      'dcim-devices-2.json:1:1 import-partial 2 of 6 dcim/devices are here: pages are missing',
    );
  });
});

const device = (id: number, more: object = {}): object => ({
  id,
  url: `https://n/api/dcim/devices/${id}/`,
  name: `d${id}`,
  status: { value: 'active' },
  ...more,
});

test('a list of objects without pages is read, and has no scope', () => {
  expect(read([json([device(1)])])).toMatchObject({ observations: [{ id: 'd1' }], scopes: [] });
});

test('a filtered export has no scope', () => {
  const page = (ids: readonly number[], next: string | null, previous: string | null): object => ({
    count: 2,
    next,
    previous,
    results: ids.map((id) => device(id)),
  });
  const pages = (filter: string): readonly ImportFile[] => [
    json(page([1], `https://n/api/dcim/devices/?limit=1&offset=1${filter}`, null)),
    json(page([2], null, `https://n/api/dcim/devices/?limit=1${filter}`), 'g'),
  ];
  expect(read(pages('')).scopes).toHaveLength(1);
  expect(read(pages('&site=hq')).scopes).toEqual([]);
});

test('a type that is not in the export at all is told once', () => {
  const box = read([json([device(1, { site: { id: 4 } }), device(2, { site: { id: 5 } })])]);
  expect(box.problems.map(spell)).toEqual(['f:1:2 import-partial the export has no dcim/sites']);
});

describe('refused', () => {
  const refused = (...files: readonly ImportFile[]): readonly string[] => {
    const result = readNetBox(files);
    return result.kind === 'error' ? result.error.map(spell) : ['it was read'];
  };

  test('each file that cannot be read, all at once', () => {
    expect(
      refused(json('{"count": 1,\n "results": ['), json('{"a": 1}', 'g'), json([device(1)], 'h')),
    ).toEqual([
      'f:2:14 json-syntax f ends in the middle',
      'g:1:1 format-mismatch this is not netbox-json: expected pages of the API with `results`',
    ]);
    expect(refused()).toHaveLength(1);
  });

  test('nesting without end', () => {
    expect(refused(json('['.repeat(1e6)))[0]).toBe('f:1:102 json-syntax this nests deeper than 100 levels');
    expect(refused(json('{"a":'.repeat(1e6)))[0]).toMatch(/nests deeper/);
  });
});
