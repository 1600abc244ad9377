import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dice, randomTree } from '@holdfast/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { solve } from '../solve/solve.ts';
import { cutsDocument } from './cuts-document.ts';

const root = join(import.meta.dirname, '../../../..');

it('is what schemas/cut-sets.schema.json says', () => {
  const schema = JSON.parse(readFileSync(join(root, 'schemas', 'cut-sets.schema.json'), 'utf8')) as object;
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  for (let seed = 0; seed < 60; seed += 1) {
    const graph = randomTree(new Dice(seed), 6);
    const tree = {
      top: 'top',
      graph,
      eventNames: Array.from({ length: graph.events }, (_, each) => `e${each}`),
      gateNames: graph.gates.map((_, each) => `g${each}`),
      probabilities: Array.from({ length: graph.events }, () => (seed % 5 === 0 ? undefined : 0.1)),
    };
    for (const asked of [{}, { order: 2 }]) {
      const document = cutsDocument(tree, solve(graph, asked), { list: 5, probability: true });
      validate({ ...document, milliseconds: { load: 1, solve: 2.5 } });
      expect({ seed, errors: validate.errors }).toEqual({ seed, errors: null });
    }
  }
});
