import type { ConfigLine } from '../cisco/text/config-lines.ts';
import { family } from '../model/address.ts';
import type { Rule } from '../model/firewall.ts';
import { subtract, type IntervalSet } from '../model/interval.ts';
import type { Chains } from '../zoned/chains.ts';
import { doubted, surely } from '../zoned/doubtful.ts';
import type { Objects } from './objects.ts';
import { policyRules } from './policies.ts';
import type { Statement } from './statement.ts';

/** Packets of a session that stands, or belongs to one, are not asked again. */
const standing = [{ low: 1n, high: 2n }];
const stray = [{ low: 3n, high: 4n }];
const everyInterface = { low: 0n, high: 2n ** 31n - 1n };

/**
 * The rules that a packet meets which crosses the device: what belongs to a session passes; then the policies from its
 * zone to the other, also where both are the same, then the global ones, then the default. What comes in or goes out by an
 * interface of no zone is dropped.
 * @see https://juniper.net/documentation/us/en/software/junos/security-policies/topics/topic-map/security-global-policies.html
 * @see https://rtodto.net/jncis-sec-security-policies-2/
 */
export function transitRules(objects: Objects, start: ConfigLine, chains: Chains): readonly Rule[] {
  return [
    ...modeRules(objects, start, chains),
    ...sessionRules(objects, start, chains),
    ...disabledRules(objects, chains),
    ...unzonedRules(objects, start, chains),
    ...contextRules(objects, chains),
    ...globalRules(objects, chains),
    ...defaultRules(objects, start, chains),
  ];
}

/** @see https://juniper.net/documentation/en_US/junos12.1x47/topics/reference/configuration-statement/security-edit-forwarding-options.html */
function modeRules({ root, reading }: Objects, start: ConfigLine, chains: Chains): readonly Rule[] {
  const options = root.at('security', 'forwarding-options', 'family');
  const packets = options?.at('mpls', 'mode', 'packet-based');
  if (packets !== undefined) {
    const why = reading.note(
      reading.at(packets.line),
      'packets that are not looked at as flows are not modelled',
    );
    return chains.rule('mode/packet-based', packets.line, {}, { kind: 'unmodelled', why });
  }
  const mode = options?.at('inet6', 'mode');
  const value = mode?.children[0]?.word;
  const long = { src: [family.ipv6] };
  if (value === 'flow-based') return [];
  if (mode !== undefined && value === 'drop')
    return chains.rule('mode/ipv6', mode.line, long, { kind: 'drop' });
  if (mode !== undefined) {
    const why = reading.note(
      reading.at(mode.line),
      'packets that are not looked at as flows are not modelled',
    );
    return chains.rule('mode/ipv6', mode.line, long, { kind: 'unmodelled', why });
  }
  const hasLong = root
    .below('interfaces')
    .some((device) => device.below('unit').some((unit) => unit.at('family', 'inet6') !== undefined));
  if (!hasLong) return chains.rule('mode/ipv6', start, long, { kind: 'drop' }, 'no interface has IPv6');
  const why = reading.note(
    reading.at(start),
    'whether IPv6 is dropped where nothing is said of it depends on the release',
    "say 'set security forwarding-options family inet6 mode flow-based'",
  );
  const origin = chains.origin('mode/ipv6', start, 'the mode of IPv6, which is not said');
  return chains.rules(origin, doubted(surely(long), [why]), { kind: 'drop' });
}

/** @see https://www.juniper.net/documentation/us/en/software/junos/flow-packet-processing/topics/topic-map/security-tcp-session-checks.html */
function sessionRules({ root, reading }: Objects, start: ConfigLine, chains: Chains): readonly Rule[] {
  const loose = root.at('security', 'flow', 'tcp-session', 'no-syn-check');
  const stand = chains.rule(
    'session/standing',
    start,
    { state: standing },
    { kind: 'accept' },
    'a session that stands',
  );
  if (loose === undefined)
    return [
      ...stand,
      ...chains.rule('session/none', start, { state: stray }, { kind: 'drop' }, 'a first packet without SYN'),
    ];
  const why = reading.note(
    reading.at(loose.line),
    "packets of no session may pass where 'no-syn-check' is set, which is not modelled",
  );
  return [
    ...stand,
    ...chains.rule('session/none', loose.line, { state: stray }, { kind: 'unmodelled', why }),
  ];
}

function disabledRules({ network }: Objects, chains: Chains): readonly Rule[] {
  return network.units
    .filter(({ isDisabled }) => isDisabled)
    .flatMap(({ name, line }) =>
      chains.rules(
        chains.origin(`${name}/disable`, line),
        surely({ iif: network.numbers([name]) }, { oif: network.numbers([name]) }),
        { kind: 'drop' },
      ),
    );
}

function unzonedRules({ network }: Objects, start: ConfigLine, chains: Chains): readonly Rule[] {
  const rest = subtract([everyInterface], network.zoned);
  return chains.rules(
    chains.origin('zones/none', start, 'an interface that is in no zone'),
    surely({ iif: rest }, { oif: rest }),
    { kind: 'drop' },
  );
}

/** The contexts of policies: the pairs of zones that have any. */
export function contextsOf({ root }: Objects): readonly {
  readonly from: Statement;
  readonly to: Statement;
}[] {
  return root
    .below('security', 'policies', 'from-zone')
    .flatMap((from) => from.below('to-zone').map((to) => ({ from, to })));
}

function contextRules(objects: Objects, chains: Chains): readonly Rule[] {
  const { network, reading } = objects;
  return contextsOf(objects).flatMap(({ from, to }) => {
    const own = [from.word, to.word].includes('junos-host');
    if (own) return [];
    const [iif, oif] = [network.ofZone(from.word, from.line), network.ofZone(to.word, to.line)];
    const id = `${from.word}-to-${to.word}`;
    const zones = { from: from.word, to: to.word };
    const rules = to.below('policy').flatMap((policy) => policyRules(policy, id, zones, {}, objects, chains));
    const text = `from-zone ${from.word} to-zone ${to.word}`;
    chains.add(id, rules, reading.at(from.line), text);
    if (iif.length === 0 || oif.length === 0) return [];
    return chains.rule(`${id}/here`, from.line, { iif, oif }, { kind: 'jump', chain: id }, text);
  });
}

function globalRules(objects: Objects, chains: Chains): readonly Rule[] {
  const { root, network } = objects;
  return root.below('security', 'policies', 'global', 'policy').flatMap((policy) => {
    const zones = (key: string): IntervalSet | undefined => {
      const named = policy.below('match', key);
      if (named.length === 0 || named.some(({ word }) => word === 'any')) return undefined;
      const known = named.filter(({ word }) => word !== 'junos-host');
      return network.numbers(
        known.flatMap(({ word, line }) => {
          network.ofZone(word, line);
          return network.zone(word)?.interfaces ?? [];
        }),
      );
    };
    const [iif, oif] = [zones('from-zone'), zones('to-zone')];
    const side = { ...(iif && { iif }), ...(oif && { oif }) };
    return policyRules(policy, 'global', { from: '', to: '' }, side, objects, chains);
  });
}

function defaultRules({ root }: Objects, start: ConfigLine, chains: Chains): readonly Rule[] {
  const said = root.at('security', 'policies', 'default-policy');
  const permits = said?.has('permit-all') === true && !said.has('deny-all');
  return chains.rule(
    'default-policy',
    said?.line ?? start,
    {},
    { kind: permits ? 'accept' : 'drop' },
    said === undefined ? 'what no policy permits is denied' : `default-policy ${said.words.join(' ')}`,
  );
}
