import type { Box } from '../engine/axes.ts';
import { stepsOf, type List, type Program } from '../engine/program.ts';
import { newValues } from '../engine/translate.ts';
import type { Hook, Step, Translation } from '../model/firewall.ts';
import { family } from '../model/address.ts';
import type { Interval } from '../model/interval.ts';
import { connectionStates, dimensions } from '../model/packet.ts';
import { everything, nothing, type Bdd, type Node } from './bdd.ts';
import {
  drops,
  firstTranslation,
  OutcomeBuilder,
  passes,
  returns,
  taken,
  unknown,
  type Outcomes,
} from './outcomes.ts';
import type { PacketBits } from './packet-bits.ts';
import { Untracking } from './untracking.ts';

/** What may become of packets: those that may pass, those that may not, those of which nothing is known. */
interface Ends {
  readonly pass: Node;
  readonly drop: Node;
  readonly unknown: Node;
}

/** Where packets go that meet a list: accepted, returned, at its end, and behind the rule whose rest it is. */
interface Ways {
  readonly after: Ends;
  readonly back: Ends;
  readonly end: Ends;
  readonly met: Ends | undefined;
}

/** The packets of a box that pass for certain, and those that pass under some reading of what is not known. */
export interface Permitted {
  readonly certain: Node;
  readonly possible: Node;
}

const stateAxis = dimensions.indexOf('state');
const sourceAxis = dimensions.indexOf('src');

/**
 * The exact sets of packets that pass a hook, or all that a forwarded packet meets; only within `box` do they hold.
 * @see SPEC.md A3, R8, U1
 */
export function permitted(program: Program, bits: PacketBits, hook: Hook | 'path', box: Box): Permitted {
  const { bdd } = bits;
  const ends = new Composer(program, bits, hook, box).ends();
  const within = bits.box(box);
  const certain = bdd.minus(bdd.minus(ends.pass, ends.drop), ends.unknown);
  return { certain: bdd.and(certain, within), possible: bdd.and(bdd.or(ends.pass, ends.unknown), within) };
}

class Composer {
  readonly #program: Program;
  readonly #bits: PacketBits;
  readonly #bdd: Bdd;
  readonly #steps: readonly Step[];
  readonly #builder: OutcomeBuilder;
  readonly #isPath: boolean;
  readonly #untracks: Untracking;

  constructor(program: Program, bits: PacketBits, hook: Hook | 'path', box: Box) {
    this.#program = program;
    this.#bits = bits;
    this.#bdd = bits.bdd;
    this.#steps = stepsOf(program.firewall, hook);
    this.#isPath = hook === 'path';
    this.#untracks = new Untracking(program);
    const tellsDrops = program.changing !== 0 || isDoubtful(program);
    this.#builder = new OutcomeBuilder(program, bits, { box, isPath: hook === 'path', tellsDrops });
  }

  /** From the last step back to the first: what becomes of packets that pass one is what becomes of them behind it. */
  ends(): Ends {
    let after: Ends = { pass: everything, drop: nothing, unknown: nothing };
    for (const step of this.#steps.toReversed()) after = this.#step(step, after);
    return after;
  }

  #step(step: Step, after: Ends): Ends {
    const inside = this.#chain(step.chain, after);
    const met = this.#meeting(step);
    return met === everything ? inside : this.#each((end) => this.#either(met, inside[end], after[end]));
  }

  /** The packets that a step sees; the others pass it. */
  #meeting({ kind, family: only }: Step): Node {
    const { axes } = this.#program;
    const ranks = (axis: number, { low, high }: Interval): Node =>
      this.#bits.range(this.#bits.of(axis), axes.rank(axis, low), axes.rank(axis, high), everything);
    const fresh = BigInt(connectionStates.indexOf('new'));
    const opens = kind === 'nat' ? ranks(stateAxis, { low: fresh, high: fresh }) : everything;
    return only === undefined ? opens : this.#bdd.and(opens, ranks(sourceAxis, family[only]));
  }

  #chain(id: string, after: Ends): Ends {
    const policy = this.#program.firewall.chains.get(id)?.policy ?? 'accept';
    const fallen = policy === 'accept' ? after : { pass: nothing, drop: everything, unknown: nothing };
    return this.#list(this.#program.chains.get(id) ?? -1, {
      after,
      back: fallen,
      end: fallen,
      met: undefined,
    });
  }

  /**
   * What becomes of packets that meet a list, from its last entry back to its first. Where connections are untracked,
   * in it or in what it calls, the list is parted: what follows sees another state.
   */
  #list(place: number, { after, back, end, met }: Ways): Ends {
    const list = this.#program.lists[place] as List;
    const entries = this.#builder.entries(place);
    let [then, to, behind] = [end, entries.length, met ?? end];
    for (let index = entries.length - 1; index >= 0; index -= 1) {
      const entry = entries[index] as number;
      if (!this.#untracks.entry(place, entry)) continue;
      const isLastOfRule = list.rules[entries[index + 1] ?? -1] !== list.rules[entry];
      then = this.#composed(this.#builder.part(place, index + 1, to), after, back, then);
      if (met === undefined && isLastOfRule) behind = then;
      then = this.#called(list, entry, { after, back, end: then, met: behind });
      to = index;
    }
    return this.#composed(this.#builder.part(place, 0, to), after, back, then);
  }

  /** An entry that untracks connections, or calls what does. */
  #called(list: List, entry: number, ways: Ways & { readonly met: Ends }): Ends {
    const { after, back, end, met } = ways;
    const [rule, effect] = [list.rules[entry], list.effects[entry]];
    const box = this.#builder.boxOf(list, entry);
    const chain = (id: string, up: Ends): Ends =>
      this.#list(this.#program.chains.get(id) ?? -1, { after, back: up, end: up, met: undefined });
    if (effect?.kind === 'enter') return this.#parted(box, this.#list(effect.list, ways), end, false);
    const isDoubtful = (rule?.unmodelled.length ?? 0) > 0;
    if (effect?.kind === 'jump') return this.#parted(box, chain(effect.chain, met), end, isDoubtful);
    if (effect?.kind === 'goto') return this.#parted(box, chain(effect.chain, back), end, isDoubtful);
    return this.#parted(box, this.#untracking(met), end, isDoubtful);
  }

  /** Packets of a set go one way, the others go on; where it is doubtful whether they do, either way. */
  #parted(box: Node, inside: Ends, outside: Ends, isDoubtful: boolean): Ends {
    return this.#each((end) =>
      isDoubtful
        ? this.#bdd.or(this.#bdd.and(box, inside[end]), outside[end])
        : this.#either(box, inside[end], outside[end]),
    );
  }

  /** What becomes of packets once their connections are not tracked. */
  #untracking(then: Ends): Ends {
    const rank = this.#program.axes.rank(stateAxis, BigInt(connectionStates.indexOf('untracked')));
    return this.#each((end) => this.#before(stateAxis, rank, rank, then[end]));
  }

  #composed(outcomes: Outcomes, after: Ends, fallen: Ends, then: Ends): Ends {
    const { and, or } = bound(this.#bdd);
    const translated = this.#builder.translations.map((to) => this.#translating(to, after));
    return this.#each((end) => {
      let all = and(outcomes[passes] ?? nothing, after[end]);
      all = or(all, and(outcomes[returns] ?? nothing, fallen[end]));
      all = or(all, this.#bdd.minus(then[end], outcomes[taken] ?? nothing));
      if (end === 'drop') all = or(all, outcomes[drops] ?? nothing);
      if (end === 'unknown') all = or(all, outcomes[unknown] ?? nothing);
      translated.forEach((each, index) => {
        all = or(all, and(outcomes[firstTranslation + index] ?? nothing, each[end]));
      });
      return all;
    });
  }

  /** What may become of packets once translated: the ends of any of their new values. */
  #translating(to: Translation, after: Ends): Ends {
    const cases = newValues(this.#program, to);
    const behind = this.#leaving(to, after);
    return this.#each((end) => {
      let all: Node = nothing;
      for (const { where, values } of cases) {
        let set = behind[end];
        for (const [axis, low, high] of values) set = this.#before(axis, low, high, set);
        all = this.#bdd.or(all, this.#bdd.and(this.#bits.box(where), set));
      }
      return all;
    });
  }

  /** What becomes of translated packets: those for the firewall itself leave the path. */
  #leaving(to: Translation, after: Ends): Ends {
    if (!this.#isPath || to.kind !== 'destination' || to.address === undefined) return after;
    const bits = this.#bits.of(dimensions.indexOf('dst'));
    const own = this.#program.own.reduce(
      (all, [low, high]) => this.#bdd.or(all, this.#bits.range(bits, low, high, everything)),
      nothing,
    );
    return {
      pass: this.#bdd.minus(after.pass, own),
      drop: this.#bdd.or(after.drop, own),
      unknown: this.#bdd.minus(after.unknown, own),
    };
  }

  /** The packets that are in a set once an axis has some value between two. */
  #before(axis: number, low: number, high: number, set: Node): Node {
    const bits = this.#bits.of(axis);
    const within = this.#bdd.and(set, this.#bits.range(bits, low, high, everything));
    return this.#bdd.exists(within, bits.from, bits.to);
  }

  #either(where: Node, inside: Node, outside: Node): Node {
    return this.#bdd.or(this.#bdd.and(where, inside), this.#bdd.minus(outside, where));
  }

  #each(one: (end: keyof Ends) => Node): Ends {
    return { pass: one('pass'), drop: one('drop'), unknown: one('unknown') };
  }
}

const bound = (bdd: Bdd): Pick<Bdd, 'and' | 'or'> => ({
  and: (a, b) => bdd.and(a, b),
  or: (a, b) => bdd.or(a, b),
});

const isDoubtful = ({ firewall }: Program): boolean =>
  [...firewall.chains.values()].some(({ rules }) =>
    rules.some(({ unmodelled, action }) => unmodelled.length > 0 || action.kind === 'unmodelled'),
  );
