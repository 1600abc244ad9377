import { family, prefixOf } from '../../model/address.ts';
import type { Clause, Translation } from '../../model/firewall.ts';
import type { Interval } from '../../model/interval.ts';
import { ipv6Offset } from '../../model/packet.ts';
import { elementClauses, elementsOf, isCatchAll, needsOf, type Scope } from './conditions.ts';
import { meet } from './clauses.ts';
import { fieldOf } from './fields.ts';
import type { Expression, NatStatement } from '../ruleset.ts';
import { valuesOf, type Read } from './values.ts';

/** What is translated, and into what. */
export interface Case {
  readonly clauses: readonly Clause[];
  readonly to: Translation;
}

/** The cases of a NAT statement: one, or one for each element of its map. */
export function casesOf(statement: NatStatement, scope: Scope): Read<readonly Case[]> {
  const { nat, address, port, flags } = statement;
  const kind = nat === 'snat' || nat === 'masquerade' ? 'source' : 'destination';
  const toPort = port === undefined ? undefined : portOf(port, scope);
  if (toPort && 'why' in toPort) return toPort;
  // A port at random is one that nobody knows beforehand.
  const isRandom = kind === 'source' && flags.some((each) => each === 'random' || each === 'fully-random');
  const ports = toPort?.value ?? (isRandom ? { low: 1n, high: 65_535n } : undefined);
  const more = ports === undefined ? {} : { port: ports };
  if (nat === 'masquerade' || nat === 'redirect')
    return { value: [{ clauses: [{}], to: { kind, toInterface: true, ...more } }] };
  if (address === undefined)
    return ports === undefined
      ? { why: 'the translation says no address' }
      : { value: [{ clauses: [{}], to: { kind, ...more } }] };
  if (address.kind === 'map') return mapped(address, kind, more, flags.includes('prefix'), scope);
  const one = addressOf(address, scope);
  if ('why' in one) return one;
  const netmap = flags.includes('prefix') ? { netmap: true } : {};
  return {
    value: [{ clauses: [familyOf(one.value)], to: { kind, address: one.value, ...more, ...netmap } }],
  };
}

const familyOf = ({ low }: Interval): Clause => ({ src: [low >= ipv6Offset ? family.ipv6 : family.ipv4] });

function portOf(expression: Expression, { interfaces }: Scope): Read<Interval> {
  const field = fieldOf('th dport');
  if (field === undefined || (expression.kind !== 'value' && expression.kind !== 'range'))
    return { why: 'a new port of this kind is not modelled' };
  const values = valuesOf(field, expression, interfaces);
  const [only] = 'value' in values ? values.value : [];
  return only === undefined ? { why: 'the new port is no port' } : { value: only };
}

function addressOf(expression: Expression, { interfaces }: Scope): Read<Interval> {
  if (expression.kind === 'prefix') {
    const prefix = prefixOf(`${expression.address}/${expression.length}`);
    return prefix === undefined ? { why: 'the new prefix is none' } : { value: prefix };
  }
  if (expression.kind !== 'value' && expression.kind !== 'range')
    return { why: 'a new address of this kind is not modelled' };
  for (const name of ['ip saddr', 'ip6 saddr']) {
    const field = fieldOf(name);
    const values = field && valuesOf(field, expression, interfaces);
    const [only] = values && 'value' in values ? values.value : [];
    if (only !== undefined) return { value: only };
  }
  return { why: 'the new address is none' };
}

function mapped(
  { key, data }: Extract<Expression, { kind: 'map' }>,
  kind: Translation['kind'],
  more: { readonly port?: Interval },
  isNetmap: boolean,
  scope: Scope,
): Read<readonly Case[]> {
  const [needs, elements] = [needsOf(key), elementsOf(data, scope)];
  if ('why' in needs) return needs;
  if ('why' in elements) return elements;
  const cases: Case[] = [];
  for (const element of elements.value) {
    if (isCatchAll(element)) return { why: 'a map of addresses with a rest is not modelled' };
    const { value } = element;
    if (value === undefined || !('kind' in value)) return { why: 'the map has an element without a value' };
    const clauses = elementClauses(key, element.key, scope);
    // An element's value is an expression here, for a map of verdicts gives no addresses.
    const to = target(value as Expression, scope);
    if ('why' in clauses) return clauses;
    if ('why' in to) return to;
    const netmap = isNetmap ? { netmap: true } : {};
    cases.push({
      clauses: meet(
        meet(clauses.value, [needs.value]),
        to.value.address ? [familyOf(to.value.address)] : [{}],
      ),
      to: { kind, ...more, ...to.value, ...netmap },
    });
  }
  return { value: cases };
}

function target(
  value: Expression,
  scope: Scope,
): Read<{ readonly address?: Interval; readonly port?: Interval }> {
  if (value.kind !== 'concat') {
    const address = addressOf(value, scope);
    return 'why' in address ? address : { value: { address: address.value } };
  }
  const [to, toPort, ...others] = value.parts;
  if (to === undefined || toPort === undefined || others.length > 0)
    return { why: 'the map gives other than an address and a port' };
  const [address, port] = [addressOf(to, scope), portOf(toPort, scope)];
  if ('why' in address) return address;
  return 'why' in port ? port : { value: { address: address.value, port: port.value } };
}
