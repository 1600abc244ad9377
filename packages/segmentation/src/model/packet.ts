/**
 * What tells packets apart. Each is one whole-number axis.
 * - `src`, `dst`: addresses on one line; IPv4 is 0 to 2^32 - 1, IPv6 follows from 2^32 on
 * - `protocol`: the IP protocol number; `sport` and `dport` mean something for TCP, UDP, UDP-Lite, SCTP and DCCP only
 * - `icmpType`, `icmpCode`: for ICMP (1) and ICMPv6 (58) only
 * - `flags`: the TCP flags FIN SYN RST PSH ACK URG ECE CWR, from bit 0 up
 * - `iif`, `oif`: interfaces by their number in the firewall; 0 is any that it does not name
 * - `state`: of the connection, see `connectionStates`
 */
export const dimensions = [
  'dst',
  'src',
  'protocol',
  'dport',
  'sport',
  'iif',
  'oif',
  'state',
  'icmpType',
  'icmpCode',
  'flags',
] as const;
export type Dimension = (typeof dimensions)[number];

/** The states of a connection, by their number on the axis. */
export const connectionStates = ['new', 'established', 'related', 'invalid', 'untracked'] as const;
export type ConnectionState = (typeof connectionStates)[number];

/** The first IPv6 address on the address axis. */
export const ipv6Offset = 2n ** 32n;

/** The greatest value on each axis; the least is 0. Interfaces have as many as the firewall names. */
export const greatest = {
  dst: ipv6Offset + 2n ** 128n - 1n,
  src: ipv6Offset + 2n ** 128n - 1n,
  protocol: 255n,
  dport: 65_535n,
  sport: 65_535n,
  iif: 2n ** 31n - 1n,
  oif: 2n ** 31n - 1n,
  state: BigInt(connectionStates.length - 1),
  icmpType: 255n,
  icmpCode: 255n,
  flags: 255n,
} as const satisfies Record<Dimension, bigint>;

/** One packet. */
export type Packet = Readonly<Record<Dimension, bigint>>;
