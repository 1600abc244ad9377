import { asMillis, type Millis } from '@holdfast/kernel';
import type { Capability, Component, FactRef, Label } from '../compile/model.ts';
import type { NodeId } from '../solver/system.ts';
import type { Verdict } from './timeline.ts';

/** A step of an explanation: that something is or is not so, since when, and because of what. */
export interface Reason {
  readonly value: boolean;
  /** Since when, in the scenario; before 0 where it was always so. */
  readonly since: Millis;
  readonly node?: NodeId;
  readonly label?: Label;
  readonly component?: Component;
  readonly fact?: FactRef;
  /** What kind of leaf: a fault, a store that ran out, something that still starts, a declared fact, opening hours. */
  readonly leaf?:
    | 'fault'
    | 'intact'
    | 'empty'
    | 'lasting'
    | 'starting'
    | 'fact'
    | 'hours'
    | 'pending'
    | 'declared';
  readonly because: readonly Reason[];
}

/** Why a capability is as it is at a time. */
export interface Explanation {
  readonly capability: Capability;
  readonly at: Millis;
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
}

/** What rests on no fault and no fact is so because of what the estate declares, or does not. */
export const orDeclared = (reasons: readonly Reason[], verdict: Verdict): readonly Reason[] =>
  reasons.length > 0
    ? reasons
    : [{ value: verdict === 'holds', since: asMillis(-1), leaf: 'declared', because: [] }];

/** The leaves of reasons: the faults and facts that they end in. What several reasons share is told once. */
export function leavesOf(reasons: readonly Reason[]): Iterable<Reason> {
  const leaves: Reason[] = [];
  const seen = new Set<Reason>();
  const open = [...reasons].toReversed();
  for (let reason = open.pop(); reason !== undefined; reason = open.pop()) {
    if (seen.has(reason)) continue;
    seen.add(reason);
    if (reason.leaf !== undefined) leaves.push(reason);
    for (let index = reason.because.length - 1; index >= 0; index -= 1)
      open.push(reason.because[index] as Reason);
  }
  return leaves;
}
