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
  const unfit = [
    ...new Set([...interfaces, ...permissions.flatMap(({ iif, oif }) => [...(iif ?? []), ...(oif ?? [])])]),
  ]
    .filter((each) => !names[format].form.test(each))
    .map((each) =>
      problem('rule-inexpressible', `'${each.slice(0, 60)}' is no name of an interface in ${format} rules`, {
        hint: names[format].hint,
      }),
    );
  if (unfit.length > 0) return unfit;
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

/** How each format names interfaces. */
const linux = { form: /^[A-Za-z0-9_.:@-]{1,15}$/, hint: 'as Linux has it: eth0, eth1.30, br-lan' };
const names: Readonly<Record<WritableFormat, { readonly form: RegExp; readonly hint: string }>> = {
  nftables: linux,
  iptables: linux,
  ip6tables: linux,
  'cisco-ios': { form: /^[A-Za-z][A-Za-z0-9/.:-]*$/, hint: 'in one word: GigabitEthernet0/1' },
  opnsense: { form: /^[A-Za-z][A-Za-z0-9_]*$/, hint: 'by its key in the configuration: wan, lan, opt1' },
};

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
