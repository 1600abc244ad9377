import type {
  ArrowDocument,
  ClosingDocument,
  NamedDocument,
  PassageDocument,
  PathDocument,
  PathsDocument,
} from '@holdfast/segmentation';
import { count, joinNames } from '../reading/names.ts';
import { visibleText } from '../reading/visible-text.ts';
import type { TerminalOptions } from './audit-table.ts';
import { hang } from './columns.ts';
import { paintOf, type Paint } from './paint.ts';

const widest = 110;

interface Sheet {
  readonly room: number;
  readonly paint: Paint;
}

/** The paths between two selectors for a terminal, and the rules that would close them. */
export function sayPaths(document: PathsDocument, { width, colour }: TerminalOptions): string {
  const sheet: Sheet = { room: Math.max(50, Math.min(width, widest)), paint: paintOf(colour) };
  const { from, to, under, verdict, paths, found, unreached, closing, closingAll } = document;
  const tone = { yes: sheet.paint.bad, unknown: sheet.paint.doubt, no: sheet.paint.good }[verdict];
  const asked = `From ${from} to ${to}${under === undefined ? '' : `, with ${under} down`}: `;
  const answer = {
    yes: `yes, ${count(found, 'path')}.`,
    unknown: `nobody can tell, ${count(found, 'possible path')}.`,
    no: 'no. Every packet that would open one is stopped.',
  }[verdict];
  return [
    ...hang(sheet.paint.strong(visibleText(asked)), tone(answer), sheet.room),
    ...paths.flatMap((path, index) => ['', ...sayPath(path, index + 1, sheet)]),
    ...(found > paths.length ? ['', `${found - paths.length} more: raise --limit.`] : []),
    ...(verdict === 'no' || unreached.length === 0
      ? []
      : ['', ...hang('', `Not reached: ${names(unreached)}.`, sheet.room)]),
    ...sayClosing('To close every certain path', closing, sheet),
    ...sayClosing('To close those too of which nobody can tell', closingAll, sheet),
    ...sources(document, sheet),
  ].join('\n');
}

const names = (all: readonly NamedDocument[]): string => visibleText(joinNames(all.map(({ name }) => name)));
const label = ({ id, name }: NamedDocument): string =>
  visibleText(name === id || id === 'internet' ? name : `${name} (${id})`);

function sayPath(path: PathDocument, number: number, sheet: Sheet): readonly string[] {
  const { paint } = sheet;
  const kind = path.reverse
    ? 'over a session that the other side opened'
    : path.verdict === 'yes'
      ? 'certain'
      : 'possible';
  const [first] = path.arrows;
  const tone = path.verdict === 'yes' ? paint.bad : paint.doubt;
  return [
    `${paint.strong(`${number}.`)} ${tone(kind)}, ${count(path.arrows.length, 'step')}`,
    ...(first ? [`   ${paint.strong(label(first.from))}`] : []),
    ...path.arrows.flatMap((arrow) => sayArrow(arrow, sheet)),
    ...(path.alike.length === 0 ? [] : hang('   ', `Just so: ${names(path.alike)}.`, sheet.room)),
  ];
}

function sayArrow(arrow: ArrowDocument, { room, paint }: Sheet): readonly string[] {
  const bar = '   | ';
  const lines = [
    ...(arrow.kind === 'reverse'
      ? [`back over the session that ${label(arrow.to)} holds as its ${arrow.role ?? 'user'}`]
      : []),
    ...(arrow.network ? [`both are on ${label(arrow.network)}: no firewall is asked`] : []),
    ...(arrow.service ? [`takes over ${visibleText(arrow.service)}`] : []),
    ...arrow.passages.flatMap(sayPassage),
    ...(arrow.verdict === 'unknown' || arrow.passages.length === 0
      ? arrow.why.map((each) => `because ${visibleText(each)}`)
      : []),
  ];
  return [
    ...lines.flatMap((each) => hang(bar, each, room)),
    `   v ${arrow.verdict === 'unknown' ? paint.doubt('perhaps ') : ''}${paint.strong(label(arrow.to))}`,
  ];
}

function sayPassage({ router, packet, rule }: PassageDocument): readonly string[] {
  const port = packet.dport === undefined ? '' : ` port ${packet.dport}`;
  const what = `${packet.src} to ${packet.dst}, ${packet.protocol}${port}`;
  if (rule === null) return [`${label(router)}: ${what}; its configuration is not known`];
  return [
    `${label(router)}: ${what}, by ${visibleText(rule.id)}`,
    `  ${visibleText(rule.file)}:${rule.line}  ${visibleText(rule.text)}`,
  ];
}

function sayClosing(
  lead: string,
  closing: ClosingDocument | undefined,
  { room, paint }: Sheet,
): readonly string[] {
  if (closing === undefined) return [];
  if (closing.rules === null) {
    const [arrow] = closing.arrows;
    const pair = arrow ? `${label(arrow.from)} and ${label(arrow.to)}` : 'two of its devices';
    return [
      '',
      ...hang(
        '',
        `${lead}, no rule is enough: no firewall stands between ${pair}. Move one of them to a network of its own, or let the switch isolate their ports.`,
        room,
      ),
    ];
  }
  const many = count(closing.rules.length, 'rule');
  return [
    '',
    ...hang(
      '',
      paint.strong(`${lead}, add ${closing.isLeast ? '' : 'at most '}${many}, before all others:`),
      room,
    ),
    ...closing.rules.flatMap(({ at, from, to, source, destination, breaks }) => [
      ...hang(
        '   - ',
        `at ${label(at)}: deny what opens a connection from ${label(from)}${prefixes(source)} to ${label(to)}${prefixes(destination)}`,
        room,
      ),
      ...hang(
        '     ',
        breaks.length === 0
          ? 'nothing that the estate names needs it'
          : `it would break ${breaks.length === 1 ? 'this' : 'these'}: ${breaks.map(sayBroken).join('; ')}`,
        room,
      ),
    ]),
  ];
}

const prefixes = (all: readonly string[]): string => (all.length === 0 ? '' : ` (${all.join(', ')})`);

type Broken = NonNullable<ClosingDocument['rules']>[number]['breaks'][number];

const sayBroken = (each: Broken): string =>
  each.kind === 'conduit'
    ? `the conduit ${label(each.conduit)}`
    : `${label(each.device)} needs ${label(each.target)} as ${each.role}`;

function sources({ configurations }: PathsDocument, { room, paint }: Sheet): readonly string[] {
  if (configurations.length === 0)
    return [
      '',
      ...hang(
        '',
        'No configuration of a firewall or switch is part of this estate: name them under `configurations` of their devices.',
        room,
      ),
    ];
  return [
    '',
    'Computed from:',
    ...configurations.map(({ device, file, sha256, captured }) =>
      paint.soft(
        `  ${device}  ${visibleText(file)}  ${sha256.slice(0, 12)}${captured === undefined ? '' : `  of ${captured}`}`,
      ),
    ),
  ];
}
