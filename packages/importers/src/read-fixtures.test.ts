import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatPosition, type Problem, type Result } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import {
  looksLikeArpTable,
  looksLikeIscLeases,
  looksLikeKeaLeases,
  looksLikeLldp,
  looksLikeMacTable,
  looksLikeNetBox,
  looksLikeNmap,
  readArpTable,
  readIscLeases,
  readKeaLeases,
  readLldp,
  readMacTable,
  type Import,
  type ImportFile,
} from './index.ts';

const bytesOf = (name: string): Uint8Array => readFileSync(join(import.meta.dirname, '../fixtures', name));
const file = (name: string): ImportFile => ({ name: name.split('/').at(-1) ?? '', bytes: bytesOf(name) });
const text = (content: string): ImportFile => ({ name: 'f', bytes: new TextEncoder().encode(content) });

function value(result: Result<Import, readonly Problem[]>): Import {
  if (result.kind === 'error') throw new Error(JSON.stringify(result.error));
  return result.value;
}

const spell = ({ code, message, at }: Problem): string =>
  `${at ? formatPosition(at) : ''} ${code} ${message}`;
const refused = (result: Result<Import, readonly Problem[]>): readonly string[] =>
  result.kind === 'error' ? result.error.map(spell) : ['it was read'];

/** Each observation in a line: kind, id, what it says, and the note. */
const tell = ({ observations }: Import): readonly string[] =>
  observations.map(({ kind, id, says, note }) =>
    [
      kind,
      id,
      ...says.map((said) => {
        const to =
          said.kind === 'value'
            ? JSON.stringify(said.value)
            : [said.to]
                .flat()
                .map((ref) => `${ref.id}${ref.port ? `:${ref.port}` : ''}`)
                .join('+');
        return `${said.path.join('.')}=${to}`;
      }),
      ...(note === undefined ? [] : [`(${note})`]),
    ].join(' '),
  );

describe('LLDP', () => {
  const a = value(readLldp(file('lldp/neighbors-json.json'), { device: 'swa.example.net' }));
  const b = value(readLldp(file('lldp/neighbors-b-json.json'), { device: 'SWB' }));

  test('gives the neighbour and each cable, port to port', () => {
    expect(tell(a)).toEqual([
      'device swa',
      'device swb address="192.0.2.20" mac="02:00:5e:00:0b:01" poe=true (Example switch, firmware 4.2; 13 W allocated over the cable)',
      'cable swa-ge-0-1--swb-uplink from=swa:ge-0-1 to=swb:uplink (the neighbour announces VLAN 10 (mgmt) untagged, 20 (security))',
      'cable swa-ge-0-2--swb-backup from=swa:ge-0-2 to=swb:backup',
    ]);
    expect(a).toMatchObject({ problems: [], scopes: [], format: 'lldp-json' });
  });

  test('a cable is the same from either end', () => {
    const cables = (each: Import): readonly unknown[] =>
      each.observations
        .filter(({ kind }) => kind === 'cable')
        .map(({ id, marks, says }) => [id, marks, says.map((said) => said.kind === 'ref' && said.to)]);
    expect(cables(b)).toEqual(cables(a));
  });

  test('both forms of the answer say the same', () => {
    expect(tell(value(readLldp(file('lldp/neighbors-json0.json'), { device: 'swa' })))).toEqual(tell(a));
    expect(tell(value(readLldp(file('lldp/neighbors-b-json0.json'), { device: 'swb' })))).toEqual(tell(b));
  });

  test('without the device that was asked there are neighbours and no cables', () => {
    const bare = value(readLldp(file('lldp/neighbors-json.json')));
    expect(bare.observations.map(({ id }) => id)).toEqual(['swb']);
    expect(bare.problems.map(spell)).toEqual([
      'neighbors-json.json:1:1 import-partial the answer does not say whose neighbours these are: no cables are read',
    ]);
  });

  test('no neighbours are none', () => {
    expect(value(readLldp(text('{"lldp": {}}'), { device: 'x' })).observations).toHaveLength(1);
    expect(value(readLldp(text('{"lldp": [{}]}'))).observations).toEqual([]);
  });

  test('a neighbour without a system name goes by its chassis', () => {
    const bare =
      '{"lldp":{"interface":{"eth0":{"chassis":{"id":{"type":"mac","value":"00:40:8c:12:34:56"}},"port":{"id":{"type":"local","value":"7"},"descr":"x"}}}}}';
    expect(tell(value(readLldp(text(bare), { device: 'sw' })))).toEqual([
      'device sw',
      'device host-00-40-8c-12-34-56 mac="00:40:8c:12:34:56"',
      'cable host-00-40-8c-12-34-56-7--sw-eth0 from=host-00-40-8c-12-34-56:7 to=sw:eth0',
    ]);
  });

  test('other JSON, and JSON that is cut, are located', () => {
    expect(refused(readLldp(text('{\n "x": 1}')))[0]).toMatch(/^f:1:1 format-mismatch this is not lldp-json/);
    expect(refused(readLldp(text('{"lldp": {\n "interface": [')))).toEqual([
      'f:2:16 json-syntax f ends in the middle',
    ]);
    expect(refused(readLldp(text('{"lldp": {\n "a": tru }}')))).toEqual([
      'f:2:7 json-syntax expected a value, found "t"',
    ]);
  });
});

describe('DHCP leases', () => {
  test('of ISC dhcpd: the last state of each address counts', () => {
    const leases = value(readIscLeases(file('leases/dhcpd.leases')));
    expect(tell(leases)).toEqual([
      'device axis-b8a44f123456 address="192.0.2.5" mac="00:40:8c:12:34:56" addressing="dhcp"',
      'device alarm-panel address="192.0.2.6" mac="00:1a:07:65:43:21" addressing="dhcp"',
      'device latecomer address="192.0.2.9" mac="02:00:5e:00:00:08" addressing="dhcp"',
    ]);
    expect(leases.problems.map(spell)).toEqual([
      'dhcpd.leases:99:1 import-partial 192.0.2.8 is abandoned: something that has no lease answers there',
    ]);
    expect(leases).toMatchObject({ tool: 'isc-dhcp-4.4.3-P1', scopes: [] });
  });

  const kea = [
    'device alarm-panel address="192.0.2.6" mac="00:1a:07:65:43:21" addressing="dhcp"',
    'device axis-b8a44f123456 address="192.0.2.5" mac="00:40:8c:12:34:56" addressing="dhcp"',
    'device technician address="192.0.2.7" mac="02:00:5e:00:00:02" addressing="dhcp"',
  ];

  test.each(['leases/kea-leases4.csv', 'leases/kea-lease4-get-all.json'])('of Kea: %s', (name) => {
    expect([...tell(value(readKeaLeases(file(name))))].toSorted()).toEqual(kea);
  });

  test('of Kea: what is declined, over or taken away is not in force', () => {
    const rows = [
      '192.0.2.1,00:40:8c:00:00:01,,3600,9,1,0,0,a,0,',
      '192.0.2.1,00:40:8c:00:00:01,,0,9,1,0,0,a,0,',
      '192.0.2.2,,,3600,9,1,0,0,,1,',
      '192.0.2.3,00:40:8c:00:00:03,,3600,9,1,0,0,c,2,',
      '192.0.2.4,00:40:8c:00:00:04,,3600,9,1,0,0,d&#x2cd,0,',
      '192.0.2.5,00:40',
    ];
    const leases = value(
      readKeaLeases(
        text(
          `address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context\n${rows.join('\n')}`,
        ),
      ),
    );
    expect(tell(leases)).toEqual([
      'device d-d address="192.0.2.4" mac="00:40:8c:00:00:04" addressing="dhcp"',
    ]);
    expect(leases.problems.map(spell)).toEqual([
      'f:7:1 import-partial expected 11 cells, found 2',
      'f:4:1 import-partial 192.0.2.2 is abandoned: something that has no lease answers there',
    ]);
  });

  test('a device with two leases is one', () => {
    const two = value(
      readIscLeases(
        text(
          'lease 192.0.2.1 { binding state active; hardware ethernet 00:40:8c:00:00:01; }\nlease 192.0.2.2 { binding state active; hardware ethernet 00:40:8c:00:00:01; }',
        ),
      ),
    );
    expect(tell(two)).toEqual([
      'device host-192.0.2.1 address=["192.0.2.1","192.0.2.2"] mac="00:40:8c:00:00:01" addressing="dhcp"',
    ]);
  });

  test('a lease that is cut is located, and those before it are read', () => {
    const cut = value(
      readIscLeases(
        text(
          'lease 192.0.2.1 { binding state active; hardware ethernet 00:40:8c:00:00:01; }\nlease 192.0.2.2 { bind',
        ),
      ),
    );
    expect(cut.observations).toHaveLength(1);
    expect(cut.problems.map(spell)).toEqual(['f:2:1 import-partial the file ends inside this']);
  });

  test('braces and quotes inside texts are texts', () => {
    const odd = String.raw`lease 192.0.2.1 { client-hostname "a\"} lease 9 {"; hardware ethernet 00:40:8c:00:00:01; binding state active; }`;
    expect(value(readIscLeases(text(odd))).observations.map(({ id }) => id)).toEqual(['a-lease-9']);
  });

  test('other texts are refused', () => {
    expect(refused(readIscLeases(text('hello world')))[0]).toMatch(/^f:1:1 format-mismatch/);
    expect(refused(readKeaLeases(text('a,b\n1,2')))[0]).toMatch(/^f:1:1 format-mismatch/);
    expect(refused(readKeaLeases(text('{"result": 1, "text": "unable to forward command"}')))[0]).toContain(
      'unable to forward command',
    );
  });
});

describe('forwarding tables', () => {
  test('of Cisco IOS: the prompt names the switch; a port with one address is an uplink', () => {
    expect(tell(value(readMacTable(file('tables/cisco-ios-mac.txt'))))).toEqual([
      'device sw-ground',
      'device host-b8-a4-4f-12-34-56 mac="b8:a4:4f:12:34:56" uplink=sw-ground:Gi1/0/1 (in VLAN 20)',
      'device host-b8-a4-4f-65-43-21 mac="b8:a4:4f:65:43:21" uplink=sw-ground:Gi1/0/2 (in VLAN 20)',
      'device host-00-00-5e-00-53-07 mac="00:00:5e:00:53:07" (seen behind sw-ground:Gi1/0/24, with 1 more)',
      'device host-00-00-5e-00-53-08 mac="00:00:5e:00:53:08" (seen behind sw-ground:Gi1/0/24, with 1 more)',
      'device host-00-00-5e-00-53-20 mac="00:00:5e:00:53:20" (in VLAN 30; Po1 is a bundle of ports)',
    ]);
  });

  test.each([
    ['cisco-cat4500-mac.txt', 'GigabitEthernet2/5'],
    ['cisco-cat6500-mac.txt', 'Gi9/16'],
    ['aruba-switch-mac.txt', '5'],
    ['aruba-cx-mac.txt', '1/1/5'],
  ])('%s', (name, port) => {
    const table = value(readMacTable(file(`tables/${name}`), { device: 'sw' }));
    expect(tell(table)).toContain(
      `device host-b8-a4-4f-12-34-56 mac="b8:a4:4f:12:34:56" uplink=sw:${port} (in VLAN 20)`,
    );
    expect(table.problems).toEqual([]);
  });

  test.each(['bridge-fdb.txt', 'bridge-fdb.json'])(
    '%s: what the bridge has itself does not count',
    (name) => {
      expect(tell(value(readMacTable(file(`tables/${name}`), { device: 'br' })))).toEqual([
        'device br',
        'device host-02-00-5e-00-00-02 mac="02:00:5e:00:00:02" uplink=br:port1',
        'device host-00-40-8c-12-34-56 mac="00:40:8c:12:34:56" uplink=br:port2',
        'device host-00-1a-07-65-43-21 mac="00:1a:07:65:43:21" uplink=br:port3',
      ]);
    },
  );

  test('without a name for the switch nothing is cabled', () => {
    const table = value(readMacTable(file('tables/aruba-switch-mac.txt')));
    expect(tell(table).join(' ')).not.toContain('uplink');
    expect(table.problems.map(spell)).toEqual([
      'aruba-switch-mac.txt:1:1 import-partial the table does not say whose it is: no uplinks are read',
    ]);
  });

  test('a line that might be an entry is told', () => {
    const table = value(
      readMacTable(text('Vlan    Mac Address       Type        Ports\n  20 b8a4.4f12.3456 DYNAMIC\n'), {
        device: 'x',
      }),
    );
    expect(table.problems.map(spell)).toEqual([
      `f:2:1 import-partial '20 b8a4.4f12.3456 DYNAMIC' is no entry that is known`,
    ]);
  });

  test('other texts are refused', () => {
    expect(refused(readMacTable(text('hello')))[0]).toMatch(/^f:1:1 format-mismatch/);
    expect(refused(readMacTable(text('[{"a": 1}]')))[0]).toMatch(/^f:1:1 format-mismatch/);
  });
});

describe('tables of neighbours', () => {
  test.each([
    [
      'cisco-ios-arp.txt',
      ['192.0.2.1 00:00:5e:00:53:07', '192.0.2.2 00:00:5e:00:53:02', '192.0.2.40 b8:a4:4f:12:34:56'],
    ],
    ['aruba-switch-arp.txt', ['192.0.2.40 b8:a4:4f:12:34:56', '192.0.2.2 00:00:5e:00:53:02']],
    ['aruba-cx-arp.txt', ['192.0.2.40 b8:a4:4f:12:34:56']],
    [
      'ip-neigh.txt',
      ['192.0.2.2 02:00:5e:00:00:02', '192.0.2.5 00:40:8c:12:34:56', '192.0.2.9 00:1a:07:65:43:21'],
    ],
    [
      'ip-neigh.json',
      ['192.0.2.2 02:00:5e:00:00:02', '192.0.2.5 00:40:8c:12:34:56', '192.0.2.9 00:1a:07:65:43:21'],
    ],
    ['ip-neigh-6.txt', ['2001:db8::5 00:40:8c:12:34:56']],
  ])('%s', (name, expected) => {
    const table = value(readArpTable(file(`tables/${name}`)));
    expect(
      table.observations.map(({ marks }) => `${marks.addresses?.join('+')} ${marks.macs?.join('+')}`),
    ).toEqual(expected);
    expect(table).toMatchObject({ problems: [], scopes: [], format: 'arp-table' });
  });

  test('other texts are refused', () => {
    expect(refused(readArpTable(text('hello')))[0]).toMatch(/^f:1:1 format-mismatch/);
  });
});

test('each format knows its files, and no other', () => {
  const looks = {
    nmap: looksLikeNmap,
    lldp: looksLikeLldp,
    isc: looksLikeIscLeases,
    kea: looksLikeKeaLeases,
    mac: looksLikeMacTable,
    arp: looksLikeArpTable,
    netbox: looksLikeNetBox,
  };
  const kindOf = (name: string): readonly string[] =>
    Object.entries(looks)
      .filter(([, look]) => look(bytesOf(name)))
      .map(([kind]) => kind);
  const files: Readonly<Record<string, readonly string[]>> = {
    nmap: ['nmap/full.xml', 'nmap/list.xml'],
    lldp: ['lldp/neighbors-json.json', 'lldp/neighbors-json0.json'],
    isc: ['leases/dhcpd.leases'],
    kea: ['leases/kea-leases4.csv', 'leases/kea-lease4-get-all.json'],
    mac: [
      'cisco-ios-mac.txt',
      'cisco-cat4500-mac.txt',
      'cisco-cat6500-mac.txt',
      'aruba-switch-mac.txt',
      'aruba-cx-mac.txt',
      'bridge-fdb.txt',
      'bridge-fdb.json',
    ].map((each) => `tables/${each}`),
    arp: [
      'cisco-ios-arp.txt',
      'aruba-switch-arp.txt',
      'aruba-cx-arp.txt',
      'ip-neigh.txt',
      'ip-neigh.json',
      'ip-neigh-6.txt',
    ].map((each) => `tables/${each}`),
    netbox: ['netbox/v4/export.json', 'netbox/v3/dcim-sites.json', 'netbox/v3/dcim-devices-2.json'],
  };
  for (const [kind, names] of Object.entries(files))
    for (const name of names) expect([name, ...kindOf(name)]).toEqual([name, kind]);
});
