import type { FunctionName } from '@holdfast/estate';
import type { Position } from '@holdfast/kernel';
import type { CapabilityName, Timeline } from '@holdfast/outage';
import type { FindingId } from './finding-kinds.ts';

/** From the worst to the least. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** One capability of one place in the scenario of a finding, to be replayed. */
export interface Evidence {
  readonly place: string;
  readonly name: string;
  readonly capability: CapabilityName;
  readonly timeline: Timeline;
}

/** Something that is wrong, or cannot be told, with what shows it. */
export interface Finding {
  readonly id: FindingId;
  /** The same in every audit for the same fault at the same places. */
  readonly fingerprint: string;
  readonly verdict: 'fails' | 'unknown';
  readonly severity: Severity;
  readonly site: string;
  /** The function that it is about; `segmentation` where it is about the network as such. */
  readonly function: FunctionName | 'segmentation';
  /** The scenario that shows it; a finding about the estate as it stands has none. */
  readonly scenario?: string;
  readonly subject: string;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  /** Why, as lines indented under what they explain. */
  readonly why: readonly string[];
  readonly remedy: string;
  /** The places that it concerns. */
  readonly places: readonly string[];
  readonly at?: Position;
}
