/** IP protocols by the names that the products write, in lower case. @see https://www.iana.org/assignments/protocol-numbers */
const protocols: Readonly<Record<string, readonly number[]>> = {
  'tcp/udp': [6, 17],
  tcp: [6],
  udp: [17],
  icmp: [1],
  igmp: [2],
  ipencap: [4],
  egp: [8],
  igp: [9],
  ipv6: [41],
  rsvp: [46],
  gre: [47],
  esp: [50],
  ah: [51],
  'ipv6-icmp': [58],
  icmp6: [58],
  eigrp: [88],
  ospf: [89],
  etherip: [97],
  pim: [103],
  ipcomp: [108],
  carp: [112],
  vrrp: [112],
  l2tp: [115],
  sctp: [132],
  udplite: [136],
  pfsync: [240],
};

/** The numbers of a protocol name or number; `undefined` where it is not known. */
export function protocolsOf(text: string): readonly number[] | undefined {
  const name = text.toLowerCase();
  if (/^\d{1,3}$/.test(name)) return Number(name) <= 255 ? [Number(name)] : undefined;
  return Object.hasOwn(protocols, name) ? protocols[name] : undefined;
}

/** @see https://www.iana.org/assignments/icmp-parameters; the names are those of pf.conf(5) */
const icmpTypes: Readonly<Record<string, number>> = {
  echorep: 0,
  unreach: 3,
  squench: 4,
  redir: 5,
  althost: 6,
  echoreq: 8,
  routeradv: 9,
  routersol: 10,
  timex: 11,
  paramprob: 12,
  timereq: 13,
  timerep: 14,
  inforeq: 15,
  inforep: 16,
  maskreq: 17,
  maskrep: 18,
  trace: 30,
  dataconv: 31,
  mobredir: 32,
  'ipv6-where': 33,
  'ipv6-here': 34,
  mobregreq: 35,
  mobregrep: 36,
  skip: 39,
  photuris: 40,
};

/** @see https://www.iana.org/assignments/icmpv6-parameters */
const icmp6Types: Readonly<Record<string, number>> = {
  unreach: 1,
  toobig: 2,
  timex: 3,
  paramprob: 4,
  echoreq: 128,
  echorep: 129,
  groupqry: 130,
  listqry: 130,
  grouprep: 131,
  listenrep: 131,
  groupterm: 132,
  listendone: 132,
  routersol: 133,
  routeradv: 134,
  neighbrsol: 135,
  neighbradv: 136,
  redir: 137,
  routrrenum: 138,
};

/** The number of an ICMP type of a family by name or number; `undefined` where it has none of that name. */
export function icmpTypeOf(text: string, isIpv6: boolean): number | undefined {
  if (/^\d{1,3}$/.test(text)) return Number(text) <= 255 ? Number(text) : undefined;
  const table = isIpv6 ? icmp6Types : icmpTypes;
  return Object.hasOwn(table, text) ? table[text] : undefined;
}

/** Ports that the products write by name, as services do. @see https://www.iana.org/assignments/service-names-port-numbers */
const services: Readonly<Record<string, number>> = {
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  domain: 53,
  tftp: 69,
  http: 80,
  pop3: 110,
  ntp: 123,
  imap: 143,
  snmp: 161,
  https: 443,
  isakmp: 500,
  rtsp: 554,
};

export const serviceOf = (name: string): number | undefined =>
  Object.hasOwn(services, name) ? services[name] : undefined;
