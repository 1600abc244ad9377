import type { Estate } from '@holdfast/estate';
import type { DeviceConfig, PivotsDocument, SegmentationDocument } from '@holdfast/segmentation';
import type { FindingRow } from '../audit-document.ts';
import { findingRow } from '../finding-row.ts';
import { segmentationAudit } from './segmentation-findings.ts';

/** A segmentation check as plain data: what `holdfast segmentation check --format json` prints. */
export interface SegmentationCheckDocument {
  readonly holdfast: { readonly kind: 'segmentation'; readonly version: 1 };
  readonly estate: { readonly hash: string };
  readonly segmentation: SegmentationDocument;
  readonly pivots: readonly PivotsDocument[];
  readonly findings: readonly FindingRow[];
}

/** Checks the segmentation of an estate alone, without any scenario. */
export function segmentationCheck(
  estate: Estate,
  configs: ReadonlyMap<string, DeviceConfig>,
): SegmentationCheckDocument {
  const { document, pivots, findings } = segmentationAudit(estate, configs);
  return {
    holdfast: { kind: 'segmentation', version: 1 },
    estate: { hash: estate.hash },
    segmentation: document,
    pivots,
    findings: findings.map((each) => findingRow(each, () => [])),
  };
}
