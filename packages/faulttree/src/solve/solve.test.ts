import { cutSetsByTrial, Dice, probabilityByTrial, randomTree, type RandomTree } from '@holdfast/testing';
import { describe, expect, it } from 'vitest';
import { listSets } from '../answer/list-sets.ts';
import { importance, probabilities } from '../answer/probability.ts';
import { always, never, type FaultGraph } from '../graph/fault-graph.ts';
import { solve } from './solve.ts';
import type { CutSets } from './cut-sets.ts';

const cases = Array.from({ length: Number(process.env['HOLDFAST_TREES'] ?? 400) }, (_, seed) => seed);

function listed(cuts: CutSets): readonly string[] {
  const sets: string[] = [];
  listSets(cuts, (events) => {
    sets.push(events.join());
    return true;
  });
  return sets;
}

const tried = (tree: RandomTree): readonly (readonly number[])[] => cutSetsByTrial(tree.formula, tree.events);

const counted = (sets: readonly (readonly number[])[]): readonly bigint[] => {
  const most = Math.max(-1, ...sets.map(({ length }) => length));
  return Array.from({ length: most + 1 }, (_, order) =>
    BigInt(sets.filter((each) => each.length === order).length),
  );
};

/** A tree in which `and`, `or` and `atleast` stand for themselves over four events. */
const over = (events: number, ...gates: FaultGraph['gates']): FaultGraph => ({
  events,
  gates,
  top: events + gates.length - 1,
});

describe('solve', () => {
  it('finds what trying every set finds, by order, and tells each set once', () => {
    for (const seed of cases) {
      const tree = randomTree(new Dice(seed));
      const sets = tried(tree);
      const cuts = solve(tree);
      expect({ seed, counts: cuts.counts }).toEqual({ seed, counts: counted(sets) });
      expect({ seed, sets: listed(cuts).toSorted() }).toEqual({
        seed,
        sets: sets.map((each) => each.join()).toSorted(),
      });
      const orders = listed(cuts).map((each) => (each === '' ? 0 : each.split(',').length));
      expect(orders).toEqual(orders.toSorted((a, b) => a - b));
    }
  });

  it('up to an order finds those up to it, and says so', () => {
    for (const seed of cases) {
      const tree = randomTree(new Dice(seed));
      for (const order of [1, 2, 3]) {
        const sets = tried(tree).filter(({ length }) => length <= order);
        const cuts = solve(tree, { order });
        expect({ seed, order, counts: cuts.counts }).toEqual({ seed, order, counts: counted(sets) });
        expect(listed(cuts).toSorted()).toEqual(sets.map((each) => each.join()).toSorted());
      }
    }
  });

  it('a house or a repeated input counts as it stands', () => {
    expect(solve({ events: 1, gates: [], top: always }).counts).toEqual([1n]);
    expect(solve({ events: 1, gates: [], top: never }).counts).toEqual([]);
    expect(solve({ events: 1, gates: [], top: 0 }).counts).toEqual([0n, 1n]);
    const twice = over(3, { kind: 'atleast', min: 2, inputs: [0, 0, 1, 2] });
    expect(listed(solve(twice))).toEqual(['0', '1,2']);
    const on = over(3, { kind: 'atleast', min: 2, inputs: [always, 0, 1, never] });
    expect(listed(solve(on))).toEqual(['0', '1']);
  });

  it('counts past 2^53 exactly', () => {
    const [gates, events] = [70, 210];
    const threes = Array.from(
      { length: gates },
      (_, each) => ({ kind: 'or', min: 0, inputs: [3 * each, 3 * each + 1, 3 * each + 2] }) as const,
    );
    const all = (from: number) =>
      ({ kind: 'and', min: 0, inputs: threes.map((_, each) => from + each) }) as const;
    expect(solve(over(events, ...threes, all(events))).counts[70]).toBe(3n ** 70n);
    // One event that every other gate has, and one that the others have: counted over a diagram.
    const shared = threes.map((gate, each) => ({ ...gate, inputs: [...gate.inputs, events + (each % 2)] }));
    const { counts } = solve(over(events + 2, ...shared, all(events + 2)));
    expect(counts[70]).toBe(3n ** 70n);
    expect(counts[36]).toBe(2n * 3n ** 35n);
    expect(counts[2]).toBe(1n);
  });

  it('a chain of gates, and a gate, of twenty thousand are answered', () => {
    const size = 20_000;
    const chain = Array.from({ length: size }, (_, each) => ({
      kind: each % 2 === 0 ? ('or' as const) : ('and' as const),
      min: 0,
      inputs: [each, each === 0 ? size : size + each],
    }));
    expect(solve(over(size + 1, ...chain), { order: 2 }).counts).toEqual([0n, 0n, 1n]);
    const wide = over(size, { kind: 'or', min: 0, inputs: Array.from({ length: size }, (_, each) => each) });
    expect(solve(wide).counts).toEqual([0n, BigInt(size)]);
  }, 60_000);

  it('where the effort ends, all up to a lower order are there, and it says which', () => {
    const reached = new Set<number>();
    for (const seed of cases.slice(0, 60)) {
      const tree = randomTree(new Dice(seed), 8);
      const cuts = solve(tree, { effort: 12 });
      reached.add(cuts.completeTo);
      const sets = tried(tree).filter(({ length }) => length <= cuts.completeTo);
      expect({ seed, counts: cuts.counts }).toEqual({ seed, counts: counted(sets) });
    }
    expect(reached).toContain(Infinity);
    expect(reached.size).toBeGreaterThan(2);
  });
});

describe('probabilities', () => {
  it('are what summing over every set gives, and so is what each event adds', () => {
    for (const seed of cases) {
      const dice = new Dice(seed);
      const tree = randomTree(dice, 7);
      const p = Array.from({ length: tree.events }, () => dice.between(0, 100) / 100);
      const found = probabilities(solve(tree), p);
      expect(found).toBeDefined();
      if (!found) continue;
      expect(found.top).toBeCloseTo(probabilityByTrial(tree.formula, p), 12);
      for (const event of p.keys()) {
        const failed = probabilityByTrial(tree.formula, p.with(event, 1));
        const whole = probabilityByTrial(tree.formula, p.with(event, 0));
        expect(found.birnbaum[event]).toBeCloseTo(failed - whole, 12);
        if (found.top < 1e-9) continue;
        const said = importance(found.top, found.birnbaum[event] as number, p[event] as number);
        expect(said.riskAchievementWorth).toBeCloseTo(failed / found.top, 9);
        expect(said.fussellVesely).toBeCloseTo(1 - whole / found.top, 9);
      }
    }
  });

  it('of what is tiny keep their digits', () => {
    const found = probabilities(solve(over(2, { kind: 'or', min: 0, inputs: [0, 1] })), [1e-20, 2e-20]);
    expect(found?.top).toBeCloseTo(3e-20, 30);
  });
});
