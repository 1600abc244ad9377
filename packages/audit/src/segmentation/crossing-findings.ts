import type { Estate } from '@holdfast/estate';
import {
  isSecurity,
  type CellDocument,
  type DeviceConfig,
  type FlowDocument,
  type SegmentationDocument,
  type Zone,
} from '@holdfast/segmentation';
import type { Finding } from '../finding.ts';
import type { FindingId } from '../finding-kinds.ts';
import { standing } from '../standing-finding.ts';
import { functionFor, networksOf, severityFor, siteOfZones } from './place-of-finding.ts';
import { flowLines, sayPackets } from './say-flow.ts';

/** A finding shows so many flows. */
const mostShown = 5;

/** What is known of the estate beside the check. */
export interface Checked {
  readonly estate: Estate;
  readonly configs: ReadonlyMap<string, DeviceConfig>;
  readonly zones: ReadonlyMap<string, Zone>;
  readonly document: SegmentationDocument;
}

/** What passes between zones and should not, and what should and does not: one finding for each pair of zones and kind. */
export function crossingFindings(checked: Checked): readonly Finding[] {
  return checked.document.cells.flatMap((cell) => {
    const of = (kind: FlowDocument['kind'], isUnder: boolean): readonly FlowDocument[] =>
      cell.flows.filter((each) => each.kind === kind && (each.under !== undefined) === isUnder);
    const [open, later, blocked] = [
      of('violating', false),
      of('violating', true),
      cell.flows.filter((each) => each.kind === 'blocked'),
    ];
    return [
      ...(open.length === 0 ? [] : [opened(checked, cell, open)]),
      ...(later.length === 0 ? [] : [openedUnder(checked, cell, later)]),
      ...(blocked.length === 0 ? [] : [stopped(checked, cell, blocked)]),
    ];
  });
}

interface Told {
  readonly id: FindingId;
  readonly message: string;
  readonly steps?: number;
}

function finding(checked: Checked, cell: CellDocument, flows: readonly FlowDocument[], told: Told): Finding {
  const { estate, configs, zones } = checked;
  const [from, to] = [zones.get(cell.from), zones.get(cell.to)];
  const rest =
    flows.length > mostShown ? [`and ${flows.length - mostShown} more, in the JSON of the audit`] : [];
  const rule = flows[0]?.hops.at(-1)?.rule;
  return {
    ...standing({ estate }, siteOfZones(estate, to, from), {
      id: told.id,
      verdict: 'fails',
      severity: severityFor(to?.function === 'internet' ? [from] : [to], told.steps),
      function: functionFor(to, from),
      kind: 'zone',
      subject: cell.to,
      aspect: cell.from,
      message: told.message,
      why: [
        ...flows.slice(0, mostShown).flatMap((each) => flowLines(estate, configs, each)),
        ...rest,
        ...cell.notes,
      ],
    }),
    places: [...new Set([from, to].flatMap((each) => (each === undefined ? [] : networksOf(each))))],
    ...(rule ? { at: rule.at } : {}),
  };
}

const names = ({ zones }: Checked, { from, to }: CellDocument): readonly [string, string] => [
  zones.get(from)?.name ?? from,
  zones.get(to)?.name ?? to,
];

function opened(checked: Checked, cell: CellDocument, flows: readonly FlowDocument[]): Finding {
  const [from, to] = names(checked, cell);
  const [first] = flows;
  const packets = first === undefined ? '' : sayPackets(first);
  const because = cell.denial === undefined ? '' : `, but ${cell.denial}`;
  return finding(checked, cell, flows, {
    id: idOf(checked, cell),
    message: `${upper(from)} may open connections to ${to}${packets === '' ? '' : ` (${packets})`}${because}.`,
  });
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function idOf({ zones }: Checked, { from, to }: CellDocument): FindingId {
  const [source, target] = [zones.get(from)?.function, zones.get(to)?.function ?? 'unknown'];
  if (source === 'internet' && (isSecurity(target) || target === 'soc')) return 'EXP-INTERNET';
  return target === 'management' ? 'SEG-MGMT' : 'SEG-ANYANY';
}

function openedUnder(checked: Checked, cell: CellDocument, flows: readonly FlowDocument[]): Finding {
  const [from, to] = names(checked, cell);
  const down = [
    ...new Set(flows.flatMap(({ under }) => (under === undefined ? [] : [checked.estate.nameOf(under)]))),
  ];
  return finding(checked, cell, flows, {
    id: 'SEG-FAILOVER',
    steps: 1,
    message: `While ${down.join(' or ')} is down, ${from} may open connections to ${to} that it may not otherwise.`,
  });
}

function stopped(checked: Checked, cell: CellDocument, flows: readonly FlowDocument[]): Finding {
  const [from, to] = names(checked, cell);
  const services = [...new Set(flows.flatMap(({ service }) => service ?? []))];
  const isLater = flows.every(({ under }) => under !== undefined);
  const down = [
    ...new Set(flows.flatMap(({ under }) => (under === undefined ? [] : [checked.estate.nameOf(under)]))),
  ];
  const when = isLater ? `While ${down.join(' or ')} is down, ` : '';
  const what = services.length === 0 ? 'what devices need of each other' : services.join(', ');
  return finding(checked, cell, flows, {
    id: 'SEG-BLOCKED',
    steps: 1,
    message: `${when}${isLater ? 'rules stop' : 'Rules stop'} ${what} from ${from} to ${to}, which is meant to pass.`,
  });
}
