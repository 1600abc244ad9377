import type { Millis } from '@holdfast/kernel';
import type { NodeId } from './system.ts';

/** A source that is down from one time until another (not including it). */
export interface FaultSpan {
  readonly node: NodeId;
  readonly from: Millis;
  readonly until: Millis;
}
