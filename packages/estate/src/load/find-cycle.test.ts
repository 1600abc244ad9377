import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCycle } from './find-cycle.ts';

type Graph = Readonly<Record<string, readonly string[]>>;
const cycleIn = (graph: Graph): readonly string[] | undefined =>
  findCycle(Object.keys(graph), (node) => graph[node] ?? []);

describe('findCycle', () => {
  test.each<[string, Graph, readonly string[] | undefined]>([
    ['none in nothing', {}, undefined],
    ['none in a tree', { a: ['b', 'c'], b: [], c: ['d'] }, undefined],
    ['none where two ways meet', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, undefined],
    ['of one', { a: ['a'] }, ['a']],
    ['of two, whatever leads there', { x: ['a'], a: ['b'], b: ['a'] }, ['a', 'b']],
    ['through nodes that are not listed', { a: ['hidden'] }, undefined],
  ])('%s', (_name, graph, expected) => {
    expect(cycleIn(graph)).toEqual(expected);
  });

  test('finds one exactly where a node reaches itself, and each step of it is real', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { maxLength: 12 }),
        (edges) => {
          const graph = Object.fromEntries(
            names.map((name) => [name, edges.filter(([from]) => from === name).map(([, to]) => to)]),
          );
          const found = cycleIn(graph);
          expect(found !== undefined).toBe(names.some((name) => reaches(graph, name, name, 6)));
          for (const [index, node] of (found ?? []).entries())
            expect(graph[node]).toContain(found?.[(index + 1) % found.length]);
        },
      ),
    );
  });

  test('is not stopped by depth or by many ways', () => {
    const long = Object.fromEntries(
      Array.from({ length: 200_000 }, (_each, index) => [`n${index}`, [`n${index + 1}`]]),
    );
    expect(cycleIn(long)).toBeUndefined();
    const wide = Object.fromEntries(
      Array.from({ length: 60 }, (_each, index) => [`n${index}`, [`n${index + 1}`, `n${index + 1}`]]),
    );
    expect(cycleIn(wide)).toBeUndefined();
  });
});

/** By walks of at most `steps`, which is all there are without repeating. */
const reaches = (graph: Graph, from: string, to: string, steps: number): boolean =>
  steps > 0 && (graph[from] ?? []).some((next) => next === to || reaches(graph, next, to, steps - 1));
