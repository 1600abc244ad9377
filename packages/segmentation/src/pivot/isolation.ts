import { known } from '@holdfast/estate';
import { betweenPorts } from '../cisco/ios/between-ports.ts';
import type { Landscape } from '../network/landscape.ts';
import type { Leg } from './node.ts';

/** Whether two hosts of one network reach each other without a router, and what says so or is not known. */
export interface Beside {
  readonly verdict: 'yes' | 'no' | 'unknown';
  readonly why: string;
}

/** Two interfaces on one network: what the estate says of it, else the configurations of the switches that they are on. */
export function beside(landscape: Landscape, network: string, a: Leg, b: Leg): Beside {
  const { estate } = landscape;
  const name = estate.nameOf(network);
  const declared = known(estate.get('network', network)?.isolated);
  if (declared !== undefined)
    return declared
      ? { verdict: 'no', why: `the switches keep the hosts of ${name} apart` }
      : { verdict: 'yes', why: `no firewall stands within ${name}` };
  const [one, other] = [portOf(landscape, a), portOf(landscape, b)];
  if (one === undefined || other === undefined)
    return { verdict: 'unknown', why: `whether the switches of ${name} keep its hosts apart is not known` };
  if (one.device !== other.device) {
    const isPlain = [one, other].every(
      ({ port }) => port.mode === 'access' && port.privateVlan === undefined && !port.shutdown,
    );
    // Protection holds within one switch only.
    return isPlain
      ? { verdict: 'yes', why: `no firewall stands within ${name}, and its two switches part no ports` }
      : { verdict: 'unknown', why: `what the ports of ${one.device} and ${other.device} share is not known` };
  }
  const answer = betweenPorts(one.switching, one.port, other.port);
  if (answer === 'unknown')
    return { verdict: 'unknown', why: `the mode of a port of ${one.device} is settled with its neighbour` };
  return answer === 'reach'
    ? { verdict: 'yes', why: `no firewall stands within ${name}, and ${one.device} does not part the ports` }
    : { verdict: 'no', why: `${one.device} keeps the two ports apart` };
}

/** The switch port that an interface is on, where the configuration of the switch is known and has it. */
export function portOf({ configs }: Landscape, { port: end }: Leg) {
  const cut = end?.indexOf(':') ?? -1;
  if (end === undefined || cut < 0) return undefined;
  const device = end.slice(0, cut);
  const switching = configs.get(device)?.switching;
  const port = switching?.ports.find(({ name }) => sameName(name, end.slice(cut + 1)));
  return switching === undefined || port === undefined ? undefined : { device, switching, port };
}

/** `Gi1/0/12` is `GigabitEthernet1/0/12`; a bare number is the last one of a port on a switch that stands alone. */
function sameName(full: string, short: string): boolean {
  const form = /^([A-Za-z-]*)\s*([\d/.]+)$/;
  const [, word = '', numbers = ''] = form.exec(full) ?? [];
  const [, mine = '', own = ''] = form.exec(short) ?? [];
  if (full === short) return true;
  if (own === '' || numbers === '') return false;
  if (mine === '')
    return (
      own === numbers ||
      (!own.includes('/') &&
        /^1\/0\/\d+$/.test(numbers) &&
        numbers.endsWith(`/${own}`) &&
        /^(?:Gigabit|FastEthernet)/.test(word))
    );
  return own === numbers && word.toLowerCase().startsWith(mine.toLowerCase());
}
