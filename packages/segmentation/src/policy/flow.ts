import type { Position } from '@holdfast/kernel';
import type { Passage } from '../network/crossing.ts';
import type { Place } from '../network/place.ts';
import type { Way } from '../network/ways.ts';
import type { Decision } from '../question/decision.ts';
import type { Parcel } from './parcel.ts';

/** What shows a flow: its way, and one packet of it at each router up to the last that it reaches. */
export interface Witness {
  readonly way: Way;
  readonly passages: readonly Passage[];
}

/** Packets between two zones that fare alike by the same rules. */
export interface PolicyFlow {
  /** `violating` passes and should not; `blocked` should pass and does not; `allowed` passes and may. */
  readonly kind: 'allowed' | 'violating' | 'blocked' | 'unknown';
  readonly from: Place;
  readonly to: Place;
  /** What is down where it is so; it is as things stand where nothing is named. */
  readonly under: string | undefined;
  /** The packets: source as they set out, the rest as they arrive. Up to a limit; see `isWhole`. */
  readonly parcels: readonly Parcel[];
  readonly isWhole: boolean;
  /** What decided at each router on the way, in its order. */
  readonly decisions: readonly (Decision | undefined)[];
  /** `undefined` where no packet crosses a router, or none could be followed. */
  readonly witness: Witness | undefined;
  /** What is not known, or what makes it so without a rule. */
  readonly why: readonly string[];
  /** The routers on its way whose configuration is not known. */
  readonly blind: readonly string[];
  /** The conduit that it is about, and which of its services. */
  readonly conduit?: string;
  readonly service?: string;
  readonly at?: Position;
}

/** What the policy check found between two zones. */
export interface PolicyCell {
  readonly from: string;
  readonly to: string;
  readonly verdict: 'same' | 'unjudged' | 'closed' | 'allowed' | 'violating' | 'blocked' | 'unknown';
  /** Why what is not permitted is forbidden; `undefined` where nothing forbids it. */
  readonly denial: string | undefined;
  readonly flows: readonly PolicyFlow[];
  /** Where a limit was met: what is not told. */
  readonly notes: readonly string[];
}
