/** What can be said of a device and a vulnerability. */
export type Verdict = 'affected' | 'not_affected' | 'needs_review';

/** A verdict with its witness. */
export interface Judgement {
  readonly verdict: Verdict;
  /** The branch and the range as the advisory writes them. */
  readonly matched: string;
  /** The version that mends it, where the advisory names one. */
  readonly fixedIn: string | null;
  /** The comparison made, the status and the evidence, in words. */
  readonly why: string;
  /** Whether the advisory's own prose says the same. */
  readonly isBacked?: boolean;
  /** Whether the version lies in a range of what is affected, whatever speaks against it. */
  readonly isHit?: boolean;
}
