import { canonicalJson, type Json } from '@holdfast/kernel';
import { loadEstate, range, type EntityKind, type Estate, type Profile } from '@holdfast/estate';
import { expressionsIn } from './expressions-in.ts';
import { companion, feedingOf, fillersOf, type Feeding, type Filler } from './roles.ts';
import { settingOf, type Setting } from './setting.ts';

/** The standard estate around one device: every role is filled, and everything works. */
export interface Stage {
  readonly estate: Estate;
  readonly profile: Profile;
  readonly fillers: readonly Filler[];
  readonly feeding: Feeding;
  readonly setting: Setting;
  /** What was taken for granted, in sentences. */
  readonly assumed: readonly string[];
}

/** The device on trial. */
const subject = 'the-device';

type Lines = (readonly [EntityKind, string, object])[];

/** Builds the standard estate of a profile, out of text like any other. */
export function stageOf(id: string, profile: Profile): Stage {
  const fillers = fillersOf(profile);
  const feeding = feedingOf(profile, fillers);
  const setting = settingOf(profile, fillers);
  const { device, assumed } = deviceOf(id, profile, fillers, feeding);
  const lines: Lines = [
    ['profile', id, profile],
    ['device', subject, { ...device, ...setting.device }],
    ...ground(),
    ...fillers.flatMap((each) => filled(profile, each)),
    ...setting.lines,
  ];
  const text = [{ holdfast: 1 }, ...lines.map(([kind, key, data]) => ({ kind, id: key, data }))];
  // Entities of an estate and of this file: what loads from a file is plain JSON.
  const source = text.map((each) => canonicalJson(each as Json)).join('\n');
  const loaded = loadEstate([{ name: 'trial.ndjson', text: source }]);
  if (loaded.kind === 'error')
    throw new TypeError(`the trial of ${id} does not load: ${loaded.error[0]?.message ?? ''}`);
  return { estate: loaded.value, profile, fillers, feeding, setting, assumed };
}

/** Two switches, a line to the internet, supplies that fail one by one. */
function ground(): Lines {
  const supply = (name: string): Lines[number] => [
    'supply',
    name,
    { kind: 'psu', name: name.replaceAll('-', ' '), at: 'site' },
  ];
  const passing = (name: string, kind: 'switch' | 'router', feed: string, uplink?: string): Lines => [
    ['profile', `trial/${name}`, { class: kind, name: `The ${name}`, facts: { boot: '0s' } }],
    [
      'device',
      name,
      { profile: `trial/${name}`, at: 'inside', power: [feed], ...(uplink ? { uplink } : {}) },
    ],
  ];
  return [
    ['site', 'site', { name: 'Standard site', timeZone: 'UTC' }],
    ['area', 'outside', { name: 'Outside', in: 'site', class: 'public' }],
    ['area', 'inside', { name: 'Inside', in: 'site', class: 'staff' }],
    ['network', 'lan', { site: 'site', gateways: ['router'] }],
    ['circuit', 'line', { on: ['router'], to: 'internet' }],
    ...['own-feed', 'switch-feed', 'house-feed', 'lock-feed'].map(supply),
    ...passing('core', 'switch', 'house-feed'),
    ...passing('switch', 'switch', 'switch-feed', 'core:1'),
    ...passing('router', 'router', 'house-feed', 'core:2'),
    ['profile', 'trial/host', { class: 'server', name: 'Host behind it', facts: { boot: '0s' } }],
  ];
}

function filled(profile: Profile, filler: Filler): Lines {
  const { id, role, by, hasHost } = filler;
  if (by === 'cloud')
    return [
      ['party', 'provider', { name: 'The provider', kind: 'provider' }],
      ['service', id, { kind: 'other', name: `The ${role}`, provider: 'provider' }],
    ];
  const host = `${id}-host`;
  return [
    ['profile', `trial/${id}`, companion(profile, filler)],
    ['supply', `${id}-feed`, { kind: 'psu', at: 'site' }],
    [
      'device',
      id,
      { profile: `trial/${id}`, ...placed(`${id}-feed`), ...(hasHost ? { uses: { host: [host] } } : {}) },
    ],
    ...(hasHost ? ([['device', host, { profile: 'trial/host', ...placed('house-feed') }]] as const) : []),
  ];
}

const placed = (feed: string): object => ({
  at: 'inside',
  network: 'lan',
  uplink: 'core:3',
  addressing: 'static',
  power: [feed],
});

function deviceOf(
  id: string,
  profile: Profile,
  fillers: readonly Filler[],
  feeding: Feeding,
): { readonly device: object; readonly assumed: readonly string[] } {
  const capacity = capacities(profile);
  const size = sizes(profile);
  const isCabled = fillers.some(({ over }) => over === 'ip') || feeding.by === 'switch';
  const device = {
    name: 'the device',
    profile: id,
    at: 'inside',
    ...(isCabled || fillers.length === 0
      ? { network: 'lan', uplink: ['switch:1'], addressing: 'static' }
      : {}),
    ...(feeding.by === 'supply' ? { power: ['own-feed'] } : {}),
    uses: Object.fromEntries(fillers.map((each) => [each.role, [each.id]])),
    ...(Object.keys(capacity).length > 0 ? { facts: capacity } : {}),
    ...size,
  };
  const told = [
    ...(Object.keys(capacity).length > 0 ? ['Its badges fit into it.'] : []),
    ...('storage' in size ? ['It has 128 GB for recordings of 4 Mbit/s.'] : []),
    ...(profile.class === 'alarm-panel'
      ? ['It sends to the monitoring centre over IP itself, past any cloud of its maker.']
      : []),
    ...('eventsPerHour' in size ? ['It sees 10 events an hour.'] : []),
  ];
  return { device, assumed: told };
}

/** How much fits is for each site to count: where nobody says, it fits. */
function capacities(profile: Profile): Readonly<Record<string, number>> {
  const open: Record<string, number> = {};
  for (const each of expressionsIn(profile)) {
    if (typeof each === 'string' || !('fits' in each)) continue;
    for (const name of [each.fits, each.in]) {
      const claimed = profile.facts?.[name];
      if (claimed !== undefined && range(claimed) === undefined) open[name] = 1;
    }
  }
  return open;
}

/** Sizes and rates that a site says of a device, where its profile does not. */
function sizes(profile: Profile): Readonly<Record<string, string | number>> {
  const names = new Set<string>();
  for (const each of expressionsIn(profile)) {
    if (typeof each === 'string') continue;
    if ('store' in each) for (const name of [each.store, each.rate]) names.add(name);
    if ('fits' in each) for (const name of [each.fits, each.in]) names.add(name);
  }
  const wanted = (name: string): boolean => names.has(name) && profile.facts?.[name] === undefined;
  return {
    ...(wanted('storage') ? { storage: '128GB' } : {}),
    ...(wanted('bitrate') ? { bitrate: '4Mbit/s' } : {}),
    ...(wanted('credentials') ? { credentials: 1 } : {}),
    ...(wanted('events-per-hour') ? { eventsPerHour: 10 } : {}),
  };
}
