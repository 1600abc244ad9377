import { known, range, type EntityData, type Estate, type Hours } from '@holdfast/estate';
import { parseDuration } from '@holdfast/kernel';
import { policyOf } from '../check/policy.ts';
import type { MatchedDevice } from '../check/check-estate.ts';
import type { Urgency } from '../document/match-line.ts';
import type { Match } from '../match/match-devices.ts';
import { compareVersions } from '../version/compare-versions.ts';
import { parseVersion } from '../version/parse-version.ts';

/** One device that is to get another firmware. */
export interface PatchJob {
  readonly device: string;
  readonly name: string;
  /** Devices of one key take the same firmware the same way. */
  readonly key: string;
  readonly from: string;
  /** The version that mends all that can be mended. */
  readonly to: string;
  readonly removes: readonly Removed[];
  /** The doors that stand still, or fall to what they do alone, while it restarts. */
  readonly doors: readonly string[];
  /** The views that are not recorded meanwhile. */
  readonly views: readonly string[];
  /** How long it restarts at most, in minutes; undefined where nobody says it. */
  readonly minutes?: number;
  readonly owner?: string;
  readonly window?: Hours;
}

/** A vulnerability that a job takes away. */
interface Removed {
  readonly advisory: string;
  readonly cve: string | null;
  readonly isExploited: boolean;
  readonly epss?: number;
}

/** What cannot be planned, and why. */
export interface Unplanned {
  readonly device: string;
  readonly why: string;
}

/** The job of a device, or why there is none. */
export function jobOf(estate: Estate, device: MatchedDevice, urgency: Urgency): PatchJob | Unplanned {
  const { id, firmware, matches } = device;
  const affected = matches.filter(({ verdict }) => verdict === 'affected');
  const fixes = affected.flatMap(({ fixedIn }) => fixedIn ?? []);
  if (affected.length === 0) return { device: id, why: reviewWhy(matches) };
  if (fixes.length === 0)
    return { device: id, why: 'no advisory names a version that mends it: keep it apart until there is one' };
  const to = highest(fixes);
  if (to === undefined)
    return { device: id, why: `which of ${[...new Set(fixes)].join(', ')} is the newest, nobody can tell` };
  const data = estate.get('device', id);
  const policy = data === undefined ? undefined : policyOf(estate, data);
  const owner = known(policy?.owner);
  const window = known(policy?.window);
  const minutes = data === undefined ? undefined : restartMinutes(estate, data);
  return {
    device: id,
    name: estate.nameOf(id),
    key: `${device.vendor} ${device.model} to ${to}`,
    from: firmware,
    to,
    removes: affected.flatMap((match) => (match.fixedIn === null ? [] : [removed(match, urgency)])),
    doors: doorsThrough(estate, id),
    views: viewsThrough(estate, id),
    ...(minutes === undefined ? {} : { minutes }),
    ...(owner === undefined ? {} : { owner }),
    ...(window === undefined ? {} : { window }),
  };
}

function reviewWhy(matches: readonly Match[]): string {
  const first = matches.find(({ verdict }) => verdict === 'needs_review');
  return first === undefined ? 'nothing is to be mended' : `a person has to look first: ${first.why}`;
}

function removed({ advisory, cve }: Match, { kev, epss }: Urgency): Removed {
  const score = cve === null ? undefined : epss?.byCve.get(cve)?.score;
  return {
    advisory,
    cve,
    isExploited: cve !== null && kev?.byCve.has(cve) === true,
    ...(score === undefined ? {} : { epss: score }),
  };
}

/** The highest of versions; undefined where two of them cannot be ordered. */
function highest(versions: readonly string[]): string | undefined {
  let best = versions[0];
  for (const each of versions) {
    const [a, b] = [parseVersion(best ?? ''), parseVersion(each)];
    if (each === best) continue;
    const order = a === undefined || b === undefined ? undefined : compareVersions(a, b);
    if (order === undefined) return undefined;
    if (order === 'less') best = each;
  }
  return best;
}

function restartMinutes(estate: Estate, data: EntityData<'device'>): number | undefined {
  const profile = estate.get('profile', known(data.profile));
  const longest = (range(data.facts?.['boot']) ?? range(profile?.facts?.['boot']))?.[1];
  const read = typeof longest === 'string' ? parseDuration(longest) : undefined;
  return read?.kind === 'ok' && Number.isFinite(read.value) ? Math.ceil(read.value / 60_000) : undefined;
}

/** The devices that a door hangs on: its reader, what decides, and what that asks. */
export function devicesOfDoor(estate: Estate, door: EntityData<'door'>): ReadonlySet<string> {
  const found = new Set<string>();
  const reader = known(known(door.reader)?.device);
  const open = [known(door.decidedBy), reader].filter((each) => each !== undefined);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const device = estate.get('device', id);
    if (device === undefined || found.has(id)) continue;
    found.add(id);
    for (const { ask } of estate.get('profile', known(device.profile))?.decisions ?? [])
      if (ask !== undefined) open.push(...(known(device.uses?.[ask]) ?? []));
  }
  return found;
}

const doorsThrough = (estate: Estate, device: string): readonly string[] =>
  [...estate.all('door')].flatMap(([id, door]) => (devicesOfDoor(estate, door).has(device) ? [id] : []));

/** The recorders of a camera. */
export const recordersOf = (estate: Estate, camera: string): readonly string[] =>
  known(estate.get('device', camera)?.uses?.['recorder']) ?? [];

const viewsThrough = (estate: Estate, device: string): readonly string[] =>
  [...estate.all('view')].flatMap(([id, view]) => {
    const cameras = known(view.cameras) ?? [];
    return cameras.some((each) => each === device || recordersOf(estate, each).includes(device)) ? [id] : [];
  });
