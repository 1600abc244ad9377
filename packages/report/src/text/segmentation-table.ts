import type { SegmentationCheckDocument } from '@holdfast/audit';
import { count } from '../reading/names.ts';
import { visibleText } from '../reading/visible-text.ts';
import type { TerminalOptions } from './audit-table.ts';
import { hang, pad, wrap } from './columns.ts';
import { findingHead } from './finding-head.ts';
import { paintOf, type Paint } from './paint.ts';

type SegmentationDocument = SegmentationCheckDocument['segmentation'];
type CellDocument = SegmentationDocument['cells'][number];

const widest = 120;
const nameWidth = 22;
const columnWidth = 4;

const marks = {
  same: ' ',
  unjudged: '-',
  closed: '.',
  allowed: '+',
  violating: 'X',
  blocked: '!',
  unknown: '?',
} as const satisfies Readonly<Record<CellDocument['verdict'], string>>;

/** A segmentation check for a terminal: who may open connections to whom, then the findings with their witnesses. */
export function segmentationTable(
  { segmentation, findings }: SegmentationCheckDocument,
  { width, colour }: TerminalOptions,
): string {
  const paint = paintOf(colour);
  const room = Math.max(40, Math.min(width, widest));
  return [
    ...wrap(headline(segmentation), room).map(paint.strong),
    '',
    ...matrix(segmentation, room, paint),
    '',
    ...wrap(
      'From the zone of the row to that of the column: . shut, + open as it may be, X open and should not be, ! shut and should be open, ? not known, - nobody judges it.',
      room,
    ).map(paint.soft),
    ...segmentation.notes.flatMap((each) => wrap(visibleText(each), room)),
    '',
    ...(findings.length === 0
      ? [paint.good('Nothing was found.')]
      : [
          paint.strong(count(findings.length, 'finding')),
          ...findings.flatMap(({ message, why, remedy, ...rest }) => [
            '',
            findingHead(rest, paint),
            ...hang('    ', visibleText(message), room),
            ...why.flatMap((line) => {
              const indent = line.length - line.trimStart().length;
              return hang(' '.repeat(6 + indent), visibleText(line.trimStart()), room);
            }),
            ...hang('    ', visibleText(remedy), room).map(paint.soft),
          ]),
        ]),
  ].join('\n');
}

function headline({ policy, zones, sources }: SegmentationDocument): string {
  const whose =
    policy === 'declared'
      ? 'the conduits of the estate'
      : 'the policy of the product, for the estate declares no conduits';
  const devices = new Set(sources.map(({ device }) => device)).size;
  return `${count(zones.length, 'zone')}, judged by ${whose}; ${count(devices, 'device')} with a configuration`;
}

/** The zones with their numbers down the side, and across as many as fit, in blocks. */
function matrix({ zones, cells }: SegmentationDocument, room: number, paint: Paint): readonly string[] {
  const byPair = new Map(cells.map((each) => [`${each.from}\n${each.to}`, each] as const));
  const each = Math.max(1, Math.floor((room - nameWidth - 5) / columnWidth));
  const numbered = zones.map((zone, index) => ({ ...zone, number: index + 1 }));
  const blocks = Array.from({ length: Math.ceil(zones.length / each) }, (_, index) =>
    numbered.slice(index * each, (index + 1) * each),
  );
  return blocks.flatMap((columns, index) => [
    ...(index === 0 ? [] : ['']),
    paint.soft(
      `${' '.repeat(nameWidth + 5)}${columns.map(({ number }) => String(number).padStart(columnWidth)).join('')}`,
    ),
    ...numbered.map((row) => {
      const label = `${String(row.number).padStart(3)}  ${pad(cut(visibleText(row.name)), nameWidth)}`;
      return `${label}${columns.map((column) => mark(byPair.get(`${row.id}\n${column.id}`), paint)).join('')}`.trimEnd();
    }),
  ]);
}

const cut = (name: string): string => (name.length < nameWidth ? name : `${name.slice(0, nameWidth - 4)}...`);

function mark(cell: CellDocument | undefined, paint: Paint): string {
  const sign = marks[cell?.verdict ?? 'unjudged'];
  const tone =
    sign === 'X' || sign === '!'
      ? paint.bad
      : sign === '?'
        ? paint.doubt
        : sign === '+'
          ? paint.good
          : paint.soft;
  return `${' '.repeat(columnWidth - 1)}${tone(sign)}`;
}
