import type { Problem } from '@holdfast/kernel';
import { flagsOf, opening, openingOrStray, type Family, type Match } from './match.ts';
import { icmpTypeOf, protocolsOf } from './protocols.ts';
import type { Names, Side } from './sides.ts';
import { childOf, isOn, textOf, type Element } from './xml-tree.ts';

/** What a rule does, in the words of both products. */
export const kinds = ['pass', 'block', 'reject', 'match'] as const;
export type Kind = (typeof kinds)[number];

interface Parts {
  readonly source: Side;
  readonly destination: Side;
  readonly type: Kind;
  readonly notModelled: readonly Problem[];
}

/** What a rule matches: families, protocol, both ends, ICMP types, TCP flags. */
export function matchOf(
  rule: Element,
  { source, destination, type, notModelled }: Parts,
  names: Names,
): Match {
  const unmodelled = [...notModelled];
  const text = textOf(rule, 'protocol').toLowerCase();
  const protocols = text === '' || text === 'any' ? undefined : protocolsOf(text);
  if (text !== '' && text !== 'any' && !protocols)
    unmodelled.push(
      names.reading.unmodelled(
        `the protocol '${text}' is not known`,
        childOf(rule, 'protocol')?.at ?? rule.at,
      ),
    );
  for (const { ports, portsAt } of [source, destination]) {
    if (ports && portsAt && !['tcp', 'udp', 'tcp/udp'].includes(text))
      unmodelled.push(names.reading.unmodelled('the rule has ports, but not a protocol with ports', portsAt));
  }
  const families = familiesOf(rule, names);
  return {
    families,
    ...(protocols ? { protocols } : {}),
    ...(source.addresses ? { src: source.addresses } : {}),
    ...(destination.addresses ? { dst: destination.addresses } : {}),
    ...(source.ports ? { sport: source.ports } : {}),
    ...(destination.ports ? { dport: destination.ports } : {}),
    ...(text === 'icmp' ? { icmpTypes: icmpOf(rule, families, unmodelled, names) } : {}),
    ...connectionOf(rule, type, text, unmodelled, names),
    unmodelled,
  };
}

function familiesOf(rule: Element, { reading }: Names): readonly Family[] {
  const element = childOf(rule, 'ipprotocol');
  switch (element?.text ?? '') {
    case 'inet46':
      return ['inet', 'inet6'];
    case 'inet6':
      return ['inet6'];
    case 'inet':
      return ['inet'];
    case '':
      return reading.product === 'pfsense' ? ['inet'] : ['inet', 'inet6'];
    default:
      reading.invalid(
        `'${element?.text}' is no family of addresses`,
        element?.at ?? rule.at,
        'inet, inet6, inet46',
      );
      return ['inet', 'inet6'];
  }
}

function icmpOf(
  rule: Element,
  families: readonly Family[],
  unmodelled: Problem[],
  { reading }: Names,
): NonNullable<Match['icmpTypes']> {
  const found: Partial<Record<Family, readonly number[]>> = {};
  for (const family of families) {
    const own = family === 'inet6' ? childOf(rule, 'icmp6type') : undefined;
    const element = own?.isFilled ? own : childOf(rule, 'icmptype');
    const words = (element?.text ?? '').split(',').filter((each) => each !== '' && each !== 'any');
    if (!element || words.length === 0) continue;
    const types = words.map((each) => icmpTypeOf(each.trim(), family === 'inet6'));
    const known = types.flatMap((each) => each ?? []);
    if (known.length < words.length)
      unmodelled.push(
        reading.unmodelled(`an ICMP type of '${element.text}' is not known in ${family}`, element.at),
      );
    else found[family] = known;
  }
  return found;
}

/**
 * Which packets a rule sees beside those of known connections. A stateful pass rule takes of TCP only what opens a
 * connection (`flags S/SA`); in the model that is the state `new`, and any other TCP packet of no connection is `invalid`.
 * @see https://man.freebsd.org/cgi/man.cgi?query=pf.conf&sektion=5 (flags)
 */
function connectionOf(
  rule: Element,
  type: Kind,
  protocol: string,
  unmodelled: Problem[],
  { reading }: Names,
): Pick<Match, 'flags' | 'states'> {
  const isAny = isOn(rule, 'tcpflags_any');
  const among = childOf(rule, 'tcpflags2');
  const isTcp = protocol === 'tcp';
  if (isTcp && isAny) return type === 'pass' ? { states: openingOrStray } : {};
  if (isTcp && among?.isFilled) {
    const list = (text: string): readonly string[] =>
      text
        .toLowerCase()
        .split(',')
        .filter((each) => each !== '');
    const flags = flagsOf(list(textOf(rule, 'tcpflags1')), list(among.text));
    if (flags) return { flags, states: openingOrStray };
    unmodelled.push(reading.unmodelled(`the TCP flags '${among.text}' are not known`, among.at));
  }
  if (type === 'pass' && textOf(rule, 'statetype') === 'none' && !(isTcp && reading.product === 'pfsense'))
    return { states: openingOrStray };
  return type === 'pass' || (isTcp && reading.product === 'pfsense') ? { states: opening } : {};
}
