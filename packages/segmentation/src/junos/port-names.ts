import type { Interval } from '../model/interval.ts';

/**
 * Names of ports that Junos takes in applications and filters. Those that are not listed are told as not known.
 * @see https://www.juniper.net/documentation/us/en/software/junos/cli-reference/topics/ref/statement/security-edit-flow-security-flow.html
 */
const ports: Readonly<Record<string, number>> = {
  bgp: 179,
  biff: 512,
  bootpc: 68,
  bootps: 67,
  cmd: 514,
  cvspserver: 2401,
  dhcp: 67,
  domain: 53,
  eklogin: 2105,
  ekshell: 2106,
  exec: 512,
  finger: 79,
  ftp: 21,
  'ftp-data': 20,
  http: 80,
  https: 443,
  ident: 113,
  imap: 143,
  'kerberos-sec': 88,
  klogin: 543,
  kshell: 544,
  ldap: 389,
  ldp: 646,
  login: 513,
  msdp: 639,
  'netbios-dgm': 138,
  'netbios-ns': 137,
  'netbios-ssn': 139,
  nfsd: 2049,
  nntp: 119,
  ntalk: 518,
  ntp: 123,
  pop3: 110,
  pptp: 1723,
  printer: 515,
  radacct: 1813,
  radius: 1812,
  rip: 520,
  smtp: 25,
  snmp: 161,
  snmptrap: 162,
  snpp: 444,
  socks: 1080,
  ssh: 22,
  sunrpc: 111,
  syslog: 514,
  tacacs: 49,
  'tacacs-ds': 65,
  talk: 517,
  telnet: 23,
  tftp: 69,
  who: 513,
  xdmcp: 177,
};

const protocols: Readonly<Record<string, number>> = {
  ah: 51,
  egp: 8,
  esp: 50,
  gre: 47,
  icmp: 1,
  icmp6: 58,
  icmpv6: 58,
  igmp: 2,
  ipip: 4,
  ospf: 89,
  pim: 103,
  rsvp: 46,
  sctp: 132,
  tcp: 6,
  udp: 17,
  vrrp: 112,
};

const icmpTypes: Readonly<Record<string, number>> = {
  'echo-reply': 0,
  unreachable: 3,
  'source-quench': 4,
  redirect: 5,
  'echo-request': 8,
  'router-advertisement': 9,
  'router-solicit': 10,
  'time-exceeded': 11,
  'parameter-problem': 12,
  timestamp: 13,
  'timestamp-reply': 14,
  'info-request': 15,
  'info-reply': 16,
  'mask-request': 17,
  'mask-reply': 18,
};

const icmp6Types: Readonly<Record<string, number>> = {
  'destination-unreachable': 1,
  'packet-too-big': 2,
  'time-exceeded': 3,
  'parameter-problem': 4,
  'echo-request': 128,
  'echo-reply': 129,
  'router-solicit': 133,
  'router-advertisement': 134,
  'neighbor-solicit': 135,
  'neighbor-advertisement': 136,
  redirect: 137,
};

const named = (names: Readonly<Record<string, number>>, text: string, most: number): bigint | undefined => {
  if (/^\d{1,5}$/.test(text)) return Number(text) <= most ? BigInt(text) : undefined;
  return Object.hasOwn(names, text) ? BigInt(names[text] ?? 0) : undefined;
};

/** The number of a protocol. */
export const protocolOf = (text: string): bigint | undefined => named(protocols, text.toLowerCase(), 255);

export const icmpTypeOf = (text: string, isLong: boolean): bigint | undefined =>
  named(isLong ? icmp6Types : icmpTypes, text, 255);

/** A port by its number or name, or a range with a hyphen; `undefined` where it is none, or not known. */
export function portRangeOf(text: string): Interval | undefined {
  const single = named(ports, text, 65_535);
  if (single !== undefined) return { low: single, high: single };
  const [, from, to] = /^([a-z\d]+)-([a-z\d]+)$/.exec(text) ?? [];
  const [low, high] = [named(ports, from ?? '', 65_535), named(ports, to ?? '', 65_535)];
  return low === undefined || high === undefined || low > high ? undefined : { low, high };
}
