import type { Sketch } from './sketch.ts';

/**
 * The gates below which nothing is used from outside, each after those below it; the top is the last.
 * @see Dutuit, Rauzy, A linear-time algorithm to find modules of fault trees, IEEE Transactions on Reliability 45 (1996)
 */
export function findModules(sketch: Sketch, top: number): readonly number[] {
  const first = new Int32Array(sketch.size);
  const second = new Int32Array(sketch.size);
  const last = new Int32Array(sketch.size);
  const place = new Int32Array(sketch.size);
  const order: number[] = [];
  const stack = [top];
  let time = 1;
  first[top] = time;
  while (stack.length > 0) {
    const node = stack.at(-1) as number;
    const inputs = sketch.of(node);
    const at = place[node] as number;
    if (at < inputs.length) {
      place[node] = at + 1;
      const each = inputs[at] as number;
      time += 1;
      last[each] = time;
      if (first[each] === 0) {
        first[each] = time;
        if (!sketch.isEvent(each)) stack.push(each);
      }
    } else {
      time += 1;
      second[node] = time;
      last[node] = Math.max(time, last[node] as number);
      order.push(node);
      stack.pop();
    }
  }
  const earliest = new Int32Array(sketch.size);
  const latest = new Int32Array(sketch.size);
  const modules: number[] = [];
  for (const gate of order) {
    let low = 0x7fff_ffff;
    let high = 0;
    for (const each of sketch.of(gate)) {
      const isEvent = sketch.isEvent(each);
      low = Math.min(low, first[each] as number, isEvent ? low : (earliest[each] as number));
      high = Math.max(high, last[each] as number, isEvent ? high : (latest[each] as number));
    }
    earliest[gate] = low;
    latest[gate] = high;
    if (low > (first[gate] as number) && high < (second[gate] as number)) modules.push(gate);
  }
  return modules;
}
