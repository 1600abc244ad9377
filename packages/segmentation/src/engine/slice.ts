import { axisCount, type Box } from './axes.ts';
import type { List, Program } from './program.ts';

/** The entries of each list that packets of one box can meet, found when a list is first read. */
export class Slices {
  readonly #program: Program;
  readonly #box: Box;
  readonly #found: (Int32Array | undefined)[];

  constructor(program: Program, box: Box) {
    this.#program = program;
    this.#box = box;
    this.#found = Array.from({ length: program.lists.length });
  }

  of(list: number): Int32Array {
    let entries = this.#found[list];
    if (entries === undefined) {
      entries = sliced(this.#program.lists[list] as List, this.#box, this.#program.changing);
      this.#found[list] = entries;
    }
    return entries;
  }
}

/** Axes that a translation may change say nothing about which entries packets meet later. */
function sliced({ lows, highs, axes, effects }: List, box: Box, changing: number): Int32Array {
  const entries = new Int32Array(effects.length);
  let count = effects.length;
  for (let each = 0; each < count; each += 1) entries[each] = each;
  for (const axis of axes) {
    if (axis >= axisCount || (changing & (1 << axis)) !== 0) continue;
    const [low, high] = [lows[axis] as Int32Array, highs[axis] as Int32Array];
    const [from, to] = [box[2 * axis] as number, box[2 * axis + 1] as number];
    let kept = 0;
    for (let place = 0; place < count; place += 1) {
      const entry = entries[place] as number;
      if ((low[entry] as number) <= to && (high[entry] as number) >= from) {
        entries[kept] = entry;
        kept += 1;
      }
    }
    count = kept;
  }
  return entries.slice(0, count);
}
