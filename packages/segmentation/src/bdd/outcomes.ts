import { InvariantError } from '@holdfast/kernel';
import type { Box } from '../engine/axes.ts';
import { meet } from '../engine/fate.ts';
import type { List, Program } from '../engine/program.ts';
import { Slices } from '../engine/slice.ts';
import type { Rule, Translation } from '../model/firewall.ts';
import { boxOf } from '../engine/entry.ts';
import { everything, nothing, type Bdd, type Node } from './bdd.ts';
import type { PacketBits } from './packet-bits.ts';

/**
 * What may become of packets in a part of a list, as one set for each outcome. A packet is in several where a condition
 * is not modelled. Translations follow from `firstTranslation` on, in the order of `translations`.
 */
export type Outcomes = readonly Node[];

/** `taken` are the packets that go no further in the list for certain; the others go on. */
export const [passes, drops, returns, unknown, taken, firstTranslation] = [0, 1, 2, 3, 4, 5];

/** Puts lists into sets of packets, cut down to a box before anything is built. */
export class OutcomeBuilder {
  readonly #program: Program;
  readonly #bits: PacketBits;
  readonly #bdd: Bdd;
  readonly #domain: Box;
  readonly #slices: Slices;
  readonly #isPath: boolean;
  readonly #tellsDrops: boolean;
  readonly #lists = new Map<number, Outcomes>();
  readonly translations: Translation[] = [];

  constructor(
    program: Program,
    bits: PacketBits,
    {
      box,
      isPath,
      tellsDrops,
    }: { readonly box: Box; readonly isPath: boolean; readonly tellsDrops: boolean },
  ) {
    this.#program = program;
    this.#bits = bits;
    this.#bdd = bits.bdd;
    this.#domain = box.slice();
    const whole = program.axes.whole();
    for (let axis = 0; 2 * axis < whole.length; axis += 1) {
      if ((program.changing & (1 << axis)) !== 0) {
        this.#domain[2 * axis] = whole[2 * axis] as number;
        this.#domain[2 * axis + 1] = whole[2 * axis + 1] as number;
      }
    }
    this.#slices = new Slices(program, box);
    this.#isPath = isPath;
    this.#tellsDrops = tellsDrops;
  }

  /** The entries of a list that packets of the box can meet. */
  entries(list: number): Int32Array {
    return this.#slices.of(list);
  }

  /** The box of an entry, cut down. */
  boxOf(list: List, entry: number): Node {
    const box = meet(boxOf(list, entry), this.#domain);
    return box === undefined ? nothing : this.#bits.box(box);
  }

  /** The outcomes of a whole list. */
  list(list: number): Outcomes {
    let outcomes = this.#lists.get(list);
    if (outcomes === undefined) {
      outcomes = this.part(list, 0, this.entries(list).length);
      this.#lists.set(list, outcomes);
    }
    return outcomes;
  }

  /** The outcomes of some entries, by their places in the slice; halves are merged, so that sets stay small for long. */
  part(list: number, from: number, to: number): Outcomes {
    if (from >= to) return [nothing, nothing, nothing, nothing, nothing];
    if (to - from === 1) return this.#entry(list, this.entries(list)[from] as number);
    const middle = (from + to) >> 1;
    return this.#merged(this.part(list, from, middle), this.part(list, middle, to));
  }

  #merged(first: Outcomes, then: Outcomes): Outcomes {
    const gone = first[taken] as Node;
    const both = this.#bdd.or(gone, then[taken] as Node);
    return Array.from({ length: Math.max(first.length, then.length) }, (_, outcome) => {
      const [now, later] = [first[outcome] ?? nothing, then[outcome] ?? nothing];
      // All that either takes ends alike: what is taken is the answer, and no other set is built.
      if (outcome === taken || (now === gone && later === then[taken])) return both;
      return this.#bdd.or(now, this.#bdd.minus(later, gone));
    });
  }

  #entry(place: number, entry: number): Outcomes {
    const list = this.#program.lists[place] as List;
    const rule = list.rules[entry] as Rule;
    const effect = list.effects[entry] as List['effects'][number];
    if (effect.kind === 'continue') return this.part(place, 0, 0);
    const box = this.boxOf(list, entry);
    if (effect.kind === 'enter') return this.#inside(box, false, this.list(effect.list));
    const isDoubtful = rule.unmodelled.length > 0;
    const takes = isDoubtful ? nothing : box;
    switch (effect.kind) {
      case 'accept':
        return one(passes, box, takes);
      case 'drop':
      case 'reject':
        return this.#tellsDrops ? one(drops, box, takes) : one(firstTranslation, nothing, takes);
      case 'return':
        return one(returns, box, takes);
      case 'unmodelled':
        return one(unknown, box, takes);
      case 'jump': {
        const called = this.#chain(effect.chain);
        const gone = this.#bdd.minus(called[taken] as Node, called[returns] as Node);
        return this.#inside(box, isDoubtful, withPair(called, nothing, gone));
      }
      case 'goto': {
        const called = this.#chain(effect.chain);
        const gone = this.#bdd.minus(called[taken] as Node, called[returns] as Node);
        return this.#inside(box, isDoubtful, withPair(called, this.#bdd.minus(everything, gone), everything));
      }
      case 'translate': {
        const { to } = effect;
        if (this.#isPath && to.kind === 'destination' && to.toInterface === true)
          return one(drops, box, takes);
        return one(firstTranslation + this.#translation(to), box, takes);
      }
      case 'untrack':
        throw new InvariantError(`${rule.source.id} untracks, which no single set tells`);
      default:
        return effect satisfies never;
    }
  }

  #translation(to: Translation): number {
    const found = this.translations.indexOf(to);
    return found < 0 ? this.translations.push(to) - 1 : found;
  }

  #chain(id: string): Outcomes {
    return this.list(this.#program.chains.get(id) ?? -1);
  }

  #inside(box: Node, isDoubtful: boolean, then: Outcomes): Outcomes {
    return then.map((each, outcome) =>
      outcome === taken && isDoubtful ? nothing : this.#bdd.and(box, each),
    );
  }
}

function one(outcome: number, box: Node, takes: Node): Outcomes {
  const outcomes = [nothing, nothing, nothing, nothing, takes];
  while (outcomes.length <= outcome) outcomes.push(nothing);
  outcomes[outcome] = box;
  return outcomes;
}

function withPair(outcomes: Outcomes, back: Node, gone: Node): Outcomes {
  return outcomes.map((each, outcome) => (outcome === returns ? back : outcome === taken ? gone : each));
}
