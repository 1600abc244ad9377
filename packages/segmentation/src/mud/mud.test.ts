import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonMutations, seeded } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spellPrefixes } from '../model/address.ts';
import type { IntervalSet } from '../model/interval.ts';
import { generate } from '../write/generate.ts';
import { writableFormats } from '../write/formats.ts';
import { readBindings, type Bindings } from './bindings.ts';
import { tooBroad } from './broadness.ts';
import type { MudFile } from './mud-file.ts';
import { mudIntent, type MudIntent } from './mud-intent.ts';
import { readMud } from './read-mud.ts';

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'mud');
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

function mud(name: string, change: (text: string) => string = (each) => each): MudFile {
  const read = readMud({ name, text: change(text(name)) });
  if (read.kind === 'error') throw new TypeError(JSON.stringify(read.error, undefined, 1));
  return read.value;
}

function bindings(file: string | undefined, device?: string): Bindings {
  const read = readBindings(file === undefined ? undefined : { name: 'bindings.yaml', text: file }, device);
  if (read.kind === 'error') throw new TypeError(JSON.stringify(read.error, undefined, 1));
  return read.value;
}

function meant(file: MudFile, bound: Bindings): MudIntent {
  const intent = mudIntent(file, bound);
  if (intent.kind === 'error') throw new TypeError(JSON.stringify(intent.error, undefined, 1));
  return intent.value;
}

const spelt = (set: IntervalSet): string => set.flatMap(spellPrefixes).join(' ');
const rows = ({ intent }: MudIntent): readonly string[] =>
  intent.permissions.map(({ id, src, dst, services: [service] }) => {
    const ports = service?.dport?.map(({ low, high }) => `${low}-${high}`).join() ?? 'any';
    return `${id}: ${spelt(src)} > ${spelt(dst)} ${service?.protocol ?? 'any'} ${ports}`;
  });

const lamp = (): MudFile => mud('lamp.mud.json');
const doorbell = (): MudFile => mud('doorbell.mud.json');

describe('a MUD file as an intent', () => {
  test('what opens is permitted, replies are not', () => {
    expect(rows(meant(lamp(), bindings(text('lamp.bindings.yaml'))))).toStrictEqual([
      'cloud-from: 10.20.30.41 > 192.0.2.17 192.0.2.18 6 443-443',
      'names-from: 10.20.30.41 > 10.20.40.53 10.20.40.54 17 53-53',
      'group-from: 10.20.30.41 > 10.20.30.40/31 10.20.30.42 17 5683-5684',
      'cloud6-from: 2001:db8:30::41 > 2001:db8:cafe::17 6 443-443',
      'switch-to: 10.20.40.5 > 10.20.30.41 17 5683-5683',
    ]);
  });

  test.each(writableFormats)('is written as %s and proved equal', (format) => {
    const { intent } = meant(lamp(), bindings(text('lamp.bindings.yaml')));
    const written = generate(intent, format, { interfaces: ['lan'] });
    expect(written.kind === 'ok' && written.value.proof.equal).toBe(true);
  });

  test('the older key, and lists that no firewall decides', () => {
    const bound = bindings('holdfastBindings: 1\nlocalNetworks: 10.20.0.0/16\n', '10.20.30.9');
    const intent = meant(doorbell(), bound);
    expect(rows(intent)).toStrictEqual([
      'from-ipv4-doorbell-0: 10.20.30.9 >  2 any',
      'from-ipv4-doorbell-1: 10.20.30.9 > 0.0.0.0/0 17 any',
      'from-ipv4-doorbell-3: 10.20.30.9 > 0.0.0.0/0 17 123-123',
      'to-ipv4-doorbell-0: 10.20.0.0/16 > 10.20.30.9 6 80-80',
      'to-ipv4-doorbell-1: 10.20.0.0/16 > 10.20.30.9 icmp any',
      'to-ipv4-doorbell-2: 10.20.0.0/16 > 10.20.30.9 any any',
      'to-ipv4-doorbell-3: 0.0.0.0/0 > 10.20.30.9 any any',
    ]);
    expect(intent.notes.map(({ message }) => message)).toStrictEqual([
      'the list from-ethernet-doorbell is about ethernet-acl-type, which no firewall decides (at /ietf-access-control-list:access-lists/acl/2)',
      'from-ipv4-doorbell-0 permits nothing here: no address meets it (at /ietf-access-control-list:access-lists/acl/0/aces/ace/0)',
    ]);
  });

  test('a word without addresses is told at its entry, and never passes', () => {
    const intent = mudIntent(lamp(), bindings(undefined, '10.20.30.41'));
    expect(
      intent.kind === 'error' && intent.error.map(({ message, hint, at }) => [at?.line, message, hint]),
    ).toStrictEqual([
      [
        24,
        'cloud-from: the name cloud.lamps.example has no addresses (at /ietf-access-control-list:acls/acl/0/aces/ace/0)',
        'add it to the bindings under names',
      ],
      [
        35,
        'names-from: the controller urn:ietf:params:mud:dns is not known (at /ietf-access-control-list:acls/acl/0/aces/ace/1)',
        'add it to the bindings under controllers',
      ],
      [
        53,
        'group-from: devices of the manufacturer things.lamps.example are not known (at /ietf-access-control-list:acls/acl/0/aces/ace/3)',
        'add it to the bindings under manufacturers',
      ],
      [
        expect.any(Number),
        expect.stringContaining('cloud6-from: the name cloud.lamps.example'),
        expect.any(String),
      ],
      [
        expect.any(Number),
        expect.stringContaining('switch-to: the controller of the device'),
        'add it to the bindings under myController',
      ],
    ]);
  });

  test('manufacturers and models are bound by their names', () => {
    const changed = mud('lamp.mud.json', (each) =>
      each
        .replace('{ "same-manufacturer": [null] }', '{ "manufacturer": "hubs.example" }')
        .replaceAll('{ "my-controller": [null] }', '{ "model": "https://hubs.example/hub" }'),
    );
    const bound = bindings(
      `${text('lamp.bindings.yaml').replace('things.lamps.example', 'hubs.example')}models: { "https://hubs.example/hub": 10.20.40.99 }\n`,
    );
    expect(rows(meant(changed, bound))).toContain(
      'group-from: 10.20.30.41 > 10.20.30.40/31 10.20.30.42 17 5683-5684',
    );
    expect(rows(meant(changed, bound))).toContain('switch-to: 10.20.40.99 > 10.20.30.41 17 5683-5683');
  });
});

describe('who opens (W4)', () => {
  const onlyTo = (change: (text: string) => string): readonly string[] =>
    rows(meant(mud('lamp.mud.json', change), bindings(text('lamp.bindings.yaml')))).filter((each) =>
      /^(names|cloud)-to/.test(each),
    );

  test('a TCP entry says so', () => {
    expect(onlyTo((each) => each.replaceAll('"from-device",', '"to-device",'))).toStrictEqual([
      'cloud-to: 192.0.2.17 192.0.2.18 > 10.20.30.41 6 any',
    ]);
  });

  test('a source port that no other entry answers to opens', () => {
    expect(onlyTo((each) => each.replace('"port": 53 }', '"port": 54 }'))).toStrictEqual([
      'names-to: 10.20.40.53 10.20.40.54 > 10.20.30.41 17 any',
    ]);
  });
});

describe('a MUD file that is too broad', () => {
  test('is named with its entries', () => {
    expect(tooBroad(lamp())).toStrictEqual([]);
    expect(
      tooBroad(doorbell()).map(({ kind, isTooBroad, entry }) => `${entry.name} ${kind} ${isTooBroad}`),
    ).toStrictEqual([
      'from-ipv4-doorbell-1 everybody-any-port true',
      'from-ipv4-doorbell-3 everybody false',
      'to-ipv4-doorbell-2 local-networks-any-port true',
      'to-ipv4-doorbell-3 anything true',
    ]);
    expect(tooBroad(doorbell())[0]?.message).toBe(
      'from-ipv4-doorbell/from-ipv4-doorbell-1 (at /ietf-access-control-list:access-lists/acl/0/aces/ace/1): the device may open to every address, on any port',
    );
  });

  test.each([
    ['"destination-ipv4-network": "0.0.0.0/0"', 'everybody-any-port'],
    ['"destination-ipv4-network": "128.0.0.0/1"', 'everybody-any-port'],
    ['"destination-ipv4-network": "128.0.0.0/2"', undefined],
  ])('%s', (network, kind) => {
    const file = mud('doorbell.mud.json', (each) =>
      each.replace('{ "ipv4": { "protocol": 17 }, "udp": {} }', `{ "ipv4": { "protocol": 17, ${network} } }`),
    );
    expect(tooBroad(file).find(({ entry }) => entry.name.endsWith('doorbell-1'))?.kind).toBe(kind);
  });
});

describe('a broken MUD file is told at its line', () => {
  const wrong = (from: string, to: string): readonly string[] => {
    const read = readMud({ name: 'm.json', text: text('lamp.mud.json').replace(from, to) });
    return read.kind === 'ok'
      ? []
      : read.error.map(({ code, message, at }) => `${at?.line} ${code} ${message}`);
  };
  const ace = '/ietf-access-control-list:acls/acl/0/aces/ace';

  test.each([
    [
      '"ietf-mud:mud": {\n    "mud-version"',
      '"mod": {\n    "mud-version"',
      "1 format-mismatch this is no MUD file: it has no 'ietf-mud:mud' (at )",
    ],
    [
      '"mud-version": 1',
      '"mud-version": 2',
      '2 version-unsupported version 2 of MUD is not read (at /ietf-mud:mud)',
    ],
    [
      '{ "name": "lamp-v4-from" }',
      '{ "name": "lamp" }',
      "11 reference-unknown there is no access list 'lamp' (at /ietf-mud:mud/from-device-policy/access-lists/access-list/0/name)",
    ],
    [
      '"port": 443 }',
      '"port": 70000 }',
      `30 value-invalid expected a whole number up to 65535 (at ${ace}/0/matches/tcp/destination-port/port)`,
    ],
    [
      '"eq", "port": 443',
      '"about", "port": 443',
      `30 value-invalid 'about' is no operator on ports (at ${ace}/0/matches/tcp/destination-port)`,
    ],
    [
      '"protocol": 6 }',
      '"protocol": 17 }',
      `28 value-invalid the entry is of protocol 17 and of 6 at once (at ${ace}/0/matches/tcp)`,
    ],
    [
      '"protocol": 6 }',
      '"protocol": 6, "dscp": 8 }',
      `27 key-unknown a match on 'dscp' is not modelled (at ${ace}/0/matches/ipv4/dscp)`,
    ],
    [
      '{ "controller": "urn:ietf:params:mud:dns" }',
      '{ "neighbours": [null] }',
      `38 key-unknown a match on 'neighbours' is not modelled (at ${ace}/1/matches/ietf-mud:mud/neighbours)`,
    ],
    [
      '"lower-port": 5683, "upper-port": 5684',
      '"lower-port": 5685, "upper-port": 5684',
      `58 value-invalid the range ends at 5684, before it begins at 5685 (at ${ace}/3/matches/udp/destination-port)`,
    ],
    [
      '"actions": { "forwarding": "accept" }',
      '"actions": { "forwarding": "drop" }',
      `24 value-invalid an entry that denies stands before one that accepts (at ${ace}/0)`,
    ],
    [
      '"ipv4-acl-type"',
      '"ipx-acl-type"',
      "19 value-invalid 'ipx-acl-type' is no kind of access list that is read (at /ietf-access-control-list:acls/acl/0)",
    ],
    [
      '"cache-validity": 48,',
      '"cache-validity": 48',
      '7 json-syntax here should be a comma or the end of the object',
    ],
  ])('%s > %s', (from, to, message) => {
    expect(wrong(from, to)[0]).toBe(message);
  });

  test('ports by each operator', () => {
    const ports = (words: string): unknown =>
      mud('lamp.mud.json', (each) => each.replace('"operator": "eq", "port": 443', words)).entries[0]?.dport;
    expect(ports('"operator": "lte", "port": 1023')).toStrictEqual([{ low: 0n, high: 1023n }]);
    expect(ports('"operator": "gte", "port": 1024')).toStrictEqual([{ low: 1024n, high: 65_535n }]);
    expect(ports('"operator": "neq", "port": 0')).toStrictEqual([{ low: 1n, high: 65_535n }]);
    expect(ports('"port": 8')).toStrictEqual([{ low: 8n, high: 8n }]);
  });

  test('no mutation of a file breaks the reader, nor what is made of it', () => {
    const bound = bindings(text('lamp.bindings.yaml'));
    fc.assert(
      fc.property(jsonMutations(JSON.parse(text('lamp.mud.json'))), (mutated) => {
        const read = readMud({ name: 'm.json', text: JSON.stringify(mutated) ?? '' });
        if (read.kind === 'ok') mudIntent(read.value, bound);
        else for (const { at } of read.error) expect(at?.file).toBe('m.json');
      }),
      seeded(400),
    );
  });
});

describe('bindings', () => {
  test.each([
    ['device: 10.20.30.41\n', 'holdfastBindings'],
    ['holdfastBindings: 1\ndevice: 10.20.30\n', 'expected an address or a prefix'],
    ['holdfastBindings: 1\ndevise: 10.20.30.4\n', "did you mean 'device'?"],
    ['holdfastBindings: 1\ndevice: 10.20.30.4\nnames: { addresses: {} }\n', 'asOf'],
    ['holdfastBindings: 1\nmyController: 10.20.30.4\n', 'the address of the device is not known'],
  ])('%j is refused', (file, message) => {
    const read = readBindings({ name: 'b.yaml', text: file }, undefined);
    expect(read.kind === 'error' && JSON.stringify(read.error)).toContain(message);
  });

  test('a device on the command line replaces that of the file', () => {
    expect(spelt(bindings('holdfastBindings: 1\ndevice: 10.20.30.4\n', '10.20.30.5').device)).toBe(
      '10.20.30.5',
    );
    expect(readBindings(undefined, 'lamp').kind).toBe('error');
  });
});
