import type { Problem } from '@holdfast/kernel';
import { family } from '../model/address.ts';
import type { Action, Rule } from '../model/firewall.ts';
import type { Interval, IntervalSet } from '../model/interval.ts';
import { ipv6Offset } from '../model/packet.ts';
import { rulesFrom, type Ids } from './draft.ts';
import { clausesOf, numbers, through, type Family, type Match } from './match.ts';
import { protocolsOf } from './protocols.ts';
import { addressesOf, type Names, type Side } from './sides.ts';
import { childOf, textOf, type Element } from './xml-tree.ts';

/** The chains that translate: destinations on the way in, sources on the way out. */
export type NatChain = 'rdr' | 'nat';

/** A translation rule before it stands in its chain. */
export interface NatDraft {
  readonly element: Pick<Element, 'at'>;
  readonly match: Match;
  readonly ports?: IntervalSet | undefined;
  readonly action: Action;
  readonly text: string;
  readonly builtIn?: string;
}

export function natRules(
  { element, match, ports, action, text, builtIn }: NatDraft,
  chain: NatChain,
  ids: Ids,
): readonly Rule[] {
  const { sure, doubtful, why } = clausesOf(match);
  const axis = chain === 'rdr' ? 'iif' : 'oif';
  const matched = {
    sure: sure.map((each) => through(each, axis, ports)),
    doubtful: doubtful.map((each) => through(each, axis, ports)),
    why,
  };
  return rulesFrom(
    { at: element.at, text, ...(builtIn === undefined ? {} : { builtIn }) },
    chain,
    ids,
    matched,
    action,
  );
}

/** The interfaces of a translation rule, or what is not known of them. */
export function natPorts(
  element: Element,
  { ports, reading }: Names,
): {
  readonly ports?: IntervalSet;
  readonly words: readonly string[];
  readonly unmodelled: readonly Problem[];
} {
  const words = textOf(element, 'interface')
    .split(',')
    .filter((each) => each !== '');
  const named = words.length > 0 || reading.product === 'opnsense' ? words : ['wan'];
  if (named.length === 0) return { words: named, unmodelled: [] };
  const at = childOf(element, 'interface')?.at ?? element.at;
  const unknown = named.filter((each) => ports.numbersOf(each) === undefined);
  const unmodelled = unknown.map((each) =>
    reading.unmodelled(`the interface '${each}' of this rule is not in the configuration`, at),
  );
  if (unknown.length > 0) return { words: named, unmodelled };
  return {
    ports: numbers(named.flatMap((each) => ports.numbersOf(each) ?? [])),
    words: named,
    unmodelled: [],
  };
}

/** Protocols, addresses and ports of a translation rule. */
export function natMatch(
  element: Element,
  sides: { readonly source: Side; readonly destination: Side },
  of: readonly Family[],
  { reading }: Names,
): Match {
  const text = textOf(element, 'protocol').toLowerCase();
  const protocols = text === '' || text === 'any' ? undefined : protocolsOf(text);
  const unmodelled = ['tagged']
    .flatMap((each) => childOf(element, each) ?? [])
    .filter(({ isFilled }) => isFilled)
    .map(({ at }) =>
      reading.unmodelled('the rule asks for a tag that another rule sets, which is not modelled', at),
    );
  if (text !== '' && text !== 'any' && !protocols)
    unmodelled.push(reading.unmodelled(`the protocol '${text}' is not known`, element.at));
  const { source, destination } = sides;
  const hasPorts = source.ports ?? destination.ports;
  return {
    families: of,
    ...(protocols ? { protocols } : hasPorts ? { protocols: [6, 17] } : {}),
    ...(source.addresses ? { src: source.addresses } : {}),
    ...(destination.addresses ? { dst: destination.addresses } : {}),
    ...(source.ports ? { sport: source.ports } : {}),
    ...(destination.ports ? { dport: destination.ports } : {}),
    unmodelled,
  };
}

/** The families that a translation to an address takes; else those that the rule names; else IPv4, as both products do. */
export function familiesOf(element: Element, target: Interval | undefined): readonly Family[] {
  if (target) return [target.low >= ipv6Offset ? 'inet6' : 'inet'];
  return textOf(element, 'ipprotocol') === 'inet6' ? ['inet6'] : ['inet'];
}

/** The only range that a target stands for; a reason where it is several, or not known. */
export function targetOf(word: string, at: Element['at'], names: Names): Interval | Problem {
  const { sure, maybe, why } = addressesOf(word, at, names);
  const [first, ...others] = sure;
  const [reason] = why;
  if (maybe.length > 0 && reason) return reason;
  if (first && others.length === 0) return first;
  return names.reading.unmodelled(`the target '${word}' is not one range of addresses`, at);
}

export const isProblem = (value: Interval | Problem): value is Problem => 'code' in value;

/** All addresses of the family that a rule is of: what an address that is not known may be. */
export const anyOf = (of: readonly Family[]): Interval => (of[0] === 'inet6' ? family.ipv6 : family.ipv4);
