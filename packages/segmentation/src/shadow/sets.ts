import { nothing, type Node } from '../bdd/bdd.ts';
import { volumeWithin } from '../bdd/volume.ts';
import type { Program } from '../engine/program.ts';
import { hooks, type Rule } from '../model/firewall.ts';
import { isSameAction, type Shadowed } from './flat.ts';
import { Reach } from './reach.ts';
import { Trail } from './trail.ts';

/**
 * The shadowed rules of chains that call each other, by sets of packets: what comes to a chain is what its callers send,
 * and a call takes what the called chain decides. A chain that nobody calls is judged as if all packets came to it.
 * @see SPEC.md A4
 */
export class SetShadows {
  readonly #reach: Reach;
  readonly #order: readonly string[];
  readonly #roots: ReadonlySet<string>;
  /** What meets each rule once those before it have decided. */
  readonly #met = new Map<Rule, Node>();
  /** What may come to each chain if no rule decides. */
  readonly #callable: ReadonlyMap<string, Node>;

  constructor(program: Program) {
    this.#reach = new Reach(program);
    this.#order = callersFirst(program);
    this.#roots = rootsOf(program);
    this.#callable = this.#arrivals(false);
    this.#arrivals(true);
  }

  /** The shadowed rules of one chain, in their order. */
  shadowed(chain: string): readonly Shadowed[] {
    return this.#reach
      .chain(chain)
      .rules.flatMap((rule) =>
        (this.#met.get(rule) ?? nothing) === nothing ? [this.#explain(chain, rule)] : [],
      );
  }

  /** What comes to each chain; with `decides`, once rules have decided. */
  #arrivals(decides: boolean): ReadonlyMap<string, Node> {
    const { bdd } = this.#reach;
    const arrived = new Map<string, Node>();
    const arrive = (id: string, set: Node): void => {
      arrived.set(id, bdd.or(arrived.get(id) ?? nothing, set));
    };
    for (const root of this.#roots) arrive(root, this.#reach.all);
    for (const id of this.#order) this.#pass(id, arrived.get(id) ?? nothing, decides, arrive);
    return arrived;
  }

  /** Takes a set through a chain and returns what comes back, telling what it sends into others. */
  #pass(id: string, set: Node, decides: boolean, send: ((id: string, set: Node) => void) | undefined): Node {
    const { bdd } = this.#reach;
    let [here, back] = [set, nothing];
    for (const rule of this.#reach.chain(id).rules) {
      const met = bdd.and(here, this.#reach.match(rule));
      if (decides && send !== undefined) this.#met.set(rule, met);
      const { action } = rule;
      const isCertain = rule.unmodelled.length === 0;
      if (action.kind === 'jump' || action.kind === 'goto') send?.(action.chain, met);
      if (action.kind === 'untrack') {
        const moved = this.#reach.untracked(met);
        here = bdd.or(isCertain && decides ? bdd.minus(here, met) : here, moved);
      } else if (action.kind === 'jump') {
        const after = this.#back(action.chain, met, decides);
        here = bdd.or(isCertain && decides ? bdd.minus(here, met) : here, after);
      } else if (action.kind !== 'continue' && decides) {
        if (action.kind === 'return') back = bdd.or(back, met);
        if (action.kind === 'goto') back = bdd.or(back, this.#back(action.chain, met, decides));
        if (isCertain) here = bdd.minus(here, met);
      }
    }
    return bdd.or(here, back);
  }

  #back(id: string, set: Node, decides: boolean): Node {
    if (this.#reach.untracks(id)) return this.#pass(id, set, decides, undefined);
    return decides ? this.#reach.back(id, set) : set;
  }

  #explain(chain: string, rule: Rule): Shadowed {
    const { bdd, bits } = this.#reach;
    const packets = bdd.and(this.#reach.match(rule), this.#callable.get(chain) ?? nothing);
    if (packets === nothing) return { rule, blockers: [], differentAction: false };
    const start =
      this.#reach.untracks(chain) || this.#anyUntracks() ? this.#reach.beforeUntracking(packets) : packets;
    const trail = new Trail(this.#reach, chain, rule);
    for (const root of this.#roots) if (trail.leadsTo(root)) trail.follow(root, start);
    const deciding = trail.takers
      .map((each, place) => ({ ...each, place, volume: volumeWithin(bits, each.matched) }))
      .toSorted((a, b) => Number(b.volume > a.volume) - Number(b.volume < a.volume) || a.place - b.place);
    const blockers: Rule[] = [];
    let rest = start;
    for (const each of deciding) {
      if (rest === nothing) break;
      blockers.push(each.rule);
      rest = bdd.minus(rest, each.matched);
    }
    const isOther = (each: Rule): boolean => !isSameAction(each.action, rule.action);
    const other = deciding.find((each) => isOther(each.rule))?.rule;
    if (other !== undefined && !blockers.some(isOther)) blockers.push(other);
    return { rule, blockers, differentAction: other !== undefined };
  }

  #anyUntracks(): boolean {
    return this.#order.some((each) => this.#reach.untracks(each));
  }
}

/** The chains at hooks, and those that nobody calls. */
export function rootsOf({ firewall }: Program): ReadonlySet<string> {
  const called = new Set<string>();
  for (const { rules } of firewall.chains.values())
    for (const { action } of rules) if ('chain' in action) called.add(action.chain);
  const steps = new Set(hooks.flatMap((hook) => firewall.steps[hook].map(({ chain }) => chain)));
  return new Set([...firewall.chains.keys()].filter((each) => steps.has(each) || !called.has(each)));
}

/** All chains, each behind those that call it. */
function callersFirst({ firewall }: Program): readonly string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const { action } of firewall.chains.get(id)?.rules ?? []) if ('chain' in action) visit(action.chain);
    order.push(id);
  };
  for (const id of firewall.chains.keys()) visit(id);
  return order.toReversed();
}
