import { present, type Problem } from '@holdfast/kernel';
import type { Hook } from '../model/firewall.ts';
import { dimensions, type Dimension, type Packet } from '../model/packet.ts';
import type { Fate } from '../engine/fate.ts';
import type { Verdict } from '../engine/flow.ts';
import type { Program } from '../engine/program.ts';
import { Walk } from '../engine/walk.ts';
import { decisionOf, type Decision } from './decision.ts';
import { ranksOf, type Region } from './region.ts';

/** What became of a packet. */
export interface Traced {
  readonly verdict: Verdict;
  readonly decision: Decision;
  /** The packet as it leaves, after translation; where a new value is one of several, the first. */
  readonly packet: Packet;
  /** What a translation sets to one of several values, or to a value that the configuration does not tell. */
  readonly open: readonly Dimension[];
  /** Why the verdict is `unknown`; empty for every other. */
  readonly why: readonly Problem[];
}

/** Follows one packet through a hook, or through all that a forwarded packet meets. */
export function trace(program: Program, hook: Hook | 'path', packet: Packet): Traced {
  let found: Fate | undefined;
  new Walk(program, hook, (fate) => {
    found = fate;
    return 'stop';
  }).run(ranksOf(program.axes, regionOf(packet)));
  // One packet has one fate.
  const fate = present(found, 'the fate of a packet');
  return {
    verdict: fate.verdict,
    decision: decisionOf(program, fate),
    ...leaving(program, fate, packet),
    why: fate.doubts.flatMap(({ why }) => why),
  };
}

// One entry for each dimension.
const regionOf = (packet: Packet): Region =>
  Object.fromEntries(dimensions.map((each) => [each, { low: packet[each], high: packet[each] }])) as Region;

function leaving({ axes }: Program, { flow }: Fate, packet: Packet): Pick<Traced, 'packet' | 'open'> {
  const changed: [Dimension, bigint][] = [];
  const open: Dimension[] = [];
  dimensions.forEach((dimension, axis) => {
    if ((flow.linked & (1 << axis)) !== 0) return;
    const low = axes.low(axis, flow.box[2 * axis] ?? 0);
    changed.push([dimension, low]);
    if (axes.high(axis, flow.box[2 * axis + 1] ?? 0) > low) open.push(dimension);
  });
  return { packet: { ...packet, ...Object.fromEntries(changed) }, open };
}
