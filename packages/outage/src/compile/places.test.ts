import { asMillis } from '@holdfast/kernel';
import { loaded, type Line } from '@holdfast/testing';
import { describe, expect, test } from 'vitest';
import { OutageSolver } from '../answer/solve.ts';
import { select } from '../scenario/selectors.ts';
import { compile } from './compile.ts';

const minute = 60_000;
type Data = Readonly<Record<string, unknown>>;
const line = (kind: Line['kind'], id: string, data: Data): Line => ({ kind, id, data });
const device = (id: string, profile: string, data: Data = {}): Line =>
  line('device', id, { profile, at: 'room', power: 'feed', addressing: 'static', ...data });
const plain = (id: string, kind: string, more: Data = {}): Line =>
  line('profile', id, { class: kind, name: id, facts: { boot: '0', backfill: 'unknown' }, ...more });

const lock = { kind: 'strike', onPowerLoss: 'fail-secure', power: 'feed' };
const door = (id: string, data: Data = {}): Line =>
  line('door', id, {
    name: id,
    from: 'street',
    to: 'room',
    lock,
    decidedBy: 'ctl',
    exit: { kind: 'lever' },
    ...data,
  });
const camera = (id: string, data: Data = {}): Line =>
  device(id, 't/cam', {
    bitrate: '1Mbit/s',
    wires: { recorder: 'serial' },
    uses: { recorder: 'rec' },
    ...data,
  });
const recorder = (data: Data): Line => device('rec', 't/rec', { power: 'spare', storage: '10GB', ...data });

/** One site: two controllers on two feeds, a door, a camera with its recorder, a cooled room and a post. */
const base: readonly Line[] = [
  plain('t/ctl', 'controller', {
    decisions: [{ id: 'full', rules: 'full', when: 'running', learns: 'always' }],
  }),
  plain('t/reader', 'reader'),
  plain('t/bms', 'bms-controller', {
    provides: { controls: 'running', cools: 'running', commanded: 'never' },
  }),
  plain('t/rec', 'recorder', { provides: { stores: 'running' } }),
  plain('t/cam', 'camera', {
    roles: { recorder: { over: 'line' } },
    provides: {
      records: 'running',
      keeps: { any: [{ line: 'recorder', its: 'stores' }, { all: ['running', { fact: 'backfill' }] }] },
      live: 'running',
      playback: 'running',
    },
  }),
  line('site', 's', { name: 's', timeZone: 'Asia/Kolkata' }),
  line('area', 'street', { name: 'street', in: 's', class: 'public' }),
  line('area', 'room', { name: 'room', in: 's', class: 'staff', cooling: ['bms', 'bms2'] }),
  line('supply', 'feed', { kind: 'feed', at: 's' }),
  line('supply', 'spare', { kind: 'feed', at: 's' }),
  line('path', 'mast', { kind: 'mast' }),
  line('post', 'post', { name: 'post', at: 'room', radio: ['mast', 'ctl2'] }),
  line('view', 'view', { name: 'view', of: 'room', cameras: 'cam', retention: { required: '20h' } }),
  device('ctl', 't/ctl'),
  device('ctl2', 't/ctl', { power: 'spare' }),
  device('reader', 't/reader', { power: 'spare' }),
  device('bms', 't/bms', { power: 'spare' }),
  device('bms2', 't/bms', { power: 'spare' }),
  recorder({}),
  camera('cam'),
  door('d'),
];

interface Case {
  readonly name: string;
  readonly lines?: readonly Line[];
  /** Selectors that fail from 0 to 5 minutes. */
  readonly fault?: string;
  readonly asks: string;
  /** Before, then at each change, in minutes. */
  readonly says: string;
}

const maglock = { kind: 'maglock', power: 'spare' };
const striking = { ...lock, power: 'spare' };
const backfilled = { facts: { backfill: true } };

const cases: readonly Case[] = [
  {
    name: 'D7: a fail-safe lock over `no` lets go with its controller',
    lines: [door('d', { lock: maglock, relay: { contact: 'no' } })],
    fault: 'ctl',
    asks: 'd/secured',
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'D7: over `nc` it does not',
    lines: [door('d', { lock: maglock, relay: { contact: 'nc' } })],
    fault: 'ctl',
    asks: 'd/secured',
    says: 'holds 0:holds',
  },
  {
    name: 'D7: a fail-secure lock over `nc` opens with its controller',
    lines: [door('d', { lock: striking, relay: { contact: 'nc' } })],
    fault: 'ctl',
    asks: 'd/secured',
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'D7: but not without power',
    lines: [door('d', { relay: { contact: 'nc' } })],
    fault: 'feed',
    asks: 'd/secured',
    says: 'holds 0:holds',
  },
  {
    name: 'D7: an unknown contact is doubt',
    lines: [door('d', { lock: striking, relay: 'unknown' })],
    fault: 'ctl',
    asks: 'd/secured',
    says: 'holds 0:unknown 5:holds',
  },
  {
    name: 'D8: a reader taken over commands a relay on its side',
    lines: [door('d', { reader: { device: 'reader' }, relay: { side: 'unsecure' } })],
    fault: 'hostile:reader',
    asks: 'd/secured',
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'D8: and perhaps one of unknown side',
    lines: [door('d', { reader: { device: 'reader' }, relay: { side: 'unknown' } })],
    fault: 'hostile:reader',
    asks: 'd/secured',
    says: 'holds 0:unknown 5:holds',
  },
  {
    name: 'D9: an interlock needs to see the other door',
    lines: [door('d', { interlockedWith: 'e' }), door('e', { decidedBy: 'ctl2' })],
    fault: 'ctl2',
    asks: 'd/admits-known',
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'D9: no badge moves a mechanical lock',
    lines: [door('d', { lock: { kind: 'mechanical' } })],
    asks: 'd/admits-known',
    says: 'fails 0:fails',
  },
  {
    name: 'D10: hours are those of the site',
    lines: [door('d', { unlocked: [{ from: '13:32', to: '13:40' }] })],
    fault: 'ctl',
    asks: 'd/admits-known',
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'D10: a door that its schedule opens admits all, then and on that clock',
    lines: [
      door('d', {
        lock: maglock,
        timeLock: [{ from: '00:00', to: '24:00' }],
        unlocked: [{ from: '13:32', to: '13:40' }],
      }),
    ],
    asks: 'd/admits-known',
    says: 'fails 0:fails 2:holds 10:fails',
  },
  { name: 'R2: the disk of one camera', asks: 'view/keeps-recordings', says: 'holds 0:holds' },
  {
    name: 'R2: is shared by all cameras that record to it',
    lines: [camera('cam2')],
    asks: 'view/keeps-recordings',
    says: 'fails 0:fails',
  },
  {
    name: 'R3: failed disks keep nothing',
    lines: [recorder({ raid: 'failed' })],
    asks: 'view/keeps-recordings',
    says: 'unknown 0:unknown',
  },
  {
    name: 'R3: nor play back',
    lines: [recorder({ raid: 'failed' })],
    asks: 'view/playback',
    says: 'fails 0:fails',
  },
  {
    name: 'R3: a healthy parity loses a disk',
    lines: [recorder({ raid: 'healthy', raidLevel: 'raid5', disks: 4 })],
    fault: 'disk:rec',
    asks: 'view/playback',
    says: 'holds 0:holds',
  },
  {
    name: 'R3: a degraded one does not survive it',
    lines: [recorder({ raid: 'degraded', raidLevel: 'raid5', disks: 4 })],
    fault: 'disk:rec',
    asks: 'view/playback',
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'R3: a degraded double parity may',
    lines: [recorder({ raid: 'degraded', raidLevel: 'raid6', disks: 4 })],
    fault: 'disk:rec',
    asks: 'view/playback',
    says: 'holds 0:unknown 5:holds',
  },
  {
    name: 'R3: and so may disks of unknown level',
    lines: [recorder({ raid: 'healthy' })],
    fault: 'disk:rec',
    asks: 'view/playback',
    says: 'holds 0:unknown 5:holds',
  },
  {
    name: 'R4: a licence for as many cameras as are fetched from',
    lines: [
      recorder({ storage: '20GB', backfillChannels: 2 }),
      camera('cam', backfilled),
      camera('cam2', backfilled),
    ],
    fault: 'rec',
    asks: 'view/keeps-recordings',
    says: 'holds 0:holds',
  },
  {
    name: 'R4: for fewer',
    lines: [
      recorder({ storage: '20GB', backfillChannels: 1 }),
      camera('cam', backfilled),
      camera('cam2', backfilled),
    ],
    fault: 'rec',
    asks: 'view/keeps-recordings',
    says: 'holds 0:unknown 5:holds',
  },
  {
    name: 'R4: for none',
    lines: [recorder({ backfillChannels: 0 }), camera('cam', backfilled)],
    fault: 'rec',
    asks: 'view/keeps-recordings',
    says: 'holds 0:fails 5:holds',
  },
  { name: 'B1: any device that cools is enough', fault: 'bms', asks: 'room/cools', says: 'holds 0:holds' },
  { name: 'B1: and none is not', fault: 'room', asks: 'room/cools', says: 'holds 0:fails 5:holds' },
  {
    name: 'G1: guards need all of their radio',
    fault: 'mast',
    asks: 'post/reaches-guards',
    says: 'holds 0:fails 5:holds',
  },
  {
    name: 'a fault on a site takes all in its rooms',
    fault: 's',
    asks: 'view/records',
    says: 'holds 0:fails 5:holds',
  },
];

function answer({ lines = [], fault, asks }: Case): string {
  const ids = new Set(lines.map(({ id }) => id));
  const model = compile(loaded([...base.filter(({ id }) => !ids.has(id)), ...lines]));
  const hostile = fault?.startsWith('hostile:') === true;
  const struck = fault === undefined ? undefined : select(model, fault.replace('hostile:', ''), hostile);
  expect(struck?.kind ?? 'ok', fault).toBe('ok');
  const components = struck?.kind === 'ok' ? struck.value : [];
  const solved = new OutageSolver(model).solve({
    key: 'own:placed',
    name: 'placed',
    kind: 'own',
    components: [],
    faults: components.map(({ node }) => ({ node, from: asMillis(0), until: asMillis(5 * minute) })),
    // 13:30 in Kolkata.
    start: Date.UTC(2026, 10, 23, 8, 0),
    length: asMillis(5 * minute),
    horizon: asMillis(20 * minute),
  });
  const asked = model.capabilities.find(({ id }) => id === asks);
  expect(asked, asks).toBeDefined();
  const { before, steps } = asked ? solved.timeline(asked) : { before: 'unknown', steps: [] };
  return [before, ...steps.map(({ at, verdict }) => `${at / minute}:${verdict}`)].join(' ');
}

describe('places worked by hand', () => {
  test.each(cases)('$name', (each) => {
    expect(answer(each)).toBe(each.says);
  });
});
