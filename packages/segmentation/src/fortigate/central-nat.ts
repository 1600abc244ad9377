import type { Problem } from '@holdfast/kernel';
import type { Action, Clause, Rule } from '../model/firewall.ts';
import { only } from '../model/interval.ts';
import { unionOf, type Doubted } from '../sense/doubted.ts';
import { allOf, doubted, onAxis, surely } from '../zoned/doubtful.ts';
import type { Family } from './addresses.ts';
import { anySource, freePort } from '../zoned/any-source.ts';
import type { Chains } from '../zoned/chains.ts';
import type { Block } from './config-text.ts';
import type { Domain } from './domain.ts';
import { interfacesOf } from './policy.ts';
import { portsOf } from './services.ts';
import { always, backRules, interfaceChain, poolRange, untranslated } from './source-nat.ts';
import { isOn, lineOf, valueOf, valuesOf } from './vdom.ts';

/**
 * The rules of the table that translates sources for all policies; from the top, the first that matches decides.
 * @see https://docs.fortinet.com/document/fortigate/7.6.1/administration-guide/421028/central-snat
 */
export function centralSourceRules(domain: Domain, chains: Chains): readonly Rule[] {
  const { objects, prefix } = domain;
  const entries = objects.vdom
    .entries('firewall central-snat-map')
    .filter((entry) => valueOf(entry, 'status') !== 'disable');
  return [
    ...always(domain).flatMap((vip) => backRules(vip, `${prefix}snat/always`, chains)),
    ...entries.flatMap((entry) => entryRules(entry, domain, chains)),
  ];
}

function entryRules(entry: Block, domain: Domain, chains: Chains): readonly Rule[] {
  const { objects, prefix } = domain;
  const { network, vdom, reading } = objects;
  const which: Family = valueOf(entry, 'type') === 'ipv6' ? 'ipv6' : 'ipv4';
  const end = which === 'ipv6' ? '6' : '';
  const doubts: Problem[] = ['nat46', 'nat64']
    .filter((key) => isOn(entry, key))
    .map((key) =>
      reading.note(reading.at(lineOf(entry, key)), 'translation between IPv4 and IPv6 is not modelled'),
    );
  const sides = (key: string): Doubted =>
    unionOf(
      valuesOf(entry, key).map((name, index) =>
        objects.addresses[which].named(name, reading.at(lineOf(entry, key), index + 2)),
      ),
    );
  const iif = network.named(entry, 'srcintf', vdom);
  const oif = network.named(entry, 'dstintf', vdom);
  const condition = allOf([
    interfacesOf({ iif, oif }),
    onAxis('src', sides(`orig-addr${end}`)),
    onAxis('dst', sides(`dst-addr${end}`)),
    surely(portsClause(entry, domain)),
  ]);
  const origin = chains.origin(`${prefix}central-snat-map/${entry.name}`, entry.line);
  const { sure, maybe } = doubted(condition, doubts);
  return [
    ...chains.rules(origin, surely(...sure), actionOf(entry, end, domain, chains)),
    ...(maybe.length === 0
      ? []
      : chains.rules(
          { ...origin, id: `${origin.id}/unmodelled` },
          surely(...maybe),
          anySource(`${prefix}snat/any`, domain.start, chains),
        )),
  ];
}

function portsClause(entry: Block, { objects }: Domain): Clause {
  const { reading } = objects;
  const number = Number(valueOf(entry, 'protocol') ?? '0');
  if (!Number.isInteger(number) || number < 0 || number > 255) {
    reading.error(reading.at(lineOf(entry, 'protocol'), 2), 'the protocol is no number up to 255');
    return {};
  }
  if (number === 0) return {};
  const port = (key: string, axis: 'sport' | 'dport'): Clause => {
    const text = valueOf(entry, key);
    if (text === undefined || text === '0') return {};
    const range = portsOf(text);
    if (range !== undefined) return { [axis]: [range] };
    reading.error(reading.at(lineOf(entry, key), 2), `'${text.slice(0, 40)}' is no range of ports`);
    return {};
  };
  return { protocol: only(BigInt(number)), ...port('orig-port', 'sport'), ...port('dst-port', 'dport') };
}

function actionOf(entry: Block, end: string, domain: Domain, chains: Chains): Action {
  if (valueOf(entry, 'nat') === 'disable') return untranslated(domain, chains);
  const key = `nat-ippool${end}`;
  const names = valuesOf(entry, key);
  if (names.length === 0) return { kind: 'goto', chain: interfaceChain(domain, false, chains) };
  const { address, keeps } = poolRange(domain.objects, entry, key, names);
  const said = valueOf(entry, 'nat-port');
  const port = said === undefined || said === '0' ? freePort : (portsOf(said) ?? freePort);
  return chains.translate({ kind: 'source', address, ...(keeps ? {} : { port }) });
}
