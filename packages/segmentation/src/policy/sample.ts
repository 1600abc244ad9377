import { prefixOf } from '../model/address.ts';
import { intersect, type Interval, type IntervalSet } from '../model/interval.ts';
import { BudgetSpent, crossing, type Crossed, type Passage } from '../network/crossing.ts';
import type { Landscape } from '../network/landscape.ts';
import type { Way } from '../network/ways.ts';
import type { Region } from '../question/region.ts';
import type { Witness } from './flow.ts';
import type { Parcel } from './parcel.ts';

/** Addresses that a person knows, to show packets with. */
export interface Hints {
  /** All addresses that packets may come from. */
  readonly source: IntervalSet;
  readonly senders: IntervalSet;
  readonly receivers: IntervalSet;
}

/** What people ask for first. */
const usualPorts = [443n, 22n, 80n, 3389n, 445n, 554n, 53n];
const usualProtocols = [6n, 17n, 1n];
/** An address of the internet that stands in examples. @see RFC 5737 section 3 */
const example = prefixOf('198.51.100.10');

/** One packet of a flow such as a host of the estate would send, at each router; the first of all where that one fares otherwise. */
export function witnessOf(
  landscape: Landscape,
  way: Way,
  part: Crossed,
  [first]: readonly Parcel[],
  hints: Hints,
): Witness | undefined {
  if (way.hops.length === 0) return undefined;
  if (first === undefined) return { way, passages: part.passages };
  return { way, passages: passagesOf(landscape, way, part, first, hints) ?? part.passages };
}

function passagesOf(
  landscape: Landscape,
  way: Way,
  { region, arriving, verdict }: Crossed,
  wanted: Parcel,
  hints: Hints,
): readonly Passage[] | undefined {
  const isMoved = region.dst.low !== arriving.dst.low || region.dst.high !== arriving.dst.high;
  const isPortMoved = region.dport.low !== arriving.dport.low || region.dport.high !== arriving.dport.high;
  const src = addressIn(wanted.src, hints.senders);
  const dst = addressIn(isMoved ? [region.dst] : wanted.dst, isMoved ? [] : hints.receivers);
  const protocol = valueIn(wanted.protocol, usualProtocols);
  const dport = valueIn(isPortMoved ? [region.dport] : wanted.dport, usualPorts);
  if (src === undefined || dst === undefined || protocol === undefined || dport === undefined)
    return undefined;
  const point: Region = { ...region, src: at(src), dst: at(dst), protocol: at(protocol), dport: at(dport) };
  let found: readonly Passage[] | undefined;
  try {
    crossing(
      landscape,
      way,
      Object.fromEntries(
        Object.entries(point).flatMap(([name, range]) =>
          name === 'iif' || name === 'oif' ? [] : [[name, [range]]],
        ),
      ),
      (each) => {
        if (each.verdict !== verdict) return undefined;
        found = each.passages;
        return 'stop';
      },
      { target: wanted.dst },
    );
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
  }
  return found;
}

const at = (value: bigint): Interval => ({ low: value, high: value });

const valueIn = (set: IntervalSet, wanted: readonly bigint[]): bigint | undefined =>
  wanted.find((each) => set.some(({ low, high }) => low <= each && each <= high)) ?? set[0]?.low;

/** A known address of a set; else the second, for the first is that of the network itself. */
function addressIn(set: IntervalSet, known: IntervalSet): bigint | undefined {
  const [named] = intersect(set, known);
  if (named) return named.low;
  const [shown] = example === undefined ? [] : intersect(set, [example]);
  if (shown) return shown.low;
  const [first] = set;
  return first === undefined ? undefined : first.low < first.high ? first.low + 1n : first.low;
}
