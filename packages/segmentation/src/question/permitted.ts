import { Bdd, type Node } from '../bdd/bdd.ts';
import { PacketBits } from '../bdd/packet-bits.ts';
import { anyOf, joinedLists, listed, type Listed } from '../bdd/packet-set.ts';
import { permitted, type Permitted } from '../bdd/permitted.ts';
import type { Program } from '../engine/program.ts';
import type { Clause, Hook } from '../model/firewall.ts';
import type { Packet } from '../model/packet.ts';
import { asClause, askedOf, ranksOf, regionsOf } from './region.ts';

/** A part of a question, of one family of addresses, with what passes of it. */
interface Part {
  readonly asked: Clause;
  readonly sets: Permitted;
}

/** What the diagrams of a long list were seen to take. */
const nodesPerEntry = 64;

const entryCount = ({ lists }: Program): number =>
  lists.reduce((sum, { effects }) => sum + effects.length, 1);

/** The packets of a question that pass, exactly. */
export class PermittedSet {
  readonly #bits: PacketBits;
  readonly #parts: readonly Part[];

  constructor(program: Program, hook: Hook | 'path', question: Clause) {
    const bits = new PacketBits(program.axes, new Bdd(nodesPerEntry * entryCount(program)));
    this.#bits = bits;
    this.#parts = [...regionsOf(askedOf(program.firewall, hook, question))].map((region) => ({
      asked: asClause(region),
      sets: permitted(program, bits, hook, ranksOf(program.axes, region)),
    }));
  }

  /** How many nodes its diagrams took. */
  get size(): number {
    return this.#bits.bdd.size;
  }

  /** What passes for certain, as disjoint clauses, at most so many. */
  certain(limit = Infinity): Listed {
    return this.#listed(({ certain }) => certain, limit);
  }

  /** What passes or not, by conditions that are not modelled, as disjoint clauses, at most so many. */
  unknown(limit = Infinity): Listed {
    return this.#listed(({ certain, possible }) => this.#bits.bdd.minus(possible, certain), limit);
  }

  /** A packet that passes for certain, else one of which it is not known. */
  witness(): { readonly packet: Packet; readonly isCertain: boolean } | undefined {
    for (const isCertain of [true, false]) {
      for (const { asked, sets } of this.#parts) {
        const packet = anyOf(this.#bits, isCertain ? sets.certain : sets.possible, asked);
        if (packet !== undefined) return { packet, isCertain };
      }
    }
    return undefined;
  }

  #listed(of: (sets: Permitted) => Node, limit: number): Listed {
    return joinedLists(
      this.#parts.map(
        ({ asked, sets }) =>
          (left) =>
            listed(this.#bits, of(sets), asked, left),
      ),
      limit,
    );
  }
}
