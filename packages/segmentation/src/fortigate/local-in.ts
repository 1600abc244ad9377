import type { Problem } from '@holdfast/kernel';
import type { Action, Rule } from '../model/firewall.ts';
import { unionOf, type Doubted } from '../sense/doubted.ts';
import { allOf, doubted, onAxis, surely } from '../zoned/doubtful.ts';
import type { Family } from './addresses.ts';
import type { Chains } from '../zoned/chains.ts';
import type { Block } from './config-text.ts';
import type { Domain } from './domain.ts';
import { servicesOf } from './policy.ts';
import { isOn, lineOf, valueOf, valuesOf } from './vdom.ts';

/**
 * The rules that a packet meets which is for the unit itself: the policies for that, from the top; which services listen
 * and whom they let in behind them is not modelled.
 * @see https://docs.fortinet.com/document/fortigate/7.6.1/administration-guide/363127/local-in-policy
 */
export function localInRules(domain: Domain, chains: Chains): readonly Rule[] {
  const { objects, prefix, start } = domain;
  const why = objects.reading.note(
    objects.reading.at(start),
    'which services of the unit itself listen, and for whom, is not modelled',
  );
  const read = (table: string, which: Family): readonly Rule[] =>
    objects.vdom
      .entries(`firewall ${table}`)
      .filter((entry) => valueOf(entry, 'status') !== 'disable' && !isOn(entry, 'ha-mgmt-intf-only'))
      .flatMap((entry) => entryRules(entry, table, which, domain, chains));
  return [
    ...chains.rule(
      `${prefix}input/standing`,
      start,
      { state: [{ low: 1n, high: 2n }] },
      { kind: 'accept' },
      'an existing session',
    ),
    ...read('local-in-policy', 'ipv4'),
    ...read('local-in-policy6', 'ipv6'),
    ...chains.rule(
      `${prefix}input/services`,
      start,
      {},
      { kind: 'unmodelled', why },
      'what the unit itself listens for',
    ),
  ];
}

function entryRules(
  entry: Block,
  table: string,
  which: Family,
  domain: Domain,
  chains: Chains,
): readonly Rule[] {
  const { objects, prefix } = domain;
  const { network, reading, vdom, addresses } = objects;
  const doubts: Problem[] = [];
  const schedule = valueOf(entry, 'schedule') ?? 'always';
  if (schedule !== 'always')
    doubts.push(
      reading.note(
        reading.at(lineOf(entry, 'schedule')),
        `whether the schedule '${schedule}' holds is not known`,
      ),
    );
  for (const key of ['srcaddr-negate', 'dstaddr-negate', 'internet-service-src', 'virtual-patch'])
    if (isOn(entry, key))
      doubts.push(reading.note(reading.at(lineOf(entry, key)), `'${key}' is not modelled here`));
  const sides = (key: string): Doubted =>
    unionOf(
      valuesOf(entry, key).map((name, index) =>
        addresses[which].named(name, reading.at(lineOf(entry, key), index + 2)),
      ),
    );
  const isLoose =
    doubts.length > 0 &&
    ['srcaddr-negate', 'dstaddr-negate', 'internet-service-src'].some((key) => isOn(entry, key));
  const iif = network.named(entry, 'intf', vdom);
  const condition = allOf([
    surely(iif === undefined ? {} : { iif }),
    ...(isLoose ? [] : [onAxis('src', sides('srcaddr')), onAxis('dst', sides('dstaddr'))]),
    servicesOf(objects, entry),
  ]);
  const action: Action = { kind: valueOf(entry, 'action') === 'accept' ? 'accept' : 'drop' };
  return chains.rules(
    chains.origin(`${prefix}${table}/${entry.name}`, entry.line),
    doubted(condition, doubts),
    action,
  );
}
