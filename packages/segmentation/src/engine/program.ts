import { InvariantError } from '@holdfast/kernel';
import type { Action, Chain, Clause, Firewall, Hook, Rule, Step } from '../model/firewall.ts';
import { prefixOf } from '../model/address.ts';
import { intervalSet, type Interval, type IntervalSet } from '../model/interval.ts';
import { dimensions, type Dimension } from '../model/packet.ts';
import { Axes, axisCount, type Box } from './axes.ts';

/** What an entry of a list does with the packets in its box. */
export type Effect = Action | { readonly kind: 'enter'; readonly list: number };

/** Boxes in their order, each with its rule. A chain is a list; so is the rest of a clause that has several wide dimensions. */
export interface List {
  readonly chain: Chain;
  /** `2 * axisCount` numbers an entry. */
  readonly boxes: Int32Array;
  readonly rules: readonly (Rule | undefined)[];
  readonly effects: readonly Effect[];
}

/** The rules of a firewall, in ranks. */
export interface Program {
  readonly firewall: Firewall;
  readonly axes: Axes;
  readonly lists: readonly List[];
  /** The list of each chain. */
  readonly chains: ReadonlyMap<string, number>;
}

/** Clauses with more boxes than this are taken apart dimension by dimension, so that lists grow by sums and not by products. */
const widest = 16;

/** Puts a firewall into ranks. Takes time in proportion to its rules and the intervals of their sets. */
export function programOf(firewall: Firewall): Program {
  const axes = new Axes(setsOf(firewall));
  return new Compiler(firewall, axes).run();
}

function* setsOf(firewall: Firewall): Generator<readonly [Dimension, IntervalSet]> {
  for (const { rules } of firewall.chains.values()) {
    for (const { clauses, action } of rules) {
      for (const clause of clauses) {
        for (const dimension of dimensions) {
          const set = clause[dimension];
          if (set) yield [dimension, set];
        }
      }
      if (action.kind !== 'translate') continue;
      const { kind, address, port } = action.to;
      if (address) yield [kind === 'source' ? 'src' : 'dst', [address]];
      if (port) yield [kind === 'source' ? 'sport' : 'dport', [port]];
    }
  }
  // What the engine itself tells apart: states, and the protocols with ports.
  yield ['state', [0n, 1n, 2n, 3n, 4n].map((each) => ({ low: each, high: each }))];
  yield ['protocol', [1n, 6n, 17n, 58n].map((each) => ({ low: each, high: each }))];
  for (const { addresses } of firewall.interfaces) {
    const own = intervalSet(addresses.flatMap((each) => ownAddress(each) ?? []));
    yield ['src', own];
    yield ['dst', own];
  }
}

/** The address of an interface, without its prefix. */
export function ownAddress(text: string): Interval | undefined {
  return prefixOf(text.split('/', 1)[0] ?? text);
}

interface Draft {
  readonly chain: Chain;
  readonly boxes: number[];
  readonly rules: (Rule | undefined)[];
  readonly effects: Effect[];
}

class Compiler {
  readonly #firewall: Firewall;
  readonly #axes: Axes;
  readonly #drafts: Draft[] = [];

  constructor(firewall: Firewall, axes: Axes) {
    this.#firewall = firewall;
    this.#axes = axes;
  }

  run(): Program {
    const chains = new Map<string, number>();
    for (const chain of this.#firewall.chains.values()) chains.set(chain.id, this.#list(chain));
    for (const [id, list] of chains) {
      const chain = this.#firewall.chains.get(id);
      for (const rule of chain?.rules ?? []) {
        for (const clause of rule.clauses) this.#clause(list, rule, clause, rule.action);
      }
    }
    const lists = this.#drafts.map(({ chain, boxes, rules, effects }) => ({
      chain,
      boxes: Int32Array.from(boxes),
      rules,
      effects,
    }));
    return { firewall: this.#firewall, axes: this.#axes, lists, chains };
  }

  #list(chain: Chain): number {
    return this.#drafts.push({ chain, boxes: [], rules: [], effects: [] }) - 1;
  }

  #draft(list: number): Draft {
    const draft = this.#drafts[list];
    if (draft === undefined) throw new InvariantError(`there is no list ${list}`);
    return draft;
  }

  #clause(list: number, rule: Rule, clause: Clause, effect: Effect): void {
    const parts = dimensions.flatMap((dimension, axis) => {
      const set = clause[dimension];
      return set === undefined ? [] : [{ axis, set }];
    });
    this.#spread(list, rule, effect, parts);
  }

  #spread(
    list: number,
    rule: Rule,
    effect: Effect,
    parts: readonly { readonly axis: number; readonly set: IntervalSet }[],
  ): void {
    const count = parts.reduce((product, { set }) => product * set.length, 1);
    const wide = parts.filter(({ set }) => set.length > 1).toSorted((a, b) => a.set.length - b.set.length);
    const [first] = wide;
    if (count <= widest || wide.length < 2 || first === undefined) {
      this.#boxes(list, rule, effect, parts, this.#axes.whole());
      return;
    }
    const rest = this.#list(this.#draft(list).chain);
    this.#spread(
      rest,
      rule,
      effect,
      parts.filter((each) => each !== first),
    );
    this.#boxes(list, rule, { kind: 'enter', list: rest }, [first], this.#axes.whole());
  }

  #boxes(
    list: number,
    rule: Rule,
    effect: Effect,
    parts: readonly { readonly axis: number; readonly set: IntervalSet }[],
    box: Box,
  ): void {
    const [first, ...rest] = parts;
    if (first === undefined) {
      const draft = this.#draft(list);
      for (const each of box) draft.boxes.push(each);
      draft.rules.push(rule);
      draft.effects.push(effect);
      return;
    }
    for (const { low, high } of first.set) {
      const narrower = box.slice();
      narrower[2 * first.axis] = this.#axes.rank(first.axis, low);
      narrower[2 * first.axis + 1] = this.#axes.rank(first.axis, high);
      this.#boxes(list, rule, effect, rest, narrower);
    }
  }
}

/** The steps of a hook, or of all that a forwarded packet meets. */
export function stepsOf(firewall: Firewall, hook: Hook | 'path'): readonly Step[] {
  const { prerouting, forward, postrouting } = firewall.steps;
  return hook === 'path' ? [...prerouting, ...forward, ...postrouting] : firewall.steps[hook];
}

/** How many numbers a box takes. */
export const stride = 2 * axisCount;
