import { family } from '../model/address.ts';
import type { Chain, Clause, Rule } from '../model/firewall.ts';
import { fault } from '../netfilter/syntax-fault.ts';
import type { AwsDocument, Value } from './document.ts';
import { icmp, isIcmp, ported, protocolOf, type Way } from './traffic.ts';

/** The numbers of the rules that the product adds behind all others. */
const lastRule = 32_768;

/**
 * One direction of a network ACL: the rule with the lowest number that matches decides, and replies are asked like all
 * packets. What no rule matches is denied.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
export function aclChain(document: AwsDocument, acl: Value, way: Way): Chain {
  const id = `${document.need(acl, 'NetworkAclId')}/${way}`;
  const entries = document
    .entries(acl, 'Entries')
    .filter((each) => isEgress(document, each) === (way === 'egress'))
    .map((entry) => ({ entry, number: document.number(entry, 'RuleNumber', 1, lastRule) ?? 0 }))
    .toSorted((a, b) => a.number - b.number);
  const rules = entries.map(({ entry, number }): Rule => {
    const isLast = number >= lastRule - 1;
    return {
      source: {
        id: `${id}/${isLast ? '*' : number}${number === lastRule ? '-ipv6' : ''}`,
        at: entry.at,
        text: entry.path,
      },
      clauses: [clauseOf(document, entry, way)],
      unmodelled: [],
      action: { kind: actionOf(document, entry) },
    };
  });
  const end: Rule = {
    source: { id: `${id}/implicit-deny`, at: acl.at, text: `what no rule of ${acl.path} matches is denied` },
    clauses: [{}],
    unmodelled: [],
    action: { kind: 'drop' },
  };
  return { id, rules: [...rules, end], source: { id, at: acl.at, text: acl.path } };
}

/** Whether an ACL lets all IPv4 pass both ways in its first rule, as the default one does. */
export function letsAllPass(document: AwsDocument, acl: Value): boolean {
  return (['ingress', 'egress'] as const).every((way) => {
    const [first] = aclChain(document, acl, way).rules;
    const clause = first?.clauses[0];
    const side = clause?.[way === 'ingress' ? 'src' : 'dst'];
    return (
      first?.action.kind === 'accept' &&
      clause?.protocol === undefined &&
      side?.[0]?.low === 0n &&
      side[0].high === family.ipv4.high
    );
  });
}

function isEgress(document: AwsDocument, entry: Value): boolean {
  const own = document.get(entry, 'Egress');
  if (own?.node.kind !== 'literal' || own.node.value === null)
    return fault(
      entry.at,
      `${entry.path} does not say whether it is an egress rule`,
      undefined,
      'value-invalid',
    );
  return own.node.value;
}

function actionOf(document: AwsDocument, entry: Value): 'accept' | 'drop' {
  const action = document.need(entry, 'RuleAction');
  if (action !== 'allow' && action !== 'deny')
    return fault(
      entry.at,
      `${entry.path}.RuleAction '${action}' is neither allow nor deny`,
      undefined,
      'value-invalid',
    );
  return action === 'allow' ? 'accept' : 'drop';
}

function clauseOf(document: AwsDocument, entry: Value, way: Way): Clause {
  const network = document.network(entry, 'CidrBlock') ?? document.network(entry, 'Ipv6CidrBlock');
  if (network === undefined)
    return fault(entry.at, `${entry.path} has no network`, undefined, 'value-invalid');
  const peer = { [way === 'ingress' ? 'src' : 'dst']: [network] };
  const protocol = protocolOf(document, entry, 'Protocol');
  if (isIcmp(protocol)) {
    const own = document.get(entry, 'IcmpTypeCode');
    const [type, code] = ['Type', 'Code'].map((key) => own && document.number(own, key, -1, 255));
    return { ...icmp(protocol, type, code), ...peer };
  }
  const range = document.get(entry, 'PortRange');
  const [from, to] = ['From', 'To'].map((key) => range && document.number(range, key, 0, 65_535));
  if (from !== undefined && to !== undefined && from > to)
    return fault(entry.at, `${entry.path} has its last port before its first`, undefined, 'value-invalid');
  return { ...ported(protocol, from, to), ...peer };
}
