import type { ScenarioClock } from './scenario-clock.ts';

/** Until when a guard is wanted. */
export const untilOf = (clock: ScenarioClock, until: number): string =>
  until >= clock.horizon ? `past ${clock.time(clock.horizon)}` : clock.time(until);

/** After a place's name. */
export const becauseWords: Readonly<Record<string, string>> = {
  'traps people': 'does not let people out',
  unlocked: 'is open to anybody',
  weakened: 'opens for badges that have lost their right',
  blind: 'is watched by nobody',
};
