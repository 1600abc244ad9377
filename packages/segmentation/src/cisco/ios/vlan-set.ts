import { intervalSet, subtract, type IntervalSet } from '../../model/interval.ts';

/** Every VLAN that a trunk may carry. */
export const allVlans: IntervalSet = [{ low: 1n, high: 4094n }];

/** Reads `10,20-29`, or `undefined` where it is no list of VLANs. */
export function vlanSet(text: string): IntervalSet | undefined {
  const intervals = text.split(',').map((part) => {
    const [, low, high = low] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part) ?? [];
    return low === undefined || high === undefined ? undefined : { low: BigInt(low), high: BigInt(high) };
  });
  const known = intervals.filter((each) => each !== undefined);
  const isValid =
    known.length === intervals.length &&
    known.every(({ low, high }) => low >= 1n && low <= high && high <= 4094n);
  return isValid ? intervalSet(known) : undefined;
}

/** The VLANs of a trunk after another `switchport trunk allowed vlan` with these words; `undefined` where they are none. */
export function allowedAfter(before: IntervalSet, words: readonly string[]): IntervalSet | undefined {
  const [first = '', second = ''] = words;
  if (first === 'all') return allVlans;
  if (first === 'none') return [];
  const named = vlanSet(['add', 'remove', 'except'].includes(first) ? second : first);
  if (named === undefined) return undefined;
  if (first === 'add') return intervalSet([...before, ...named]);
  if (first === 'remove') return subtract(before, named);
  return first === 'except' ? subtract(allVlans, named) : named;
}
