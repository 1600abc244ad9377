import { asMillis, type Millis } from '@holdfast/kernel';
import { known, range, type EntityData, type Fact, type Profile } from '@holdfast/estate';
import { uplinkCable } from '@holdfast/topology';
import type { NodeId, Readings } from '../solver/system.ts';
import { millis, type Located } from './context.ts';
import { Elements } from './elements.ts';

/** What boots take where no fact says: from at once to ten minutes. */
const assumedBoot: Readings<Millis> = { worst: asMillis(600_000), best: asMillis(0) };

/** Power, and what runs on it. */
export class Power extends Elements {
  /** Compiles an expression of a device's profile; told by the compiler of expressions. */
  expression: (device: string, expression: NonNullable<Profile['starts']>) => NodeId = () =>
    this.context.never;

  /** That a supply carries its load. */
  supply(id: string): NodeId {
    const { context } = this;
    return context.once(`supply ${id}`, () =>
      context.label(this.#supply(id, context.estate.get('supply', id)), 'supply', id),
    );
  }

  #supply(id: string, data: EntityData<'supply'> | undefined): NodeId {
    const { context } = this;
    const { builder } = context;
    const own = context.component(id, 'supply', context.estate.nameOf(id), data?.at);
    const located = (name: 'autonomy' | 'recharge' | 'fuel' | 'startDelay'): Located<string> => ({
      fact: data?.[name],
      kind: 'supply',
      id,
      path: [name],
      what: `${name} of ${context.estate.nameOf(id)}`,
    });
    const site = data?.at === undefined ? undefined : context.site(data.at);
    const feeding = this.#fed(id, known(data?.from), site);
    switch (data?.kind) {
      case 'ups': {
        const battery = builder.hold(feeding, context.duration(located('autonomy')), recharge(data.recharge));
        return builder.all([own, context.cite(battery, located('autonomy'))]);
      }
      case 'generator': {
        const delay = longestWorst(context.duration(located('startDelay')));
        const fuel = context.duration(located('fuel'));
        // The worst reading of a store is its shortest: as if it had begun to run at once.
        const runs = { worst: asMillis(fuel.worst + delay.best), best: asMillis(fuel.best + delay.worst) };
        const genset = builder.all([own, context.cite(builder.hold(feeding, runs), located('fuel'))]);
        return context.cite(builder.standby(feeding, genset, delay), located('startDelay'));
      }
      default:
        return builder.all([
          own,
          feeding,
          ...(data?.provider === undefined ? [] : [this.party(data.provider)]),
        ]);
    }
  }

  #fed(id: string, from: readonly string[] | undefined, site: string | undefined): NodeId {
    if (from && from.length > 0) return this.context.builder.any(from.map((each) => this.supply(each)));
    if (site !== undefined) return this.mains(site);
    return this.context.whileNothingFails({
      fact: 'unknown',
      kind: 'supply',
      id,
      path: ['from'],
      what: `what feeds ${this.context.estate.nameOf(id)}`,
    });
  }

  /** That any of some supplies and devices gives power. */
  source(ids: readonly string[]): NodeId {
    const { estate, builder } = this.context;
    return builder.any(
      ids.map((each) => (estate.get('supply', each) ? this.supply(each) : this.running(each))),
    );
  }

  power(device: string): NodeId {
    return this.context.once(`power ${device}`, () =>
      this.context.label(this.#power(device), 'power', device),
    );
  }

  #power(device: string): NodeId {
    const { context } = this;
    const fed = this.#feeds(device);
    const battery = this.fact(device, 'battery');
    const data = context.estate.get('device', device);
    if (battery.fact === undefined || known(data?.battery) === '0') return fed;
    const refill = this.fact(device, 'recharge');
    return context.cite(context.builder.hold(fed, context.duration(battery), recharge(refill.fact)), battery);
  }

  #feeds(device: string): NodeId {
    const { context } = this;
    const data = context.estate.get('device', device);
    const declared = known<readonly string[]>(data?.power);
    if (declared && declared.length > 0) return this.source(declared);
    const poe = known(data?.poe) ?? known(this.fact(device, 'poe').fact);
    const carriers = this.#carriers(device);
    if (data?.power === undefined && poe === true && carriers.length > 0) {
      return context.builder.any(
        carriers.map(({ target, cable }) => {
          const paths = context.estate.get('cable', cable)?.paths ?? [];
          return context.builder.all([
            this.running(target),
            this.cable(cable),
            ...paths.map((each) => this.path(each)),
          ]);
        }),
      );
    }
    const line = known(this.fact(device, 'line-powered').fact) === true ? this.#lineTargets(device) : [];
    if (data?.power === undefined && line.length > 0) {
      return context.builder.any(
        line.map(({ role, target }) => context.builder.all([this.line(device, role), this.#rail(target)])),
      );
    }
    const selfPowered = known(this.fact(device, 'self-powered').fact) === true;
    if (data?.power === undefined && selfPowered) return context.always;
    const site = context.site(device);
    const unknown = context.constant(false, true, {
      fact: 'unknown',
      kind: 'device',
      id: device,
      path: ['power'],
      what: `what feeds ${context.estate.nameOf(device)}`,
    });
    return context.builder.any([unknown, site === undefined ? context.never : this.mains(site)]);
  }

  /** That a device is whole and has power; what it passes on over its lines, whether it has booted or not. */
  #rail(device: string): NodeId {
    const { context } = this;
    const { builder, estate } = context;
    const own = context.component(device, 'device', estate.nameOf(device), device);
    const state = estate.get('device', device)?.state;
    if (known(state) !== 'failed') return builder.all([own, this.power(device)]);
    const what = `state of ${estate.nameOf(device)}`;
    const failed = context.constant(false, false, {
      fact: state,
      kind: 'device',
      id: device,
      path: ['state'],
      what,
    });
    return builder.all([own, this.power(device), failed]);
  }

  /** The far ends of a device's cables, but for those that are plugged into it. */
  #carriers(device: string): readonly { readonly target: string; readonly cable: string }[] {
    const all = [...this.#cablesOf(device)].filter(
      ({ id, from, to }) => from === device || id !== uplinkCable(from, to),
    );
    return all.map(({ id, from, to }) => ({ cable: id, target: from === device ? to : from }));
  }

  *#cablesOf(device: string): Generator<{ readonly id: string; readonly from: string; readonly to: string }> {
    for (const id of this.#cableIndex().get(device) ?? []) {
      const ends = this.forwarding.cables.get(id);
      if (ends) yield { id, ...ends };
    }
  }

  #index: Map<string, string[]> | undefined;

  #cableIndex(): ReadonlyMap<string, readonly string[]> {
    if (this.#index) return this.#index;
    const index = new Map<string, string[]>();
    for (const [id, { from, to }] of this.forwarding.cables) {
      for (const end of [from, to]) {
        const own = index.get(end);
        if (own) own.push(id);
        else index.set(end, [id]);
      }
    }
    this.#index = index;
    return index;
  }

  #lineTargets(device: string): readonly { readonly role: string; readonly target: string }[] {
    const { estate } = this.context;
    const data = estate.get('device', device);
    const roles = this.profile(device)?.roles ?? {};
    return Object.entries(data?.uses ?? {}).flatMap(([role, to]) => {
      const wired = roles[role]?.over === 'line' || data?.wires?.[role] !== undefined;
      return wired
        ? (known<readonly string[]>(to) ?? [])
            .filter((each) => estate.get('device', each))
            .map((target) => ({ role, target }))
        : [];
    });
  }

  /** That a device is whole, powered and booted. */
  running(device: string): NodeId {
    return this.context.once(`running ${device}`, () =>
      this.context.label(this.#running(device), 'running', device),
    );
  }

  #running(device: string): NodeId {
    const { context } = this;
    const { builder } = context;
    const base = this.#rail(device);
    const boot = this.fact(device, 'boot');
    const booted = context.cite(
      builder.after(base, boot.fact === undefined ? assumedBoot : longestWorst(context.duration(boot))),
      boot,
    );
    const starts = this.profile(device)?.starts;
    return starts === undefined ? booted : builder.latch(booted, this.expression(device, starts));
  }
}

/** Time from empty to full; at once where nothing is said, and at worst never where it is unknown. */
export function recharge(fact: Fact<string | number | boolean> | undefined): Readings<Millis> {
  if (fact === undefined) return { worst: asMillis(0), best: asMillis(0) };
  const read = range(fact);
  if (!read) return { worst: asMillis(Infinity), best: asMillis(0) };
  return { worst: millis(read[1]), best: millis(read[0]) };
}

/** A delay is worst when it is longest. */
const longestWorst = ({ worst, best }: Readings<Millis>): Readings<Millis> =>
  best === Infinity && worst === 0
    ? assumedBoot
    : { worst: asMillis(Math.max(worst, best)), best: asMillis(Math.min(worst, best)) };
