import type { Rule } from '../model/firewall.ts';
import type { Interval } from '../model/interval.ts';
import { sureOf } from './doubted.ts';
import type { Ids } from './draft.ts';
import { bySequence } from './filter.ts';
import { isNewerOn } from './outbound.ts';
import { newerSide, olderSide, type Names, type Side } from './sides.ts';
import {
  familiesOf,
  natMatch,
  natPorts,
  natRules,
  targetOf,
  isProblem,
  type NatChain,
} from './translation.ts';
import { childOf, childrenOf, elementAt, isOn, textOf, type Element } from './xml-tree.ts';

/**
 * Translations of one network to another, both ways: 1:1 NAT; and IPv6 prefix translation, which is not modelled.
 * pf reads them before outbound rules on the way out, and behind port forwards on the way in.
 * @see https://github.com/freebsd/freebsd-src/blob/main/sys/netpfil/pf/pf_lb.c (pf_get_translation)
 * @see https://github.com/opnsense/core/blob/master/src/opnsense/mvc/app/library/OPNsense/Firewall/DNatRule.php
 */
export function oneToOneRules(
  root: Element,
  names: Names,
  ids: Ids,
): Readonly<Record<NatChain, readonly Rule[]>> {
  const newer = bySequence(
    childrenOf(elementAt(root, 'OPNsense', 'Firewall', 'Filter', 'onetoone'), 'rule'),
  ).filter(isNewerOn);
  const older = childrenOf(childOf(root, 'nat'), 'onetoone').filter((each) => !isOn(each, 'disabled'));
  const all = [
    ...newer.map((each) => oneToOne(each, true, names, ids)),
    ...older.map((each) => oneToOne(each, false, names, ids)),
    ...prefixTranslations(root, names, ids),
  ];
  return { rdr: all.flatMap(({ rdr }) => rdr), nat: all.flatMap(({ nat }) => nat) };
}

type Both = Readonly<Record<NatChain, readonly Rule[]>>;

function oneToOne(element: Element, isNewer: boolean, names: Names, ids: Ids): Both {
  const source = isNewer ? newerSide(element, 'source', names) : olderSide(element, 'source', names);
  const destination = isNewer
    ? newerSide(element, 'destination', names)
    : olderSide(element, 'destination', names);
  const external = childOf(element, 'external');
  const found = natPorts(element, names);
  const text = `binat on ${found.words.join(',')} from ${source.text} to ${destination.text} -> ${external?.text ?? ''}`;
  const inside = onlyOf(source);
  const target = targetOf(textOf(element, 'external'), external?.at ?? element.at, names);
  if (isProblem(target) || !inside) return unmodelledBoth(element, text, names, ids);
  const outside =
    sizeOf(target) === 1n ? { low: target.low, high: target.low + sizeOf(inside) - 1n } : target;
  if (sizeOf(outside) !== sizeOf(inside)) return unmodelledBoth(element, text, names, ids);
  const families = familiesOf(element, target);
  const netmap = sizeOf(inside) > 1n ? { netmap: true } : {};
  const out = natMatch(element, { source, destination }, families, names);
  const back: Side = { text: '', addresses: sureOf([outside]) };
  const into = natMatch(element, { source: destination, destination: back }, families, names);
  const base = { element, ports: found.ports, text };
  if (isOn(element, 'nobinat')) {
    const none = { ...base, action: { kind: 'accept' } as const, text: `no ${text}` };
    return {
      nat: natRules({ ...none, match: out }, 'nat', ids),
      rdr: natRules({ ...none, match: into }, 'rdr', ids),
    };
  }
  const nat = natRules(
    {
      ...base,
      match: withWhy(out, found.unmodelled),
      action: { kind: 'translate', to: { kind: 'source', address: outside, ...netmap } },
    },
    'nat',
    ids,
  );
  if (textOf(element, 'type') === 'nat') return { nat, rdr: [] };
  const rdr = natRules(
    {
      ...base,
      match: withWhy(into, found.unmodelled),
      action: { kind: 'translate', to: { kind: 'destination', address: inside, ...netmap } },
    },
    'rdr',
    ids,
  );
  return { nat, rdr };
}

const withWhy = <T extends { readonly unmodelled?: readonly unknown[] }>(
  match: T,
  more: T['unmodelled'],
): T => ({
  ...match,
  unmodelled: [...(match.unmodelled ?? []), ...(more ?? [])],
});

function onlyOf({ addresses }: Side): Interval | undefined {
  const [first, ...others] = addresses?.sure ?? [];
  return others.length === 0 && addresses?.maybe.length === 0 ? first : undefined;
}

const sizeOf = ({ low, high }: Interval): bigint => high - low + 1n;

/** A translation whose addresses are not known: whatever it may touch on its interface is unknown. */
function unmodelledBoth(element: Element, text: string, names: Names, ids: Ids): Both {
  const why = names.reading.unmodelled('the addresses that this translates are not modelled', element.at);
  const { ports } = natPorts(element, names);
  const draft = {
    element,
    ports,
    text,
    match: { families: ['inet', 'inet6'] as const },
    action: { kind: 'unmodelled', why } as const,
  };
  return { nat: natRules(draft, 'nat', ids), rdr: natRules(draft, 'rdr', ids) };
}

function prefixTranslations(root: Element, names: Names, ids: Ids): readonly Both[] {
  const newer = childrenOf(elementAt(root, 'OPNsense', 'Firewall', 'Filter', 'npt'), 'rule').filter(
    isNewerOn,
  );
  const older = childrenOf(childOf(root, 'nat'), 'npt').filter((each) => !isOn(each, 'disabled'));
  return [...newer, ...older].map((element) => {
    const why = names.reading.unmodelled('the translation of IPv6 prefixes is not modelled', element.at);
    const { ports } = natPorts(element, names);
    const draft = {
      element,
      ports,
      text: 'prefix translation',
      match: { families: ['inet6'] as const },
      action: { kind: 'unmodelled', why } as const,
    };
    return { nat: natRules(draft, 'nat', ids), rdr: natRules(draft, 'rdr', ids) };
  });
}
