import type { Millis } from '@holdfast/kernel';
import type { FactRef } from '../compile/model.ts';
import type { NodeId } from '../solver/system.ts';
import type { Reason } from './reason.ts';

/** What a proof says itself; its parts say why. */
export type Said = Omit<Reason, 'because'>;

const noFacts: ReadonlySet<FactRef> = new Set();
let walks = 0;

/** Reasons that suffice, and how many leaves they have. A scenario has many proofs: what they say is put together only where it is told. */
export class Proof {
  readonly cost: number;
  readonly #said: Said | undefined;
  readonly #parts: readonly Proof[];
  #reasons: readonly Reason[] | undefined;
  #openFacts: ReadonlySet<FactRef> | undefined;
  #walk = 0;

  constructor(cost: number, said: Said | undefined, parts: readonly Proof[]) {
    this.cost = cost;
    this.#said = said;
    this.#parts = parts;
  }

  /** The reasons, put together once. */
  get reasons(): readonly Reason[] {
    return (this.#reasons ??= this.#build());
  }

  #build(): readonly Reason[] {
    const [only] = this.#parts;
    // Proofs share parts: what each of hundreds gives is one reason.
    const because =
      this.#parts.length === 1 && only
        ? only.reasons
        : [...new Set(this.#parts.flatMap((each) => each.reasons))];
    return this.#said ? [{ ...this.#said, because }] : because;
  }

  /** The facts that nobody knows and that the reasons end in; one set for proofs that end in the same. */
  get openFacts(): ReadonlySet<FactRef> {
    return (this.#openFacts ??= this.#findOpenFacts());
  }

  #findOpenFacts(): ReadonlySet<FactRef> {
    let facts = this.#ownFact();
    let isOwn = false;
    for (const each of this.#parts) {
      const more = each.openFacts;
      if (more.size === 0 || more === facts) continue;
      if (facts.size === 0) facts = more;
      else if (!more.isSubsetOf(facts)) {
        facts = isOwn ? facts : new Set(facts);
        isOwn = true;
        for (const fact of more) (facts as Set<FactRef>).add(fact);
      }
    }
    return facts;
  }

  #ownFact(): ReadonlySet<FactRef> {
    const fact = this.#said?.leaf === undefined ? undefined : this.#said.fact;
    return fact?.unknown ? new Set([fact]) : noFacts;
  }

  /** The nodes of the leaves, each once; `undefined` stands for leaves without one. */
  leafNodes(): ReadonlySet<NodeId | undefined> {
    walks += 1;
    const nodes = new Set<NodeId | undefined>();
    this.#addLeafNodes(nodes, walks);
    return nodes;
  }

  #addLeafNodes(nodes: Set<NodeId | undefined>, walk: number): void {
    if (this.#walk === walk) return;
    this.#walk = walk;
    if (this.#said?.leaf !== undefined) nodes.add(this.#said.node);
    for (const each of this.#parts) each.#addLeafNodes(nodes, walk);
  }
}

export const nothing = new Proof(0, undefined, []);
export const impossible = new Proof(Infinity, undefined, []);

/** Proofs by moment and node. */
export class ProofMemo<P = Proof> {
  readonly #moments = new Map<Millis, Map<NodeId, P>>();

  at(moment: Millis): Map<NodeId, P> {
    const found = this.#moments.get(moment);
    if (found) return found;
    const fresh = new Map<NodeId, P>();
    this.#moments.set(moment, fresh);
    return fresh;
  }
}

/** A circle in which something is being proved, with what was proved or begun on the way. */
export interface OpenCircle {
  depth: number;
  readonly worst: ProofMemo<Proof | 'open'>;
  readonly best: ProofMemo<Proof | 'open'>;
}

export const leaf = (said: Said): Proof => new Proof(1, said, []);

/** A proof whose reasons explain one more. */
export const above = (said: Said, proof: Proof, cost = proof.cost): Proof => new Proof(cost, said, [proof]);

export function together(proofs: readonly Proof[]): Proof {
  const [only] = proofs;
  if (only === undefined) return nothing;
  if (proofs.length === 1) return only;
  let cost = 0;
  for (const each of proofs) cost += each.cost;
  return new Proof(cost, undefined, proofs);
}

/** A proof for each of several moments: of those whose leaves others give already, none. */
export function throughout(moments: readonly Millis[], prove: (at: Millis) => Proof): Proof {
  const [first, ...others] = moments;
  if (first === undefined) return nothing;
  const kept = [prove(first)];
  if (others.length === 0) return together(kept);
  const given = new Set(kept[0]?.leafNodes());
  for (const at of others) {
    const proof = prove(at);
    const leaves = proof.leafNodes();
    if (leaves.isSubsetOf(given)) continue;
    for (const node of leaves) given.add(node);
    kept.push(proof);
  }
  return together(kept);
}

export function cheapest(proofs: readonly Proof[]): Proof {
  return proofs.reduce((best, each) => (each.cost < best.cost ? each : best), proofs[0] ?? nothing);
}
