import { prefixOf } from '../model/address.ts';
import type { Interface, Route } from '../model/firewall.ts';
import { fault } from '../netfilter/syntax-fault.ts';
import type { Command } from './export-text.ts';

const isOn = ({ parameters }: Command): boolean => parameters.get('disabled') !== 'yes';

/** The interfaces that an export names, with the addresses that it gives them. */
export function interfacesOf(commands: readonly Command[]): readonly Interface[] {
  const found = new Map<
    string,
    { addresses: string[]; vlan?: number; shutdown?: true; vrf?: string; at: Command['at'] }
  >();
  const of = (name: string, at: Command['at']): NonNullable<ReturnType<typeof found.get>> => {
    const own = found.get(name) ?? { addresses: [], at };
    found.set(name, own);
    return own;
  };
  for (const command of commands) {
    const { menu, verb, find, parameters, at } = command;
    const isEthernet = menu === '/interface ethernet' && verb === 'set';
    const original = /default-name=(\S+)/.exec(find)?.[1];
    const name = parameters.get('name') ?? (isEthernet ? original : undefined);
    const makes =
      /^\/interface [a-z0-9-]+$/.test(menu) && !isList.test(menu) && (verb === 'add' || isEthernet);
    if (makes && name !== undefined) {
      const own = of(name, at);
      if (menu === '/interface vlan') own.vlan = Number(parameters.get('vlan-id'));
      if (!isOn(command)) own.shutdown = true;
    }
    const [address, on] = [parameters.get('address'), parameters.get('interface')];
    if ((menu === '/ip address' || menu === '/ipv6 address') && verb === 'add' && address !== undefined) {
      if (prefixOf(address) === undefined && parameters.get('from-pool') === undefined)
        fault(at, `'${address}' is no address of an interface`, 'for example 10.0.0.1/24', 'value-invalid');
      if (on !== undefined && isOn(command)) of(on, at).addresses.push(address);
    }
    if (
      (menu === '/ip dhcp-client' || menu === '/interface list member') &&
      on !== undefined &&
      isOn(command)
    )
      of(on, at);
    if (menu === '/ip vrf' && isOn(command))
      for (const each of parameters.get('interfaces')?.split(',') ?? []) of(each, at).vrf = name ?? '';
  }
  return [...found].map(([name, each]) => ({ name, ...each }));
}

const isList = /^\/interface (?:list|bridge-port|wireless-security-profiles)$/;

/** The static routes of an export; one for each gateway. */
export function routesOf(commands: readonly Command[], interfaces: readonly Interface[]): readonly Route[] {
  return commands
    .filter(({ menu, verb }) => (menu === '/ip route' || menu === '/ipv6 route') && verb === 'add')
    .filter(isOn)
    .flatMap((each) => routesIn(each, new Set(interfaces.map(({ name }) => name))));
}

function routesIn({ menu, parameters, at }: Command, names: ReadonlySet<string>): readonly Route[] {
  const prefix = parameters.get('dst-address') ?? (menu === '/ip route' ? '0.0.0.0/0' : '::/0');
  if (prefixOf(prefix) === undefined)
    fault(at, `'${prefix}' is no network`, 'for example 10.0.0.0/8', 'value-invalid');
  const metric = parameters.get('distance');
  const table = parameters.get('routing-table') ?? parameters.get('routing-mark');
  const base = {
    prefix,
    at,
    ...(metric === undefined ? {} : { metric: Number(metric) }),
    ...(table === undefined || table === 'main' ? {} : { table }),
  };
  const isDiscarded =
    parameters.has('blackhole') || /^(?:blackhole|unreachable|prohibit)$/.test(parameters.get('type') ?? '');
  if (isDiscarded) return [{ ...base, kind: 'discard' }];
  return (parameters.get('gateway') ?? '').split(',').flatMap((gateway): readonly Route[] => {
    const [via = '', on] = gateway.split('%');
    if (names.has(via)) return [{ ...base, interface: via }];
    if (prefixOf(via) === undefined) return [];
    return [{ ...base, via, ...(on === undefined ? {} : { interface: on }) }];
  });
}
