import type { Action, Rule } from '../model/firewall.ts';
import type { Interval } from '../model/interval.ts';
import { sureOf } from './doubted.ts';
import type { Draft, Ids } from './draft.ts';
import { bySequence } from './filter.ts';
import { clausesOf, numbers, opening, type Match } from './match.ts';
import { olderSide, portsOf, type Names, type Side } from './sides.ts';
import {
  familiesOf,
  isProblem,
  natMatch,
  natPorts,
  natRules,
  targetOf,
  type NatDraft,
} from './translation.ts';
import { childOf, childrenOf, isOn, textOf, type Element } from './xml-tree.ts';

/** Ranges that move to other ports are taken apart port by port, up to this many. */
const widestShift = 512;

/** Port forwards, and the filter rules that some of them bring along. */
export interface Forwards {
  readonly rules: readonly Rule[];
  readonly filters: readonly Draft[];
}

/**
 * Reads `nat/rule`, in the order of the file or of their sequence; the first that matches translates.
 * @see https://docs.opnsense.org/manual/nat.html
 * @see https://github.com/opnsense/core/blob/master/src/opnsense/mvc/app/library/OPNsense/Firewall/ForwardRule.php
 * @see https://github.com/pfsense/pfsense/blob/master/src/etc/inc/filter.inc (filter_nat_rules_generate)
 */
export function portForwards(root: Element, names: Names, ids: Ids): Forwards {
  const all = bySequence(childrenOf(childOf(root, 'nat'), 'rule')).filter((each) => !isOn(each, 'disabled'));
  const read = all.map((each) => forwardOf(each, root, names));
  return {
    rules: read.flatMap(({ drafts }) => drafts.flatMap((each) => natRules(each, 'rdr', ids))),
    filters: read.flatMap(({ filter }) => filter ?? []),
  };
}

interface Forward {
  readonly drafts: readonly NatDraft[];
  readonly filter?: Draft;
}

function forwardOf(element: Element, root: Element, names: Names): Forward {
  const source = olderSide(element, 'source', names);
  const destination = olderSide(element, 'destination', names);
  const found = natPorts(element, names);
  const text =
    `rdr from ${source.text} to ${destination.text} -> ${textOf(element, 'target')} ${textOf(element, 'local-port')}`.trim();
  const ports = found.ports && numbers([...membersOf(found.ports), ...reflected(element, root, names)]);
  const base = { element, ports, text };
  if (isOn(element, 'nordr')) {
    const match = natMatch(element, { source, destination }, ['inet', 'inet6'], names);
    return {
      drafts: [
        { ...base, match: withMore(match, found.unmodelled), action: { kind: 'accept' }, text: `no ${text}` },
      ],
    };
  }
  const target = targetOf(textOf(element, 'target'), childOf(element, 'target')?.at ?? element.at, names);
  const families = familiesOf(element, isProblem(target) ? undefined : target);
  const match = withMore(natMatch(element, { source, destination }, families, names), found.unmodelled);
  if (isProblem(target)) return { drafts: [{ ...base, match, action: { kind: 'unmodelled', why: target } }] };
  const shifts = shiftsOf(element, destination, names);
  if (!shifts) {
    const why = names.reading.unmodelled(
      'the ports that this port forward moves to are not modelled',
      element.at,
    );
    return { drafts: [{ ...base, match, action: { kind: 'unmodelled', why } }] };
  }
  const drafts = shifts.map(({ from, to }) => ({
    ...base,
    match: from ? { ...match, dport: sureOf([from]) } : match,
    action: translateTo(target, to),
  }));
  return { drafts, ...filterFor(element, source, target, shifts, base, names) };
}

const withMore = (match: Match, more: Match['unmodelled']): Match => ({
  ...match,
  unmodelled: [...(match.unmodelled ?? []), ...(more ?? [])],
});

const membersOf = (ports: readonly Interval[]): readonly number[] =>
  ports.flatMap(({ low, high }) =>
    Array.from({ length: Number(high - low) + 1 }, (_, index) => Number(low) + index),
  );

const translateTo = (address: Interval, port: Interval | undefined): Action => ({
  kind: 'translate',
  to: { kind: 'destination', address, ...(port ? { port } : {}) },
});

interface Shift {
  readonly from?: Interval;
  readonly to?: Interval;
}

/** Which ports become which: a range keeps its distances, so that it is taken apart where it moves. */
function shiftsOf(element: Element, destination: Side, names: Names): readonly Shift[] | undefined {
  const local = childOf(element, 'local-port');
  const protocol = textOf(element, 'protocol').toLowerCase();
  if (!local?.isFilled || !['tcp', 'udp', 'tcp/udp'].includes(protocol)) return [{}];
  const { sure, why } = portsOf(local.text, local.at, names);
  const [first] = sure;
  if (why.length > 0 || !first) return undefined;
  const to = { low: first.low, high: first.low };
  if (!destination.ports) return [{ to }];
  const [from, ...others] = destination.ports.sure;
  if (destination.ports.why.length > 0 || !from) return undefined;
  const isSame = others.length === 0 && from.low === to.low;
  if (isSame || textOf(childOf(element, 'destination'), 'port') === local.text) return [{}];
  if (others.length > 0) return undefined;
  const size = Number(from.high - from.low) + 1;
  if (size > widestShift || first.low + BigInt(size) > 65_536n) return undefined;
  return Array.from({ length: size }, (_, index) => {
    const [was, is] = [from.low + BigInt(index), first.low + BigInt(index)];
    return { from: { low: was, high: was }, to: { low: is, high: is } };
  });
}

/** With reflection, a port forward also stands on the interfaces without a gateway, for the people inside. */
function reflected(element: Element, root: Element, { ports, reading }: Names): readonly number[] {
  const system = childOf(root, 'system');
  const own = textOf(element, 'natreflection');
  const isOffByDefault = childOf(system, 'disablenatreflection') !== undefined;
  if (own === 'disable' || (own === '' && isOffByDefault)) return [];
  const isPure =
    own === 'purenat' ||
    reading.product === 'opnsense' ||
    (own === '' && childOf(system, 'enablenatreflectionpurenat'));
  if (!isPure) {
    reading.unmodelled(
      'reflection by a proxy is not modelled: people inside reach the target through the firewall',
      element.at,
    );
    return [];
  }
  return ports.list.filter((each) => each.isEnabled && !each.hasGateway).map(({ number }) => number);
}

/** Some port forwards pass what they redirect, without a filter rule in the file. The model cannot tell such packets from others. */
function filterFor(
  element: Element,
  source: Side,
  target: Interval,
  shifts: readonly Shift[],
  { ports, text }: Pick<NatDraft, 'ports' | 'text'>,
  names: Names,
): { readonly filter?: Draft } {
  const pass = [childOf(element, 'associated-rule-id'), childOf(element, 'pass')].find((each) =>
    ['pass', 'rule'].includes(each?.text ?? ''),
  );
  if (!pass) return {};
  const why = names.reading.unmodelled(
    'this port forward passes what it redirects by itself, which is not modelled',
    pass.at,
  );
  const to = shifts.flatMap((each) => each.to ?? []);
  const match: Match = {
    families: familiesOf(element, target),
    dst: sureOf([target]),
    states: opening,
    unmodelled: [why],
    ...(source.addresses ? { src: source.addresses } : {}),
    ...(to.length > 0
      ? { protocols: [6, 17], dport: sureOf(numbers(to.map(({ low }) => Number(low)))) }
      : {}),
  };
  return {
    filter: {
      rank: 0,
      quick: true,
      directions: ['in'],
      ...(ports ? { ports } : {}),
      matched: clausesOf(match),
      action: { kind: 'accept' },
      at: pass.at,
      text: `pass what is redirected: ${text}`,
    },
  };
}
