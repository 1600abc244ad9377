import type { Estate } from '@holdfast/estate';
import {
  checkPolicy,
  hostsOf,
  landscapeOf,
  segmentationDocument,
  type DeviceConfig,
  type Landscape,
  type PivotsDocument,
  type SegmentationDocument,
} from '@holdfast/segmentation';
import type { Finding } from '../finding.ts';
import { bySeverity } from '../severity.ts';
import { crossingFindings, type Checked } from './crossing-findings.ts';
import { networkFindings } from './network-findings.ts';
import { pivotAudit, pivotFindings } from './pivot-audit.ts';
import { policyFindings } from './policy-findings.ts';
import { switchFindings } from './switch-findings.ts';
import { unknownCrossings } from './unknown-crossings.ts';

/** The zones of an estate, what passes between them, and what is wrong with it. */
export interface SegmentationAudit {
  readonly document: SegmentationDocument;
  readonly pivots: readonly PivotsDocument[];
  /** From the worst to the least. */
  readonly findings: readonly Finding[];
}

/** Without any configuration nothing is certain; so many pairs of networks are enough to say on what it hangs. */
const blindLimits = { zones: 150, pairs: 500, needs: 0, failover: false } as const;

/** Checks the zones and conduits of an estate against the configurations that are known; without any, what rests on them is unknown. */
export function segmentationAudit(
  estate: Estate,
  configs: ReadonlyMap<string, DeviceConfig> = new Map(),
  landscape: Landscape = landscapeOf(estate, configs),
): SegmentationAudit {
  const check = checkPolicy(landscape, configs.size === 0 ? blindLimits : {});
  const document = segmentationDocument(landscape, check);
  const zones = new Map(check.zones.map((each) => [each.id, each] as const));
  const checked: Checked = { estate, configs, zones, document };
  const paths = pivotAudit(landscape);
  return {
    document,
    pivots: paths,
    findings: [
      ...pivotFindings(estate, paths),
      ...crossingFindings(checked),
      ...unknownCrossings(checked),
      ...networkFindings(checked, hostsOf(landscape)),
      ...switchFindings(estate, configs),
      ...policyFindings(checked),
    ].toSorted(
      (a, b) =>
        bySeverity(a.severity, b.severity) ||
        Number(a.verdict === 'unknown') - Number(b.verdict === 'unknown') ||
        (a.message < b.message ? -1 : 1),
    ),
  };
}
