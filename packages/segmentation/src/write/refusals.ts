import { problem, type Problem } from '@holdfast/kernel';
import type { Intent, Permission, Service } from '../intent/intent.ts';
import { hasPorts } from '../intent/services.ts';
import type { WritableFormat } from './formats.ts';

/** What of an intent a format cannot say exactly, permission by permission. Codes: `rule-inexpressible`, `usage`. */
export function refusals(
  { permissions }: Intent,
  format: WritableFormat,
  interfaces: readonly string[],
): readonly Problem[] {
  if (format === 'cisco-ios' && interfaces.length === 0)
    return [
      problem('usage', 'access lists need the interfaces that they are applied to', {
        hint: 'name each: --interface GigabitEthernet0/1',
      }),
    ];
  return permissions.flatMap((permission) => {
    const words = [
      ...permission.services.flatMap((each) => wrongService(each, format)),
      ...wrongInterfaces(permission, format, interfaces),
    ];
    return words.map((word) =>
      problem('rule-inexpressible', `${permission.id}: ${word}`, {
        at: permission.at,
        hint: 'change what is permitted, or write another format',
      }),
    );
  });
}

function wrongService(
  { protocol, sport, dport, icmpType, icmpCode }: Service,
  format: WritableFormat,
): readonly string[] {
  const ports = sport ?? dport;
  // Rule languages take protocol 0 for all of them.
  if (protocol === 0) return ['protocol 0 is none that a firewall tells apart'];
  if (ports !== undefined && (protocol === undefined || protocol === 'icmp' || !hasPorts(protocol)))
    return ['ports stand without a protocol that has them'];
  if ((icmpType ?? icmpCode) !== undefined && protocol !== 'icmp')
    return ['an ICMP message stands without the protocol'];
  if (icmpCode !== undefined && icmpType === undefined) return ['an ICMP code stands without its type'];
  if (format === 'opnsense' && icmpCode !== undefined) return ['OPNsense does not tell ICMP codes apart'];
  if (format === 'opnsense' && ports !== undefined && protocol !== 6 && protocol !== 17)
    return ['OPNsense tells ports of TCP and UDP apart only'];
  if (format === 'cisco-ios' && ports !== undefined && ![6, 17, 132].includes(Number(protocol)))
    return ['IOS tells ports of TCP, UDP and SCTP apart only'];
  return [];
}

function wrongInterfaces(
  { iif, oif }: Permission,
  format: WritableFormat,
  interfaces: readonly string[],
): readonly string[] {
  const isInward = format === 'cisco-ios' || format === 'opnsense';
  if (isInward && oif !== undefined)
    return [`${format} rules do not say the interface that a packet leaves by`];
  if (!isInward) return [];
  const strange = (iif ?? []).filter((each) => !interfaces.includes(each));
  return strange.map((each) => `the interface ${each} is not among those that rules are written for`);
}
