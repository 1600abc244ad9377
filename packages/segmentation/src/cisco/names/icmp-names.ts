/** An ICMP message: its type, and its code where the name says one. */
export interface IcmpMessage {
  readonly type: number;
  readonly code?: number;
}

/** Messages by name: `[type]` or `[type, code]`. Names on whose numbers the documents differ are left out. */
type Table = Readonly<Record<string, readonly [number, number?]>>;

/** @see https://www.cisco.com/en/US/docs/ios/12_3/ipaddr/command/reference/ip1_d1g.html deny (IP), RFC 792 */
const icmp: Table = {
  'administratively-prohibited': [3, 13],
  'alternate-address': [6],
  'conversion-error': [31],
  'dod-host-prohibited': [3, 10],
  'dod-net-prohibited': [3, 9],
  echo: [8],
  'echo-reply': [0],
  'general-parameter-problem': [12, 0],
  'host-isolated': [3, 8],
  'host-redirect': [5, 1],
  'host-tos-redirect': [5, 3],
  'host-tos-unreachable': [3, 12],
  'host-unknown': [3, 7],
  'host-unreachable': [3, 1],
  'information-reply': [16],
  'information-request': [15],
  'mask-reply': [18],
  'mask-request': [17],
  'mobile-redirect': [32],
  'net-redirect': [5, 0],
  'net-tos-redirect': [5, 2],
  'net-tos-unreachable': [3, 11],
  'net-unreachable': [3, 0],
  'network-unknown': [3, 6],
  'no-room-for-option': [12, 2],
  'option-missing': [12, 1],
  'packet-too-big': [3, 4],
  'parameter-problem': [12],
  'port-unreachable': [3, 3],
  'protocol-unreachable': [3, 2],
  'reassembly-timeout': [11, 1],
  redirect: [5],
  'router-advertisement': [9],
  'router-solicitation': [10],
  'source-quench': [4],
  'source-route-failed': [3, 5],
  'time-exceeded': [11],
  'timestamp-reply': [14],
  'timestamp-request': [13],
  traceroute: [30],
  'ttl-exceeded': [11, 0],
  unreachable: [3],
};

/** @see RFC 4443, RFC 4861, RFC 2710 */
const icmp6: Table = {
  'beyond-scope': [1, 2],
  'destination-unreachable': [1, 3],
  'echo-reply': [129],
  'echo-request': [128],
  header: [4, 0],
  'hop-limit': [3, 0],
  'mld-query': [130],
  'mld-reduction': [132],
  'mld-report': [131],
  'nd-na': [136],
  'nd-ns': [135],
  'neighbor-advertisement': [136],
  'neighbor-redirect': [137],
  'neighbor-solicitation': [135],
  'next-header': [4, 1],
  'no-admin': [1, 1],
  'no-route': [1, 0],
  'packet-too-big': [2],
  'parameter-option': [4, 2],
  'parameter-problem': [4],
  'port-unreachable': [1, 4],
  'reassembly-timeout': [3, 1],
  redirect: [137],
  'router-advertisement': [134],
  'router-renumbering': [138],
  'router-solicitation': [133],
  'time-exceeded': [3],
  unreachable: [1],
  'membership-query': [130],
  'membership-report': [131],
  'membership-reduction': [132],
};

/** What an ICMP message's name stands for. */
export function icmpNamed(family: 'icmp' | 'icmp6', name: string): IcmpMessage | undefined {
  const table = family === 'icmp' ? icmp : icmp6;
  const [type, code] = Object.hasOwn(table, name) ? (table[name] ?? []) : [];
  if (type === undefined) return undefined;
  return code === undefined ? { type } : { type, code };
}
