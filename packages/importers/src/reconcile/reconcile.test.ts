import { loadEstate, type Estate } from '@holdfast/estate';
import type { Json } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import type { Import, Marks, Observation, Saying } from '../observation.ts';
import { isInNetwork } from './in-network.ts';
import { reconcile, type ReconcileOptions } from './reconcile.ts';

const library = {
  name: 'profiles.yaml',
  text: `holdfast: 1
profiles:
  cameras/generic-ip: { class: camera, name: A camera }
  cameras/own-dome: { class: camera, name: Dome, vendor: Own, model: D-1 }
  switches/generic: { class: switch, name: A switch }
  switches/generic-poe: { class: switch, name: A PoE switch }
`,
};

const base = `holdfast: 1
sites:
  hq: { name: Headquarters, timeZone: UTC }
areas:
  hall: { name: Hall, in: hq, class: public }
devices:
  cam-1:
    name: Camera one
    profile: cameras/own-dome
    at: hall
    serial: S-1
    mac: aa:bb:cc:00:00:01
    address: 10.0.0.1
    firmware: { value: '1.0', basis: export }
  cam-2: { name: Camera two, profile: cameras/own-dome, at: hall, address: [10.0.0.2, 10.9.0.2] }
  core-a: { name: Core switch, profile: switches/generic, at: hall, mac: aa:bb:cc:00:00:aa }
`;

function estate(text = base): Estate {
  const loaded = loadEstate([{ name: 'estate.yaml', text }], [library]);
  if (loaded.kind === 'error') throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
}

const at = { file: 'x.csv', line: 2, column: 1 };
const says = (values: Readonly<Record<string, Json>>): readonly Saying[] =>
  Object.entries(values).map(([path, value]) => ({ kind: 'value', path: path.split('.'), value, at }));
const device = (id: string, marks: Marks, values: Readonly<Record<string, Json>> = {}): Observation => ({
  kind: 'device',
  id,
  marks,
  says: says(values),
  at,
});
const file = (name: string, observations: readonly Observation[], more: Partial<Import> = {}): Import => ({
  file: name,
  format: 'csv',
  sha256: 'sha256:0',
  observations,
  scopes: [],
  problems: [],
  ...more,
});

const review = (imports: readonly Import[], options?: ReconcileOptions, of = estate()) =>
  reconcile(of, imports, options);
const keys = (imports: readonly Import[], options?: ReconcileOptions): readonly string[] =>
  review(imports, options).entries.map(({ key }) => key);

describe('matching', () => {
  it.each<[string, Marks]>([
    ['serial s-1', { serial: 's-1' }],
    ['mac aa:bb:cc:00:00:01', { macs: ['AA-BB-CC-00-00-01'] }],
    ['address 10.0.0.1', { addresses: ['10.0.0.1'] }],
    ['hostname cam-1', { hostname: 'cam-1' }],
    ["name 'CAMERA ONE'", { name: 'CAMERA ONE' }],
  ])('finds a device by its %s', (by, marks) => {
    const { entries } = review([file('a.csv', [device('x', marks, { firmware: '2.0' })])]);
    expect(entries).toMatchObject([{ key: 'changed/cam-1/firmware', by }]);
  });

  it('lets the serial number decide before the name, and tells where two strong marks point apart', () => {
    expect(
      keys([file('a.csv', [device('x', { serial: 'S-1', name: 'Camera two' }, { firmware: '2' })])]),
    ).toEqual(['changed/cam-1/firmware']);
    const [conflict] = review([
      file('a.csv', [device('x', { serial: 'S-1', addresses: ['10.0.0.2'] })]),
    ]).entries;
    expect(conflict).toMatchObject({
      key: 'conflict/x',
      about: 'match',
      candidates: [
        { id: 'cam-1', by: 'serial S-1' },
        { id: 'cam-2', by: 'address 10.0.0.2' },
      ],
    });
  });

  it('takes the choice of a person for a sighting that may be two things', () => {
    const doubtful = [
      file('a.csv', [device('x', { serial: 'S-1', addresses: ['10.0.0.2'] }, { firmware: '9' })]),
    ];
    const choose = (id: string) => keys(doubtful, { decisions: new Map([['conflict/x', id]]) });
    expect(choose('cam-2')).toEqual(['changed/cam-2/firmware']);
    expect(choose('cam-1')).toEqual(['changed/cam-1/firmware']);
    expect(choose('new')).toEqual(['new/x']);
  });

  it('joins what several files see of one new thing, in whatever order they come', () => {
    const nine = 'aa:00:00:00:00:09';
    const scan = file('scan.xml', [
      device('host-9', { macs: [nine], addresses: ['10.0.0.9'] }, { address: '10.0.0.9' }),
    ]);
    const list = file('list.csv', [
      device('cam-9', { macs: [nine], name: 'Camera nine' }, { name: 'Camera nine' }),
    ]);
    const leases = file('leases', [device('lease', { addresses: ['10.0.0.9'], hostname: 'c9' })]);
    for (const order of [
      [scan, list, leases],
      [leases, list, scan],
      [list, leases, scan],
      [leases, scan, list],
    ]) {
      const { entries } = review(order);
      expect(entries).toMatchObject([{ kind: 'new', data: { name: 'Camera nine', address: '10.0.0.9' } }]);
      expect(entries).toHaveLength(1);
    }
  });

  it('keeps two rows of one file apart that have one name', () => {
    const two = file('a.csv', [device('cam-8', { name: 'Camera' }), device('cam-9', { name: 'Camera' })]);
    expect(keys([two])).toEqual(['new/cam-8', 'new/cam-9']);
  });

  it('looks at one site alone where one is named', () => {
    const two = `${base}sites2:\n`
      .replace('sites2:\n', '')
      .replace(
        'areas:\n',
        '  other: { name: Other, timeZone: UTC }\nareas:\n  yard: { name: Yard, in: other, class: public }\n',
      );
    const moved = two.replace(
      'cam-2: { name: Camera two, profile: cameras/own-dome, at: hall',
      'cam-2: { name: Camera two, profile: cameras/own-dome, at: yard',
    );
    const seen = [file('a.csv', [device('x', { addresses: ['10.0.0.2'] }, { firmware: '3' })])];
    expect(review(seen, { site: 'hq' }, estate(moved)).entries.map(({ key }) => key)).toEqual(['new/x']);
    expect(review(seen, { site: 'other' }, estate(moved)).entries.map(({ key }) => key)).toEqual([
      'changed/cam-2/firmware',
    ]);
  });
});

describe('differences', () => {
  it('counts what is as declared, whatever it rests on and however it is spelt', () => {
    const seen = file('a.csv', [
      device(
        'cam-1',
        { serial: 'S-1' },
        { firmware: '1.0', mac: 'AABBCC000001', name: 'camera ONE', vendor: 'own', model: 'D1' },
      ),
      device('cam-2', { name: 'Camera two' }, { address: '10.9.0.2' }),
    ]);
    expect(review([seen])).toMatchObject({ entries: [], same: 6 });
  });

  it('says what the estate says and what was seen, each with its place, and what would be written', () => {
    const seen = file('a.csv', [device('cam-1', { serial: 'S-1' }, { firmware: '2.0' })], {
      capturedAt: '2026-11-20T08:00:00Z',
    });
    expect(review([seen]).entries).toMatchObject([
      {
        declared: { value: { value: '1.0', basis: 'export' }, at: { file: 'estate.yaml', line: 14 } },
        seen: {
          value: '2.0',
          at,
          asOf: '2026-11-20',
          written: { value: '2.0', basis: 'export', source: 'x.csv:2:1', asOf: '2026-11-20' },
        },
      },
    ]);
  });

  it('writes no basis where the language has no room for one', () => {
    const [entry] = review([
      file('a.csv', [device('cam-1', { serial: 'S-1' }, { address: '10.0.0.77' })]),
    ]).entries;
    expect(entry).toMatchObject({ key: 'changed/cam-1/address', seen: { written: '10.0.0.77' } });
  });

  it('shows two files that disagree, with what the estate says', () => {
    const a = file('a.csv', [device('cam-1', { serial: 'S-1' }, { firmware: '2.0' })]);
    const b = file('b.csv', [device('cam-1', { serial: 'S-1' }, { firmware: '3.0' })]);
    expect(review([a, b]).entries).toMatchObject([
      { key: 'conflict/cam-1/firmware', about: 'value', choices: [{ value: '2.0' }, { value: '3.0' }] },
    ]);
  });

  it('takes a table of few rows for a part, and finds nothing gone by it', () => {
    const short = file('x.csv', [device('cam-1', { serial: 'S-1' })], {
      scopes: [{ kind: 'device', isAssumed: true }],
    });
    const review = reconcile(estate(), [short]);
    expect(review.entries.filter(({ kind }) => kind === 'gone')).toEqual([]);
    expect(review.problems).toMatchObject([
      { code: 'import-partial', hint: expect.stringContaining('--complete') },
    ]);
    const whole = reconcile(estate(), [short], { isComplete: true });
    expect(whole.entries.map(({ key }) => key)).toEqual(['gone/cam-2', 'gone/core-a']);
    const half = {
      ...short,
      observations: [...short.observations, device('cam-2', { addresses: ['10.0.0.2'] })],
    };
    expect(reconcile(estate(), [half]).entries.map(({ key }) => key)).toEqual(['gone/core-a']);
  });

  it('proposes a profile for a declared device that has none, once its product is told', () => {
    const text = base.replace('profile: switches/generic,', 'profile: unknown,');
    const seen = device('core-a', { macs: ['aa:bb:cc:00:00:aa'] }, { vendor: 'Own', model: 'D-1' });
    const { entries } = reconcile(estate(text), [file('x.csv', [seen])]);
    expect(entries).toContainEqual(
      expect.objectContaining({
        key: 'changed/core-a/profile',
        seen: expect.objectContaining({ written: 'cameras/own-dome' }),
      }),
    );
  });

  it('finds gone only what is in the scope of a source and nobody sees', () => {
    const scope = (more: object) =>
      file('a.csv', [device('cam-1', { serial: 'S-1' })], { scopes: [{ kind: 'device', ...more }] });
    expect(keys([scope({})])).toEqual(['gone/cam-2', 'gone/core-a']);
    expect(keys([scope({ classes: ['switch'] })])).toEqual(['gone/core-a']);
    expect(keys([scope({ networks: ['10.0.0.0/24'] })])).toEqual(['gone/cam-2']);
    expect(keys([scope({ site: 'elsewhere' })])).toEqual([]);
    expect(
      keys([scope({ site: 'Headquarters' }), file('b.csv', [device('s', { macs: ['aa:bb:cc:00:00:aa'] })])]),
    ).toEqual(['gone/cam-2']);
  });

  it('refuses a value that the language does not take, where it was seen', () => {
    const wrong = file('a.csv', [device('cam-1', { serial: 'S-1' }, { address: 'ten' })]);
    expect(review([wrong])).toMatchObject({
      entries: [],
      problems: [{ code: 'value-invalid', at, message: expect.stringContaining("found 'ten'") }],
    });
  });
});

describe('references', () => {
  const uplink = (id: string): Saying => ({
    kind: 'ref',
    path: ['uplink'],
    to: { kind: 'device', id, port: '7' },
    at,
  });

  it('means what the thing seen is in the estate', () => {
    const lldp = file('lldp.json', [
      device('switch-7', { macs: ['aa:bb:cc:00:00:aa'] }),
      { ...device('cam-1', { serial: 'S-1' }), says: [uplink('switch-7')] },
    ]);
    expect(review([lldp]).entries).toMatchObject([
      { key: 'changed/cam-1/uplink', seen: { value: 'core-a:7' } },
    ]);
  });

  it('means what the estate calls so', () => {
    const list = file('a.csv', [{ ...device('cam-1', { serial: 'S-1' }), says: [uplink('Core Switch')] }]);
    expect(review([list]).entries).toMatchObject([{ seen: { value: 'core-a:7' } }]);
  });

  it('is a problem where nothing is called so', () => {
    const list = file('a.csv', [{ ...device('cam-1', { serial: 'S-1' }), says: [uplink('nowhere')] }]);
    expect(review([list])).toMatchObject({ entries: [], problems: [{ code: 'reference-unknown', at }] });
  });
});

describe('cables', () => {
  const cable = (id: string, from: string, to: string): Observation => ({
    ...device(id, {}, { from, to }),
    kind: 'cable',
  });

  it('are one, from whichever end they are seen, and the same as an uplink', () => {
    const cabled = estate(
      `${base}cables:\n  c-1: { from: 'cam-1:eth0', to: 'core-a:1' }\n`.replace(
        'cam-2: { name',
        "cam-2: { uplink: 'core-a:2', name",
      ),
    );
    const seen = file('a.json', [
      cable('a', 'core-a:1', 'cam-1:eth0'),
      cable('b', 'cam-2:eth0', 'core-a:2'),
      cable('c', 'core-a:3', 'cam-2:eth1'),
    ]);
    const again = file('b.json', [cable('d', 'cam-2:eth1', 'core-a:3')]);
    expect(review([seen, again], {}, cabled)).toMatchObject({ entries: [{ key: 'new/c' }], same: 6 });
  });
});

describe('new things', () => {
  const fresh = (observation: Partial<Observation>) =>
    review([file('a.csv', [{ ...device('n-1', { name: 'N' }), ...observation }])]).entries[0];

  it('get the profile of their product, else the only generic one of their class, else a choice', () => {
    expect(fresh({ says: says({ vendor: 'OWN', model: 'd1' }) })).toMatchObject({
      data: { profile: 'cameras/own-dome', at: 'hq' },
    });
    expect(fresh({ says: says({ model: 'Own D-1' }) })).toMatchObject({
      data: { profile: 'cameras/own-dome' },
    });
    expect(fresh({ deviceClass: 'camera' })).toMatchObject({
      data: { profile: { value: 'cameras/generic-ip', basis: 'assumed' } },
    });
    expect(fresh({ deviceClass: 'switch' })).toMatchObject({
      data: { profile: 'unknown' },
      notes: [expect.stringContaining('switches/generic, switches/generic-poe'), expect.any(String)],
    });
  });

  it('say unknown where the language has it, and what is missing where it has not', () => {
    expect(fresh({ kind: 'door', says: says({ name: 'Gate', to: 'hall' }) })).toMatchObject({
      missing: ['from'],
      data: {
        lock: { kind: 'unknown', onPowerLoss: 'unknown', power: 'unknown' },
        decidedBy: 'unknown',
        exit: { kind: 'unknown' },
      },
    });
  });

  it('get an id that is free', () => {
    const [entry] = review([file('a.csv', [{ ...device('hall', { name: 'Another' }) }])]).entries;
    expect(entry).toMatchObject({ key: 'new/hall-2' });
  });
});

describe('addresses in networks', () => {
  it.each([
    ['10.1.2.3', '10.1.0.0/16', true],
    ['10.2.2.3', '10.1.0.0/16', false],
    ['10.1.2.3', '0.0.0.0/0', true],
    ['10.1.2.3', '10.1.2.3', true],
    ['2001:db8::1', '2001:db8::/32', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['::1', '10.0.0.0/8', false],
    ['ten', '10.0.0.0/8', false],
  ])('%s in %s: %s', (address, network, inside) => {
    expect(isInNetwork(address, network)).toBe(inside);
  });
});

describe('a new camera', () => {
  const camera = (place: string): Observation => ({
    ...device('cam-9', { name: 'Yard' }, { name: 'Yard', at: place }),
    deviceClass: 'camera',
  });

  it('brings an assumed view of its area, so that the audit asks of it', () => {
    const views = reconcile(estate(), [file('x.csv', [camera('hall')])]).entries.filter(
      ({ entity }) => entity === 'view',
    );
    expect(views).toMatchObject([
      {
        key: 'new/cam-9-view',
        data: { name: 'View of Yard', of: 'hall', cameras: { value: ['cam-9'], basis: 'assumed' } },
      },
    ]);
  });

  it('brings none where a view that is seen with it names it', () => {
    const view: Observation = {
      kind: 'view',
      id: 'yard',
      marks: { name: 'The yard' },
      says: [
        { kind: 'value', path: ['name'], value: 'The yard', at },
        { kind: 'value', path: ['of'], value: 'hall', at },
        { kind: 'refs', path: ['cameras'], to: [{ kind: 'device', id: 'cam-9' }], at },
      ],
      at,
    };
    const { entries } = reconcile(estate(), [file('x.csv', [camera('hall'), view])]);
    expect(entries.map(({ key }) => key).toSorted()).toEqual(['new/cam-9', 'new/yard']);
  });

  it('brings none where only its site is known', () => {
    const { entries } = reconcile(estate(), [file('x.csv', [camera('hq')])]);
    expect(entries.map(({ key }) => key)).toEqual(['new/cam-9']);
  });
});

describe('the id of a new thing', () => {
  it('comes from the source that has a name for it, whatever the order of the files', () => {
    const scan = file('scan.xml', [
      device('host-10.0.0.9', { addresses: ['10.0.0.9'], macs: ['aa:bb:cc:00:00:09'] }),
    ]);
    const sheet = file('x.csv', [
      device('door-controller', { addresses: ['10.0.0.9'], name: 'Door controller' }),
    ]);
    for (const files of [
      [scan, sheet],
      [sheet, scan],
    ])
      expect(reconcile(estate(), files).entries.map(({ id }) => id)).toEqual(['door-controller']);
  });
});
