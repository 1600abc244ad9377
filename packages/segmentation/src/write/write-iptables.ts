import type { IntervalSet } from '../model/interval.ts';
import type { Grant } from './grants.ts';
import { commentOf, runsOf, spellInterval, spellRange } from './spelling.ts';

/** A multiport match has at most 15 ports; a range counts as two. @see iptables-extensions(8) */
const mostRanges = 7;
/** A comment of iptables has at most 256 bytes, its end included. */
const commentLimit = 255;

/**
 * Writes the filter table of one family for `iptables-restore` or `ip6tables-restore`. Where several sources meet several
 * destinations they are matched one after the other, in a chain of their own.
 * @see iptables-extensions(8)
 */
export function writeIptables(grants: readonly Grant[], family: Grant['family']): string {
  const own = grants.filter((each) => each.family === family);
  const written = own.map((each, index) => rulesOf(each, `HOLDFAST-${index + 1}`));
  return [
    '# Replaces the whole filter table, with nothing in INPUT and OUTPUT: add what is for this machine itself.',
    '*filter',
    ':FORWARD DROP [0:0]',
    ...written.flatMap(({ chain }) => (chain === undefined ? [] : [`:${chain} - [0:0]`])),
    '-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -m comment --comment "replies" -j ACCEPT',
    '-A FORWARD -m conntrack --ctstate INVALID -m comment --comment "of no connection" -j DROP',
    ...written.flatMap(({ rules }) => rules),
    'COMMIT',
    '',
  ].join('\n');
}

interface Written {
  readonly chain?: string;
  readonly rules: readonly string[];
}

function rulesOf(grant: Grant, chain: string): Written {
  const { permission } = grant;
  const comment = `-m comment --comment "${commentOf(permission, commentLimit)}"`;
  const outer = combined([
    (permission.iif ?? []).map((each) => `-i ${each}`),
    (permission.oif ?? []).map((each) => `-o ${each}`),
    addressesOf('source', grant.src),
  ]);
  const inner = combined([addressesOf('destination', grant.dst), transportsOf(grant)]);
  const rule = (of: string, match: string, target: string): string =>
    ['-A', of, match, comment, '-j', target].filter((each) => each !== '').join(' ');
  if (outer.length === 1 || inner.length === 1)
    return { rules: combined([outer, inner]).map((each) => rule('FORWARD', each, 'ACCEPT')) };
  return {
    chain,
    rules: [
      ...outer.map((each) => rule('FORWARD', each, chain)),
      ...inner.map((each) => rule(chain, each, 'ACCEPT')),
    ],
  };
}

/** Every choice of one out of each list; an empty list says nothing. */
function combined(lists: readonly (readonly string[])[]): readonly string[] {
  return lists
    .filter(({ length }) => length > 0)
    .reduce<readonly string[]>(
      (all, list) =>
        all.flatMap((before) => list.map((each) => (before === '' ? each : `${before} ${each}`))),
      [''],
    );
}

function addressesOf(side: 'source' | 'destination', set: IntervalSet | undefined): readonly string[] {
  const [option, range] = side === 'source' ? ['-s', '--src-range'] : ['-d', '--dst-range'];
  return (set ?? []).map((each) => {
    const spelt = spellInterval(each);
    return 'prefix' in spelt ? `${option} ${spelt.prefix}` : `-m iprange ${range} ${spelt[0]}-${spelt[1]}`;
  });
}

const names: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'ipv6-icmp'],
  [132, 'sctp'],
]);

function transportsOf({ protocol, sport, dport, icmpType, icmpCode, family }: Grant): readonly string[] {
  if (protocol === undefined) return [];
  const base = `-p ${names.get(protocol) ?? protocol}`;
  if (icmpType !== undefined) {
    const message = icmpCode === undefined ? String(icmpType) : `${icmpType}/${icmpCode}`;
    const module = family === 'ipv4' ? '-m icmp --icmp-type' : '-m icmp6 --icmpv6-type';
    return [`${base} ${module} ${message}`];
  }
  return combined([[base], portsOf('--sports', sport), portsOf('--dports', dport)]);
}

const portsOf = (option: string, set: IntervalSet | undefined): readonly string[] =>
  runsOf(set ?? [], mostRanges).map(
    (run) => `-m multiport ${option} ${run.map((each) => spellRange(each, ':')).join(',')}`,
  );
