import { asMillis } from '@holdfast/kernel';
import { loaded, type Line } from '@holdfast/testing';
import { describe, expect, test } from 'vitest';
import { OutageSolver } from '../answer/solve.ts';
import { compile } from './compile.ts';

const minute = 60_000;

type Data = Readonly<Record<string, unknown>>;

const line = (kind: Line['kind'], id: string, data: Data): Line => ({ kind, id, data });
const device = (id: string, profile: string, data: Data = {}): Line =>
  line('device', id, { profile, at: 's', power: 'feed', addressing: 'static', ...data });

/** One site with a feed of its own: a switch, a router with a circuit, a camera that is watched, and what it may use. */
const base: readonly Line[] = [
  line('profile', 'switches/plain', { class: 'switch', name: 'switch', facts: { boot: '0' } }),
  line('profile', 'routers/plain', { class: 'router', name: 'router', facts: { boot: '0' } }),
  line('profile', 'servers/plain', {
    class: 'server',
    name: 'server',
    facts: { boot: '0', 'line-powered': true },
    roles: { panel: { over: 'line' } },
    provides: { runs: 'running' },
  }),
  line('profile', 'cameras/plain', {
    class: 'camera',
    name: 'camera',
    facts: { boot: '0' },
    roles: { target: { needed: true } },
    provides: { live: { reach: 'target' }, records: 'running' },
  }),
  line('site', 's', { name: 's', timeZone: 'UTC' }),
  line('area', 'hall', { name: 'hall', in: 's', class: 'staff' }),
  line('party', 'isp', { name: 'isp', kind: 'provider' }),
  line('network', 'n', { site: 's', gateways: 'r1' }),
  line('supply', 'feed', { kind: 'feed', at: 's' }),
  line('supply', 'spare', { kind: 'feed', at: 's' }),
  line('service', 'cloud', { kind: 'video-cloud', provider: 'isp' }),
  line('view', 'watched', { name: 'watched', of: 'hall', cameras: 'cam' }),
  device('sw', 'switches/plain', { network: 'n', uplink: 'r1:1' }),
  device('r1', 'routers/plain'),
  line('circuit', 'wan', { on: 'r1', provider: 'isp' }),
  device('cam', 'cameras/plain', { network: 'n', uplink: 'sw:1', uses: { target: 'cloud' } }),
];

interface Case {
  readonly name: string;
  /** Lines that are added to the base, or stand instead of those of the same id. */
  readonly lines: readonly Line[];
  readonly faults: readonly (readonly [string, number, number])[];
  readonly capability?: 'live' | 'records';
  /** Before, then at each change, in minutes. */
  readonly says: string;
}

const cam = (data: Data): Line => device('cam', 'cameras/plain', { network: 'n', uplink: 'sw:1', ...data });
const server = (id: string, data: Data = {}): Line =>
  device(id, 'servers/plain', { network: 'n', uplink: 'sw:2', ...data });

const cases: readonly Case[] = [
  {
    name: 'E6: a private circuit leads nobody to the internet',
    lines: [line('circuit', 'wan', { on: 'r1', to: 'private' })],
    faults: [],
    says: 'fails 0:fails',
  },
  {
    name: 'E6: where a circuit leads is not known',
    lines: [line('circuit', 'wan', { on: 'r1', to: 'unknown' })],
    faults: [],
    says: 'unknown 0:unknown',
  },
  {
    name: 'E8: a lease comes from a host that runs and is reached, not from one of each',
    lines: [
      server('near', { power: 'spare' }),
      server('far', { uplink: 'sw2:1' }),
      device('sw2', 'switches/plain', { network: 'n', uplink: 'sw:9' }),
      line('service', 'dhcp', { kind: 'dhcp', on: ['near', 'far'], lease: '4m' }),
      cam({ addressing: 'dhcp', uses: { target: 'cloud', dhcp: 'dhcp' } }),
    ],
    faults: [
      ['near', 0, 20],
      ['sw2', 0, 20],
    ],
    says: 'holds 0:holds 2:unknown 4:fails 20:holds',
  },
  {
    name: 'E4: a service has what it needs on a host that runs',
    lines: [
      server('near', { power: 'spare' }),
      server('far', { uplink: 'sw2:1' }),
      device('sw2', 'switches/plain', { network: 'n', uplink: 'sw:9' }),
      server('dir'),
      line('service', 'directory', { kind: 'directory', on: 'dir' }),
      line('service', 'vms', { kind: 'video-management', on: ['near', 'far'], needs: 'directory' }),
      line('service', 'phone', { kind: 'telephony', needs: 'vms' }),
      cam({ uses: { target: 'phone' } }),
    ],
    faults: [
      ['near', 0, 5],
      ['far~sw2', 0, 5],
    ],
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'E2: power over Ethernet comes from the uplink, not from what hangs below',
    lines: [
      line('profile', 'switches/poe', { class: 'switch', name: 'poe', facts: { boot: '0', poe: true } }),
      line('device', 'sw2', { profile: 'switches/poe', at: 's', network: 'n', uplink: 'sw:9' }),
      server('below', { uplink: 'sw2:1', power: 'spare' }),
      line('device', 'cam', {
        profile: 'cameras/plain',
        at: 's',
        poe: true,
        network: 'n',
        uplink: 'sw2:2',
        addressing: 'static',
      }),
    ],
    faults: [['sw', 0, 5]],
    capability: 'records',
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'E2: power over Ethernet goes with the duct of its cable',
    lines: [
      line('path', 'duct', { kind: 'duct' }),
      line('cable', 'drop', { from: 'cam', to: 'sw:4', paths: 'duct' }),
      line('device', 'cam', { profile: 'cameras/plain', at: 's', poe: true, network: 'n' }),
    ],
    faults: [['duct', 0, 5]],
    capability: 'records',
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'E2: what is powered over its line has no power while the line is cut',
    lines: [
      server('panel'),
      line('device', 'cam', { profile: 'servers/plain', at: 's', uses: { panel: 'panel' } }),
      line('device', 'eye', { profile: 'cameras/plain', at: 's', power: 'cam', addressing: 'static' }),
      line('view', 'watched', { name: 'watched', of: 'hall', cameras: 'eye' }),
    ],
    faults: [['line:cam/panel', 0, 5]],
    capability: 'records',
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'E5: a cable joins no network that it does not carry, for a host either',
    lines: [
      line('network', 'other', { site: 's', gateways: 'r1' }),
      device('cam', 'cameras/plain', { network: 'n', uses: { target: 'cloud' } }),
      line('cable', 'drop', { from: 'cam', to: 'sw:4', carries: 'other' }),
    ],
    faults: [],
    says: 'fails 0:fails',
  },
  {
    name: 'E5: a cable between two sites carries the networks of both',
    lines: [
      line('site', 't', { name: 't', timeZone: 'UTC' }),
      line('network', 'm', { site: 't', gateways: 'r2' }),
      device('r2', 'routers/plain', { at: 't', power: 'spare' }),
      line('cable', 'metro', { from: 'sw:20', to: 'sw3:20' }),
      device('sw3', 'switches/plain', { at: 't', power: 'spare', network: 'm', uplink: 'r2:1' }),
      server('there', { at: 't', power: 'spare', network: 'm', uplink: 'sw3:1' }),
      cam({ network: 'm', uses: { target: 'there' } }),
    ],
    faults: [['metro', 0, 5]],
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'E10: a host that a cable names has no unknown port',
    lines: [
      device('cam', 'cameras/plain', { network: 'n', uses: { target: 'cloud' } }),
      line('cable', 'drop', { from: 'cam', to: 'sw:4' }),
    ],
    faults: [['drop', 0, 5]],
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'E10: an unknown port may be beside either of two gateways',
    lines: [
      line('network', 'n', { site: 's', gateways: ['r1', 'r2'], redundancy: 'vrrp' }),
      device('r2', 'routers/plain', { power: 'spare' }),
      line('cable', 'pair', { from: 'r1:2', to: 'r2:2' }),
      line('circuit', 'wan2', { on: 'r2', provider: 'isp' }),
      device('cam', 'cameras/plain', { network: 'n', uses: { target: 'cloud' } }),
    ],
    faults: [['r1', 0, 5]],
    says: 'holds 0:unknown 5:holds',
  },
  {
    name: 'E1: at worst a generator starts late, and its fuel is no more for that',
    lines: [
      line('supply', 'gen', {
        kind: 'generator',
        at: 's',
        from: 'spare',
        startDelay: { between: ['0', '3m'] },
        fuel: '7m',
      }),
      cam({ power: 'gen' }),
    ],
    faults: [['spare', 0, 20]],
    capability: 'records',
    says: 'holds 0:unknown 3:holds 7:unknown 10:fails 20:holds',
  },
  {
    name: 'E1: fuel and batteries behind each other add up',
    lines: [
      line('supply', 'ups', { kind: 'ups', at: 's', from: 'late', autonomy: '5m', recharge: '10m' }),
      line('supply', 'late', { kind: 'board', at: 's', from: 'gen' }),
      line('supply', 'gen', { kind: 'generator', at: 's', from: 'spare', startDelay: '0', fuel: '2m' }),
      cam({ power: 'ups' }),
    ],
    faults: [['spare', 0, 30]],
    capability: 'records',
    says: 'holds 0:holds 7:fails 30:holds',
  },
  {
    name: 'T3: two switches in a ring do not hold each other up',
    lines: [
      device('sw', 'switches/plain', { network: 'n' }),
      device('sw2', 'switches/plain', { network: 'n', uplink: 'sw:9' }),
      line('cable', 'ring', { from: 'sw2:1', to: 'sw:8' }),
      line('cable', 'up', { from: 'sw:1', to: 'r1:1' }),
      cam({ uplink: 'sw2:1', uses: { target: 'cloud' } }),
    ],
    faults: [['up', 0, 5]],
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'E1: a supply that says neither what feeds it nor where it stands is no safe one',
    lines: [line('supply', 'loose', { kind: 'board' }), cam({ power: 'loose' })],
    faults: [['spare', 0, 5]],
    capability: 'records',
    says: 'holds 0:unknown 5:holds',
  },
  {
    name: 'E10: a recharge that is unknown may never come',
    lines: [
      line('supply', 'ups', { kind: 'ups', at: 's', from: 'spare', autonomy: '5m', recharge: 'unknown' }),
      cam({ power: 'ups' }),
    ],
    faults: [
      ['spare', 0, 3],
      ['spare', 10, 14],
    ],
    capability: 'records',
    says: 'holds 0:holds 12:unknown 14:holds',
  },
  {
    name: 'E2: a device that has failed powers no line',
    lines: [
      line('profile', 'cameras/line', {
        class: 'camera',
        name: 'on a line',
        facts: { boot: '0', 'line-powered': true },
        roles: { panel: { over: 'line' } },
        provides: { records: 'running' },
      }),
      server('box', { state: 'failed' }),
      line('device', 'cam', {
        profile: 'cameras/line',
        at: 's',
        addressing: 'static',
        uses: { panel: 'box' },
      }),
    ],
    faults: [],
    capability: 'records',
    says: 'fails 0:fails',
  },
  {
    name: 'E10: nobody knows who routes the network',
    lines: [line('network', 'n', { site: 's', gateways: 'unknown' }), cam({ uses: { target: 'cloud' } })],
    faults: [['spare', 0, 5]],
    says: 'holds 0:unknown 5:holds',
  },
  {
    name: 'E10: a host whose network is unsaid may be in any of its site',
    lines: [
      line('network', 'm', { site: 's', gateways: 'r1' }),
      device('cam', 'cameras/plain', { uplink: 'sw:1', uses: { target: 'cloud' } }),
    ],
    faults: [['spare', 0, 5]],
    says: 'holds 0:unknown 5:holds',
  },
  {
    name: 'E10: but in none once its cable is cut',
    lines: [
      line('network', 'm', { site: 's', gateways: 'r1' }),
      device('cam', 'cameras/plain', { uplink: 'sw:1', uses: { target: 'cloud' } }),
    ],
    faults: [['cam~sw', 0, 5]],
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'O7: a number that nobody has said does not fit for certain',
    lines: [
      line('profile', 'cameras/plain', {
        class: 'camera',
        name: 'camera',
        facts: { boot: '0', room: 10 },
        provides: { records: { fits: 'credentials', in: 'room' } },
      }),
      cam({}),
    ],
    faults: [],
    capability: 'records',
    says: 'unknown 0:unknown',
  },
];

function answer({ lines, faults, capability = 'live' }: Case): string {
  const ids = new Set(lines.map(({ id }) => id));
  const model = compile(loaded([...base.filter(({ id }) => !ids.has(id)), ...lines]));
  const spans = faults.map(([key, from, until]) => {
    const component = model.components.get(key);
    expect(component, `a component ${key}`).toBeDefined();
    return component
      ? [{ node: component.node, from: asMillis(from * minute), until: asMillis(until * minute) }]
      : [];
  });
  const solved = new OutageSolver(model).solve({
    key: 'own:hard',
    name: 'hard',
    kind: 'own',
    components: [],
    faults: spans.flat(),
    start: 0,
    length: asMillis(30 * minute),
    horizon: asMillis(60 * minute),
  });
  const asked = model.capabilities.find(({ place, name }) => place === 'watched' && name === capability);
  expect(asked).toBeDefined();
  const { before, steps } = asked ? solved.timeline(asked) : { before: 'unknown', steps: [] };
  return [before, ...steps.map(({ at, verdict }) => `${at / minute}:${verdict}`)].join(' ');
}

describe('worked by hand', () => {
  test.each(cases)('$name', (each) => {
    expect(answer(each)).toBe(each.says);
  });
});
