import { transportsOf, type Transport } from '@holdfast/estate';
import type { Interval, IntervalSet } from '../model/interval.ts';
import type { Service } from './intent.ts';

const numbers = { tcp: 6, udp: 17, sctp: 132 } as const;

/** The protocols that have ports, by their numbers. @see https://www.iana.org/assignments/protocol-numbers */
export const hasPorts = (protocol: number): boolean => [6, 17, 33, 132, 136].includes(protocol);

/** What a service of a conduit (`https`, `tcp/8000-8010`, `ip/50`, `any`) is made of; `undefined` where it is none. */
export function servicesOf(word: string): readonly Service[] | undefined {
  const transports = transportsOf(word);
  return transports === 'any' ? [{}] : transports?.map(serviceOf);
}

function serviceOf({ protocol, low, high }: Transport): Service {
  if (protocol === 'icmp') return { protocol };
  if (typeof protocol === 'number') return { protocol };
  const ports = portSet({ low: BigInt(low), high: BigInt(high) });
  return { protocol: numbers[protocol], ...(ports === undefined ? {} : { dport: ports }) };
}

/** A range of ports as a set; `undefined` where it is all of them. */
const portSet = (ports: Interval): IntervalSet | undefined =>
  ports.low === 0n && ports.high === 65_535n ? undefined : [ports];
