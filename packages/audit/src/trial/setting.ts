import type { EntityKind, Profile } from '@holdfast/estate';
import { phrases, type CapabilityName } from '@holdfast/outage';
import { expressionsIn } from './expressions-in.ts';
import type { Filler } from './roles.ts';
import type { Row } from './row.ts';
import { witnessed } from './witness.ts';

/** The place that a class of device is judged at. */
export interface Setting {
  readonly lines: readonly (readonly [EntityKind, string, object])[];
  /** What the place adds to the device. */
  readonly device: object;
  readonly rows: readonly Row[];
}

interface Place {
  readonly lines: Setting['lines'];
  readonly device?: object;
  readonly rows: readonly Row[];
  /** What of the profile's capabilities the rows show, or only others build on. */
  readonly shown: readonly string[];
}

/** Where the trial puts a device: what the place shows of it, and a witness for each other capability. */
export function settingOf(profile: Profile, fillers: readonly Filler[]): Setting {
  const place = placeOf(profile, fillers);
  const inner = new Set(
    [...expressionsIn(profile)].flatMap((each) =>
      typeof each !== 'string' && 'provides' in each ? [each.provides] : [],
    ),
  );
  const others = Object.keys(profile.provides ?? {}).filter(
    (name) => !place.shown.includes(name) && !inner.has(name),
  );
  const watched = place.rows.length + others.length === 0 ? ['running'] : others;
  const witnesses = watched.map((name) => witnessed(name));
  return {
    lines: [...place.lines, ...witnesses.flatMap(({ lines }) => lines)],
    device: place.device ?? {},
    rows: [...place.rows, ...witnesses.map(({ row }) => row)],
  };
}

const nowhere: Place = { lines: [], rows: [], shown: [] };

/** The place of its class; and a door, where it decides who comes in whatever else it is. */
function placeOf(profile: Profile, fillers: readonly Filler[]): Place {
  if ((profile.decisions ?? []).length === 0) return placeOfClass(profile, fillers);
  const decided = door(profile, 'the-device');
  if (profile.class === 'reader') return decided;
  // Its own door carries the intercom too: see `door`.
  const own = placeOfClass(profile, fillers);
  return {
    lines: profile.class === 'intercom' ? decided.lines : [...decided.lines, ...own.lines],
    device: own.device ?? {},
    rows: [...decided.rows, ...own.rows],
    shown: [...decided.shown, ...own.shown],
  };
}

function placeOfClass(profile: Profile, fillers: readonly Filler[]): Place {
  switch (profile.class) {
    case 'reader': {
      const controller = fillers.find(({ hasHost }) => hasHost);
      return controller ? door(profile, controller.id) : nowhere;
    }
    case 'camera':
      return view('the-device', ['records', 'keeps', 'live', 'playback']);
    case 'recorder':
      return recorded();
    case 'alarm-panel':
      return alarm();
    case 'detector':
      return detector(fillers);
    case 'communicator':
      return communicator(fillers);
    case 'intercom':
      return intercom();
    case 'bms-controller':
      return cooling();
    case 'workstation':
      return station();
    default:
      return nowhere;
  }
}

const rowsAt = (place: string, ...names: readonly CapabilityName[]): readonly Row[] =>
  names.map((name) => ({ id: `${place}/${name}`, key: name, title: phrases[name].title }));

/** A door with an electric strike that never lacks power, so that what it does is what the device does. */
function door(profile: Profile, decides: string): Place {
  const isReader = decides !== 'the-device';
  const hasExit = profile.provides?.['exit'] !== undefined;
  const takesPhones = (profile.decisions ?? []).some(({ mobile }) => mobile !== undefined);
  const own = (name: string): boolean => isReader || profile.provides?.[name] !== undefined;
  return {
    lines: [
      [
        'door',
        'the-door',
        {
          name: 'The door',
          from: 'outside',
          to: 'inside',
          lock: { kind: 'strike', onPowerLoss: 'fail-secure', power: ['lock-feed'] },
          decidedBy: decides,
          contact: true,
          mobile: takesPhones,
          exit: hasExit
            ? { kind: 'button', wiring: 'through-controller' }
            : { kind: 'lever', wiring: 'mechanical' },
          ...(isReader ? { reader: { device: 'the-device' } } : {}),
          ...(profile.class === 'intercom' ? { intercom: 'the-device' } : {}),
        },
      ],
    ],
    rows: [
      ...rowsAt('the-door', 'secured', 'admits-known', 'refuses-revoked-during', 'admits-enrolled-during'),
      ...(isReader ? [] : rowsAt('the-door', 'admits-visitor')),
      ...(takesPhones ? rowsAt('the-door', 'admits-mobile') : []),
      ...(own('opens-remotely') && !isReader ? rowsAt('the-door', 'opens-remotely') : []),
      ...(own('reports') && !isReader ? rowsAt('the-door', 'reports-forced') : []),
      ...(hasExit ? [{ ...exitRow }] : []),
    ],
    shown: ['opens-remotely', 'reports', 'syncs', 'exit', 'reads'],
  };
}

const exitRow: Row = { id: 'the-door/egress', key: 'exit', title: 'Exit button through it opens' };

function view(camera: string, shown: readonly string[]): Place {
  return {
    lines: [['view', 'the-view', { name: 'The view', of: 'inside', cameras: [camera] }]],
    rows: rowsAt('the-view', 'records', 'keeps-recordings', 'live', 'playback'),
    shown,
  };
}

/** A recorder is judged by a camera without a card that it alone records. */
function recorded(): Place {
  const stores = { all: ['running', { reach: 'recorder', its: 'stores' }] };
  const serves = { all: ['running', { reach: 'recorder', its: 'serves' }] };
  const { lines, rows } = view('a-camera', []);
  const camera = {
    class: 'camera',
    name: 'Camera without a card',
    roles: { recorder: { over: 'ip' } },
    facts: { boot: '0s' },
    provides: { records: stores, keeps: stores, live: serves, playback: serves },
  };
  return {
    lines: [
      ['profile', 'trial/camera', camera],
      [
        'device',
        'a-camera',
        {
          profile: 'trial/camera',
          at: 'inside',
          network: 'lan',
          uplink: ['switch:2'],
          addressing: 'static',
          power: ['house-feed'],
          uses: { recorder: ['the-device'] },
        },
      ],
      ...lines,
    ],
    rows,
    shown: ['stores', 'serves'],
  };
}

const guarded = (panel: string): Setting['lines'][number] => [
  'area',
  'guarded',
  { name: 'Guarded', in: 'site', class: 'restricted', alarm: panel },
];

const centre: Setting['lines'] = [
  ['party', 'centre-party', { name: 'The centre', kind: 'monitoring-centre' }],
  ['service', 'centre', { kind: 'monitoring-centre', name: 'The centre', provider: 'centre-party' }],
];

function alarm(): Place {
  const sensing = {
    class: 'detector',
    name: 'Detector',
    facts: { 'self-powered': true, boot: '0s' },
    provides: { detects: 'running' },
  };
  return {
    lines: [
      guarded('the-device'),
      ['profile', 'trial/detector', sensing],
      ['device', 'a-detector', { profile: 'trial/detector', at: 'guarded', detects: ['guarded'] }],
      ...centre,
      [
        'transmission',
        'a-path',
        { panel: 'the-device', centre: 'centre', over: 'ip', name: 'The path over IP' },
      ],
    ],
    device: { network: 'lan', uplink: ['switch:1'], addressing: 'static' },
    rows: rowsAt('guarded', 'detects', 'sets', 'sounds', 'reaches-operator', 'reaches-centre'),
    shown: ['detects', 'sets', 'sounds', 'signals'],
  };
}

function detector(fillers: readonly Filler[]): Place {
  const panel = fillers.find(({ by }) => by === 'device');
  if (!panel) return nowhere;
  return {
    lines: [guarded(panel.id)],
    device: { detects: ['guarded'] },
    rows: rowsAt('guarded', 'detects'),
    shown: ['detects'],
  };
}

function communicator(fillers: readonly Filler[]): Place {
  const panel = fillers.find(({ by }) => by === 'device');
  if (!panel) return nowhere;
  return {
    lines: [
      guarded(panel.id),
      ...centre,
      ['party', 'operator', { name: 'The mobile operator', kind: 'provider' }],
      [
        'transmission',
        'a-path',
        {
          panel: panel.id,
          centre: 'centre',
          over: 'cellular',
          communicator: 'the-device',
          operator: 'operator',
          paths: [],
          name: 'The path of the communicator',
        },
      ],
    ],
    rows: rowsAt('guarded', 'reaches-centre'),
    shown: ['sends'],
  };
}

function intercom(): Place {
  return {
    lines: [
      [
        'door',
        'the-door',
        {
          name: 'The door',
          from: 'outside',
          to: 'inside',
          lock: { kind: 'strike', onPowerLoss: 'fail-secure', power: ['lock-feed'] },
          exit: { kind: 'lever', wiring: 'mechanical' },
          intercom: 'the-device',
        },
      ],
    ],
    rows: rowsAt('the-door', 'call-answered', 'opens-from-call'),
    shown: ['calls', 'opens'],
  };
}

function cooling(): Place {
  return {
    lines: [['area', 'cooled', { name: 'Cooled', in: 'site', class: 'critical', cooling: ['the-device'] }]],
    rows: rowsAt('cooled', 'controls-locally', 'cools', 'commanded'),
    shown: ['controls', 'cools', 'commanded'],
  };
}

const station = (): Place => ({
  lines: [],
  rows: rowsAt('site', 'sees-alarms', 'sees-video', 'commands-doors'),
  shown: ['sees-alarms', 'sees-video', 'commands-doors', 'login'],
});
