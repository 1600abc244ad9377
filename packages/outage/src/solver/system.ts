import { forever, type Millis } from '@holdfast/kernel';

declare const nodeId: unique symbol;
/** One equation of a system; counts from 0. */
export type NodeId = number & { readonly [nodeId]: true };

/** A quantity under the two readings of what is unknown. */
export interface Readings<T> {
  readonly worst: T;
  readonly best: T;
}

/** How the flag of a node moves; a node's value is always `true inputs + flag >= need`. */
export const op = { gate: 0, source: 1, constant: 2, hold: 3, after: 4, latch: 5, standby: 6 } as const;

/**
 * Requirement equations, ready to be solved: positive, monotone, over time.
 * Inputs and outputs are in compressed rows. `first` and `second` are the parameters of a node's operator, worst and best.
 * @see SPEC.md
 */
export interface System {
  readonly size: number;
  readonly ops: Uint8Array;
  readonly need: Int32Array;
  readonly inputStart: Int32Array;
  readonly inputs: Int32Array;
  readonly outputStart: Int32Array;
  readonly outputs: Int32Array;
  /** Equal and not negative for nodes that depend on each other in a circle. */
  readonly circle: Int32Array;
  /** Source: up from. Hold: for how long. After, standby: delay. Constant: 0 or 1. */
  readonly first: Readings<Float64Array>;
  /** Source: up until. Hold: time from empty to full. */
  readonly second: Readings<Float64Array>;
  /** Sources that change by themselves, by a schedule. */
  readonly scheduled: Int32Array;
}

/** A quantity that both readings agree on. */
export const same = <T>(value: T): Readings<T> => ({ worst: value, best: value });

/** From nothing to for ever: a duration that nobody knows. */
export const anyDuration: Readings<Millis> = { worst: 0 as Millis, best: forever };
