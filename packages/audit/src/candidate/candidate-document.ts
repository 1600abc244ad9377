import type { Verdict } from '@holdfast/outage';
import type { QuestionGroup } from '../questionnaire/questionnaire-document.ts';

/** A product that is not bought yet, judged at a place: what `holdfast profiles candidate --format json` prints. */
export interface CandidateDocument {
  readonly holdfast: { readonly kind: 'candidate'; readonly version: 1 };
  readonly profile: {
    readonly id: string;
    readonly name: string;
    readonly class: string;
    readonly vendor?: string;
  };
  readonly place: { readonly id: string; readonly name: string };
  /** What it would stand in for; nothing where it stands beside what is there, or nothing is there. */
  readonly replaces: readonly { readonly id: string; readonly name: string }[];
  readonly needs: readonly CandidateNeed[];
  /** Checks: a capability of the place in a scenario, against how long it must hold. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** The checks that do not hold, today or with it; scenarios that fare alike are one. */
  readonly checks: readonly CandidateCheck[];
  /** What nobody has published: to be asked before anything is signed. */
  readonly questions: readonly QuestionGroup[];
}

/** Something that the product cannot work without, and who gives it here. */
export interface CandidateNeed {
  readonly what: string;
  readonly given?: string;
  /** Where that comes from: as today's device has it, as others of the estate have it, or it would be new. */
  readonly by: 'today' | 'others' | 'new' | 'itself' | 'nobody';
}

export interface CandidateCheck {
  readonly capability: string;
  readonly scenarios: readonly string[];
  /** How long it must hold, and the function of the estate that says so. */
  readonly target: string;
  readonly declared?: string;
  readonly today?: Outcome;
  readonly withIt: Outcome;
}

export interface Outcome {
  readonly verdict: Verdict;
  /** Milliseconds from the start of the fault until it no longer holds. */
  readonly at?: number;
}
