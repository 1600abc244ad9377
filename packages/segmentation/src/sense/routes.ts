import { addressOf, spellPrefixes } from '../model/address.ts';
import type { Route } from '../model/firewall.ts';
import { addressesOf, type Names } from './sides.ts';
import { childOf, childrenOf, elementAt, isOn, textOf, type Element } from './xml-tree.ts';

interface Gateway {
  readonly name: string;
  readonly address?: string;
  readonly device?: string;
  readonly isDefault: boolean;
  readonly isIpv6: boolean;
  readonly at: Element['at'];
}

/**
 * Static routes and default routes; those of the interfaces' own networks are told by their addresses.
 * @see https://docs.opnsense.org/manual/routes.html
 */
export function routesOf(root: Element, names: Names): readonly Route[] {
  const gateways = gatewaysOf(root, names);
  const fixed = [
    ...childrenOf(childOf(root, 'staticroutes'), 'route'),
    ...childrenOf(elementAt(root, 'OPNsense', 'StaticRoutes'), 'route'),
  ].filter((each) => !isOn(each, 'disabled'));
  return [
    ...fixed.flatMap((each) => staticRoutes(each, gateways, names)),
    ...gateways
      .filter(({ isDefault }) => isDefault)
      .map((each) => routeBy(each.isIpv6 ? '::/0' : '0.0.0.0/0', each, each.at)),
  ];
}

function gatewaysOf(root: Element, { ports }: Names): readonly Gateway[] {
  const legacy = childOf(root, 'gateways');
  const all = [
    ...childrenOf(legacy, 'gateway_item'),
    ...childrenOf(elementAt(root, 'OPNsense', 'Gateways'), 'gateway_item'),
  ].filter((each) => !isOn(each, 'disabled'));
  const named = new Set([textOf(legacy, 'defaultgw4'), textOf(legacy, 'defaultgw6')]);
  return all.map((each) => {
    const address = textOf(each, 'gateway');
    const device = ports.find(textOf(each, 'interface'))?.device;
    const name = textOf(each, 'name');
    return {
      name,
      at: each.at,
      isIpv6: textOf(each, 'ipprotocol') === 'inet6',
      isDefault: isOn(each, 'defaultgw') || (name !== '' && named.has(name)),
      ...(addressOf(address) === undefined ? {} : { address }),
      ...(device === undefined ? {} : { device }),
    };
  });
}

const routeBy = (prefix: string, { address, device }: Gateway, at: Element['at']): Route => ({
  prefix,
  at,
  ...(address === undefined ? {} : { via: address }),
  ...(device === undefined ? {} : { interface: device }),
});

function staticRoutes(element: Element, gateways: readonly Gateway[], names: Names): readonly Route[] {
  const network = childOf(element, 'network');
  const name = childOf(element, 'gateway');
  if (!network?.isFilled || !name?.isFilled) {
    names.reading.invalid('a route has no network or no gateway', element.at);
    return [];
  }
  const gateway = gateways.find((each) => each.name === name.text);
  if (!gateway)
    names.reading.unmodelled(
      `the gateway '${name.text}' of this route has no entry: where the route leads is not known`,
      name.at,
    );
  const { sure } = addressesOf(network.text, network.at, names);
  return sure
    .flatMap((each) => spellPrefixes(each))
    .map((prefix) => (gateway ? routeBy(prefix, gateway, element.at) : { prefix, at: element.at }));
}
