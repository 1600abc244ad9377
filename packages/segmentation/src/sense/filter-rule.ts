import type { Problem } from '@holdfast/kernel';
import type { Action } from '../model/firewall.ts';
import type { Draft } from './draft.ts';
import { clausesOf } from './match.ts';
import type { Product } from './reading.ts';
import { kinds, matchOf, type Kind } from './rule-match.ts';
import { placeOf } from './rule-place.ts';
import { newerSide, olderSide, type Names, type Side } from './sides.ts';
import { childOf, isOn, textOf, type Element } from './xml-tree.ts';

/** Conditions that packets of the model do not have; a rule that has one may or may not match. */
const conditions: Readonly<Record<string, string>> = {
  os: 'the operating system of the sender',
  tagged: 'a tag that another rule sets',
  tos: 'the type of service',
  dscp: 'the type of service',
  prio: 'the VLAN priority',
  vlanprio: 'the VLAN priority',
  sched: 'the time of a schedule',
};

/** What a rule may hold that does not change which packets pass: logs, labels, limits on states, queues. */
const inert = new Set(
  [
    'id tracker type action interface interfacenot direction quick floating disabled enabled sequence sort_order prio_group',
    'ipprotocol protocol icmptype icmp6type source destination source_net source_not source_port destination_net',
    'destination_not destination_port descr description log created updated category categories label tag',
    'statetype state-policy statetimeout nopfsync nosync no_xmlrpc max max-src-nodes max-src-conn max-src-states',
    'max-src-conn-rate max-src-conn-rates overload adaptivestart adaptiveend udp-first udp-multiple udp-single',
    'source-track set-prio set-prio-low vlanprioset ackqueue defaultqueue dnpipe pdnpipe shaper1 shaper2 allowopts',
    'gateway replyto reply-to disablereplyto associated-rule-id tcpflags1 tcpflags2 tcpflags_any divert-to',
  ].flatMap((line) => line.split(' ')),
);

function isOff(rule: Element, isNewer: boolean, product: Product): boolean {
  if (isNewer) return childOf(rule, 'enabled') !== undefined && !isOn(rule, 'enabled');
  const disabled = childOf(rule, 'disabled');
  return isOn(rule, 'disabled') && (disabled?.isFilled === true || product === 'pfsense');
}

function perhapsOff(rule: Element, isNewer: boolean, { reading }: Names): readonly Problem[] {
  const disabled = childOf(rule, 'disabled');
  if (isNewer || !disabled || disabled.isFilled || reading.product === 'pfsense') return [];
  const hint = 'save the rule again on the firewall, and export the configuration';
  return [
    reading.unmodelled(
      "an empty 'disabled' turns a rule off on the page, but not in the packet filter",
      disabled.at,
      hint,
    ),
  ];
}

/**
 * Reads one filter rule; nothing where it is off, or a mere line of the page.
 * @see https://docs.opnsense.org/manual/firewall.html
 * @see https://github.com/opnsense/core/blob/master/src/opnsense/mvc/app/library/OPNsense/Firewall/FilterRule.php
 * @see https://github.com/pfsense/pfsense/blob/master/src/etc/inc/filter.inc (filter_generate_user_rule)
 */
export function filterRule(rule: Element, isNewer: boolean, names: Names): Draft | undefined {
  if (isOff(rule, isNewer, names.reading.product) || childOf(rule, 'separator')) return undefined;
  const source = isNewer ? newerSide(rule, 'source', names) : olderSide(rule, 'source', names);
  const destination = isNewer ? newerSide(rule, 'destination', names) : olderSide(rule, 'destination', names);
  const place = placeOf(rule, isNewer, names);
  const type = typeOf(rule, isNewer, names);
  const notModelled = [
    ...place.unmodelled,
    ...conditionsOf(rule, names),
    ...perhapsOff(rule, isNewer, names),
  ];
  const match = matchOf(rule, { source, destination, type, notModelled }, names);
  tellEffects(rule, type, names);
  return {
    rank: place.rank,
    quick: place.quick,
    directions: place.directions,
    ...(place.ports ? { ports: place.ports } : {}),
    matched: clausesOf(match),
    action: actionOf(rule, type, place.quick, names),
    at: rule.at,
    text: textOfRule(rule, type, source, destination, isNewer),
  };
}

function typeOf(rule: Element, isNewer: boolean, { reading }: Names): Kind {
  const element = childOf(rule, isNewer ? 'action' : 'type');
  if (!element || !element.isFilled) return 'pass';
  const found = kinds.find((each) => each === textOf(rule, element.name));
  if (found) return found;
  reading.invalid(`'${element.text}' is no action of a rule`, element.at, kinds.join(', '));
  return 'block';
}

function actionOf(rule: Element, type: Kind, quick: boolean, { reading }: Names): Action {
  const divert = childOf(rule, 'divert-to');
  if (divert?.isFilled)
    return {
      kind: 'unmodelled',
      why: reading.unmodelled('the rule diverts what it matches to a program', divert.at),
    };
  if (type === 'match')
    return quick
      ? {
          kind: 'unmodelled',
          why: reading.unmodelled('what a match rule that is quick does is not modelled', rule.at),
        }
      : { kind: 'continue' };
  return { kind: type === 'pass' ? 'accept' : type === 'block' ? 'drop' : 'reject' };
}

/** Conditions that are not modelled, and elements that neither product is known to write. */
function conditionsOf(rule: Element, { reading }: Names): readonly Problem[] {
  return rule.children.flatMap((each) => {
    if (inert.has(each.name) || (!each.isFilled && each.children.length === 0)) return [];
    const known = Object.hasOwn(conditions, each.name) ? conditions[each.name] : undefined;
    if (known === undefined)
      return [reading.unmodelled(`the rule has an element '${each.name}', which is not modelled`, each.at)];
    return each.text === 'none'
      ? []
      : [reading.unmodelled(`the rule asks for ${known}, which is not modelled`, each.at)];
  });
}

/** Tells of what a rule does beside passing: another way than the routes say, or replies that it does not pass. */
function tellEffects(rule: Element, type: Kind, { reading }: Names): void {
  const gateway = childOf(rule, 'gateway');
  if (type === 'pass' && gateway?.isFilled)
    reading.unmodelled(
      `what this rule passes leaves by the gateway '${gateway.text}', whatever the routes say; the way is not modelled`,
      gateway.at,
    );
  const state = childOf(rule, 'statetype');
  if (type === 'pass' && state?.text === 'none')
    reading.unmodelled('this rule keeps no state: replies do not pass by themselves', state.at);
}

function textOfRule(rule: Element, type: Kind, source: Side, destination: Side, isNewer: boolean): string {
  const on = textOf(rule, 'interface');
  const words = [
    type,
    textOf(rule, 'direction'),
    on === '' ? '' : `on ${on}`,
    textOf(rule, 'ipprotocol'),
    textOf(rule, 'protocol'),
    `from ${source.text} to ${destination.text}`,
    textOf(rule, isNewer ? 'description' : 'descr').replace(/^(.+)$/s, '"$1"'),
  ];
  return words.filter((each) => each !== '').join(' ');
}
