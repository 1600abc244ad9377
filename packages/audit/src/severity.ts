import { known } from '@holdfast/estate';
import { phrases, type Capability, type Model } from '@holdfast/outage';
import { severities, type Severity } from './finding.ts';

const base = { harm: 1, loss: 2, comfort: 3 } as const;

/** The class of area that a place belongs to. */
export function classOf(
  model: Model,
  place: string,
): 'public' | 'staff' | 'restricted' | 'critical' | undefined {
  const { estate } = model;
  const of = estate.get('view', place)?.of ?? place;
  const area = estate.get('area', of) ? of : estate.get('door', of)?.to;
  return known(estate.get('area', area)?.class);
}

/**
 * How bad the loss of a capability is: harm before loss before comfort, a step up at critical places or where a declared target is missed,
 * a step down at public ones or where it is only not known to hold.
 */
export function severityOf(
  model: Model,
  capability: Capability,
  verdict: 'fails' | 'unknown',
  missesTarget: boolean,
): Severity {
  const place = classOf(model, capability.place);
  let level: number = base[phrases[capability.name].weight];
  if (place === 'critical') level -= 1;
  if (place === 'public') level += 1;
  if (missesTarget) level -= 1;
  if (verdict === 'unknown') level += 1;
  // Only what lets somebody in, or does not let somebody out, is critical.
  const worst = phrases[capability.name].weight === 'harm' ? 0 : 1;
  return severities[Math.min(severities.length - 1, Math.max(worst, level))] ?? 'low';
}

/** Orders from the worst to the least. */
export const bySeverity = (a: Severity, b: Severity): number => severities.indexOf(a) - severities.indexOf(b);
