import { loadEstate, type Estate } from '@holdfast/estate';
import { describe, expect, test } from 'vitest';
import { spellPrefixes } from '../model/address.ts';
import type { IntervalSet } from '../model/interval.ts';
import { contains } from '../model/interval.ts';
import { addressOf } from '../model/address.ts';
import { intentOf } from './intent-of.ts';

const site = `holdfast: 1
sites: { h: { name: H, timeZone: UTC } }
areas: { in: { name: I, in: h, class: staff } }
zones:
  cameras: { function: video, riskClass: high }
  servers: { function: servers, riskClass: high }
  outside: { function: internet, riskClass: high }
networks:
  cam-a: { site: h, zone: cameras, cidr: 10.20.30.0/24 }
  cam-b: { site: h, zone: cameras, cidr: 10.20.31.0/24 }
  srv: { site: h, zone: servers, cidr: 10.20.40.0/24 }
  office: { site: h, cidr: 10.20.0.0/24 }
parties: { integrator: { name: Integrator, kind: vendor } }
devices:
  vms: { profile: own/vms, at: in, network: srv, address: [10.20.40.5, 10.20.40.6] }
  fw:
    profile: own/vms
    at: in
    interfaces:
      eth0: { network: office, address: 10.20.0.1 }
      eth1.30: { network: cam-a, address: 10.20.30.1 }
      eth1.40: { network: srv, address: 10.20.40.1 }
profiles: { own/vms: { class: server, name: S } }
circuits: { line: { on: fw, to: internet } }
vpns: { remote: { from: integrator, to: fw, pool: 10.99.0.0/28 } }
services:
  recording: { kind: video-management, on: vms }
  cloud: { kind: access-cloud, provider: integrator }
`;

function estate(...conduits: readonly string[]): Estate {
  const text = `${site}conduits:\n${conduits.map((each) => `  ${each}\n`).join('')}`;
  const loaded = loadEstate([{ name: 'a.yaml', text }]);
  if (loaded.kind === 'error') throw new TypeError(JSON.stringify(loaded.error, undefined, 1));
  return loaded.value;
}

const spelt = (set: IntervalSet): string => set.flatMap(spellPrefixes).join(' ');

/** Each permission in a line; what is outside is told as such. */
function told(of: Estate, at?: string): readonly string[] {
  const intent = intentOf(of, at === undefined ? {} : { at });
  if (intent.kind === 'error')
    return intent.error.map((each) => `${each.at?.line} ${each.code} ${each.message}`);
  const end = (set: IntervalSet): string =>
    contains(set, addressOf('192.0.2.1') ?? 0n) ? 'outside' : spelt(set);
  return intent.value.permissions.map(
    ({ id, src, dst, iif }) =>
      `${id}: ${end(src)} > ${end(dst)}${iif === undefined ? '' : ` by ${iif.join()}`}`,
  );
}

describe('what the words of conduits stand for', () => {
  test.each([
    ['c: { from: cameras, to: vms, services: rtsp }', 'c: 10.20.30.0/23 > 10.20.40.5 10.20.40.6'],
    [
      'c: { from: [cam-a, office], to: servers, services: rtsp }',
      'c: 10.20.0.0/24 10.20.30.0/24 > 10.20.40.0/24',
    ],
    ['c: { from: integrator, to: recording, services: https }', 'c: 10.99.0.0/28 > 10.20.40.5 10.20.40.6'],
    ['c: { from: servers, to: cloud, services: https }', 'c: 10.20.40.0/24 > outside'],
    ['c: { from: servers, to: outside, services: https }', 'c: 10.20.40.0/24 > outside'],
    ['c: { from: fw, to: vms, services: ntp }', 'c: 10.20.0.1 10.20.30.1 10.20.40.1 > 10.20.40.5 10.20.40.6'],
  ])('%s', (conduit, expected) => {
    expect(told(estate(conduit))).toStrictEqual([expected]);
  });

  test('the internet is what is routed there and in no network and no pool', () => {
    const intent = intentOf(estate('c: { from: servers, to: internet, services: ntp }'));
    const dst = intent.kind === 'ok' ? (intent.value.permissions[0]?.dst ?? []) : [];
    const has = (text: string): boolean => contains(dst, addressOf(text) ?? -1n);
    expect(['192.0.2.1', '2001:db8::1'].map(has)).toStrictEqual([true, true]);
    expect(['10.20.30.9', '10.99.0.3', '10.21.0.1', '127.0.0.1'].map(has)).toStrictEqual(
      Array(4).fill(false),
    );
  });
});

describe('what passes one device', () => {
  test('is what begins or ends where it stands, by its interfaces', () => {
    const all = estate(
      'video: { from: cameras, to: vms, services: rtsp }',
      'inside: { from: srv, to: [vms, office], services: https }',
      'time: { from: cam-b, to: internet, services: ntp }',
      'remote-care: { from: integrator, to: cam-b, services: https }',
      'elsewhere: { from: cam-b, to: cam-b, services: https }',
    );
    expect(told(all, 'fw')).toStrictEqual([
      'inside: 10.20.40.0/24 > 10.20.0.0/24 by eth1.40',
      'remote-care: 10.99.0.0/28 > 10.20.31.0/24',
      'time: 10.20.31.0/24 > outside',
      'video: 10.20.30.0/24 > 10.20.40.5 10.20.40.6 by eth1.30',
      'video: 10.20.31.0/24 > 10.20.40.5 10.20.40.6',
    ]);
    expect(told(all, 'vms')).toStrictEqual([
      'inside: 10.20.40.0/24 > 10.20.0.0/24',
      'video: 10.20.30.0/23 > 10.20.40.5 10.20.40.6',
    ]);
    expect(told(all, 'nobody')).toStrictEqual(["undefined reference-unknown there is no device 'nobody'"]);
  });

  test('is told where it is nothing', () => {
    const all = estate('c: { from: cam-a, to: cam-b, services: rtsp }');
    expect(told(all, 'vms')[0]).toContain('selector-unmatched no conduit begins or ends at what vms is on');
  });
});

describe('what has no address is told where it is declared', () => {
  const changed = (from: string, to: string, conduit: string): readonly string[] => {
    const text = `${site}conduits: { ${conduit} }\n`.replace(from, to);
    const loaded = loadEstate([{ name: 'a.yaml', text }]);
    if (loaded.kind === 'error') throw new TypeError(JSON.stringify(loaded.error, undefined, 1));
    return told(loaded.value);
  };

  test.each([
    [
      'zone: cameras, cidr: 10.20.31.0/24',
      'zone: cameras',
      'c: { from: cameras, to: vms, services: rtsp }',
      '10 key-missing the network cam-b has no addresses that rules can name',
    ],
    [
      'cidr: 10.20.0.0/24',
      'vlan: 4',
      'c: { from: cameras, to: internet, services: ntp }',
      '12 key-missing the network office has no addresses that rules can name',
    ],
    [
      ', address: [10.20.40.5, 10.20.40.6]',
      '',
      'c: { from: cameras, to: vms, services: rtsp }',
      '15 key-missing the device vms has no address that rules can name',
    ],
    [
      ', pool: 10.99.0.0/28',
      '',
      'c: { from: integrator, to: vms, services: rtsp }',
      '25 key-missing the VPN remote has no pool of addresses',
    ],
    [
      'on: vms }',
      'on: unknown }',
      'c: { from: cameras, to: recording, services: rtsp }',
      '27 key-missing on which hosts the service recording runs is not known',
    ],
    [
      'remote: { from: integrator, to: fw, pool: 10.99.0.0/28 }',
      '',
      'c: { from: integrator, to: vms, services: rtsp }',
      '29 key-missing integrator has no VPN to come in by',
    ],
  ])('%s > %s', (from, to, conduit, message) => {
    expect(changed(from, to, conduit)).toStrictEqual([message]);
  });

  test('an estate without conduits', () => {
    const loaded = loadEstate([{ name: 'a.yaml', text: site }]);
    expect(loaded.kind === 'ok' && told(loaded.value)[0]).toContain('the estate declares no conduits');
  });
});
