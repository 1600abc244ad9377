import { known, type Decision } from '@holdfast/estate';
import { asMillis, type Millis } from '@holdfast/kernel';
import type { NodeId, Readings } from '../solver/system.ts';
import { millis, type Located } from './context.ts';
import type { Expressions } from './expressions.ts';
import { all, any, no, node, not, since, yes } from './formula.ts';
import type { Infrastructure } from './infrastructure.ts';
import type { Formula } from './model.ts';

/** One way to decide at a door, with what it knows. The first that works is in control. */
export interface Mode {
  readonly works: NodeId;
  readonly facilityCode: boolean;
  readonly known: Formula;
  readonly enrolled: Formula;
  readonly revokedBefore: Formula;
  readonly revokedDuring: Formula;
  readonly visitor: Formula;
  readonly mobile: Formula;
}

/** Revoked before the fault: a day earlier, so that all which synchronises within a day knows it. */
const dayBefore = -86_400_000;

/** Compiles the ways in which devices decide, and what they know by then. */
export class Modes {
  readonly #infrastructure: Infrastructure;
  readonly #expressions: Expressions;

  constructor(infrastructure: Infrastructure, expressions: Expressions) {
    this.#infrastructure = infrastructure;
    this.#expressions = expressions;
  }

  /** The modes of a device, the best first; `reached` is the way to it. */
  of(device: string, reached: NodeId, depth = 0): readonly Mode[] {
    const { builder, estate } = this.#infrastructure.context;
    const decisions = this.#infrastructure.profile(device)?.decisions ?? [];
    return decisions.flatMap((decision) => {
      const works = builder.all([reached, this.#expressions.compile(device, decision.when)]);
      if (decision.ask === undefined) return [this.#mode(device, decision, works)];
      const targets = known<readonly string[]>(this.#infrastructure.bound(device, decision.ask).fact) ?? [];
      return depth > 8
        ? []
        : targets
            .filter((each) => estate.get('device', each))
            .flatMap((each) => this.of(each, works, depth + 1));
    });
  }

  #mode(device: string, decision: Decision, works: NodeId): Mode {
    const { context } = this.#infrastructure;
    const expression = (each: Decision['known'], otherwise: Formula): Formula =>
      each === undefined ? otherwise : this.#plain(this.#expressions.compile(device, each));
    const facilityCode = decision.rules === 'facility-code';
    const learned = (at: number): Formula =>
      facilityCode || decision.learns === undefined
        ? no
        : this.#learned(device, decision.learns, decision.within, at);
    const fresh = learned(0);
    const enrolled = facilityCode ? yes : expression(decision.enrolled, fresh);
    return {
      works: context.label(works, 'decision', device, decision.id),
      facilityCode,
      known: expression(decision.known, yes),
      enrolled,
      revokedBefore: learned(dayBefore),
      revokedDuring: fresh,
      visitor: expression(decision.visitor, enrolled),
      mobile: expression(decision.mobile, node(context.builder.constant(false, true))),
    };
  }

  /** Spares the formulas what is always or never so. */
  #plain(of: NodeId): Formula {
    const { always, never } = this.#infrastructure.context;
    return of === always ? yes : of === never ? no : node(of);
  }

  /** Whether a change made at a time has arrived: at best at once, at worst when the way has been open since then for the whole time between two synchronisations. */
  #learned(
    device: string,
    learns: NonNullable<Decision['learns']>,
    within: string | undefined,
    at: number,
  ): Formula {
    const { context } = this.#infrastructure;
    const located =
      within === undefined || /^\d/.test(within) ? undefined : this.#infrastructure.fact(device, within);
    const longest = located
      ? longestOf(context.duration(located))
      : within === undefined
        ? 0
        : millis(within);
    const open = this.#expressions.compile(device, learns);
    const way = this.#plain(context.builder.after(open, { worst: asMillis(longest), best: asMillis(0) }));
    return since(
      all(way, ...this.#stale(device, at).map(node)),
      { worst: at + longest, best: at },
      device,
      located && context.refer(located),
    );
  }

  /** A device that has not synchronised since the change may not do so now either, whatever its network says. */
  #stale(device: string, at: number): readonly NodeId[] {
    const { context } = this.#infrastructure;
    const last = context.estate.get('device', device)?.lastSync;
    if (last === undefined || at >= 0) return [];
    const located: Located<string> = {
      fact: last,
      kind: 'device',
      id: device,
      path: ['lastSync'],
      what: `last synchronisation of ${context.estate.nameOf(device)}`,
    };
    return known(last) === undefined ? [context.constant(false, true, located)] : [];
  }
}

/** How long a change waits at most. */
const longestOf = ({ worst, best }: Readings<Millis>): Millis => asMillis(Math.max(worst, best));

/** Whether the mode in control says yes. */
export function admitted(modes: readonly Mode[], says: (mode: Mode) => Formula): Formula {
  const answers = modes.map((mode) => ({ works: node(mode.works), says: says(mode) }));
  return any(
    ...answers.map(({ works, says: own }, index) => {
      const before = answers.slice(0, index).map((earlier) => not(all(earlier.works, not(earlier.says))));
      return all(works, own, ...before);
    }),
  );
}
