import type { Position, Problem } from '@holdfast/kernel';
import type { Interval, IntervalSet } from './interval.ts';
import type { Dimension } from './packet.ts';

/** A conjunction: the packets whose every named dimension lies in its set. A dimension that is not named is free. */
export type Clause = Readonly<Partial<Record<Dimension, IntervalSet>>>;

/** Where a rule stands in the user's file, and its own words. */
export interface RuleSource {
  /** `table/chain/handle`, or `chain/line` where the format has no handles; unique in its firewall. */
  readonly id: string;
  readonly at: Position;
  readonly text: string;
}

/** What addresses or ports become; each new value is any of the interval. Not named: left as it is. */
export interface Translation {
  readonly kind: 'source' | 'destination';
  readonly address?: Interval;
  readonly port?: Interval;
  /** The address of the interface that the packet leaves by (source), or came in by (destination). */
  readonly toInterface?: boolean;
  /** Whether the translation maps address by address (a whole network to another), not to any of the interval. */
  readonly netmap?: boolean;
}

/** What a rule does with a packet that it matches. */
export type Action =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'reject' }
  | { readonly kind: 'return' }
  /** Goes on with the next rule: counters, logs, comments. */
  | { readonly kind: 'continue' }
  | { readonly kind: 'jump'; readonly chain: string }
  | { readonly kind: 'goto'; readonly chain: string }
  | { readonly kind: 'translate'; readonly to: Translation }
  /** The connection is not tracked: its state is `untracked` from here on. */
  | { readonly kind: 'untrack' }
  /** Something that is not modelled; whatever it touches is unknown. */
  | { readonly kind: 'unmodelled'; readonly why: Problem };

/** A rule: matches when any of its clauses does. */
export interface Rule {
  readonly source: RuleSource;
  readonly clauses: readonly Clause[];
  /** Conditions that are not modelled: the rule may or may not match what its clauses match. */
  readonly unmodelled: readonly Problem[];
  readonly action: Action;
}

export interface Chain {
  readonly id: string;
  readonly rules: readonly Rule[];
  /** What becomes of a packet that falls off the end of a base chain; user chains return. */
  readonly policy?: 'accept' | 'drop' | 'reject';
  readonly source: RuleSource;
}

/** The places where a packet meets rules, as netfilter names them; other firewalls are told in these words. */
export const hooks = ['prerouting', 'input', 'forward', 'output', 'postrouting'] as const;
export type Hook = (typeof hooks)[number];

/** A base chain at a hook. An accept ends the step, a drop or reject ends everything. Steps of kind `nat` see only packets that open a connection. */
export interface Step {
  readonly kind: 'filter' | 'nat';
  readonly chain: string;
  /** The only packets that meet it; all where it is not said. */
  readonly family?: 'ipv4' | 'ipv6';
}

/** An interface of a firewall, with its own addresses as they stand in the configuration (`10.0.0.1/24`). */
export interface Interface {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly zone?: string;
  readonly vlan?: number;
  /** The routing table of its own that it belongs to. */
  readonly vrf?: string;
  readonly shutdown?: boolean;
  readonly at?: Position;
}

/** A route as captured or configured. */
export interface Route {
  readonly prefix: string;
  readonly via?: string;
  readonly interface?: string;
  readonly metric?: number;
  readonly table?: string;
  /** What becomes of packets that do not leave: they are for the device itself, or let fall. */
  readonly kind?: 'local' | 'discard';
  readonly at?: Position;
}

/** The formats of configurations that are read. */
export type ConfigFormat =
  | 'nft-json'
  | 'nft-text'
  | 'iptables-save'
  | 'ip6tables-save'
  | 'cisco-ios'
  | 'cisco-asa'
  | 'opnsense'
  | 'pfsense'
  | 'fortigate'
  | 'junos-srx'
  | 'routeros'
  | 'aws-json'
  | 'neutral';

/** A configuration, read: what its rules do to packets. Immutable. */
export interface Firewall {
  readonly format: ConfigFormat;
  readonly file: string;
  readonly sha256: string;
  readonly hostname?: string;
  /** Interface names by their number on the axes; 0 stands for any that is not named. */
  readonly interfaceNames: readonly string[];
  readonly interfaces: readonly Interface[];
  /**
   * The numbers of the interfaces that packets come in and leave by, where the configuration names them all. Not said:
   * packets use interfaces that it does not name, too.
   */
  readonly carriers?: IntervalSet;
  readonly chains: ReadonlyMap<string, Chain>;
  readonly steps: Readonly<Record<Hook, readonly Step[]>>;
  readonly routes: readonly Route[];
  /** What was read but is not modelled, and what stands in the file without effect; each located. */
  readonly problems: readonly Problem[];
}

/** A configuration file as it lies on the disk. */
export interface ConfigFile {
  readonly name: string;
  readonly text: string;
}
