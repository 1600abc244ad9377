import type { Problem } from '@holdfast/kernel';
import type { IntervalSet } from '../model/interval.ts';
import type { Direction } from './draft.ts';
import { numbers, otherPorts } from './match.ts';
import type { Names } from './sides.ts';
import { childOf, isOn, textOf, type Element } from './xml-tree.ts';

/** The ranks at which OPNsense hands rules to pf; pfSense has the same order. */
export const ranks = { system: 1, interface: 5, floating: 200_000, group: 300_000, single: 400_000 } as const;

/** Where a rule stands among the others, and what it hangs on. */
export interface Place {
  readonly rank: number;
  readonly quick: boolean;
  readonly directions: readonly Direction[];
  readonly ports?: IntervalSet;
  readonly unmodelled: readonly Problem[];
}

/** Where a rule stands and what it hangs on: floating rules first, then those of groups, then those of one interface. */
export function placeOf(rule: Element, isNewer: boolean, names: Names): Place {
  const words = textOf(rule, 'interface')
    .split(',')
    .filter((each) => each !== '');
  const isFloating = isNewer ? words.length !== 1 : childOf(rule, 'floating') !== undefined;
  const isLone = !isFloating && words.length === 1;
  const [first = ''] = words;
  const isTunnel = ['l2tp', 'pptp', 'pppoe', 'enc0', 'openvpn'].includes(first);
  const rank = isFloating
    ? ranks.floating
    : isLone && (names.ports.isGroup(first) || isTunnel)
      ? ranks.group + (isNewer ? names.ports.groupSequence(first) : 0)
      : ranks.single;
  const direction = textOf(rule, 'direction');
  const isDirected = isNewer || isFloating || names.reading.product === 'opnsense';
  const isIn =
    !isDirected ||
    direction === 'in' ||
    (direction === '' && !(isFloating && names.reading.product === 'pfsense'));
  return {
    rank,
    quick: quickOf(rule, isNewer, isFloating, names),
    directions: isIn ? ['in'] : direction === 'out' ? ['out'] : ['in', 'out'],
    ...portsOf(rule, words, names),
  };
}

function quickOf(rule: Element, isNewer: boolean, isFloating: boolean, { reading }: Names): boolean {
  if (isNewer) return childOf(rule, 'quick') === undefined || isOn(rule, 'quick');
  if (!childOf(rule, 'quick')) return !isFloating;
  return reading.product === 'pfsense' ? true : isOn(rule, 'quick');
}

function portsOf(
  rule: Element,
  words: readonly string[],
  { ports, reading }: Names,
): Pick<Place, 'ports' | 'unmodelled'> {
  if (words.length === 0) return { unmodelled: [] };
  const at = childOf(rule, 'interface')?.at ?? rule.at;
  const unknown = words.filter((each) => ports.numbersOf(each) === undefined);
  const unmodelled = unknown.map((each) =>
    reading.unmodelled(`the interface '${each}' of this rule is not in the configuration`, at),
  );
  if (unknown.length > 0) return { unmodelled };
  const found = numbers(words.flatMap((each) => ports.numbersOf(each) ?? []));
  if (found.length === 0)
    reading.unmodelled(`all interfaces of this rule are off, so that it has no effect`, at);
  return { ports: isOn(rule, 'interfacenot') ? otherPorts(found) : found, unmodelled: [] };
}
