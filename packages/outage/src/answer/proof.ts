import type { Millis } from '@holdfast/kernel';
import type { NodeId } from '../solver/system.ts';
import { leavesOf, type Reason } from './reason.ts';

/** Reasons that suffice, and how many leaves they have; put together only where they are told. */
export interface Proof {
  readonly cost: number;
  readonly build: () => readonly Reason[];
}

export const nothing: Proof = { cost: 0, build: () => [] };
export const impossible: Proof = { cost: Infinity, build: () => [] };

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

/** The same proof, which puts its reasons together once. */
export function once({ cost, build }: Proof): Proof {
  let built: readonly Reason[] | undefined;
  return { cost, build: () => (built ??= build()) };
}

export const leaf = (reason: Reason): Proof => ({ cost: 1, build: () => [reason] });

export function together(proofs: readonly Proof[]): Proof {
  const [only] = proofs;
  if (proofs.length === 1 && only) return only;
  return {
    cost: proofs.reduce((sum, each) => sum + each.cost, 0),
    // Proofs share parts: what each of hundreds gives is one reason.
    build: () => [...new Set(proofs.flatMap((each) => each.build()))],
  };
}

/** A proof for each of several moments: of those whose leaves others give already, none. */
export function throughout(moments: readonly Millis[], prove: (at: Millis) => Proof): Proof {
  const given = new Set<NodeId | undefined>();
  const kept: Proof[] = [];
  for (const at of moments) {
    const proof = prove(at);
    const leaves = [...leavesOf(proof.build())].map(({ node }) => node);
    if (kept.length > 0 && leaves.every((node) => given.has(node))) continue;
    for (const node of leaves) given.add(node);
    kept.push(proof);
  }
  return together(kept);
}

export function cheapest(proofs: readonly Proof[]): Proof {
  return proofs.reduce((best, each) => (each.cost < best.cost ? each : best), proofs[0] ?? nothing);
}
