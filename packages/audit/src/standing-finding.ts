import { sha256, type Position } from '@holdfast/kernel';
import type { EntityKind, Path } from '@holdfast/estate';
import type { Model } from '@holdfast/outage';
import type { Finding, Severity } from './finding.ts';
import { findingKinds, type FindingId } from './finding-kinds.ts';

/** A finding about the estate as it stands, without any fault. */
export interface Standing {
  readonly id: FindingId;
  readonly verdict: 'fails' | 'unknown';
  readonly severity: Severity;
  readonly function: Finding['function'];
  readonly kind: EntityKind;
  readonly subject: string;
  readonly path?: Path;
  /** What tells two findings of one kind about one subject apart. */
  readonly aspect?: string;
  readonly message: string;
  readonly why?: readonly string[];
  readonly remedy?: string;
}

/** Completes a standing finding with its fingerprint, place and remedy. */
export function standing(model: Pick<Model, 'estate'>, site: string, each: Standing): Finding {
  const at: Position | undefined = model.estate.at(each.kind, each.subject, each.path ?? []);
  return {
    id: each.id,
    fingerprint: sha256([each.id, each.subject, each.aspect ?? '', each.verdict].join('\n')),
    verdict: each.verdict,
    severity: each.severity,
    site,
    function: each.function,
    subject: each.subject,
    message: each.message,
    evidence: [],
    why: each.why ?? [],
    remedy: each.remedy ?? findingKinds[each.id].remedy,
    places: [each.subject],
    ...(at ? { at } : {}),
  };
}
