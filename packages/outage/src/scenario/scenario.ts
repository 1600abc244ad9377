import type { OutageKind } from '@holdfast/estate';
import type { Millis } from '@holdfast/kernel';
import type { FaultSpan } from '../solver/fault-span.ts';
import type { Instant } from './clock.ts';

/** A fault, or several, with when they start and end: what the engine is asked. */
export interface Scenario {
  /** Stable: `none`, `fault:KEY`, `own:ID`. */
  readonly key: string;
  readonly name: string;
  readonly kind: OutageKind | 'none' | 'own';
  /** The components that fail. */
  readonly components: readonly string[];
  readonly faults: readonly FaultSpan[];
  /** The instant of time 0, and how long the faults last. */
  readonly start: Instant;
  readonly length: Millis;
  /** The end of what is asked: the faults and the recovery. */
  readonly horizon: Millis;
}

/** How a scenario is asked when it says nothing itself. */
export interface Asked {
  readonly start: Instant;
  /** Instead of the target time of the site. */
  readonly length?: Millis;
}
