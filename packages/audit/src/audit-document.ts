import type { Basis } from '@holdfast/estate';
import type { Position } from '@holdfast/kernel';
import type { CapabilityName, DoorState, Verdict } from '@holdfast/outage';
import type { PivotsDocument, SegmentationDocument } from '@holdfast/segmentation';
import type { Severity } from './finding.ts';
import type { Controls } from './finding-kind.ts';

/** A verdict from a time on: milliseconds from the start of the scenario. */
export type StepRow = readonly [at: number, verdict: Verdict];

/** An audit as plain data: what `--format json` prints, and what reports are made of. */
export interface AuditDocument {
  readonly holdfast: { readonly kind: 'audit'; readonly version: 1 };
  readonly estate: {
    readonly hash: string;
    readonly sites: readonly {
      readonly id: string;
      readonly name: string;
      readonly timeZone: string;
      readonly address?: string;
      /** Whom the site calls whatever has happened, in that order. */
      readonly contacts: readonly SiteContactRow[];
    }[];
    readonly counts: Readonly<Record<string, number>>;
  };
  /** The files that the estate was read from, where the audit knows them. */
  readonly inputs?: readonly InputRow[];
  /** How the parties and guard posts that are to be called are reached, by id. */
  readonly contacts: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly kind: string;
        readonly role?: string;
        readonly phone?: string;
        readonly email?: string;
      }
    >
  >;
  /** The day on which the audit judges dates, and the instant at which its faults strike. */
  readonly today: string;
  readonly start: string;
  readonly places: readonly PlaceRow[];
  /** What things are called that are not places but stand in findings and guard plans, by id. */
  readonly names: Readonly<Record<string, string>>;
  /** What changes by itself, without any fault: for each start and length that scenarios have. */
  readonly usual: readonly (readonly UsualRow[])[];
  readonly scenarios: readonly ScenarioRow[];
  readonly findings: readonly FindingRow[];
  readonly questions: readonly QuestionRow[];
  /** The zones, and what passes between them by the configurations that are known; where that was asked. */
  readonly segmentation?: SegmentationDocument;
  /** Where an attacker gets to who holds a security device, comes from the internet or by remote access. */
  readonly pivots?: readonly PivotsDocument[];
  /** Of a large estate, how many of the questions were tried by solving again; the others are ranked by how much waits for them. */
  readonly tried?: number;
}

/** A file of the estate, as it was read. */
export interface InputRow {
  readonly file: string;
  readonly sha256: string;
}

export interface SiteContactRow {
  readonly party: string;
  readonly as: 'security' | 'monitoring' | 'maintenance';
}

/** Who can bring back what failed: the party, and the keys of the components that it answers for. */
export interface CallRow {
  readonly party: string;
  readonly about: readonly string[];
}

export interface PlaceRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly site: string;
  readonly class?: string;
  /** What the place does when nothing fails, at the start. */
  readonly capabilities: readonly {
    readonly name: CapabilityName;
    readonly title: string;
    readonly function: string;
    readonly verdict: Verdict;
  }[];
}

export interface ScenarioRow {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly components: readonly { readonly key: string; readonly name: string }[];
  /** Who answers for what failed. */
  readonly calls: readonly CallRow[];
  /** The instant of time 0, and the zone on whose clock it is told. */
  readonly start: string;
  readonly timeZone: string;
  /** Which of the document's `usual` is what would be without the fault; what is not in it keeps the verdict of its place. */
  readonly usual: number;
  /** Milliseconds that the fault lasts, and that are simulated. */
  readonly length: number;
  readonly horizon: number;
  readonly story: readonly {
    readonly at: number;
    readonly time: string;
    readonly kind: string;
    readonly text: string;
  }[];
  /** The capabilities that fare otherwise than without a fault. */
  readonly changes: readonly ChangeRow[];
  /** How many of them have no explanation of their own, since another of the site that fares alike has; in large estates only. */
  readonly unexplained?: number | undefined;
  /** Of each door that fares otherwise: what a person finds there, from when. */
  readonly doors: readonly {
    readonly door: string;
    readonly states: readonly (readonly [at: number, state: DoorState])[];
  }[];
  readonly guards: {
    readonly orders: readonly {
      readonly place: string;
      readonly post: string;
      readonly guard: number;
      readonly because: string;
      readonly from: number;
      readonly until: number;
      readonly arrives: number;
    }[];
    readonly unmet: readonly {
      readonly place: string;
      readonly because: string;
      readonly from: number;
      readonly until: number;
    }[];
  };
}

export interface UsualRow {
  readonly place: string;
  readonly capability: CapabilityName;
  readonly before: Verdict;
  readonly steps: readonly StepRow[];
}

export interface ChangeRow {
  readonly place: string;
  readonly capability: CapabilityName;
  readonly before: Verdict;
  readonly steps: readonly StepRow[];
  /** The explanation of its first change for the worse, and the weakest basis that it rests on; none where it is `unexplained`. */
  readonly why: readonly string[];
  readonly basis?: Basis;
}

export interface FindingRow {
  readonly id: string;
  readonly title: string;
  readonly fingerprint: string;
  readonly verdict: 'fails' | 'unknown';
  readonly severity: Severity;
  readonly site: string;
  readonly function: string;
  readonly scenario?: string;
  readonly subject: string;
  readonly message: string;
  readonly places: readonly string[];
  readonly evidence: readonly {
    readonly place: string;
    readonly capability: CapabilityName;
    readonly before: Verdict;
    readonly steps: readonly StepRow[];
  }[];
  readonly why: readonly string[];
  readonly remedy: string;
  readonly acceptable: boolean;
  readonly controls: Controls;
  readonly at?: Position;
}

export interface QuestionRow {
  readonly what: string;
  readonly subject: string;
  readonly path: string;
  /** What its profile or the estate notes about it. */
  readonly note?: string;
  readonly whom?: string;
  readonly rests: number;
  readonly settlesAtLeast: number;
  readonly settlesAtMost: number;
  readonly at?: Position;
}
