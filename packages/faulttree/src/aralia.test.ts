import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOpenPsa } from './open-psa/read-open-psa.ts';
import { solve } from './solve/solve.ts';
import type { FaultTree } from './fault-tree.ts';

// Other people's fault trees, which the project does not copy.
const folder = join(import.meta.dirname, '../../../../shared/data/aralia');
const isThere = existsSync(join(folder, 'counts.tsv'));
if (!isThere) console.log(`skipped: the Aralia fault trees are not at ${folder}`);

interface Row {
  readonly model: string;
  readonly gates: number;
  readonly events: number;
  readonly count: string;
}

function rows(): readonly Row[] {
  if (!isThere) return [];
  const lines = readFileSync(join(folder, 'counts.tsv'), 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => {
    const [model = '', gates, events, count = ''] = line.split('\t');
    return { model, gates: Number(gates), events: Number(events), count };
  });
}

function treeOf(model: string): FaultTree {
  const name = `${model}.xml`;
  const read = readOpenPsa({ name, text: readFileSync(join(folder, name), 'utf8') });
  if (read.kind === 'error') throw new TypeError(JSON.stringify(read.error[0]));
  return read.value.tree;
}

describe.skipIf(!isThere)('the Aralia fault trees', () => {
  it('are all in the table', () => {
    const models = readdirSync(folder).filter((name) => name.endsWith('.xml'));
    expect(rows().map(({ model }) => `${model}.xml`)).toEqual(models.toSorted());
  });

  it.each(rows().filter(({ count }) => count !== ''))(
    '$model has $count minimal cut sets',
    ({ model, gates, events, count }) => {
      const tree = treeOf(model);
      expect({
        events: tree.graph.events,
        gates: tree.gateNames.filter((name) => name !== undefined).length,
      }).toEqual({
        events,
        gates,
      });
      const cuts = solve(tree.graph);
      expect(cuts.completeTo).toBe(Infinity);
      expect(String(cuts.counts.reduce((sum, each) => sum + each, 0n))).toBe(count);
    },
    60_000,
  );

  it('nus9601 has 10 of at most three events, and 12 of at most four', () => {
    const { counts } = solve(treeOf('nus9601').graph, { order: 4 });
    expect(counts.slice(0, 4).reduce((sum, each) => sum + each, 0n)).toBe(10n);
    expect(counts.reduce((sum, each) => sum + each, 0n)).toBe(12n);
  }, 120_000);
});
