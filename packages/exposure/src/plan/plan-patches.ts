import type { Estate } from '@holdfast/estate';
import { parseDuration } from '@holdfast/kernel';
import type { Exposure } from '../check/check-estate.ts';
import type { Urgency } from '../document/match-line.ts';
import { jobOf, type PatchJob, type Unplanned } from './patch-job.ts';
import { lostWith, protectionsOf, type Protection } from './protections.ts';

const rings = ['test', 'canary', 'fleet'] as const;
type Ring = (typeof rings)[number];

/** Devices that may restart together. */
export interface PatchWave {
  readonly ring: Ring;
  /** From 1, over the whole plan. */
  readonly number: number;
  readonly jobs: readonly PatchJob[];
  /** What is lost meanwhile, because one device alone takes it along. */
  readonly lost: readonly string[];
  /** For each door that stands still: the guard post that reaches it soonest, and how soon. */
  readonly guards: readonly Guard[];
}

/** Who can stand at a door. */
interface Guard {
  readonly door: string;
  readonly post?: string;
  readonly within?: string;
}

/** Which firmware goes to which devices in which order. */
export interface PatchPlan {
  readonly waves: readonly PatchWave[];
  /** Devices with something open that no wave mends. */
  readonly unplanned: readonly Unplanned[];
}

/**
 * Plans the updates of what is affected: of each product one device first, then a tenth, then the rest. No wave takes all ways
 * into an area, all recorders or all cameras of a view, unless one device alone does; that one goes by itself, and the wave says so.
 * In each ring what is exploited comes first, then what is likeliest to be.
 */
export function planPatches(estate: Estate, exposure: Exposure, urgency: Urgency): PatchPlan {
  const jobs: PatchJob[] = [];
  const unplanned: Unplanned[] = [];
  for (const device of exposure.devices) {
    if (device.matches.every(({ verdict }) => verdict === 'not_affected')) continue;
    const job = jobOf(estate, device, urgency);
    if ('why' in job) unplanned.push(job);
    else jobs.push(job);
  }
  const protections = protectionsOf(estate);
  const byRing = ringsOf(jobs);
  const waves = rings.flatMap((ring) =>
    inWaves(byRing.get(ring) ?? [], protections).map((each) => ({ ring, jobs: each })),
  );
  return {
    waves: waves.map(({ ring, jobs: own }, index) => ({
      ring,
      number: index + 1,
      jobs: own,
      lost: lostWith(protections, new Set(own.map(({ device }) => device))),
      guards: [...new Set(own.flatMap(({ doors }) => doors))].map((door) => guardOf(estate, door)),
    })),
    unplanned,
  };
}

/** Of each product the device that the least hangs on is tried first. */
function ringsOf(jobs: readonly PatchJob[]): ReadonlyMap<Ring, readonly PatchJob[]> {
  const found = new Map<Ring, PatchJob[]>(rings.map((ring) => [ring, []]));
  for (const alike of Map.groupBy(jobs, ({ key }) => key).values()) {
    const ordered = alike.toSorted((a, b) => weightOf(a) - weightOf(b) || (a.device < b.device ? -1 : 1));
    const canaries = Math.ceil((ordered.length - 1) / 10);
    for (const [index, job] of ordered.entries())
      found.get(index === 0 ? 'test' : index <= canaries ? 'canary' : 'fleet')?.push(job);
  }
  return found;
}

const weightOf = ({ doors, views }: PatchJob): number => doors.length + views.length;

/** Each job goes into the first wave that loses nothing by it; where there is none it begins one. */
function inWaves(
  jobs: readonly PatchJob[],
  protections: readonly Protection[],
): readonly (readonly PatchJob[])[] {
  const waves: PatchJob[][] = [];
  for (const job of jobs.toSorted(byUrgency)) {
    const room = waves.find(
      (wave) => lostWith(protections, new Set([...wave, job].map(({ device }) => device))).length === 0,
    );
    if (room === undefined) waves.push([job]);
    else room.push(job);
  }
  return waves;
}

function byUrgency(a: PatchJob, b: PatchJob): number {
  const exploited = ({ removes }: PatchJob): number => removes.filter((each) => each.isExploited).length;
  return exploited(b) - exploited(a) || likeliest(b) - likeliest(a) || (a.device < b.device ? -1 : 1);
}

const likeliest = ({ removes }: PatchJob): number => Math.max(0, ...removes.map(({ epss }) => epss ?? 0));

function guardOf(estate: Estate, door: string): Guard {
  const reach = [...estate.all('post')].flatMap(([post, { reaches }]) => {
    const within = reaches?.[door] ?? reaches?.[estate.get('door', door)?.to ?? ''];
    return within === undefined ? [] : [{ door, post, within }];
  });
  return reach.toSorted((a, b) => millis(a.within) - millis(b.within))[0] ?? { door };
}

function millis(span: string): number {
  const read = parseDuration(span);
  return read.kind === 'ok' ? read.value : Infinity;
}
