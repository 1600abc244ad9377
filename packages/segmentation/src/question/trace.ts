import { present, problem, type Problem } from '@holdfast/kernel';
import type { Clause, Firewall, Hook } from '../model/firewall.ts';
import { dimensions, type Dimension, type Packet } from '../model/packet.ts';
import type { Fate } from '../engine/fate.ts';
import type { Verdict } from '../engine/flow.ts';
import type { Program } from '../engine/program.ts';
import { Walk } from '../engine/walk.ts';
import { decisionOf, type Decision } from './decision.ts';
import { asClause, ranksOf, regionsOf, sidesAt, type Region } from './region.ts';

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

/**
 * Follows one packet through a hook, or through all that a forwarded packet meets. Where the configuration names all its
 * interfaces and the packet none of them, it comes by any: what depends on which is `unknown`.
 */
export function trace(program: Program, hook: Hook | 'path', packet: Packet): Traced {
  const fates: Fate[] = [];
  const walk = new Walk(program, hook, (fate) => {
    fates.push(fate);
    return undefined;
  });
  for (const region of regionsOf(everySide(program.firewall, hook, packet)))
    walk.run(ranksOf(program.axes, region));
  // One packet has one fate on each interface.
  const fate = present(
    fates.find(({ verdict }) => verdict === 'unknown') ?? fates[0],
    'the fate of a packet',
  );
  const isAlike = fates.every(({ verdict }) => (verdict === 'accept') === (fate.verdict === 'accept'));
  return {
    verdict: isAlike ? fate.verdict : 'unknown',
    decision: decisionOf(program, fate),
    ...leaving(program, fate, packet),
    why: isAlike ? fate.doubts.flatMap(({ why }) => why) : [whySides(program.firewall)],
  };
}

/** A packet as a question, on all interfaces that there are on a side where it names none. */
function everySide({ carriers }: Firewall, hook: Hook | 'path', packet: Packet): Clause {
  const clause = asClause(regionOf(packet));
  if (carriers === undefined || carriers.length === 0) return clause;
  const open = sidesAt[hook].filter((side) => packet[side] === 0n);
  return { ...clause, ...Object.fromEntries(open.map((side) => [side, carriers])) };
}

const whySides = ({ file, interfaceNames }: Firewall): Problem =>
  problem('import-partial', 'the packet names no interface, and what becomes of it depends on that', {
    at: { file, line: 1, column: 1 },
    hint: `say iif and oif: ${interfaceNames.slice(1).join(', ')}`,
  });

// One entry for each dimension.
const regionOf = (packet: Packet): Region =>
  Object.fromEntries(dimensions.map((each) => [each, { low: packet[each], high: packet[each] }])) as Region;

function leaving({ axes }: Program, { flow }: Fate, packet: Packet): Pick<Traced, 'packet' | 'open'> {
  const changed: [Dimension, bigint][] = [];
  const open: Dimension[] = [];
  dimensions.forEach((dimension, axis) => {
    if ((flow.linked & (1 << axis)) !== 0) return;
    const by = flow.moved?.get(axis);
    if (by !== undefined) {
      changed.push([dimension, packet[dimension] + by]);
      return;
    }
    const low = axes.low(axis, flow.box[2 * axis] ?? 0);
    changed.push([dimension, low]);
    if (axes.high(axis, flow.box[2 * axis + 1] ?? 0) > low) open.push(dimension);
  });
  return { packet: { ...packet, ...Object.fromEntries(changed) }, open };
}
