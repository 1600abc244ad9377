import type { Basis } from '@holdfast/estate';
import type { Verdict } from '@holdfast/outage';
import type { Knowledge } from './knowledge.ts';

/** What a product does when it is cut off, as plain data: what `holdfast profiles show --format json` prints. */
export interface TrialDocument {
  readonly holdfast: { readonly kind: 'trial'; readonly version: 1 };
  readonly profile: {
    readonly id: string;
    readonly name: string;
    readonly class: string;
    readonly vendor?: string;
    readonly model?: string;
    readonly about?: string;
    readonly reviewed?: string;
  };
  readonly knowledge: Knowledge;
  readonly managed: Managed;
  /** The first thing that people ask: what it does without who manages it. */
  readonly without: { readonly role?: string; readonly says: string };
  /** What the standard estate takes for granted. */
  readonly assumed: readonly string[];
  readonly scenarios: readonly { readonly key: string; readonly head: string; readonly name: string }[];
  readonly rows: readonly {
    readonly capability: string;
    readonly title: string;
    readonly cells: readonly TrialCell[];
  }[];
  /** The facts that would settle what is unknown. */
  readonly asks: readonly TrialAsk[];
  /** What it needs others for. */
  readonly needs: readonly {
    readonly role: string;
    readonly over: 'ip' | 'line';
    readonly needed: boolean;
    readonly about?: string;
  }[];
  readonly claims: readonly TrialClaim[];
}

/** What is claimed of the product, and what that rests on; `unknown` where no page says. */
export interface TrialClaim {
  readonly fact: string;
  readonly value: string;
  readonly basis: Basis;
  readonly source?: string;
  readonly asOf?: string;
  readonly note?: string;
}

/** Where its rules and changes come from: a vendor's cloud, something on the site, what it hangs on (its hub, its controller), or nobody. */
export type Managed = 'cloud' | 'site' | 'through' | 'nobody';

/** One capability in one scenario: exact steps in milliseconds, and the verdict as each horizon is reached. */
export interface TrialCell {
  readonly scenario: string;
  readonly steps: readonly (readonly [at: number, verdict: Verdict])[];
  readonly within: Readonly<Record<string, Verdict>>;
  /** Names of facts in `asks`. */
  readonly asks: readonly string[];
}

export interface TrialAsk {
  readonly fact: string;
  /** Its limits, where those are known. */
  readonly value?: string;
  readonly note?: string;
}
