import type { Version } from '../version/version.ts';

/** One end of an interval. */
export interface Bound {
  readonly version: Version;
  readonly isIncluded: boolean;
}

/** Versions that a range names together. */
export type Span =
  /** From a bound, up to a bound, or both. `line` is the firmware line that it is confined to. */
  | { readonly kind: 'interval'; readonly lower?: Bound; readonly upper?: Bound; readonly line?: Version }
  /** One version. An open one, `4.x`, or one of a single number, `10`, names its whole line. */
  | { readonly kind: 'exact'; readonly version: Version };

/** Which versions an advisory speaks of, as read from its text. */
export type Range =
  | { readonly kind: 'all'; readonly condition?: string }
  | {
      readonly kind: 'spans';
      readonly spans: readonly Span[];
      /** What the text demands besides, and no version tells. */
      readonly condition?: string;
      /** The list breaks off in the middle, so that a version that it does not name may still be meant. */
      readonly isCutOff?: boolean;
      /** `up to 7.0` leaves open whether 7.0 is meant. */
      readonly isVague?: boolean;
    }
  | { readonly kind: 'unread'; readonly reason: string };

/** A range that could not be read, with the reason. */
export const unread = (reason: string): Range => ({ kind: 'unread', reason });
