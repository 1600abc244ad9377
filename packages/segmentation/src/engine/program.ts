import { invariant, present } from '@holdfast/kernel';
import type { Action, Chain, Clause, Firewall, Hook, Rule, Step, Translation } from '../model/firewall.ts';
import { prefixOf } from '../model/address.ts';
import { intervalSet, type Interval, type IntervalSet } from '../model/interval.ts';
import { dimensions, type Dimension } from '../model/packet.ts';
import { Axes, type Box } from './axes.ts';
import { netmapCuts, piecesOf, type Piece } from './netmap.ts';

/** What an entry of a list does with the packets in its box. */
type Effect = Action | { readonly kind: 'enter'; readonly list: number };

/** Boxes in their order, each with its rule. A chain is a list; so is the rest of a clause that has several wide dimensions. */
export interface List {
  readonly chain: Chain;
  /** The axes on which any entry says something; on all others every entry is whole. */
  readonly axes: readonly number[];
  /** For each axis the lowest and the highest rank of each entry: a column is read faster than rows. */
  readonly lows: readonly Int32Array[];
  readonly highs: readonly Int32Array[];
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
  /** The translations of networks to networks that the axes tell apart. */
  readonly netmaps: ReadonlyMap<Translation, readonly Piece[]>;
  /** The addresses of the firewall itself, as ranks of destinations, lowest and highest. */
  readonly own: readonly (readonly [number, number])[];
  /** The axes that a translation or an untracking may change, as bits. */
  readonly changing: number;
}

/** Clauses with more boxes than this are taken apart dimension by dimension, so that lists grow by sums and not by products. */
const widest = 16;

/**
 * Puts a firewall into ranks, those of `axes` where several firewalls share them.
 * Takes time in proportion to its rules and the intervals of their sets. Throws where chains call each other in a circle,
 * or call one that is not there: readers refuse such files.
 */
export function programOf(firewall: Firewall, axes: Axes = axesOf(firewall)): Program {
  assertCallable(firewall);
  return new Compiler(firewall, axes).run();
}

/** The axes on which the rules of firewalls tell packets apart. */
export function axesOf(...firewalls: readonly Firewall[]): Axes {
  const sets = firewalls.flatMap((each) => [...setsOf(each)]);
  const rules = firewalls.flatMap(({ chains }) => [...chains.values()].flatMap((each) => each.rules));
  return new Axes([...sets, ...netmapCuts(rules, sets)]);
}

/** What the rules of a firewall tell apart. */
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
  // A translation may give the address of any interface.
  const interfaces = firewall.interfaceNames.map((_, each) => ({ low: BigInt(each), high: BigInt(each) }));
  yield ['iif', interfaces];
  yield ['oif', interfaces];
  const own = ownAddresses(firewall);
  yield ['src', own];
  yield ['dst', own];
}

/** The addresses of a firewall itself, its loopback among them: what is translated to one of these is not forwarded. */
function ownAddresses({ interfaces }: Firewall): IntervalSet {
  const named = interfaces.flatMap(({ addresses, shutdown }) => (shutdown === true ? [] : addresses));
  const loopback = ['127.0.0.0/8', '::1'].flatMap((each) => prefixOf(each) ?? []);
  return intervalSet([...named.flatMap((each) => ownAddress(each) ?? []), ...loopback]);
}

/** The address of an interface, without its prefix. */
export function ownAddress(text: string): Interval | undefined {
  return prefixOf(text.split('/', 1)[0] ?? text);
}

/** Looks that every chain that is called exists and that none calls itself in the end. */
function assertCallable({ chains }: Firewall): void {
  const done = new Set<string>();
  const open = new Set<string>();
  const look = (id: string): void => {
    if (done.has(id)) return;
    invariant(!open.has(id), `chain ${id} calls itself`);
    open.add(id);
    for (const { action } of present(chains.get(id), `chain ${id}`).rules) {
      if (action.kind === 'jump' || action.kind === 'goto') look(action.chain);
    }
    open.delete(id);
    done.add(id);
  };
  for (const id of chains.keys()) look(id);
}

interface Draft {
  readonly chain: Chain;
  readonly boxes: Box[];
  readonly rules: (Rule | undefined)[];
  readonly effects: Effect[];
}

interface Part {
  readonly axis: number;
  readonly set: IntervalSet;
}

class Compiler {
  readonly #firewall: Firewall;
  readonly #axes: Axes;
  readonly #whole: Box;
  readonly #drafts: Draft[] = [];

  constructor(firewall: Firewall, axes: Axes) {
    this.#firewall = firewall;
    this.#axes = axes;
    this.#whole = axes.whole();
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
    const lists = this.#drafts.map((each) => listOf(each, this.#whole));
    const dst = dimensions.indexOf('dst');
    return {
      firewall: this.#firewall,
      axes: this.#axes,
      lists,
      chains,
      netmaps: this.#netmaps(),
      own: ownAddresses(this.#firewall).map(({ low, high }) => [
        this.#axes.rank(dst, low),
        this.#axes.rank(dst, high),
      ]),
      changing: changing(this.#firewall),
    };
  }

  #netmaps(): ReadonlyMap<Translation, readonly Piece[]> {
    const found = new Map<Translation, readonly Piece[]>();
    for (const { rules } of this.#firewall.chains.values()) {
      for (const rule of rules) {
        const pieces = piecesOf(rule, this.#axes);
        if (pieces !== undefined && rule.action.kind === 'translate') found.set(rule.action.to, pieces);
      }
    }
    return found;
  }

  #list(chain: Chain): number {
    return this.#drafts.push({ chain, boxes: [], rules: [], effects: [] }) - 1;
  }

  #clause(list: number, rule: Rule, clause: Clause, effect: Effect): void {
    const parts: Part[] = [];
    dimensions.forEach((dimension, axis) => {
      const set = clause[dimension];
      if (set !== undefined) parts.push({ axis, set });
    });
    this.#spread(list, rule, effect, parts);
  }

  #spread(list: number, rule: Rule, effect: Effect, parts: readonly Part[]): void {
    const count = parts.reduce((product, { set }) => product * set.length, 1);
    const wide = parts.filter(({ set }) => set.length > 1).toSorted((a, b) => a.set.length - b.set.length);
    const [first] = wide;
    if (count <= widest || wide.length < 2 || first === undefined) {
      this.#boxes(list, rule, effect, parts, 0, this.#whole);
      return;
    }
    const rest = this.#list(present(this.#drafts[list], 'a list').chain);
    const others = parts.filter((each) => each !== first);
    this.#spread(rest, rule, effect, others);
    this.#boxes(list, rule, { kind: 'enter', list: rest }, [first], 0, this.#whole);
  }

  #boxes(list: number, rule: Rule, effect: Effect, parts: readonly Part[], from: number, box: Box): void {
    const part = parts[from];
    if (part === undefined) {
      const draft = present(this.#drafts[list], 'a list');
      draft.boxes.push(box);
      draft.rules.push(rule);
      draft.effects.push(effect);
      return;
    }
    for (const { low, high } of part.set) {
      const narrower = box.slice();
      narrower[2 * part.axis] = this.#axes.rank(part.axis, low);
      narrower[2 * part.axis + 1] = this.#axes.rank(part.axis, high);
      this.#boxes(list, rule, effect, parts, from + 1, narrower);
    }
  }
}

function listOf({ chain, boxes, rules, effects }: Draft, whole: Box): List {
  const lows = dimensions.map((_, axis) => Int32Array.from(boxes, (box) => box[2 * axis] ?? 0));
  const highs = dimensions.map((_, axis) => Int32Array.from(boxes, (box) => box[2 * axis + 1] ?? 0));
  const axes = dimensions
    .map((_, axis) => axis)
    .filter(
      (axis) =>
        lows[axis]?.some((low) => low > 0) === true ||
        highs[axis]?.some((high) => high < (whole[2 * axis + 1] ?? 0)) === true,
    );
  return { chain, axes, lows, highs, rules, effects };
}

function changing({ chains }: Firewall): number {
  const changed = new Set<Dimension>();
  for (const { rules } of chains.values()) {
    for (const { action } of rules) {
      if (action.kind === 'untrack') changed.add('state');
      if (action.kind !== 'translate') continue;
      const { kind, address, port, toInterface } = action.to;
      if (address !== undefined || toInterface === true) changed.add(kind === 'source' ? 'src' : 'dst');
      if (port !== undefined) changed.add(kind === 'source' ? 'sport' : 'dport');
    }
  }
  return [...changed].reduce((bits, each) => bits | (1 << dimensions.indexOf(each)), 0);
}

/** The steps of a hook, or of all that a forwarded packet meets. */
export function stepsOf(firewall: Firewall, hook: Hook | 'path'): readonly Step[] {
  const { prerouting, forward, postrouting } = firewall.steps;
  return hook === 'path' ? [...prerouting, ...forward, ...postrouting] : firewall.steps[hook];
}
