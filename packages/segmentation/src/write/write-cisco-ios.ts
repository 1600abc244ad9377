import { spellPrefixes } from '../model/address.ts';
import type { IntervalSet } from '../model/interval.ts';
import { ObjectGroups } from './object-groups.ts';
import type { Grant } from './grants.ts';
import { commentOf, runsOf, spellRange } from './spelling.ts';

/** IOS takes up to ten ports behind one `eq` in a list of IPv4, and one in a list of IPv6. */
const mostPorts = { ipv4: 10, ipv6: 1 } as const;
/** A remark has at most 100 characters. */
const remarkLimit = 100;

/**
 * Writes named extended lists for both families, applied to what comes in by the interfaces. What a list permits it
 * reflects, and what answers it is let back in by any of the interfaces; neighbour discovery of IPv6 passes.
 * Where permissions name interfaces, each has lists of its own.
 * @see https://www.cisco.com/c/en/us/td/docs/ios/12_2/security/configuration/guide/fsecur_c/scfreflx.html
 */
export function writeCiscoIos(grants: readonly Grant[], interfaces: readonly string[]): string {
  const groups = new ObjectGroups();
  const isOne = grants.every(({ permission }) => permission.iif === undefined);
  const lists = isOne ? [interfaces] : interfaces.map((each) => [each]);
  const written = lists.map((members, index) => {
    const own = grants.filter(
      ({ permission }) =>
        permission.iif === undefined || permission.iif.some((each) => members.includes(each)),
    );
    const name = isOne ? 'HOLDFAST-IN' : `HOLDFAST-IN-${index + 1}`;
    return { name, members, lines: [...shortList(name, own, groups), ...longList(`${name}-V6`, own)] };
  });
  return [
    '! What is for the router itself comes in by these lists too: permit what it needs, such as routing protocols and logins.',
    ...groups.lines(),
    ...written.flatMap(({ lines }) => lines),
    ...written.flatMap(({ name, members }) => members.flatMap((each) => applied(each, name))),
    'end',
    '',
  ].join('\n');
}

function shortList(name: string, grants: readonly Grant[], groups: ObjectGroups): readonly string[] {
  const own = grants.filter((each) => each.family === 'ipv4');
  return [
    `ip access-list extended ${name}`,
    ' evaluate HOLDFAST-REPLIES',
    ...remarked(own, (grant) =>
      entriesOf(grant, {
        any: 'ip',
        from: [groups.named(grant.src)],
        to: [groups.named(grant.dst)],
        replies: 'HOLDFAST-REPLIES',
      }),
    ),
    ' deny ip any any log',
    '!',
  ];
}

function longList(name: string, grants: readonly Grant[]): readonly string[] {
  const own = grants.filter((each) => each.family === 'ipv6');
  return [
    `ipv6 access-list ${name}`,
    ' evaluate HOLDFAST-REPLIES-V6',
    ...remarked(own, (grant) =>
      entriesOf(grant, {
        any: 'ipv6',
        from: prefixesOf(grant.src),
        to: prefixesOf(grant.dst),
        replies: 'HOLDFAST-REPLIES-V6',
      }),
    ),
    ' permit icmp any any nd-na',
    ' permit icmp any any nd-ns',
    ' deny ipv6 any any log',
    '!',
  ];
}

const applied = (name: string, list: string): readonly string[] => [
  `interface ${name}`,
  ` ip access-group ${list} in`,
  ` ipv6 traffic-filter ${list}-V6 in`,
  '!',
];

/** Entries below a remark that says what they come from. */
function remarked(grants: readonly Grant[], entries: (grant: Grant) => readonly string[]): readonly string[] {
  return grants.flatMap((grant, index) => {
    const isSame = grants[index - 1]?.permission === grant.permission;
    const lines = entries(grant);
    return isSame ? lines : [` remark ${commentOf(grant.permission, remarkLimit)}`, ...lines];
  });
}

interface Ends {
  readonly any: 'ip' | 'ipv6';
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly replies: string;
}

function entriesOf(grant: Grant, { any, from, to, replies }: Ends): readonly string[] {
  const protocol = grant.protocol === undefined ? any : protocolName(grant.protocol, grant.family);
  const message = [grant.icmpType, grant.icmpCode].filter((each) => each !== undefined);
  const lines: string[] = [];
  for (const source of from)
    for (const sport of portsOf(grant.sport, grant.family))
      for (const destination of to)
        for (const dport of portsOf(grant.dport, grant.family))
          lines.push(
            [' permit', protocol, source, sport, destination, dport, ...message, 'reflect', replies]
              .filter((each) => each !== '')
              .join(' '),
          );
  return lines;
}

function protocolName(number: number, of: Grant['family']): string {
  if (number === 6 || number === 17) return number === 6 ? 'tcp' : 'udp';
  if (number === 132) return 'sctp';
  return number === (of === 'ipv4' ? 1 : 58) ? 'icmp' : String(number);
}

function portsOf(set: IntervalSet | undefined, of: Grant['family']): readonly string[] {
  if (set === undefined) return [''];
  const single = set.filter(({ low, high }) => low === high).map(({ low }) => String(low));
  const ranges = set.filter(({ low, high }) => low !== high);
  return [
    ...runsOf(single, mostPorts[of]).map((run) => `eq ${run.join(' ')}`),
    ...ranges.map((each) => `range ${spellRange(each, ' ')}`),
  ];
}

function prefixesOf(set: IntervalSet | undefined): readonly string[] {
  if (set === undefined) return ['any'];
  return set.flatMap(spellPrefixes).map((each) => (each.includes('/') ? each : `host ${each}`));
}
