import type { Position, Problem } from '@holdfast/kernel';
import type { Interval, IntervalSet } from '../model/interval.ts';

/** What a manufacturer names without an address. @see RFC 8520 sections 3.9 to 3.16 */
export type Abstraction =
  | { readonly kind: 'local-networks' | 'my-controller' | 'same-manufacturer' }
  | { readonly kind: 'controller' | 'manufacturer' | 'model'; readonly uri: string };

/** One end of an entry: a prefix, a DNS name, or what an abstraction stands for; all that are named must hold. */
export interface MudEnd {
  readonly network?: Interval;
  readonly name?: string;
  readonly abstractions: readonly Abstraction[];
}

/** An entry that accepts. `own` is the device, `peer` the other end; ports are those of the packet. */
export interface MudEntry {
  readonly acl: string;
  readonly name: string;
  readonly policy: 'from-device' | 'to-device';
  /** The family of addresses that its list is about. */
  readonly family: 'ipv4' | 'ipv6';
  readonly own: MudEnd;
  readonly peer: MudEnd;
  readonly protocol?: number;
  readonly sport?: IntervalSet;
  readonly dport?: IntervalSet;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  /** Who opens the connection, where a TCP entry says so. */
  readonly initiated?: 'from-device' | 'to-device';
  readonly at: Position;
  /** Where it stands, as RFC 6901 writes it. */
  readonly pointer: string;
}

/** A manufacturer usage description, read. */
export interface MudFile {
  readonly file: string;
  readonly url: string;
  readonly systemInfo?: string;
  readonly lastUpdate?: string;
  readonly entries: readonly MudEntry[];
  /** What was read and has no effect on what a firewall passes. */
  readonly notes: readonly Problem[];
}
