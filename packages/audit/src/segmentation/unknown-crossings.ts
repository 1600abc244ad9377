import type { FlowDocument, Zone } from '@holdfast/segmentation';
import { siteOf } from '@holdfast/topology';
import type { Finding } from '../finding.ts';
import { standing } from '../standing-finding.ts';
import type { Checked } from './crossing-findings.ts';
import { functionFor, severityFor, siteOfZones } from './place-of-finding.ts';

/** A sentence names so many pairs of zones. */
const mostPairs = 6;

interface Open {
  readonly pairs: Map<string, readonly [from: Zone, to: Zone]>;
}

/**
 * What nobody can tell of zones: one finding for each router whose configuration is missing, with the zones that hang on
 * it; and one for each other reason.
 */
export function unknownCrossings(checked: Checked): readonly Finding[] {
  const byRouter = new Map<string, Open>();
  const byReason = new Map<string, Open>();
  for (const { from, to, flows } of checked.document.cells) {
    const pair = [checked.zones.get(from), checked.zones.get(to)] as const;
    const [a, b] = pair;
    if (a === undefined || b === undefined) continue;
    for (const flow of flows) {
      if (flow.kind !== 'unknown') continue;
      for (const router of flow.blind) add(byRouter, router, a, b);
      if (flow.blind.length === 0) add(byReason, reasonOf(checked, flow), a, b);
    }
  }
  return [
    ...[...byRouter].toSorted(byKey).map(([router, open]) => blind(checked, router, open)),
    ...[...byReason].toSorted(byKey).map(([reason, open]) => unsure(checked, reason, open)),
    ...checked.document.notes.map((note) => cutShort(checked, note)),
  ];
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

const reasonOf = ({ estate }: Checked, { why, under }: FlowDocument): string =>
  `${[...new Set(why)].slice(0, 3).join('; ')}${under === undefined ? '' : `, while ${estate.nameOf(under)} is down`}`;

function add(all: Map<string, Open>, key: string, from: Zone, to: Zone): void {
  const open = all.get(key) ?? { pairs: new Map() };
  open.pairs.set(`${from.id}\n${to.id}`, [from, to]);
  all.set(key, open);
}

function sayPairs({ pairs }: Open): string {
  const all = [...pairs.values()].map(([from, to]) => `${from.name} to ${to.name}`);
  return all.length <= mostPairs
    ? all.join(', ')
    : `${all.slice(0, mostPairs).join(', ')} and ${all.length - mostPairs} more`;
}

const zonesIn = ({ pairs }: Open): readonly Zone[] => [...pairs.values()].flat();

function blind({ estate }: Checked, router: string, open: Open): Finding {
  const at = estate.get('device', router)?.at;
  return standing({ estate }, siteOf(estate, at ?? router) ?? siteOfZones(estate), {
    id: 'SEG-ANYANY',
    verdict: 'unknown',
    severity: severityFor(zonesIn(open), 1),
    function: 'segmentation',
    kind: 'device',
    subject: router,
    aspect: 'configuration',
    message: `The configuration of ${estate.nameOf(router)} is not known, and with it what it lets through: ${sayPairs(open)}.`,
    remedy: 'Save its rules beside the estate, and name the file under `configurations` of the device.',
  });
}

function cutShort({ estate }: Checked, note: string): Finding {
  const site = siteOfZones(estate);
  return standing({ estate }, site, {
    id: 'SEG-ANYANY',
    verdict: 'unknown',
    severity: 'low',
    function: 'segmentation',
    kind: 'site',
    subject: site,
    aspect: 'limit',
    message: `Segmentation was not checked to the end: ${note}.`,
    remedy: 'Name the same zone in networks that one policy is about, or check site by site.',
  });
}

function unsure({ estate }: Checked, reason: string, open: Open): Finding {
  const [first] = [...open.pairs.values()];
  return standing({ estate }, siteOfZones(estate, first?.[1], first?.[0]), {
    id: 'SEG-ANYANY',
    verdict: 'unknown',
    severity: severityFor(zonesIn(open), 1),
    function: functionFor(...(first?.toReversed() ?? [])),
    kind: 'zone',
    subject: first?.[1].id ?? '',
    aspect: reason,
    message: `Whether these stay apart is not known, since ${reason}: ${sayPairs(open)}.`,
    remedy: 'Write down what is missing, or replace the construct that is not modelled, and look again.',
  });
}
