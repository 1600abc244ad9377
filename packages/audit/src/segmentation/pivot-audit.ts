import { known, type Estate } from '@holdfast/estate';
import {
  chosen,
  PivotGraph,
  pivots,
  pivotsDocument,
  type ArrowDocument,
  type ClosingDocument,
  type Landscape,
  type PathDocument,
  type PivotsDocument,
} from '@holdfast/segmentation';
import { siteOf } from '@holdfast/topology';
import type { Finding, Severity } from '../finding.ts';
import { standing } from '../standing-finding.ts';

/** Devices of these classes stand in reach of strangers, or are cared for by others: an audit asks where each leads. */
const exposed = [
  'camera',
  'recorder',
  'controller',
  'module',
  'reader',
  'lock',
  'hub',
  'alarm-panel',
  'communicator',
  'intercom',
  'fire-panel',
  'bms-controller',
  'sensor',
  'gateway',
] as const;

/** What nobody from outside is to get at. */
const guarded = ['controller', 'recorder', 'camera', 'alarm-panel', 'bms-controller'] as const;

/** An answer shows so many paths. */
const mostPaths = 5;

/** Where an attacker gets to who holds a security device, comes from the internet or by remote access; nothing where no configuration is known. */
export function pivotAudit(landscape: Landscape): readonly PivotsDocument[] {
  const { estate, configs } = landscape;
  if (configs.size === 0) return [];
  const graph = new PivotGraph(landscape);
  const classes = classesOf(estate);
  const held = [...new Set([...estate.all('device').values()].flatMap(({ holds = [] }) => holds))].toSorted();
  const strangers = ['internet', ...partiesOf(estate).map((each) => `party:${each}`)];
  const asked = [
    ...[...exposed.filter((each) => classes.has(each)).map((each) => `class:${each}`), ...strangers].flatMap(
      (from) => held.map((word) => [from, `holds:${word}`] as const),
    ),
    ...strangers.flatMap((from) =>
      guarded.filter((each) => classes.has(each)).map((each) => [from, `class:${each}`] as const),
    ),
  ];
  return asked.flatMap(([from, to]) => {
    const [sources, targets] = [chosen(graph, from), chosen(graph, to)];
    if (sources.kind === 'error' || targets.kind === 'error') return [];
    return [
      pivotsDocument(landscape, { from, to, limit: mostPaths }, pivots(graph, sources.value, targets.value)),
    ];
  });
}

const classesOf = (estate: Estate): ReadonlySet<string> =>
  new Set(
    [...estate.all('device').values()].flatMap(
      ({ profile }) => estate.get('profile', known(profile))?.class ?? [],
    ),
  );

const partiesOf = (estate: Estate): readonly string[] => [
  ...new Set(
    [...estate.all('vpn').values()].flatMap(({ from }) => (estate.get('party', from) ? [from] : [])),
  ),
];

/** One finding for each question that has a path. Where the shortest one is over somebody else's session, nothing that a packet opens leads there. */
export function pivotFindings(estate: Estate, answers: readonly PivotsDocument[]): readonly Finding[] {
  return answers.flatMap((answer) => {
    const [path] = answer.paths;
    const last = path?.arrows.at(-1);
    if (path === undefined || last === undefined || path.reverse) return [];
    const target = last.to;
    const site = siteOf(estate, estate.get('device', target.id)?.at ?? target.id) ?? '';
    const steps = path.arrows.length === 1 ? 'directly' : `in ${path.arrows.length} steps`;
    const others =
      answer.found > 1
        ? `, and ${answer.found - 1} more ${answer.found === 2 ? 'way' : 'ways'} lead there`
        : '';
    const found = standing({ estate }, site, {
      id: 'SEG-PIVOT',
      verdict: path.verdict === 'yes' ? 'fails' : 'unknown',
      severity: severityOf(answer, path),
      function: 'segmentation',
      kind: 'device',
      subject: target.id,
      aspect: `${answer.from} ${answer.to}`,
      message:
        path.verdict === 'yes'
          ? `${upper(sayFrom(estate, answer.from))} gets to ${target.name} ${steps}: ${chain(path)}${others}.`
          : `Nobody can tell whether ${sayFrom(estate, answer.from)} gets to ${target.name}: ${chain(path)} is possible${others}.`,
      why: path.arrows.flatMap(arrowLines),
      ...remedyOf(answer.closing ?? answer.closingAll),
    });
    return [
      {
        ...found,
        places: [...new Set(path.arrows.flatMap(({ from, to }) => [from.id, to.id]))].filter(
          (id) => estate.kindOf(id) !== undefined,
        ),
      },
    ];
  });
}

function severityOf({ to, from }: PivotsDocument, { verdict }: PathDocument): Severity {
  if (verdict === 'unknown') return 'medium';
  return from === 'internet' || to.startsWith('holds:') ? 'critical' : 'high';
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function sayFrom(estate: Estate, selector: string): string {
  if (selector === 'internet') return 'anybody on the internet';
  const [kind, rest = ''] = selector.split(':');
  return kind === 'party'
    ? `${estate.nameOf(rest)}, by remote access,`
    : `who holds a ${rest.replaceAll('-', ' ')}`;
}

const chain = ({ arrows }: PathDocument): string =>
  [arrows[0]?.from.name ?? '', ...arrows.map(({ to }) => to.name)].join(' -> ');

function arrowLines({
  from,
  to,
  service,
  network,
  passages,
  why,
  verdict,
}: ArrowDocument): readonly string[] {
  return [
    `${from.name} to ${to.name}${service === undefined ? '' : `, ${service}`}${network === undefined ? '' : `, both on ${network.name}`}`,
    ...passages.map(({ router, packet, rule }) => {
      const port = packet.dport === undefined ? '' : `/${packet.dport}`;
      const by =
        rule === null
          ? 'its configuration is not known'
          : `${rule.id} (${rule.file}:${rule.line}) ${rule.text}`;
      return `  ${router.name}: ${packet.src} -> ${packet.dst} ${packet.protocol}${port}: ${by}`;
    }),
    ...(verdict === 'unknown' ? why.map((each) => `  ${each}`) : []),
  ];
}

function remedyOf(closing: ClosingDocument | undefined): { readonly remedy?: string } {
  if (closing === undefined) return {};
  if (closing.rules === null)
    return {
      remedy: `No rule can close it: no firewall stands between ${closing.arrows.map(({ from, to }) => `${from.name} and ${to.name}`).join(', ')}. Move one of them to a network of its own, or let the switch isolate their ports.`,
    };
  const rules = closing.rules.map(({ at, from, to, breaks }) => {
    const broken =
      breaks.length === 0
        ? ''
        : ` (${breaks.length} ${breaks.length === 1 ? 'thing needs' : 'things need'} what it stops)`;
    return `at ${at.name} from ${from.name} to ${to.name}${broken}`;
  });
  return {
    remedy: `Deny what opens a connection ${rules.join('; ')}. \`holdfast segmentation paths\` shows what that would break.`,
  };
}
