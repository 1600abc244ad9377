import type { Problem } from '@holdfast/kernel';
import type { Hook } from '../model/firewall.ts';
import { dimensions, type Packet } from '../model/packet.ts';
import { axisCount } from '../engine/axes.ts';
import type { Verdict } from '../engine/flow.ts';
import { stepsOf, type Program } from '../engine/program.ts';
import { Walk, type Fate } from '../engine/walk.ts';
import { decisionOf, type Decision } from './permits.ts';
import { packetIn, ranksOf, valuesOf, type Region } from './region.ts';

/** What became of a packet. */
export interface Traced {
  readonly verdict: Verdict;
  readonly decision: Decision;
  /** The packet as it leaves, after translation; where a new value is one of several, the first. */
  readonly packet: Packet;
  /** Why the verdict is `unknown`; empty for every other. */
  readonly why: readonly Problem[];
}

/** Follows one packet through a hook, or through all that a forwarded packet meets. */
export function trace(program: Program, hook: Hook | 'path', packet: Packet): Traced {
  // One entry for each dimension.
  const region = Object.fromEntries(
    dimensions.map((each) => [each, { low: packet[each], high: packet[each] }]),
  ) as Region;
  const fates: Fate[] = [];
  new Walk(program, stepsOf(program.firewall, hook), (fate) => {
    fates.push(fate);
    return undefined;
  }).run(ranksOf(program.axes, region));
  // One packet has one fate, but where a translation leaves it a choice the rest of the steps may part.
  const fate = fates.find(({ verdict }) => verdict !== 'accept') ?? fates[0];
  if (fate === undefined) throw new Error('a packet has no fate');
  const isOne = fates.every(({ verdict }) => verdict === fate.verdict);
  return {
    verdict: isOne ? fate.verdict : 'unknown',
    decision: decisionOf(program, fate),
    packet: leaving(program, fate, region),
    why: fate.doubts.map(({ why }) => why),
  };
}

function leaving({ axes }: Program, { flow }: Fate, region: Region): Packet {
  const now = packetIn(valuesOf(axes, flow.box, wholeOf(axes, flow.box)));
  const kept = Array.from({ length: axisCount }, (_, axis) => axis).filter(
    (axis) => (flow.linked & (1 << axis)) !== 0,
  );
  return {
    ...now,
    ...Object.fromEntries(
      kept.map((axis) => dimensions[axis]).map((each) => [each, each && region[each].low]),
    ),
  };
}

function wholeOf(axes: Program['axes'], box: Int32Array): Region {
  // One entry for each dimension.
  return Object.fromEntries(
    dimensions.map((each, axis) => [
      each,
      { low: axes.low(axis, box[2 * axis] ?? 0), high: axes.high(axis, box[2 * axis + 1] ?? 0) },
    ]),
  ) as Region;
}
