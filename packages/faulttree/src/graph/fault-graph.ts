/** What a gate needs of its inputs: `and` all, `or` one, `atleast` so many. */
export type GateKind = 'and' | 'or' | 'atleast';

/** `min` counts for `atleast` alone. An input of `atleast` that stands twice counts twice. */
export interface Gate {
  readonly kind: GateKind;
  readonly min: number;
  readonly inputs: readonly number[];
}

/** An input that never fails, and one that has failed already. */
export const never = -1;
export const always = -2;

/**
 * A coherent fault tree in numbers: events are `0` to `events - 1`, the gate `gates[i]` is `events + i`,
 * houses are `never` and `always`. Gates may be shared; they are in no order, and in no circle.
 */
export interface FaultGraph {
  readonly events: number;
  readonly gates: readonly Gate[];
  readonly top: number;
}
