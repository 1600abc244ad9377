import type { SegmentationCheckDocument } from '@holdfast/audit';
import { expect, test } from 'vitest';
import { segmentationTable } from './segmentation-table.ts';

type Cell = SegmentationCheckDocument['segmentation']['cells'][number];

const zones = Array.from({ length: 30 }, (_, index) => ({
  id: `z${index}`,
  name: index === 1 ? 'A zone with a name that is much too long' : `Zone ${index}`,
  function: 'video' as const,
  basis: 'declared' as const,
  places: [],
}));
const verdict = (from: number, to: number): Cell['verdict'] => {
  if (from === to) return 'same';
  return from === 1 && to === 29 ? 'violating' : 'closed';
};
const document: SegmentationCheckDocument = {
  holdfast: { kind: 'segmentation', version: 1 },
  estate: { hash: `sha256:${'0'.repeat(64)}` },
  segmentation: {
    policy: 'declared',
    zones,
    sources: [],
    cells: zones.flatMap((from, a) =>
      zones.map((to, b) => ({ from: from.id, to: to.id, verdict: verdict(a, b), flows: [], notes: [] })),
    ),
    notes: [],
  },
  pivots: [],
  findings: [],
};

test('thirty zones fit into eighty columns, in blocks of columns', () => {
  const lines = segmentationTable(document, { width: 80, colour: false }).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  const rows = lines.filter((line) => line.startsWith('  2  '));
  expect(rows).toHaveLength(3);
  expect(rows[0]).toContain('A zone with a name...');
  expect(rows[2]?.endsWith('X')).toBe(true);
  expect(lines.at(-1)).toBe('Nothing was found.');
});
