import { functionNames, type Estate, type FunctionName } from '@holdfast/estate';
import type { Zone } from '@holdfast/segmentation';
import { severities, type Finding, type Severity } from '../finding.ts';

/** The function of a finding between zones: that of the one that is meant, else that of the other; else it is of the network as such. */
export function functionFor(...zones: readonly (Zone | undefined)[]): Finding['function'] {
  const names: readonly string[] = functionNames;
  const found = zones.find((each) => each !== undefined && names.includes(each.function));
  // The list holds function names alone.
  return found === undefined ? 'segmentation' : (found.function as FunctionName);
}

/** The networks of a zone. */
export const networksOf = ({ places }: Zone): readonly string[] =>
  places.flatMap((each) => (each.kind === 'network' ? [each.id] : []));

/** The site of the first network of some zones, else the first of the estate. */
export function siteOfZones(estate: Estate, ...zones: readonly (Zone | undefined)[]): string {
  const [network] = zones.flatMap((each) => (each === undefined ? [] : networksOf(each)));
  return estate.get('network', network)?.site ?? [...estate.all('site').keys()][0] ?? '';
}

/** Zones of which nobody has said how much depends on them are taken by what they are for. */
const usual: Readonly<Record<string, Severity>> = {
  corporate: 'medium',
  guest: 'low',
  internet: 'medium',
  transit: 'medium',
  unknown: 'medium',
};

/** How bad it is, by the risk class of the zone that is reached, or of the one that is more at risk; `steps` down from there. */
export function severityFor(zones: readonly (Zone | undefined)[], steps = 0): Severity {
  const ranks = zones.flatMap((each) =>
    each === undefined || each.function === 'internet'
      ? []
      : [severities.indexOf(each.riskClass ?? usual[each.function] ?? 'high')],
  );
  const worst = ranks.length === 0 ? 2 : Math.min(...ranks);
  return severities[Math.min(severities.length - 1, worst + steps)] ?? 'low';
}
