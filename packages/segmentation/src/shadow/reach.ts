import { present } from '@holdfast/kernel';
import { Bdd, everything, nothing, type Node } from '../bdd/bdd.ts';
import { OutcomeBuilder, returns, taken } from '../bdd/outcomes.ts';
import { PacketBits } from '../bdd/packet-bits.ts';
import { Untracking } from '../bdd/untracking.ts';
import { boxOf } from '../engine/entry.ts';
import type { List, Program } from '../engine/program.ts';
import { family } from '../model/address.ts';
import type { Chain, Rule } from '../model/firewall.ts';
import { connectionStates, dimensions } from '../model/packet.ts';

const stateAxis = dimensions.indexOf('state');

/** What the chains of a program do to sets of packets, rule by rule. */
export class Reach {
  readonly program: Program;
  readonly bits: PacketBits;
  readonly bdd: Bdd;
  /** All packets: source and destination are of one family. */
  readonly all: Node;
  readonly #builder: OutcomeBuilder;
  readonly #untracking: Untracking;
  readonly #matches = new Map<Rule, Node>();

  constructor(program: Program) {
    const bits = new PacketBits(program.axes, new Bdd());
    this.program = program;
    this.bits = bits;
    this.bdd = bits.bdd;
    this.all = [family.ipv4, family.ipv6].reduce((all, addresses) => {
      const sides = ['src', 'dst'].map((side) =>
        this.#within(dimensions.indexOf(side as 'src' | 'dst'), addresses),
      );
      return this.bdd.or(
        all,
        sides.reduce((both, each) => this.bdd.and(both, each), everything),
      );
    }, nothing);
    const box = program.axes.whole();
    this.#builder = new OutcomeBuilder(program, bits, { box, isPath: false, tellsDrops: false });
    this.#untracking = new Untracking(program);
    for (const list of program.chains.values()) this.#match(list);
  }

  chain(id: string): Chain {
    return present(this.program.firewall.chains.get(id), `chain ${id}`);
  }

  /** The packets that a rule matches. */
  match(rule: Rule): Node {
    return this.#matches.get(rule) ?? nothing;
  }

  /** Which packets of a set come back from a chain, where it untracks none. */
  back(id: string, set: Node): Node {
    const outcomes = this.#builder.list(this.program.chains.get(id) ?? -1);
    const returned = this.bdd.and(set, outcomes[returns] ?? nothing);
    return this.bdd.or(returned, this.bdd.minus(set, outcomes[taken] ?? nothing));
  }

  /** Whether packets may come back from a chain with another state. */
  untracks(id: string): boolean {
    return this.#untracking.list(this.program.chains.get(id) ?? -1);
  }

  /** Packets whose connections are not tracked any more. */
  untracked(set: Node): Node {
    const axis = this.bits.of(stateAxis);
    const state = BigInt(connectionStates.indexOf('untracked'));
    const free = this.bdd.exists(set, axis.from, axis.to);
    return this.bdd.and(free, this.#within(stateAxis, { low: state, high: state }));
  }

  /** The packets of a set, and those that are in it once their connections are not tracked. */
  beforeUntracking(set: Node): Node {
    const axis = this.bits.of(stateAxis);
    const state = BigInt(connectionStates.indexOf('untracked'));
    const untracked = this.bdd.and(set, this.#within(stateAxis, { low: state, high: state }));
    return this.bdd.or(set, this.bdd.exists(untracked, axis.from, axis.to));
  }

  #within(axis: number, { low, high }: { readonly low: bigint; readonly high: bigint }): Node {
    const { axes } = this.program;
    return this.bits.range(this.bits.of(axis), axes.rank(axis, low), axes.rank(axis, high), everything);
  }

  #match(place: number): Node {
    const list = this.program.lists[place] as List;
    let whole = nothing;
    list.effects.forEach((effect, entry) => {
      const box = this.bits.box(boxOf(list, entry));
      const matched = effect.kind === 'enter' ? this.bdd.and(box, this.#match(effect.list)) : box;
      const rule = list.rules[entry] as Rule;
      this.#matches.set(rule, this.bdd.or(this.match(rule), this.bdd.and(matched, this.all)));
      whole = this.bdd.or(whole, matched);
    });
    return whole;
  }
}
