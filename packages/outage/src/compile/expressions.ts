import { asMillis, type Millis } from '@holdfast/kernel';
import { bitsPerSecondOf, bytesOf, known, range, type Expression, type Fact } from '@holdfast/estate';
import { anyDuration, type NodeId, type Readings } from '../solver/system.ts';
import { millis, type Context, type Located } from './context.ts';
import { diskArray, fetched } from './disks.ts';
import type { Infrastructure } from './infrastructure.ts';
import { recharge } from './power.ts';

/** Turns the expressions of profiles into equations, for one device at a time. */
export class Expressions {
  readonly #context: Context;
  readonly #infrastructure: Infrastructure;
  readonly #standby: ReadonlyMap<string, string>;

  constructor(context: Context, infrastructure: Infrastructure) {
    this.#context = context;
    this.#infrastructure = infrastructure;
    this.#standby = new Map(
      [...context.estate.all('group')].flatMap(([id, group]) =>
        group.members.map((member) => [member, id] as const),
      ),
    );
    infrastructure.expression = (device, expression) => this.compile(device, expression);
  }

  /** A capability of a device, as its profile defines it; never where it does not. */
  provides(device: string, capability: string): NodeId {
    return this.#context.once(`provides ${device} ${capability}`, () => {
      const expression = this.#infrastructure.profile(device)?.provides?.[capability];
      if (expression === undefined) return this.#context.never;
      const own = this.compile(device, expression);
      const kept =
        capability === 'stores'
          ? this.#context.builder.all([own, diskArray(this.#infrastructure, device)])
          : own;
      return this.#context.label(kept, 'capability', device, capability);
    });
  }

  compile(device: string, expression: Expression): NodeId {
    const { builder } = this.#context;
    if (typeof expression === 'string') return this.#word(device, expression);
    if ('all' in expression) return builder.all(expression.all.map((each) => this.compile(device, each)));
    if ('any' in expression) return builder.any(expression.any.map((each) => this.compile(device, each)));
    if ('atLeast' in expression)
      return builder.atLeast(
        expression.atLeast,
        expression.of.map((each) => this.compile(device, each)),
      );
    if ('fact' in expression) return this.#fact(device, expression.fact);
    if ('option' in expression) return this.#option(device, expression.option, expression.is);
    if ('reach' in expression) return this.#role(device, expression.reach, expression.its, false);
    if ('line' in expression) return this.#role(device, expression.line, expression.its, true);
    if ('provides' in expression) return this.provides(device, expression.provides);
    if ('runs' in expression)
      return builder.latch(this.compile(device, expression.runs), this.compile(device, expression.starts));
    if ('fits' in expression) return this.#fits(device, expression.fits, expression.in);
    return this.#timed(device, expression);
  }

  #word(device: string, word: string): NodeId {
    switch (word) {
      case 'running':
        return this.#infrastructure.running(device);
      case 'power':
        return this.#infrastructure.power(device);
      case 'always':
        return this.#context.always;
      case 'never':
        return this.#context.never;
      default:
        return this.#context.builder.constant(false, true);
    }
  }

  #timed(device: string, expression: Extract<Expression, { readonly of: Expression }>): NodeId {
    const { builder } = this.#context;
    const of = this.compile(device, expression.of);
    if ('after' in expression) {
      const { located, readings } = this.#duration(device, expression.after);
      const delay = { worst: readings.best, best: readings.worst };
      return this.#cite(builder.after(of, delay), located);
    }
    if ('store' in expression) return this.#store(device, expression.store, expression.rate, of);
    if (!('for' in expression)) return of;
    const { located, readings } = this.#duration(device, expression.for);
    const refill =
      expression.recharge === undefined ? undefined : this.#duration(device, expression.recharge);
    const node = builder.hold(
      of,
      readings,
      refill ? recharge(refill.located?.fact ?? expression.recharge) : undefined,
    );
    return this.#cite(node, located);
  }

  #cite(node: NodeId, located: Located<unknown> | undefined): NodeId {
    return located ? this.#context.cite(node, located) : node;
  }

  #duration(
    device: string,
    text: string,
  ): { readonly located?: Located<string | number | boolean>; readonly readings: Readings<Millis> } {
    if (/^\d/.test(text)) return { readings: { worst: millis(text), best: millis(text) } };
    const located = this.#infrastructure.fact(device, text);
    return { located, readings: this.#context.duration(located) };
  }

  /** How long a store of a size lasts at a rate: bytes at bits a second, or events at events an hour. */
  #store(device: string, store: string, rate: string, of: NodeId): NodeId {
    const size = this.#infrastructure.fact(device, store);
    const speed = this.#infrastructure.fact(device, rate);
    const lasts = fillTime(size.fact, speed.fact);
    const missing = range(size.fact) ? speed : size;
    const node = this.#context.builder.hold(of, lasts ?? anyDuration);
    return this.#context.cite(
      node,
      lasts ? { ...size, what: `${size.what}, filled at the ${speed.what}` } : missing,
    );
  }

  #fact(device: string, name: string): NodeId {
    const located = this.#infrastructure.fact(device, name);
    // Profiles are checked: a fact used as truth is true, false or unknown.
    const own = this.#context.truth(located as Located<boolean>);
    return name === 'backfill' ? fetched(this.#infrastructure, device, own) : own;
  }

  #option(device: string, name: string, is: string): NodeId {
    const located = this.#infrastructure.fact(device, name);
    const value = known(located.fact);
    return this.#context.constant(value === is, value === undefined || value === is, located);
  }

  #fits(device: string, used: string, limit: string): NodeId {
    const need = this.#infrastructure.fact(device, used);
    const room = this.#infrastructure.fact(device, limit);
    const needs = range(need.fact);
    const rooms = range(room.fact);
    if (!needs || !rooms) return this.#context.constant(false, true, needs ? room : need);
    const worst = Number(needs[1]) <= Number(rooms[0]);
    return this.#context.cite(
      this.#context.builder.constant(worst, worst || Number(needs[0]) <= Number(rooms[1])),
      need,
    );
  }

  /** That somebody in a role is there: over the network, or over a line of their own. */
  #role(device: string, role: string, its: string | undefined, line: boolean): NodeId {
    const bound = this.#infrastructure.bound(device, role);
    const targets = known(bound.fact);
    if (!targets) {
      const declared = this.#infrastructure.profile(device)?.roles?.[role];
      if (bound.fact === undefined && declared?.needed === false) return this.#context.never;
      return this.#context.whileNothingFails(bound);
    }
    const { estate, builder } = this.#context;
    const wired =
      estate.get('device', device)?.wires?.[role] !== undefined ||
      this.#infrastructure.profile(device)?.roles?.[role]?.over === 'line';
    return builder.any(targets.flatMap((target) => this.#filled(device, role, target, its, line || wired)));
  }

  #filled(
    device: string,
    role: string,
    target: string,
    its: string | undefined,
    line: boolean,
  ): readonly NodeId[] {
    const { builder, estate } = this.#context;
    const ends = (each: string): NodeId => {
      const way = line ? this.#line(device, role, each) : this.#infrastructure.use(device, each);
      return its === undefined ? way : builder.all([way, this.#its(each, its)]);
    };
    const group = estate.get('group', this.#standby.get(target));
    if (!group) return [ends(target)];
    return [ends(target), this.#failover(group, (each) => ends(each))];
  }

  /** Standbys take over as long as they are enough for all the members that failed. */
  #failover(
    group: {
      readonly members: readonly string[];
      readonly standby: readonly string[];
      readonly covers: Fact<number>;
    },
    ends: (device: string) => NodeId,
  ): NodeId {
    const { builder } = this.#context;
    const members = group.members.map((each) => this.#infrastructure.running(each));
    const standby = group.standby.map((each) => this.#infrastructure.running(each));
    const covers = range(group.covers) ?? [0, members.length];
    const enough = (each: number): NodeId =>
      builder.any(
        standby.map((_, index) => {
          const failures = Math.min(members.length, (index + 1) * each);
          return builder.all([
            builder.atLeast(index + 1, standby),
            builder.atLeast(members.length - failures, members),
          ]);
        }),
      );
    const least = enough(covers[0]);
    const room =
      covers[0] === covers[1]
        ? least
        : builder.any([least, builder.all([builder.constant(false, true), enough(covers[1])])]);
    return builder.all([room, builder.any(group.standby.map(ends))]);
  }

  #line(device: string, role: string, target: string): NodeId {
    const { context } = this.#infrastructure;
    const { estate } = context;
    const line = this.#infrastructure.line(device, role);
    const there = estate.get('service', target)
      ? this.#infrastructure.service(target)
      : this.#infrastructure.running(target);
    return context.label(context.builder.all([line, there]), 'line', device, target);
  }

  /** A service has no capabilities of its own: that it is reached, or its grace lasts, is all there is. */
  #its(target: string, capability: string): NodeId {
    return this.#context.estate.get('service', target)
      ? this.#context.always
      : this.provides(target, capability);
  }
}

/** How long a store lasts in the worst and the best case; `undefined` where its size or rate is unknown. */
export function fillTime(
  size: Fact<string | number | boolean> | undefined,
  rate: Fact<string | number | boolean> | undefined,
): Readings<Millis> | undefined {
  const sizes = range(size)?.map(amount);
  const rates = range(rate)?.map(perHour);
  if (!sizes || !rates) return undefined;
  const lasts = (held: number, hourly: number): Millis =>
    asMillis(hourly === 0 ? Infinity : Math.floor((held / hourly) * 3_600_000));
  return { worst: lasts(sizes[0] ?? 0, rates[1] ?? 0), best: lasts(sizes[1] ?? 0, rates[0] ?? 0) };
}

const amount = (value: unknown): number => (typeof value === 'string' ? bytesOf(value) : Number(value));

/** Bytes or events an hour. */
const perHour = (value: unknown): number =>
  typeof value === 'string' ? (bitsPerSecondOf(value) / 8) * 3600 : Number(value);
