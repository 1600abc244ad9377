import type { EntityKind, Path } from '@holdfast/estate';
import type { Position } from '@holdfast/kernel';

/** What nobody knows yet, grouped by whom to ask: what `holdfast outage questions --format json` prints. */
export interface QuestionnaireDocument {
  readonly holdfast: { readonly kind: 'questionnaire'; readonly version: 1 };
  readonly estate: { readonly hash: string; readonly sites: readonly string[] };
  readonly asked: string;
  /** How many verdicts are unknown: capabilities in scenarios. */
  readonly open: number;
  readonly groups: readonly QuestionGroup[];
}

export interface QuestionGroup {
  /** Who can answer, and as what. */
  readonly whom: string;
  readonly as: 'vendor' | 'maintainer' | 'owner' | 'site';
  /** The party of the estate, where it is one. */
  readonly party?: string;
  readonly questions: readonly AskedQuestion[];
}

export interface AskedQuestion {
  /** Stable: the same fact has the same id in every estate. */
  readonly id: string;
  readonly question: string;
  readonly note?: string;
  readonly allowed: string;
  /** The devices or places that the answer is for. */
  readonly needed: readonly { readonly id: string; readonly name: string; readonly at?: string }[];
  readonly settles: {
    /** By itself, at least and at most. */
    readonly alone: readonly [number, number];
    /** Verdicts that wait for it, be it with others. */
    readonly waiting: number;
    /** The questions that settle the rest with it. */
    readonly together: readonly string[];
  };
  readonly affects: readonly { readonly place: string; readonly capabilities: readonly string[] }[];
  readonly fact: { readonly kind: EntityKind; readonly id: string; readonly path: Path };
  readonly at?: Position;
}
