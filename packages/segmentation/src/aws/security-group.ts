import type { Problem } from '@holdfast/kernel';
import { family, prefixOf } from '../model/address.ts';
import type { Chain, Clause, Rule } from '../model/firewall.ts';
import { intervalSet, type Interval, type IntervalSet } from '../model/interval.ts';
import { fault } from '../netfilter/syntax-fault.ts';
import type { AwsDocument, Value } from './document.ts';
import type { Placement } from './placement.ts';
import { icmp, isIcmp, ported, protocolOf, type Way } from './traffic.ts';

/**
 * One direction of a security group: what any of its permissions allows passes, all else goes back to the chain that
 * asked. Groups that are not in the file, and prefix lists without their entries, may allow anything of their ports.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export function groupChain(document: AwsDocument, placement: Placement, group: Value, way: Way): Chain {
  const name = document.need(group, 'GroupId');
  const id = `${name}/${way}`;
  const key = way === 'ingress' ? 'IpPermissions' : 'IpPermissionsEgress';
  const rules = document
    .entries(group, key)
    .flatMap((permission, index) => permissionRules(document, placement, permission, `${id}/${index}`, way));
  return {
    id,
    rules,
    source: { id, at: group.at, text: `${group.path} ${document.text(group, 'GroupName') ?? ''}`.trim() },
  };
}

function permissionRules(
  document: AwsDocument,
  placement: Placement,
  permission: Value,
  id: string,
  way: Way,
): readonly Rule[] {
  const traffic = trafficOf(document, permission);
  const peers: Clause[] = [];
  const doubts: Problem[] = [];
  const side = way === 'ingress' ? 'src' : 'dst';
  const networks = [
    ...networksOf(document, permission, 'IpRanges', 'CidrIp'),
    ...networksOf(document, permission, 'Ipv6Ranges', 'CidrIpv6'),
  ];
  if (networks.length > 0) peers.push({ [side]: intervalSet(networks) });
  for (const pair of document.entries(permission, 'UserIdGroupPairs')) {
    const members = placement.members(document.need(pair, 'GroupId'), way);
    if (members === undefined)
      doubts.push(
        document.note(
          pair,
          `the members of ${document.text(pair, 'GroupId')} are not in the file`,
          'add what describe-network-interfaces prints',
        ),
      );
    else peers.push(members);
  }
  for (const list of document.entries(permission, 'PrefixListIds')) {
    const entries = prefixList(document, document.need(list, 'PrefixListId'));
    if (entries === undefined)
      doubts.push(
        document.note(
          list,
          `the entries of ${document.text(list, 'PrefixListId')} are not in the file`,
          'add what describe-prefix-lists prints',
        ),
      );
    else peers.push({ [side]: entries });
  }
  const source = { id, at: permission.at, text: permission.path };
  const action = { kind: 'accept' } as const;
  const clauses = peers.map((each) => ({ ...traffic, ...each }));
  const certain: Rule = { source, clauses, unmodelled: [], action };
  if (doubts.length === 0) return [certain];
  const doubtful = {
    source: { ...source, id: `${id}/references` },
    clauses: [traffic],
    unmodelled: doubts,
    action,
  };
  return peers.length === 0 ? [doubtful] : [certain, doubtful];
}

function trafficOf(document: AwsDocument, permission: Value): Clause {
  const protocol = protocolOf(document, permission, 'IpProtocol');
  const least = isIcmp(protocol) ? 255 : 65_535;
  const from = document.number(permission, 'FromPort', -1, least);
  const to = document.number(permission, 'ToPort', -1, least);
  if (isIcmp(protocol)) return icmp(protocol, from, to);
  if (from !== undefined && to !== undefined && from > to)
    fault(permission.at, `${permission.path} has its last port before its first`, undefined, 'value-invalid');
  return ported(protocol, from, to);
}

function networksOf(
  document: AwsDocument,
  permission: Value,
  list: string,
  key: string,
): readonly Interval[] {
  const isLong = key === 'CidrIpv6';
  return document.entries(permission, list).map((each) => {
    const network = document.network(each, key);
    if (network === undefined || network.low >= family.ipv6.low !== isLong)
      return fault(each.at, `${each.path} has no ${key} of its family`, undefined, 'value-invalid');
    return network;
  });
}

/** The networks of a prefix list, where the file has them. */
function prefixList(document: AwsDocument, id: string): IntervalSet | undefined {
  const list = document.list('PrefixLists').find((each) => document.text(each, 'PrefixListId') === id);
  const cidrs = list && document.get(list, 'Cidrs');
  if (cidrs === undefined) return undefined;
  return intervalSet(
    document.items(cidrs).map((each) => {
      const text = each.node.kind === 'string' ? each.node.value : '';
      return (
        prefixOf(text) ?? fault(each.at, `${each.path} '${text}' is no network`, undefined, 'value-invalid')
      );
    }),
  );
}
