import type { Clause } from '../model/firewall.ts';
import { only } from '../model/interval.ts';
import { fault } from '../netfilter/syntax-fault.ts';
import type { AwsDocument, Value } from './document.ts';

/** Into what a packet comes, or out of what it goes. */
export type Way = 'ingress' | 'egress';

const names: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58 };

/** The protocol of an entry, by name or number; undefined is any. */
export function protocolOf(document: AwsDocument, value: Value, key: string): number | undefined {
  const text = document.need(value, key).toLowerCase();
  if (text === '-1') return undefined;
  const number = Object.hasOwn(names, text) ? names[text] : /^\d{1,3}$/.test(text) ? Number(text) : undefined;
  if (number === undefined || number > 255)
    fault(
      value.at,
      `${value.path}.${key} '${text}' is no protocol`,
      '-1, tcp, udp, icmp, icmpv6 or a number',
      'value-invalid',
    );
  return number;
}

/** Packets of a protocol between two ports. Only TCP and UDP have them; others pass whatever the ports say. */
export function ported(
  protocol: number | undefined,
  from: number | undefined,
  to: number | undefined,
): Clause {
  if (protocol === undefined) return {};
  const base = { protocol: only(BigInt(protocol)) };
  if ((protocol !== 6 && protocol !== 17) || from === undefined || to === undefined || from < 0) return base;
  return { ...base, dport: [{ low: BigInt(from), high: BigInt(to) }] };
}

/** ICMP of a type and code, -1 of which is any. */
export function icmp(protocol: number, type: number | undefined, code: number | undefined): Clause {
  return {
    protocol: only(BigInt(protocol)),
    ...(type === undefined || type < 0 ? {} : { icmpType: only(BigInt(type)) }),
    ...(code === undefined || code < 0 ? {} : { icmpCode: only(BigInt(code)) }),
  };
}

export const isIcmp = (protocol: number | undefined): protocol is 1 | 58 => protocol === 1 || protocol === 58;

/**
 * Services of the platform that neither security groups nor network ACLs filter.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export const platform = [
  '169.254.169.254',
  '169.254.169.253',
  '169.254.169.250',
  '169.254.169.123',
  '169.254.170.2',
  'fd00:ec2::254',
  'fd00:ec2::253',
  'fd00:ec2::123',
] as const;
