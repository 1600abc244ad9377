/** An undirected graph; several edges between two vertices may stand beside each other. */
export interface Graph {
  readonly vertices: number;
  readonly edges: readonly { readonly a: number; readonly b: number }[];
}

/**
 * The blocks (maximal sets of edges in which any two lie on a common simple cycle; a bridge is a block of one edge),
 * and the tree that they form with the cut vertices. In the tree, vertex v is node v and block k is node `vertices + k`.
 */
export interface BlockTree {
  readonly blocks: readonly (readonly number[])[];
  readonly parent: Int32Array;
  /** The part of the graph that a vertex lies in. */
  readonly part: Int32Array;
  readonly enter: Int32Array;
  readonly leave: Int32Array;
  readonly children: readonly (readonly number[])[];
}

/** @see Hopcroft and Tarjan, Algorithm 447: efficient algorithms for graph manipulation, CACM 16 (1973); here without recursion. */
export function blockTree(graph: Graph): BlockTree {
  const { vertices, edges } = graph;
  const { start, incident } = incidence(graph);
  const index = new Int32Array(vertices);
  const low = new Int32Array(vertices);
  const place = start.slice(0, vertices);
  const cameBy = new Int32Array(vertices).fill(-1);
  const part = new Int32Array(vertices).fill(-1);
  const blocks: number[][] = [];
  const parent: number[] = Array.from<number>({ length: vertices }).fill(-1);
  const edgeStack: number[] = [];
  let time = 0;
  let parts = 0;
  for (let root = 0; root < vertices; root += 1) {
    if (index[root] !== 0) continue;
    const path = [root];
    index[root] = low[root] = ++time;
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      part[node] = parts;
      const at = place[node] as number;
      if (at < (start[node + 1] as number)) {
        place[node] = at + 1;
        const edge = incident[at] as number;
        const ends = edges[edge] as { a: number; b: number };
        const child = ends.a === node ? ends.b : ends.a;
        if (edge === cameBy[node] || child === node) continue;
        if (index[child] === 0) {
          edgeStack.push(edge);
          cameBy[child] = edge;
          index[child] = low[child] = ++time;
          path.push(child);
        } else if ((index[child] as number) < (index[node] as number)) {
          edgeStack.push(edge);
          low[node] = Math.min(low[node] as number, index[child] as number);
        }
        continue;
      }
      path.pop();
      const up = path.at(-1);
      if (up === undefined) continue;
      low[up] = Math.min(low[up] as number, low[node] as number);
      if ((low[node] as number) >= (index[up] as number)) closeBlock(up, cameBy[node] as number);
    }
    parts += 1;
  }

  function closeBlock(top: number, last: number): void {
    const block: number[] = [];
    const tree = vertices + blocks.length;
    for (;;) {
      const edge = edgeStack.pop() as number;
      block.push(edge);
      const ends = edges[edge] as { a: number; b: number };
      for (const each of [ends.a, ends.b]) if (each !== top && parent[each] === -1) parent[each] = tree;
      if (edge === last) break;
    }
    blocks.push(block);
    parent[tree] = top;
  }

  return { blocks, part, ...numbered(Int32Array.from(parent)) };
}

function incidence({ vertices, edges }: Graph): { start: Int32Array; incident: Int32Array } {
  const start = new Int32Array(vertices + 1);
  for (const { a, b } of edges) {
    start[a + 1] = (start[a + 1] as number) + 1;
    start[b + 1] = (start[b + 1] as number) + 1;
  }
  for (let vertex = 0; vertex < vertices; vertex += 1)
    start[vertex + 1] = (start[vertex + 1] as number) + (start[vertex] as number);
  const incident = new Int32Array(2 * edges.length);
  const fill = start.slice();
  for (const [edge, { a, b }] of edges.entries()) {
    for (const end of [a, b]) {
      incident[fill[end] as number] = edge;
      fill[end] = (fill[end] as number) + 1;
    }
  }
  return { start, incident };
}

/** When a walk of the tree enters and leaves each node, and each node's children in that order. */
function numbered(parent: Int32Array): Pick<BlockTree, 'parent' | 'enter' | 'leave' | 'children'> {
  const children: number[][] = Array.from({ length: parent.length }, () => []);
  const roots: number[] = [];
  for (const [node, up] of parent.entries()) {
    if (up < 0) roots.push(node);
    else children[up]?.push(node);
  }
  const enter = new Int32Array(parent.length);
  const leave = new Int32Array(parent.length);
  let time = 0;
  const stack: number[] = roots.toReversed();
  while (stack.length > 0) {
    const node = stack.pop() as number;
    if (node < 0) {
      leave[~node] = time;
      continue;
    }
    enter[node] = ++time;
    stack.push(~node);
    const below = children[node] ?? [];
    for (let place = below.length - 1; place >= 0; place -= 1) stack.push(below[place] as number);
  }
  return { parent, enter, leave, children };
}

/** The neighbour of `from` in the tree on the way to `to`, in the same part. */
export function stepToward(tree: BlockTree, from: number, to: number): number {
  const target = tree.enter[to] as number;
  if (target < (tree.enter[from] as number) || target > (tree.leave[from] as number))
    return tree.parent[from] as number;
  const below = tree.children[from] ?? [];
  let low = 0;
  let high = below.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tree.enter[below[middle] as number] as number) <= target) low = middle;
    else high = middle - 1;
  }
  return below[low] as number;
}
