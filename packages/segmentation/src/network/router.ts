import type { Program } from '../engine/program.ts';
import type { Route } from '../model/firewall.ts';
import type { IntervalSet } from '../model/interval.ts';

/** A network of the estate, as packets see it. */
export interface Subnet {
  readonly id: string;
  readonly site: string;
  /** `undefined` where nobody has said which addresses it has. */
  readonly addresses: IntervalSet | undefined;
  readonly vlan: number | undefined;
  /** The routers of its hosts, the first in use first. */
  readonly gateways: readonly string[];
  readonly isTransit: boolean;
}

/** Where a router has an interface: a network, the internet, or a link to one other router. */
export interface Port {
  /** `network:ID`, `internet`, `link:ID`, or `vpn:ID` of remote access. */
  readonly segment: string;
  /** As its configuration calls it; `undefined` where nobody has said. */
  readonly interface: string | undefined;
  /** The circuit, tunnel or cable that it is there by; its loss is the loss of the port. */
  readonly over?: string;
}

/** A device that passes packets from one network to another. */
export interface Router {
  readonly id: string;
  /** `undefined` where its configuration is not known. */
  readonly program: Program | undefined;
  /** `undefined` where its routes are not known: it then takes the shortest way. */
  readonly routes: readonly Route[] | undefined;
  readonly ports: readonly Port[];
  readonly addresses: IntervalSet;
}
