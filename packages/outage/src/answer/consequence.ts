import type { Capability, Model } from '../compile/model.ts';
import type { Answer } from './solve.ts';
import type { Verdict } from './timeline.ts';
import { verdictAt } from './timeline.ts';
import type { Millis } from '@holdfast/kernel';

/** What a person finds at the door. */
export type DoorState =
  | 'under control'
  | 'open as scheduled'
  | 'stands open'
  | 'weakened'
  | 'unlocked'
  | 'locked for all'
  | 'traps people'
  | 'unknown';

export const doorStates: Readonly<Record<DoorState, string>> = {
  'under control': 'opens for those who may, and for nobody else',
  'open as scheduled': 'open to all, as its schedule says',
  'stands open': 'open, and nobody can lock it',
  weakened: 'opens for known badges, but also for some that have lost their right',
  unlocked: 'anybody can walk in',
  'locked for all': 'opens for no badge: key only',
  'traps people': 'locked, and does not let people out',
  unknown: 'nobody can say from what is known',
};

/** The state of a door at a time, from the verdicts of its capabilities. */
export function doorState(
  model: Model,
  capabilities: readonly Capability[],
  answer: Answer,
  at: Millis,
): DoorState {
  const verdict = (name: Capability['name']): Verdict | undefined => {
    const capability = capabilities.find((each) => each.name === name);
    return capability && verdictAt(answer.timeline(capability), at);
  };
  if (verdict('egress') === 'fails') return 'traps people';
  if (verdict('secured') === 'fails') return 'unlocked';
  const lockable = model.lockable.get(capabilities[0]?.place ?? '');
  if (lockable && verdictAt(answer.timelineOf(lockable), at) === 'fails') return 'stands open';
  const scheduled = model.scheduled.get(capabilities[0]?.place ?? '');
  if (scheduled && verdictAt(answer.timelineOf(scheduled), at) === 'holds') return 'open as scheduled';
  if (verdict('admits-known') === 'fails') return 'locked for all';
  if (verdict('refuses-revoked-during') === 'fails' || verdict('refuses-revoked-before') === 'fails')
    return 'weakened';
  const all = ['egress', 'secured', 'admits-known', 'refuses-revoked-during'] as const;
  return all.some((name) => verdict(name) === 'unknown') ? 'unknown' : 'under control';
}
