import { seeded } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockTree, stepToward, type Graph } from './blocks.ts';

const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 9 }).chain((vertices) =>
  fc.record({
    vertices: fc.constant(vertices),
    edges: fc.array(fc.record({ a: fc.nat({ max: vertices - 1 }), b: fc.nat({ max: vertices - 1 }) }), {
      maxLength: 14,
    }),
  }),
);

/** The vertices that a vertex reaches over some of the edges, without one vertex. */
function reached(
  { edges }: Graph,
  from: number,
  without = -1,
  only: (edge: number) => boolean = () => true,
): ReadonlySet<number> {
  const seen = new Set([from]);
  for (const at of seen) {
    for (const [index, { a, b }] of edges.entries()) {
      if (!only(index) || a === without || b === without) continue;
      if (a === at) seen.add(b);
      if (b === at) seen.add(a);
    }
  }
  return seen;
}

/** Whether two edges lie on a common simple cycle: no vertex and neither edge separates them. */
function share(graph: Graph, one: number, other: number): boolean {
  if (one === other) return true;
  return [...Array.from({ length: graph.vertices }, (_, vertex) => vertex), -1].every((vertex) =>
    [-1, one, other].every((edge) => together(graph, one, other, vertex, edge)),
  );
}

/** Whether an end of one edge reaches an end of the other without a vertex and an edge. */
function together(
  { vertices, edges }: Graph,
  one: number,
  other: number,
  without: number,
  cut: number,
): boolean {
  const ends = (edge: number): readonly number[] =>
    [edges[edge]?.a ?? 0, edges[edge]?.b ?? 0].filter((end) => end !== without);
  const graph = { vertices, edges };
  return ends(one).some((from) => {
    const seen = reached(graph, from, without, (edge) => edge !== cut);
    return ends(other).some((end) => seen.has(end));
  });
}

describe('the tree of blocks', () => {
  test('has each edge in one block, but for loops on a vertex', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { blocks } = blockTree(graph);
        const proper = [...graph.edges.keys()].filter(
          (edge) => graph.edges[edge]?.a !== graph.edges[edge]?.b,
        );
        expect(blocks.flat().toSorted((a, b) => a - b)).toEqual(proper);
      }),
      seeded(500),
    );
  });

  test('puts two edges into one block exactly when they lie on a common cycle', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { blocks } = blockTree(graph);
        const blockOf = new Map(
          blocks.flatMap((edges, block) => edges.map((edge) => [edge, block] as const)),
        );
        for (const one of blockOf.keys()) {
          for (const other of blockOf.keys())
            expect(blockOf.get(one) === blockOf.get(other), `${one} and ${other}`).toBe(
              share(graph, one, other),
            );
        }
      }),
      seeded(300),
    );
  });

  test('parts the vertices as plain search does', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { part } = blockTree(graph);
        for (let from = 0; from < graph.vertices; from += 1) {
          const seen = reached(graph, from);
          for (let to = 0; to < graph.vertices; to += 1) expect(part[from] === part[to]).toBe(seen.has(to));
        }
      }),
      seeded(300),
    );
  });

  test('leads from any vertex to any other of its part, over blocks that hold both ends of each step', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const tree = blockTree(graph);
        for (let from = 0; from < graph.vertices; from += 1) {
          for (let to = 0; to < graph.vertices; to += 1)
            if (from !== to && tree.part[from] === tree.part[to]) walk(graph, from, to);
        }
      }),
      seeded(300),
    );
  });

  test.each([
    ['a chain', 0],
    ['a ring', 1],
  ])('%s of 200,000 vertices does not overflow the stack', (_name, closing) => {
    const vertices = 200_000;
    const edges = Array.from({ length: vertices - 1 + closing }, (_, index) => ({
      a: index,
      b: (index + 1) % vertices,
    }));
    const tree = blockTree({ vertices, edges });
    expect(tree.blocks).toHaveLength(closing === 1 ? 1 : vertices - 1);
    expect(new Set(tree.part)).toEqual(new Set([0]));
  });
});

function walk(graph: Graph, from: number, to: number): void {
  const tree = blockTree(graph);
  const passed = new Set<number>();
  let at = from;
  while (at !== to) {
    expect(passed.has(at), 'no vertex twice').toBe(false);
    passed.add(at);
    const block = stepToward(tree, at, to);
    const exit = stepToward(tree, block, to);
    const ends = new Set(
      (tree.blocks[block - graph.vertices] ?? []).flatMap((edge) => [
        graph.edges[edge]?.a,
        graph.edges[edge]?.b,
      ]),
    );
    expect(ends.has(at) && ends.has(exit), `block ${block} holds ${at} and ${exit}`).toBe(true);
    // What a step leaves behind separates: without the exit, nobody gets through.
    if (exit !== to) expect(reached(graph, from, exit).has(to)).toBe(false);
    at = exit;
  }
}
