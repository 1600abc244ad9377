import type { Problem } from '@holdfast/kernel';
import { prefixOf } from '../model/address.ts';
import type { Action, Rule, Translation } from '../model/firewall.ts';
import { intervalSet } from '../model/interval.ts';
import { sureOf, unionOf, type Doubted } from './doubted.ts';
import type { Ids } from './draft.ts';
import { bySequence } from './filter.ts';
import type { Port } from './interfaces.ts';
import { numbers } from './match.ts';
import { addressesOf, newerSide, olderSide, portsOrAny, type Names, type Side } from './sides.ts';
import {
  anyOf,
  familiesOf,
  isProblem,
  natMatch,
  natPorts,
  natRules,
  targetOf,
  type NatDraft,
} from './translation.ts';
import { childOf, childrenOf, elementAt, isOn, textOf, type Element } from './xml-tree.ts';

/** The ports that pf takes where a rule keeps none. */
const chosen = { low: 1024n, high: 65_535n };

/**
 * Outbound translation: what people wrote, in the modes `advanced` (manual) and `hybrid`; behind it, in the modes
 * `automatic` and `hybrid`, what the product makes for each interface with a gateway.
 * @see https://docs.opnsense.org/manual/nat.html
 * @see https://github.com/opnsense/core/blob/master/src/opnsense/mvc/app/library/OPNsense/Firewall/SNatRule.php
 */
export function outboundRules(root: Element, names: Names, ids: Ids): readonly Rule[] {
  const outbound = elementAt(root, 'nat', 'outbound');
  const mode = textOf(outbound, 'mode') || 'automatic';
  const isWritten = mode === 'advanced' || mode === 'hybrid';
  const isAutomatic = mode === 'automatic' || mode === 'hybrid';
  if (!isWritten && !isAutomatic && mode !== 'disabled')
    names.reading.invalid(
      `'${mode}' is no mode of outbound translation`,
      childOf(outbound, 'mode')?.at ?? root.at,
      'automatic, hybrid, advanced, disabled',
    );
  const newer = bySequence(
    childrenOf(elementAt(root, 'OPNsense', 'Firewall', 'Filter', 'snatrules'), 'rule'),
  );
  const older = childrenOf(outbound, 'rule');
  const drafts = [
    ...(isWritten
      ? newer.filter((each) => isNewerOn(each)).map((each) => writtenRule(each, true, names))
      : []),
    ...(isWritten
      ? older.filter((each) => !isOn(each, 'disabled')).map((each) => writtenRule(each, false, names))
      : []),
    ...(isAutomatic ? automatic(root, names) : []),
  ];
  return drafts.flatMap((each) => natRules(each, 'nat', ids));
}

export const isNewerOn = (element: Element): boolean =>
  !childOf(element, 'enabled') || isOn(element, 'enabled');

function writtenRule(element: Element, isNewer: boolean, names: Names): NatDraft {
  const source = isNewer
    ? newerSide(element, 'source', names)
    : withPort(olderSide(element, 'source', names), element, 'sourceport', names);
  const destination = isNewer
    ? newerSide(element, 'destination', names)
    : withPort(olderSide(element, 'destination', names), element, 'dstport', names);
  const found = natPorts(element, names);
  const { translation, problem, families } = translationOf(element, found.words, names);
  const match = natMatch(element, { source, destination }, families, names);
  const isNone = isOn(element, 'nonat');
  const text = `nat on ${found.words.join(',')} from ${source.text} to ${destination.text} -> ${textOf(element, 'target') || 'interface'}`;
  const action: Action = isNone
    ? { kind: 'accept' }
    : problem
      ? { kind: 'unmodelled', why: problem }
      : { kind: 'translate', to: translation };
  return {
    element,
    match: { ...match, unmodelled: [...(match.unmodelled ?? []), ...found.unmodelled] },
    ports: found.ports,
    action,
    text: isNone ? `no ${text}` : text,
  };
}

function withPort(side: Side, element: Element, name: 'sourceport' | 'dstport', names: Names): Side {
  const ports = portsOrAny(childOf(element, name), names);
  return ports ? { ...side, ports } : side;
}

function translationOf(
  element: Element,
  words: readonly string[],
  names: Names,
): {
  readonly translation: Translation;
  readonly problem?: Problem;
  readonly families: ReturnType<typeof familiesOf>;
} {
  const word =
    textOf(element, 'target') === 'other-subnet'
      ? `${textOf(element, 'targetip')}/${textOf(element, 'targetip_subnet')}`
      : textOf(element, 'target');
  const [first = ''] = words;
  const port = names.ports.find(/^(\w+)ip$/.exec(word)?.[1] ?? (word === '' ? first : ''));
  const families = familiesOf(element, undefined);
  if (word === '' || port) {
    const own = port && names.ports.primaryOf(port, families[0] === 'inet6');
    return { translation: sourceTo(own ?? anyOf(families), element, names), families };
  }
  const target = targetOf(word, childOf(element, 'target')?.at ?? element.at, names);
  if (isProblem(target)) return { translation: { kind: 'source' }, problem: target, families };
  return { translation: sourceTo(target, element, names), families: familiesOf(element, target) };
}

function sourceTo(address: Translation['address'], element: Element, names: Names): Translation {
  const wanted = portsOrAny(childOf(element, 'natport') ?? childOf(element, 'target_port'), names)?.sure[0];
  const port = isOn(element, 'staticnatport') ? undefined : (wanted ?? chosen);
  return { kind: 'source', ...(address ? { address } : {}), ...(port ? { port } : {}) };
}

/** One pair of rules for each interface with a gateway: IKE keeps its port, all else gets another. */
function automatic(root: Element, names: Names): readonly NatDraft[] {
  const inside = insideOf(root, names);
  const at = childOf(root, 'nat')?.at ?? root.at;
  return names.ports.list
    .filter((each) => each.isEnabled && each.hasGateway && !each.device.startsWith('ovpn'))
    .flatMap((each) => automaticFor(each, inside, at, names));
}

function automaticFor(out: Port, inside: Doubted, at: Element['at'], names: Names): readonly NatDraft[] {
  const address = names.ports.primaryOf(out, false) ?? anyOf(['inet']);
  const base = { element: { at }, ports: numbers([out.number]) };
  const text = `built in: automatic outbound translation on ${out.label}`;
  return [
    {
      ...base,
      text: `${text}, IKE`,
      builtIn: `automatic-ike-${out.key}`,
      match: { families: ['inet'], protocols: [17], src: inside, dport: sureOf(numbers([500])) },
      action: { kind: 'translate', to: { kind: 'source', address } },
    },
    {
      ...base,
      text,
      builtIn: `automatic-${out.key}`,
      match: { families: ['inet'], src: inside },
      action: { kind: 'translate', to: { kind: 'source', address, port: chosen } },
    },
  ];
}

/** The networks that are translated without a rule: those of interfaces without a gateway, tunnels, static routes behind them. */
function insideOf(root: Element, names: Names): Doubted {
  const { ports } = names;
  const local = ports.list
    .filter((each) => each.isEnabled && !each.hasGateway)
    .flatMap(({ key }) => ports.networkOf(key) ?? []);
  const tunnels = ['openvpn-server', 'openvpn-client']
    .flatMap((name) => childrenOf(childOf(root, 'openvpn'), name))
    .filter((each) => !isOn(each, 'disable'))
    .flatMap((each) => prefixOf(textOf(each, 'tunnel_network')) ?? []);
  const loopback = prefixOf('127.0.0.0/8');
  const fixed = sureOf(intervalSet([...tunnels, ...(loopback ? [loopback] : [])]));
  return unionOf([
    fixed,
    ...local,
    ...(names.reading.product === 'pfsense' ? routedInside(root, names) : []),
  ]);
}

/** pfSense also translates what it reaches by static routes through interfaces without a gateway. */
function routedInside(root: Element, names: Names): readonly Doubted[] {
  const gateways = childrenOf(childOf(root, 'gateways'), 'gateway_item');
  return childrenOf(childOf(root, 'staticroutes'), 'route').flatMap((each) => {
    const gateway = gateways.find((one) => textOf(one, 'name') === textOf(each, 'gateway'));
    const port = names.ports.find(textOf(gateway, 'interface'));
    const network = childOf(each, 'network');
    if (!port || port.hasGateway || isOn(each, 'disabled') || !network) return [];
    return [addressesOf(network.text, network.at, names)];
  });
}
