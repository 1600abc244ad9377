import { known, type EntityData, type Estate, type Profile } from '@holdfast/estate';
import type { Json } from '@holdfast/kernel';
import { siteOf } from '@holdfast/topology';
import type { CandidateNeed } from './candidate-document.ts';
import type { Seat } from './seat.ts';

type Device = EntityData<'device'>;

/** A device of the profile at its seat, with what the estate gives it. */
export interface Fitting {
  readonly device: Readonly<Record<string, Json>>;
  /** A cloud that the estate does not use yet. */
  readonly cloud?: { readonly id: string; readonly party: string; readonly name: string };
  readonly needs: readonly CandidateNeed[];
}

/** Fits a product into an estate: network, power and roles as today's device has them, else as others like it. */
export function fit(estate: Estate, id: string, profile: Profile, seat: Seat): Fitting {
  const today = seat.today.map((each) => estate.get('device', each)).find((each) => each !== undefined);
  const roles = Object.entries(profile.roles ?? {});
  const filled = roles.map(([role, { needed, over, about }]) => {
    const found = fillerOf(estate, id, profile, role, today);
    const what = `${role}${about === undefined ? '' : `, ${about}`} (over ${over ?? 'ip'})`;
    return { role, over, found, isNeeded: needed !== false, what };
  });
  const cloudRole = filled.find(({ role, found, isNeeded }) => role.includes('cloud') && !found && isNeeded);
  const cloud = cloudRole && newCloud(estate, profile);
  const uses = Object.fromEntries(
    filled.flatMap(({ role, found }) =>
      found ? [[role, [...found.ids]]] : cloud && role === cloudRole?.role ? [[role, [cloud.id]]] : [],
    ),
  );
  const wants = roles.some(([, { over }]) => over !== 'line') || known(profile.facts?.['poe']) === true;
  const network = wants ? networkOf(estate, today, seat.at) : undefined;
  const power = powerOf(profile, today);
  const needs: readonly CandidateNeed[] = [
    ...filled
      .filter(({ found, isNeeded }) => found !== undefined || isNeeded)
      .map(({ role, what, found }): CandidateNeed => {
        if (found)
          return { what, given: found.ids.map((each) => estate.nameOf(each)).join(', '), by: found.by };
        return cloud && role === cloudRole?.role
          ? { what, given: `${cloud.name}, which would be new`, by: 'new' }
          : { what, by: 'nobody' };
      }),
    ...(wants ? [network ? network.need : ({ what: 'a network', by: 'nobody' } as const)] : []),
    power.need,
  ];
  return {
    device: {
      name: `${profile.name} (candidate)`,
      at: seat.at,
      ...network?.data,
      ...(power.power ? { power: [...power.power] } : {}),
      ...sizesOf(today),
      uses,
    },
    ...(cloud ? { cloud } : {}),
    needs,
  };
}

interface Found {
  readonly ids: readonly string[];
  readonly by: 'today' | 'others';
}

/** Who would fill a role: whoever does so for the same product or maker; but for clouds, which serve their own, for today's device or others of its class. */
function fillerOf(
  estate: Estate,
  id: string,
  profile: Profile,
  role: string,
  today: Device | undefined,
): Found | undefined {
  const isCloud = role.includes('cloud');
  const fits = (device: Device): boolean => {
    const other = known(device.profile);
    const own = estate.get('profile', other);
    if (other === id || (own?.vendor !== undefined && own.vendor === profile.vendor)) return true;
    return !isCloud && own?.class === profile.class;
  };
  const usesOf = (device: Device): readonly string[] => known<readonly string[]>(device.uses?.[role]) ?? [];
  if (today && usesOf(today).length > 0 && (!isCloud || fits(today)))
    return { ids: usesOf(today), by: 'today' };
  const other = [...estate.all('device').values()].find(
    (device) => fits(device) && usesOf(device).length > 0,
  );
  if (other) return { ids: usesOf(other), by: 'others' };
  const site = [...estate.all('site').values()].map(({ uses }) => known<readonly string[]>(uses?.[role]));
  const ids = site.find((each) => each !== undefined && each.length > 0);
  return ids && !isCloud ? { ids, by: 'others' } : undefined;
}

function newCloud(estate: Estate, profile: Profile): NonNullable<Fitting['cloud']> {
  const free = (base: string): string => {
    let id = base;
    for (let count = 2; estate.kindOf(id) !== undefined; count += 1) id = `${base}-${count}`;
    return id;
  };
  return {
    id: free('candidate-cloud'),
    party: free('candidate-vendor'),
    name: `the cloud of ${profile.vendor ?? profile.name}`,
  };
}

/** The network and the switch of today's device, or of whatever it hangs on; else those of the most devices of the site. */
function networkOf(
  estate: Estate,
  today: Device | undefined,
  at: string,
): { readonly data: Readonly<Record<string, Json>>; readonly need: CandidateNeed } | undefined {
  const hung = Object.values(today?.uses ?? {}).flatMap((each) => known<readonly string[]>(each) ?? []);
  const near = [today, ...hung.map((each) => estate.get('device', each))];
  const own = near.find((each) => each?.network !== undefined);
  const by = own && own === today ? 'today' : 'others';
  const site = siteOf(estate, at);
  const peers = [...estate.all('device').values()].filter(
    (each) => siteOf(estate, each.at) === site && each.network !== undefined,
  );
  const counts = Map.groupBy(peers, ({ network = '' }) => network);
  const [, most = []] = [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
  const like = own ?? most[0];
  const network = like?.network;
  if (network === undefined) return undefined;
  const uplink = known<readonly string[]>(like?.uplink)?.[0]?.split(':')[0];
  const name = uplink === undefined ? '' : `, on ${estate.nameOf(uplink)}`;
  return {
    data: { network, addressing: 'static', ...(uplink === undefined ? {} : { uplink }) },
    need: { what: 'a network', given: `${estate.nameOf(network)}${name}`, by },
  };
}

function powerOf(
  { facts }: Profile,
  today: Device | undefined,
): { readonly power?: readonly string[]; readonly need: CandidateNeed } {
  const says = (name: string): boolean => known(facts?.[name]) === true;
  if (says('self-powered')) return { need: { what: 'power', given: 'its own cells', by: 'itself' } };
  if (says('line-powered'))
    return { need: { what: 'power', given: 'whatever its line leads to', by: 'itself' } };
  if (says('poe')) return { need: { what: 'power', given: 'the switch that it is cabled to', by: 'others' } };
  const own = known<readonly string[]>(today?.power);
  if (own && own.length > 0)
    return { power: own, need: { what: 'power', given: own.join(', '), by: 'today' } };
  return { need: { what: 'power', by: 'nobody' } };
}

/** How much there is to hold stays the same whoever holds it. */
function sizesOf(today: Device | undefined): Readonly<Record<string, Json>> {
  const plain = (key: 'credentials' | 'bitrate' | 'storage'): readonly (readonly [string, Json])[] => {
    const value = known<string | number>(today?.[key]);
    return value === undefined ? [] : [[key, value]];
  };
  return Object.fromEntries([...plain('credentials'), ...plain('bitrate'), ...plain('storage')]);
}
