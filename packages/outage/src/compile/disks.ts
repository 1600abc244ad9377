import { known } from '@holdfast/estate';
import type { NodeId } from '../solver/system.ts';
import type { Located } from './context.ts';
import type { Infrastructure } from './infrastructure.ts';

type Survives = 'yes' | 'no' | 'unknown' | 'gone' | 'unknown-now';

/** Whether the disks of a recorder hold what it stores, and go on holding it when one more fails. Always, where nothing is said of them (R3). */
export function diskArray(infrastructure: Infrastructure, device: string): NodeId {
  const { context } = infrastructure;
  const data = context.estate.get('device', device);
  if (data === undefined || (data.raid ?? data.raidLevel ?? data.disks) === undefined) return context.always;
  return context.once(`disks ${device}`, () => {
    const disk = context.component(
      `disk:${device}`,
      'disk',
      `a disk of ${context.estate.nameOf(device)}`,
      device,
    );
    const located = (key: 'raid' | 'raidLevel'): Located<unknown> => ({
      fact: data[key] ?? 'unknown',
      kind: 'device',
      id: device,
      path: [key],
      what:
        key === 'raid'
          ? `state of the disks of ${context.estate.nameOf(device)}`
          : `RAID level of ${context.estate.nameOf(device)}`,
    });
    const open = known(data.raidLevel) === undefined ? 'raidLevel' : 'raid';
    const doubt = (key: 'raid' | 'raidLevel'): NodeId => context.constant(false, true, located(key));
    const verdict = survives(data);
    switch (verdict) {
      case 'yes':
        return context.always;
      case 'no':
        return disk;
      case 'gone':
        return context.constant(false, false, located('raid'));
      case 'unknown-now':
        return doubt('raid');
      case 'unknown':
        return context.builder.any([disk, doubt(open)]);
      default:
        return verdict satisfies never;
    }
  });
}

type Said = Parameters<typeof known<string>>[0];

/** What one more lost disk does: nothing to a healthy mirror or parity, all to a stripe, a lone disk or a parity that is spent already. */
function survives(data: {
  readonly raid?: unknown;
  readonly raidLevel?: unknown;
  readonly disks?: unknown;
}): Survives {
  const state = known(data.raid as Said);
  const level = known(data.raidLevel as Said);
  if (state === 'failed') return 'gone';
  if (state === undefined && data.raid !== undefined) return 'unknown-now';
  if (state === 'none' || level === 'raid0') return 'no';
  if (level === undefined || state === undefined) return 'unknown';
  if (state === 'healthy') return 'yes';
  const pair = level === 'raid1' && known(data.disks as Parameters<typeof known<number>>[0]) === 2;
  return level === 'raid5' || pair ? 'no' : 'unknown';
}

/**
 * Whether what a camera recorded for itself is fetched: as its own fact says, and where its recorder may fetch from so many cameras only,
 * from it for certain only while those that are to be fetched from are no more (R4).
 */
export function fetched(infrastructure: Infrastructure, camera: string, own: NodeId): NodeId {
  const { context } = infrastructure;
  const { estate, builder } = context;
  const recorder = (known<readonly string[]>(infrastructure.bound(camera, 'recorder').fact) ?? []).find(
    (each) => estate.get('device', each),
  );
  const channels = estate.get('device', recorder)?.backfillChannels;
  if (recorder === undefined || channels === undefined) return own;
  const most = known(channels);
  const asked = most === undefined ? Infinity : wantedOf(infrastructure, recorder);
  if (most !== undefined && asked <= most) return own;
  const located: Located<unknown> = {
    fact: channels,
    kind: 'device',
    id: recorder,
    path: ['backfillChannels'],
    what: `how many cameras ${estate.nameOf(recorder)} may fetch from`,
  };
  return builder.all([own, context.constant(false, most !== 0, located)]);
}

const wanted = new WeakMap<Infrastructure, ReadonlyMap<string, number>>();

/** How many cameras of a recorder are said to be fetched from; all recorders are counted at once. */
function wantedOf(infrastructure: Infrastructure, recorder: string): number {
  const counts = wanted.get(infrastructure) ?? countWanted(infrastructure);
  wanted.set(infrastructure, counts);
  return counts.get(recorder) ?? 0;
}

function countWanted(infrastructure: Infrastructure): ReadonlyMap<string, number> {
  const { estate } = infrastructure.context;
  const counts = new Map<string, number>();
  for (const id of estate.all('device').keys()) {
    if (known(infrastructure.fact(id, 'backfill').fact) !== true) continue;
    const own = known<readonly string[]>(infrastructure.bound(id, 'recorder').fact) ?? [];
    const recorder = own.find((each) => estate.get('device', each));
    if (recorder !== undefined) counts.set(recorder, (counts.get(recorder) ?? 0) + 1);
  }
  return counts;
}
