import type { Position } from '@holdfast/kernel';
import type { IntervalSet } from '../model/interval.ts';

/** What is spoken. What is not named is free; without a protocol it is every one. */
export interface Service {
  /** `icmp` is ICMP between IPv4 addresses and ICMPv6 between those of IPv6. */
  readonly protocol?: 'icmp' | number;
  /** Ports mean something for protocols that have them only. */
  readonly sport?: IntervalSet;
  readonly dport?: IntervalSet;
  readonly icmpType?: number;
  readonly icmpCode?: number;
}

/** A connection that may be opened; its replies pass with it. Addresses of both families may stand together, and meet their own. */
export interface Permission {
  /** What it comes from, in a comment of the rules: a conduit's id, the name of an entry. Several may have the same. */
  readonly id: string;
  readonly reason?: string;
  readonly src: IntervalSet;
  readonly dst: IntervalSet;
  readonly services: readonly Service[];
  /** The interfaces that packets come in by, or leave by; any where not said. */
  readonly iif?: readonly string[];
  readonly oif?: readonly string[];
  readonly at?: Position;
}

/** What may pass a firewall. Everything else is denied. */
export interface Intent {
  readonly name: string;
  readonly permissions: readonly Permission[];
}
