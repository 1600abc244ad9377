import type { Problem } from '@holdfast/kernel';
import { without } from './aliases.ts';
import { port, prefixes, type Spec } from './built-in-spec.ts';
import { everyAddress, type Doubted } from './doubted.ts';
import { ranks } from './rule-place.ts';
import { numbers, type Match } from './match.ts';
import type { Names } from './sides.ts';
import { childOf, elementAt, isOn, textOf, type Element } from './xml-tree.ts';

/** The rules that the product makes for one interface: no bogons, no private networks, DHCP. */
export function interfaceRules(root: Element, key: string, names: Names): readonly Spec[] {
  const found = names.ports.find(key);
  if (!found) return [];
  const { element, label } = found;
  const ports = numbers([found.number]);
  const bogons = isOn(element, 'blockbogons') ? bogonRules(root, element, label, names) : [];
  const isPfsense = names.reading.product === 'pfsense';
  const carrier = isPfsense ? [] : ['100.64.0.0/10'];
  const privately: readonly Spec[] = isOn(element, 'blockpriv')
    ? [
        {
          name: `private-${key}`,
          text: `block private networks from ${label}`,
          at: childOf(element, 'blockpriv')?.at ?? element.at,
          action: 'block',
          match: {
            src: prefixes(
              '10.0.0.0/8',
              '127.0.0.0/8',
              '172.16.0.0/12',
              '192.168.0.0/16',
              'fc00::/7',
              ...carrier,
            ),
          },
        },
      ]
    : [];
  return [...bogons, ...privately, ...dhcpRules(root, key, names)].map((each) => ({
    rank: ranks.interface,
    directions: ['in'] as const,
    ...each,
    ports,
  }));
}

/** Networks that are reserved for good; what else a list of bogons has changes every month. @see https://www.iana.org/assignments/iana-ipv4-special-registry */
const reserved = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '192.0.2.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** Networks that are held and in use by everybody, so that no such list has them: public resolvers. */
const held = [
  '1.1.1.0/24',
  '8.8.8.0/24',
  '9.9.9.0/24',
  '2606:4700:4700::/48',
  '2001:4860:4860::/48',
  '2620:fe::/48',
];

function bogonRules(root: Element, element: Element, label: string, { reading }: Names): readonly Spec[] {
  const at = childOf(element, 'blockbogons')?.at ?? element.at;
  const why: Problem = reading.unmodelled(
    `the list of bogon networks that ${label} blocks is not in the configuration: a source there may be blocked`,
    at,
    'the list is renewed every month; sources that are reserved for good are known to be in it',
  );
  const { sure } = prefixes(...reserved);
  const usual = without(everyAddress, [
    ...reserved,
    ...held,
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
  ]);
  const families: Match['families'] = elementAt(root, 'system', 'ipv6allow') ? ['inet', 'inet6'] : ['inet'];
  const src: Doubted = { sure, maybe: usual, why: [why] };
  return [
    {
      name: `bogons-${element.name}`,
      text: `block bogon networks from ${label}`,
      at,
      action: 'block',
      match: { families, src },
    },
  ];
}

/** What a DHCP client or the server of the product needs. */
function dhcpRules(root: Element, key: string, { ports }: Names): readonly Spec[] {
  const found = ports.find(key);
  if (!found) return [];
  const { label, at } = found;
  const rule = (name: string, sport: number, dport: number, more: Partial<Spec>, dst?: Doubted): Spec => ({
    name: `${name}-${key}`,
    text: `pass DHCP on ${label}`,
    at,
    action: 'pass',
    ...more,
    match: {
      families: ['inet'],
      protocols: [17],
      sport: port(sport),
      dport: port(dport),
      ...(dst ? { dst } : {}),
    },
  });
  if (textOf(found.element, 'ipaddr') === 'dhcp')
    return [
      rule('dhcp-client-in', 67, 68, { quick: false, directions: ['in'] }),
      rule('dhcp-client-out', 68, 67, { quick: false, directions: ['out'] }),
    ];
  const server = elementAt(root, 'dhcpd', key);
  if (!server || !childOf(server, 'enable')) return [];
  return [
    rule('dhcp-broadcast', 68, 67, {}, prefixes('255.255.255.255')),
    rule('dhcp-server', 68, 67, {}, ports.self()),
    rule('dhcp-answer', 67, 68, { directions: ['out'] }),
  ];
}
