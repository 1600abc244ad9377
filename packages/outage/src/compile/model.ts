import type { Basis, Estate, EntityKind, FunctionName, Hours, Path } from '@holdfast/estate';
import type { Millis } from '@holdfast/kernel';
import type { NodeId, Readings, System } from '../solver/system.ts';

/** Something that can fail by itself. The key is its id in the estate, or says what it is: `internet`, `mains:hq`, `region:aws/eu-west-1`. */
export interface Component {
  readonly key: string;
  readonly node: NodeId;
  readonly kind: ComponentKind;
  readonly name: string;
  readonly site: string | undefined;
}

export type ComponentKind =
  | 'device'
  | 'cable'
  | 'line'
  | 'supply'
  | 'mains'
  | 'service'
  | 'honesty'
  | 'circuit'
  | 'path'
  | 'vpn'
  | 'party'
  | 'region'
  | 'internet'
  | 'transmission'
  | 'fire'
  | 'disk'
  | 'time';

/** A declared, claimed or missing fact that an equation rests on. */
export interface FactRef {
  readonly kind: EntityKind;
  readonly id: string;
  readonly path: Path;
  /** For sentences: `battery of the front door's lock`. */
  readonly what: string;
  /** As it is written; `undefined` where it is unknown. */
  readonly value: string | undefined;
  readonly basis: Basis;
  readonly source?: string;
  readonly asOf?: string;
  readonly unknown: boolean;
}

/** What an equation says, for explanations. */
export interface Label {
  readonly kind:
    | 'running'
    | 'power'
    | 'reach'
    | 'internet'
    | 'capability'
    | 'decision'
    | 'knows'
    | 'lock-power'
    | 'supply'
    | 'service'
    | 'address'
    | 'transmission'
    | 'everything'
    | 'line'
    | 'cable'
    | 'circuit'
    | 'vpn'
    | 'dns';
  readonly subject: string;
  readonly object?: string;
}

/** What people read, from positive nodes and their negations, over time. */
export type Formula =
  | { readonly kind: 'node'; readonly node: NodeId }
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'not'; readonly of: Formula }
  | { readonly kind: 'all'; readonly of: readonly Formula[] }
  | { readonly kind: 'any'; readonly of: readonly Formula[] }
  | { readonly kind: 'hours'; readonly hours: readonly Hours[]; readonly zone: string }
  /** True once `of` has been true at or after a moment: `from` in the worst and the best reading, in the scenario's time. */
  | {
      readonly kind: 'since';
      readonly of: Formula;
      readonly from: Readings<number>;
      readonly learner: string;
      readonly fact?: FactRef;
    }
  /** Follows `command` while `able`, and else stays as it was. */
  | { readonly kind: 'keeps'; readonly command: Formula; readonly able: Formula };

/** One thing that people ask of one place. */
export interface Capability {
  readonly id: string;
  readonly function: FunctionName;
  readonly name: CapabilityName;
  readonly place: string;
  readonly site: string;
  readonly formula: Formula;
}

export const capabilityNames = [
  'secured',
  'admits-known',
  'refuses-revoked-before',
  'refuses-revoked-during',
  'admits-enrolled-during',
  'admits-visitor',
  'admits-mobile',
  'opens-remotely',
  'egress',
  'reports-forced',
  'releases-on-fire',
  'records',
  'keeps-recordings',
  'live',
  'playback',
  'detects',
  'sets',
  'sounds',
  'reaches-operator',
  'reaches-centre',
  'controls-locally',
  'cools',
  'commanded',
  'call-answered',
  'opens-from-call',
  'sees-alarms',
  'sees-video',
  'commands-doors',
  'reaches-guards',
] as const;
export type CapabilityName = (typeof capabilityNames)[number];

/** An estate as equations, with the way back to its facts. */
export interface Model {
  readonly estate: Estate;
  readonly system: System;
  readonly components: ReadonlyMap<string, Component>;
  readonly capabilities: readonly Capability[];
  readonly capabilitiesAt: ReadonlyMap<string, readonly Capability[]>;
  readonly labels: ReadonlyMap<NodeId, Label>;
  readonly facts: ReadonlyMap<NodeId, FactRef>;
  readonly componentOf: ReadonlyMap<NodeId, Component>;
  /** Of each door, whether it could be locked at all, and whether its schedule says open. */
  readonly lockable: ReadonlyMap<string, Formula>;
  readonly scheduled: ReadonlyMap<string, Formula>;
  /** How long the recordings of each view are kept, from disk and bit rates; absent where one of them is unknown. */
  readonly recordingTimes: ReadonlyMap<string, Readings<Millis>>;
}
