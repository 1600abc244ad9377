import type { FaultGraph } from './graph/fault-graph.ts';

/** A coherent fault tree with its names, and the probabilities of its events where they are known. */
export interface FaultTree {
  readonly top: string;
  readonly graph: FaultGraph;
  /** Of each event of the graph. */
  readonly eventNames: readonly string[];
  /** Of each gate of the graph; undefined for a formula inside another. */
  readonly gateNames: readonly (string | undefined)[];
  /** Of each event, from 0 to 1; undefined where it is not known. */
  readonly probabilities: readonly (number | undefined)[];
}
