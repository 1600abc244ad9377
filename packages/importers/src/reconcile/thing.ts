import type { EntityKind } from '@holdfast/estate';
import type { Import, Observation } from '../observation.ts';

/** One observation with the import that it is of. */
export interface Sighting {
  readonly from: Import;
  readonly seen: Observation;
}

/** Why a sighting is taken for this thing: `serial AC-12`. Absent for the first of a new thing. */
export interface Matched extends Sighting {
  readonly by?: string;
}

/** One thing: as it was seen, in one import or in several, and the declared entity that it is, where there is one. */
export interface Thing {
  readonly kind: EntityKind;
  /** The id of the declared entity, else the one that it would get. */
  readonly id: string;
  readonly declared: boolean;
  readonly sightings: readonly Matched[];
}

/** A sighting that may be several things. */
export interface Ambiguity {
  readonly sighting: Sighting;
  readonly candidates: readonly { readonly id: string; readonly by: string }[];
}
