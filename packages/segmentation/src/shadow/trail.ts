import { nothing, type Node } from '../bdd/bdd.ts';
import type { Chain, Rule } from '../model/firewall.ts';
import type { Reach } from './reach.ts';

/** A rule that decides packets on their way, with those of them that it matches. */
export interface Taker {
  readonly rule: Rule;
  readonly matched: Node;
}

/** Packets on their way: those that no rule has decided yet, and those that would come if none decided. */
interface Going {
  readonly here: Node;
  readonly wide: Node;
}

const gone: Going = { here: nothing, wide: nothing };

/** The way of packets from base chains to one rule, and which rules take them before it. */
export class Trail {
  readonly #reach: Reach;
  readonly #target: Rule;
  readonly #chain: string;
  readonly #leads = new Map<string, boolean>();
  readonly #taken = new Map<Rule, Node>();
  readonly #matched = new Map<Rule, Node>();

  constructor(reach: Reach, chain: string, target: Rule) {
    this.#reach = reach;
    this.#chain = chain;
    this.#target = target;
  }

  /** The rules that decide at least one packet, in the order in which packets meet them. */
  get takers(): readonly Taker[] {
    return [...this.#matched].flatMap(([rule, matched]) =>
      (this.#taken.get(rule) ?? nothing) === nothing ? [] : [{ rule, matched }],
    );
  }

  /** Whether a chain calls the one of the rule in the end, or is that. */
  leadsTo(id: string): boolean {
    let found = this.#leads.get(id);
    if (found === undefined) {
      found =
        id === this.#chain ||
        this.#reach.chain(id).rules.some(({ action }) => 'chain' in action && this.leadsTo(action.chain));
      this.#leads.set(id, found);
    }
    return found;
  }

  /** Follows packets from the top of a base chain. */
  follow(root: string, packets: Node): void {
    this.#through(this.#reach.chain(root), { here: packets, wide: packets });
  }

  /** Takes packets through a chain; returns what comes back from it. */
  #through(chain: Chain, start: Going): Going {
    const { bdd } = this.#reach;
    const isOnWay = this.leadsTo(chain.id);
    let [going, back] = [start, gone];
    for (const rule of chain.rules) {
      if (rule === this.#target) return gone;
      const met = this.#both(going, (set) => bdd.and(set, this.#reach.match(rule)));
      if (met.wide === nothing) continue;
      const { action } = rule;
      const isCertain = rule.unmodelled.length === 0;
      const without = isCertain ? { ...going, here: bdd.minus(going.here, met.here) } : going;
      if (action.kind === 'untrack') {
        const moved = this.#both(met, (set) => this.#reach.untracked(set));
        going = this.#join({ here: without.here, wide: bdd.minus(going.wide, met.wide) }, moved);
        if (!isCertain) going = this.#join(going, met);
      } else if (action.kind === 'jump') {
        going = this.#join(without, this.#through(this.#reach.chain(action.chain), met));
      } else if (action.kind === 'goto' || action.kind === 'return') {
        const leads = action.kind === 'goto' && this.leadsTo(action.chain);
        if (isCertain && isOnWay && !leads) this.#take(rule, met);
        const isFollowed = action.kind === 'goto' && (leads || !isOnWay);
        back = this.#join(back, isFollowed ? this.#through(this.#reach.chain(action.chain), met) : met);
        going = isOnWay || !isCertain ? without : { ...without, wide: bdd.minus(going.wide, met.wide) };
      } else if (action.kind !== 'continue' && isCertain) {
        this.#take(rule, met);
        going = without;
      }
    }
    return this.#join(going, back);
  }

  #take(rule: Rule, { here, wide }: Going): void {
    const { bdd } = this.#reach;
    this.#matched.set(rule, bdd.or(this.#matched.get(rule) ?? nothing, wide));
    this.#taken.set(rule, bdd.or(this.#taken.get(rule) ?? nothing, here));
  }

  #both({ here, wide }: Going, change: (set: Node) => Node): Going {
    return { here: change(here), wide: change(wide) };
  }

  #join(a: Going, b: Going): Going {
    const { bdd } = this.#reach;
    return { here: bdd.or(a.here, b.here), wide: bdd.or(a.wide, b.wide) };
  }
}
