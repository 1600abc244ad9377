import type { Rule, Translation } from '../model/firewall.ts';
import { intersect, intervalSet, type Interval, type IntervalSet } from '../model/interval.ts';
import { dimensions, ipv6Offset, type Dimension } from '../model/packet.ts';
import type { Axes } from './axes.ts';

/** Values that a network-to-network translation moves by one distance. */
interface Shift extends Interval {
  readonly by: bigint;
}

/** Ranks of an axis that such a translation moves into one rank. */
export interface Piece {
  readonly axis: number;
  readonly low: number;
  readonly high: number;
  readonly to: number;
  readonly by: bigint;
}

/** More blocks or cuts than this are not told apart; the translation is then to any address of its network. */
const mostBlocks = 256n;
const mostCuts = 50_000;

/** The dimension whose network a translation changes. */
const mapped = ({ kind }: Translation): Dimension => (kind === 'source' ? 'src' : 'dst');

/**
 * What a rule that translates network to network does, distance by distance: a network of the same size is moved as a
 * whole, otherwise each address keeps the bits behind the prefix. Undefined where the rule does not, or matches too much.
 * @see https://ipset.netfilter.org/iptables-extensions.man.html NETMAP
 */
function shiftsOf({ action, clauses }: Rule): readonly Shift[] | undefined {
  if (action.kind !== 'translate' || action.to.netmap !== true) return undefined;
  const { address } = action.to;
  const matched = intervalSet(clauses.flatMap((each) => each[mapped(action.to)] ?? []));
  const isBounded = clauses.every((each) => each[mapped(action.to)] !== undefined);
  if (address === undefined || !isBounded) return undefined;
  const size = address.high - address.low + 1n;
  const [only, ...others] = matched;
  if (only !== undefined && others.length === 0 && only.high - only.low + 1n === size)
    return [{ ...only, by: address.low - only.low }];
  return blocksOf(matched, address, size);
}

function blocksOf(
  matched: IntervalSet,
  { low: target }: Interval,
  size: bigint,
): readonly Shift[] | undefined {
  const base = target >= ipv6Offset ? ipv6Offset : 0n;
  if ((size & (size - 1n)) !== 0n || (target - base) % size !== 0n) return undefined;
  const shifts: Shift[] = [];
  for (const { low, high } of matched) {
    if (low < base || (base === 0n && high >= ipv6Offset)) return undefined;
    let from = ((low - base) / size) * size + base;
    if ((high - from) / size > mostBlocks) return undefined;
    for (; from <= high; from += size)
      for (const within of intersect([{ low, high }], [{ low: from, high: from + size - 1n }]))
        shifts.push({ ...within, by: target - from });
  }
  return shifts.length > mostBlocks ? undefined : shifts;
}

/**
 * More cuts of the axes, so that what such translations move into one rank was one rank before.
 * Translations may follow each other, so that cuts are carried back twice.
 */
export function netmapCuts(
  rules: readonly Rule[],
  sets: readonly (readonly [Dimension, IntervalSet])[],
): readonly (readonly [Dimension, IntervalSet])[] {
  const moved = rules.flatMap(({ action }, index) => {
    const shifts = shiftsOf(rules[index] as Rule);
    return action.kind === 'translate' && shifts !== undefined
      ? [{ dimension: mapped(action.to), shifts }]
      : [];
  });
  if (moved.length === 0) return [];
  const cuts = { src: new Set<bigint>(), dst: new Set<bigint>() };
  for (const [dimension, set] of sets) {
    if (dimension !== 'src' && dimension !== 'dst') continue;
    for (const { low, high } of set) cuts[dimension].add(low).add(high + 1n);
  }
  for (const { dimension, shifts } of [...moved, ...moved].toReversed()) {
    // The keys of `cuts` are what `mapped` gives.
    const own = cuts[dimension as 'src' | 'dst'];
    const ends = [...own];
    for (const { low, high, by } of shifts) {
      if (own.size > mostCuts) break;
      own.add(low).add(high + 1n);
      for (const end of ends) if (low < end - by && end - by <= high) own.add(end - by);
    }
  }
  return (['src', 'dst'] as const).map((dimension) => [
    dimension,
    [...cuts[dimension]].map((each) => ({ low: each, high: each - 1n })),
  ]);
}

/** A network-to-network translation in ranks; undefined where the axes do not tell it apart. */
export function piecesOf(rule: Rule, axes: Axes): readonly Piece[] | undefined {
  const shifts = shiftsOf(rule);
  if (shifts === undefined || rule.action.kind !== 'translate') return undefined;
  const axis = dimensions.indexOf(mapped(rule.action.to));
  const pieces: Piece[] = [];
  for (const { low, high, by } of shifts) {
    for (let rank = axes.rank(axis, low); rank <= axes.rank(axis, high); rank += 1) {
      const to = axes.rank(axis, axes.low(axis, rank) + by);
      if (to !== axes.rank(axis, axes.high(axis, rank) + by)) return undefined;
      const last = pieces.at(-1);
      if (last?.to === to && last.high === rank - 1 && last.by === by)
        pieces[pieces.length - 1] = { ...last, high: rank };
      else pieces.push({ axis, low: rank, high: rank, to, by });
    }
  }
  return pieces;
}
