/**
 * The names of protocols in access lists; `ip` and `ipv6` stand for all.
 * @see https://www.cisco.com/c/en/us/td/docs/security/asa/asa922/configuration/general/asa-922-general-config/ref-ports.html Protocols and Applications
 */
const protocols: Readonly<Record<string, number>> = {
  ah: 51,
  ahp: 51,
  eigrp: 88,
  esp: 50,
  gre: 47,
  icmp: 1,
  icmp6: 58,
  igmp: 2,
  igrp: 9,
  ipinip: 4,
  ipsec: 50,
  nos: 94,
  ospf: 89,
  pcp: 108,
  pim: 103,
  pptp: 47,
  sctp: 132,
  snp: 109,
  tcp: 6,
  udp: 17,
};

/** The number of a protocol by its name or number; `any` for all. */
export function protocolNamed(text: string): bigint | 'any' | undefined {
  if (text === 'ip' || text === 'ipv6') return 'any';
  if (Object.hasOwn(protocols, text)) return BigInt(protocols[text] ?? 0);
  return /^\d{1,3}$/.test(text) && Number(text) <= 255 ? BigInt(text) : undefined;
}
