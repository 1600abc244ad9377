import type { List, Program } from '../engine/program.ts';

/** Which entries of a program change the state of packets that come back from them. */
export class Untracking {
  readonly #program: Program;
  readonly #lists = new Map<number, boolean>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** Whether an entry untracks connections, or leads to a list that does. */
  entry(place: number, entry: number): boolean {
    const effect = (this.#program.lists[place] as List).effects[entry];
    if (effect?.kind === 'untrack') return true;
    if (effect?.kind === 'enter') return this.list(effect.list);
    if (effect?.kind !== 'jump' && effect?.kind !== 'goto') return false;
    return this.list(this.#program.chains.get(effect.chain) ?? -1);
  }

  /** Whether any entry of a list does. */
  list(place: number): boolean {
    let found = this.#lists.get(place);
    if (found === undefined) {
      const { effects } = this.#program.lists[place] as List;
      found = effects.some((_, entry) => this.entry(place, entry));
      this.#lists.set(place, found);
    }
    return found;
  }
}
