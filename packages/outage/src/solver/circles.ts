/**
 * The strongly connected components of more than one node, numbered from 0; -1 for nodes in none.
 * @see Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972); here without recursion.
 */
export function findCircles(size: number, start: Int32Array, next: Int32Array): Int32Array {
  const circle = new Int32Array(size).fill(-1);
  const index = new Int32Array(size);
  const low = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const place = new Int32Array(size);
  const path = new Int32Array(size);
  const stack = new Int32Array(size);
  let stacked = 0;
  let time = 0;
  let circles = 0;
  for (let root = 0; root < size; root += 1) {
    if (index[root] !== 0) continue;
    let depth = 0;
    path[0] = root;
    while (depth >= 0) {
      const node = path[depth] as number;
      if (index[node] === 0) {
        time += 1;
        index[node] = time;
        low[node] = time;
        place[node] = start[node] as number;
        stack[stacked++] = node;
        onStack[node] = 1;
      }
      const at = place[node] as number;
      if (at < (start[node + 1] as number)) {
        place[node] = at + 1;
        const child = next[at] as number;
        if (index[child] === 0) path[++depth] = child;
        else if (onStack[child] === 1) low[node] = Math.min(low[node] as number, index[child] as number);
        continue;
      }
      if (low[node] === index[node]) {
        const single = stack[stacked - 1] === node;
        for (;;) {
          const member = stack[--stacked] as number;
          onStack[member] = 0;
          if (!single) circle[member] = circles;
          if (member === node) break;
        }
        if (!single) circles += 1;
      }
      depth -= 1;
      if (depth >= 0) {
        const parent = path[depth] as number;
        low[parent] = Math.min(low[parent] as number, low[node] as number);
      }
    }
  }
  return circle;
}
