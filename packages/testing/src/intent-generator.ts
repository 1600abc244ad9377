import {
  intervalSet,
  ipv6Offset,
  prefixOf,
  type Intent,
  type Interval,
  type IntervalSet,
  type Permission,
  type Service,
} from '@holdfast/segmentation';
import { Dice } from './dice.ts';

const prefixes = [
  '10.20.0.0/16',
  '10.20.30.0/24',
  '10.20.30.7',
  '10.20.30.8/31',
  '192.0.2.0/25',
  '0.0.0.0/0',
  '0.0.0.0/1',
  '255.255.255.255',
  '2001:db8::/32',
  '2001:db8:1::/64',
  '2001:db8:1::7',
  '::/0',
  'fe80::/10',
];
const interfaces = ['lan', 'opt1', 'wan'];

/** What random intents may have, so that every format can say them. */
export interface IntentTraits {
  readonly interfacesOut?: boolean;
  readonly portsOf: readonly number[];
  readonly icmpCodes?: boolean;
}

/** A random intent over few addresses and ports, so that permissions meet. */
export function randomIntent(seed: number, traits: IntentTraits): Intent {
  const dice = new Dice(seed);
  const permissions = Array.from({ length: dice.between(0, 5) }, (_, index) =>
    permission(dice, traits, index),
  );
  return { name: 'random', permissions };
}

export const randomInterfaces: readonly string[] = interfaces;

function permission(dice: Dice, traits: IntentTraits, index: number): Permission {
  const some = (): readonly string[] => interfaces.filter((_, at) => at === 0 || dice.chance(0.5));
  return {
    id: `c-${index}`,
    ...(dice.chance(0.5) ? { reason: `says "why" ${index}\n\\ <b>&amp; – ünder` } : {}),
    src: addresses(dice),
    dst: addresses(dice),
    services: Array.from({ length: dice.between(1, 3) }, () => service(dice, traits)),
    ...(dice.chance(0.3) ? { iif: some() } : {}),
    ...(traits.interfacesOut === true && dice.chance(0.3) ? { oif: some() } : {}),
  };
}

function addresses(dice: Dice): IntervalSet {
  return intervalSet(
    Array.from({ length: dice.between(1, 3) }, (): Interval => {
      const found = prefixOf(dice.pick(prefixes)) ?? { low: 0n, high: 0n };
      const shift =
        dice.chance(0.3) && found.high - found.low > 4n && found.high < ipv6Offset
          ? BigInt(dice.between(1, 2))
          : 0n;
      return { low: found.low + shift, high: found.high - shift };
    }),
  );
}

function service(dice: Dice, { portsOf, icmpCodes }: IntentTraits): Service {
  if (dice.chance(0.15)) return {};
  if (dice.chance(0.2)) return icmp(dice, icmpCodes === true);
  if (dice.chance(0.2)) return { protocol: dice.pick([50, 47, 1, 58, 6, 255]) };
  const protocol = dice.pick(portsOf);
  return {
    protocol,
    ...(dice.chance(0.8) ? { dport: ports(dice) } : {}),
    ...(dice.chance(0.2) ? { sport: ports(dice) } : {}),
  };
}

function icmp(dice: Dice, hasCodes: boolean): Service {
  if (dice.chance(0.4)) return { protocol: 'icmp' };
  const icmpType = dice.pick([0, 3, 8, 13, 128]);
  return {
    protocol: 'icmp',
    icmpType,
    ...(hasCodes && dice.chance(0.5) ? { icmpCode: dice.between(0, 2) } : {}),
  };
}

function ports(dice: Dice): IntervalSet {
  const many = dice.chance(0.1) ? 20 : dice.between(1, 3);
  return intervalSet(
    Array.from({ length: many }, () => {
      const low = BigInt(dice.pick([0, 22, 53, 80, 443, 1024, 8000, 65_530]) + dice.between(0, 5));
      return { low, high: dice.chance(0.3) ? low + BigInt(dice.between(0, 3)) : low };
    }).map(({ low, high }) => ({ low, high: high > 65_535n ? 65_535n : high })),
  );
}
