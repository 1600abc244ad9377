import { known, range, type Expression } from '@holdfast/estate';
import type { Net } from './network.ts';
import { bounds, delay, factOf, measure, millisOf, store } from './reading.ts';
import { arrayHolds, mayFetch } from './recordings.ts';
import { all, any, type World } from './world.ts';

type Span = readonly [number, number];

/** What a profile's expressions say of a device, straight from the doc of the language. */
export class Expressions {
  readonly #world: World;
  readonly #net: Net;

  constructor(world: World, net: Net) {
    this.#world = world;
    this.#net = net;
    world.expression = (device, each, name) => this.truth(device, each, name);
  }

  /** A capability of a device. */
  provides(device: string, capability: string): boolean {
    // A service has no capabilities of its own beyond running.
    if (!this.#world.estate.get('device', device)) return true;
    const each = this.#world.profileOf(device)?.provides?.[capability];
    return (
      each !== undefined &&
      this.#world.clock.truth(`provides ${device} ${capability}`, () =>
        all([
          this.truth(device, each, `${device}.${capability}`),
          capability !== 'stores' || arrayHolds(this.#world, device),
        ]),
      )
    );
  }

  /** An expression under a name of its own. */
  truth(device: string, each: Expression, name: string): boolean {
    const { clock, side } = this.#world;
    if (typeof each === 'string') return this.#word(device, each);
    if ('all' in each) return all(this.#each(device, each.all, name));
    if ('any' in each) return any(this.#each(device, each.any, name));
    if ('atLeast' in each) return this.#each(device, each.of, name).filter(Boolean).length >= each.atLeast;
    if ('fact' in each) return this.#isSo(device, each.fact);
    if ('option' in each) {
      const value = this.#scalar(device, each.option);
      return value === undefined ? side === 'best' : value === each.is;
    }
    if ('reach' in each)
      return this.#role(device, each.reach, each.its, this.#world.overLine(device, each.reach));
    if ('line' in each) return this.#role(device, each.line, each.its, true);
    if ('provides' in each) return this.provides(device, each.provides);
    if ('runs' in each)
      return clock.latch(
        name,
        () => this.truth(device, each.runs, `${name}.runs`),
        () => this.truth(device, each.starts, `${name}.starts`),
      );
    if ('fits' in each) return this.#fits(device, each.fits, each.in);
    const of = (): boolean => this.truth(device, each.of, `${name}.of`);
    if ('for' in each)
      return clock.hold(
        name,
        of,
        store(this.span(device, each.for), side),
        each.recharge === undefined ? 0 : delay(this.span(device, each.recharge), side),
      );
    if ('after' in each) return clock.after(name, of, delay(this.span(device, each.after), side));
    return clock.hold(name, of, store(this.#filled(device, each.store, each.rate), side));
  }

  #isSo(device: string, name: string): boolean {
    const best = this.#world.side === 'best';
    const own = this.#world.says(device, name) ?? best;
    const may = name === 'backfill' ? mayFetch(this.#world, device) : undefined;
    return own && (may === undefined || (may === 'perhaps' ? best : may));
  }

  #word(device: string, word: Extract<Expression, string>): boolean {
    switch (word) {
      case 'running':
        return this.#world.runs(device);
      case 'power':
        return this.#world.powered(device);
      case 'always':
        return true;
      case 'never':
        return false;
      case 'unknown':
        return this.#world.side === 'best';
      default:
        return word satisfies never;
    }
  }

  #each(device: string, parts: readonly Expression[], name: string): readonly boolean[] {
    return parts.map((part, index) => this.truth(device, part, `${name}.${index}`));
  }

  /** E7, E9. */
  #role(device: string, role: string, its: string | undefined, line: boolean): boolean {
    const fillers = this.#world.fillers(device, role);
    if (fillers.length === 0)
      return this.#world.profileOf(device)?.roles?.[role]?.needed !== false && this.#world.doubtful;
    const there = (filler: string): boolean =>
      all([
        line ? this.#world.wired(device, role, filler) : this.#net.uses(device, filler),
        its === undefined || this.provides(filler, its),
      ]);
    return any(fillers.flatMap((filler) => [there(filler), this.#standIn(filler, there)]));
  }

  /** A standby of a failover group stands in for a member while the group's standbys are enough for all that failed. */
  #standIn(member: string, there: (filler: string) => boolean): boolean {
    const group = [...this.#world.estate.all('group').values()].find(({ members }) =>
      members.includes(member),
    );
    if (!group) return false;
    const [few, many] = range(group.covers) ?? [0, group.members.length];
    const failed = group.members.map((each) => this.#world.runs(each)).filter((runs) => !runs).length;
    const standing = group.standby.map((each) => this.#world.runs(each)).filter(Boolean).length;
    const reached = any(group.standby.map(there));
    return reached && standing > 0 && failed <= standing * this.#world.clock.pick(few, many);
  }

  #scalar(device: string, fact: string): string | number | boolean | undefined {
    return known(factOf(this.#world.estate, this.#world.device(device), fact));
  }

  /** A duration that stands there, or that a fact says. */
  span(device: string, text: string): Span {
    if (/^\d/.test(text)) return [millisOf(text), millisOf(text)];
    return bounds(
      factOf(this.#world.estate, this.#world.device(device), text) as Parameters<typeof bounds>[0],
    );
  }

  #bounds(device: string, fact: string, kind: 'size' | 'rate'): Span {
    const given = range(factOf(this.#world.estate, this.#world.device(device), fact));
    return given ? [measure(given[0], kind), measure(given[1], kind)] : [0, Infinity];
  }

  #filled(device: string, size: string, rate: string): Span {
    const [least, most] = this.#bounds(device, size, 'size');
    const [slow, fast] = this.#bounds(device, rate, 'rate');
    const shortest = fast === Infinity ? 0 : least / fast;
    return [Math.round(shortest), slow === 0 ? Infinity : Math.round(most / slow)];
  }

  #fits(device: string, small: string, large: string): boolean {
    const { estate, side } = this.#world;
    const of = (fact: string): Span => {
      const given = range(factOf(estate, this.#world.device(device), fact));
      return given ? [Number(given[0]), Number(given[1])] : [0, Infinity];
    };
    const [least, most] = of(small);
    const [low, high] = of(large);
    return side === 'worst' ? most <= low && most < Infinity : least <= high;
  }
}
