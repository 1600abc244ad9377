import { asMillis, type Millis } from '@holdfast/kernel';
import { known, range, type EntityData, type Fact, type Profile } from '@holdfast/estate';
import { buildForwarding, Reach, uplinkCable, type Forwarding, type Need } from '@holdfast/topology';
import type { NodeId, Readings } from '../solver/system.ts';
import type { Context, Located } from './context.ts';
import { millis } from './context.ts';

/** What boots take where no fact says: from at once to ten minutes. */
const assumedBoot: Readings<Millis> = { worst: asMillis(600_000), best: asMillis(0) };

/** Power, running, addresses, services and the network: what all capabilities stand on. */
export class Infrastructure {
  readonly context: Context;
  readonly forwarding: Forwarding;
  readonly #reach: Reach<NodeId>;
  readonly #needs = new Map<string, NodeId>();
  /** Compiles an expression of a device's profile; told by the compiler of expressions. */
  expression: (device: string, expression: NonNullable<Profile['starts']>) => NodeId = () => this.context.never;

  constructor(context: Context) {
    this.context = context;
    this.forwarding = buildForwarding(context.estate);
    const { builder } = context;
    this.#reach = new Reach(context.estate, this.forwarding, {
      all: (inputs) => builder.all(inputs),
      any: (inputs) => builder.any(inputs),
      open: () => builder.open(),
      close: (node, inputs) => builder.close(node, inputs),
      need: (need) => this.#need(need),
    });
  }

  profile(device: string): Profile | undefined {
    const { estate } = this.context;
    return estate.get('profile', known(estate.get('device', device)?.profile));
  }

  /** A fact by name: of the device, else of its profile. */
  fact(device: string, name: string): Located<string | number | boolean> {
    const { estate } = this.context;
    const data = estate.get('device', device);
    const own = ownFact(data, name);
    const what = `${name.replaceAll('-', ' ')} of ${estate.nameOf(device)}`;
    if (own.fact !== undefined) return { ...own, kind: 'device', id: device, what };
    const profile = known(data?.profile) ?? '';
    const claimed = estate.get('profile', profile);
    if (claimed?.facts?.[name] !== undefined) return { fact: claimed.facts[name], kind: 'profile', id: profile, path: ['facts', name], what: `${name.replaceAll('-', ' ')} of ${claimed.name}` };
    return { fact: undefined, kind: 'device', id: device, path: own.path, what };
  }

  #need(need: Need): NodeId {
    const key = need.kind === 'guess' ? `guess ${need.device}` : `${need.kind} ${need.id}`;
    const found = this.#needs.get(key);
    if (found !== undefined) return found;
    const node = this.#needed(need);
    this.#needs.set(key, node);
    return node;
  }

  #needed(need: Need): NodeId {
    const { builder, estate } = this.context;
    switch (need.kind) {
      case 'device':
        return this.running(need.id);
      case 'cable':
        return this.context.label(builder.all([this.cable(need.id), ...need.paths.map((each) => this.path(each))]), 'cable', need.id);
      case 'circuit':
        return this.circuit(need.id);
      case 'vpn': {
        const vpn = estate.get('vpn', need.id);
        const ends = vpn ? [vpn.from, vpn.to].map((each) => this.context.once(`underlay ${each}`, () => this.#reach.internet(each))) : [];
        return this.context.label(builder.all([this.context.component(need.id, 'vpn', estate.nameOf(need.id)), this.internet(), ...ends]), 'vpn', need.id);
      }
      case 'guess':
        return this.context.whileNothingFails({ fact: 'unknown', kind: 'device', id: need.device, path: ['uplink'], what: `the switch port of ${estate.nameOf(need.device)}` });
      default:
        return need satisfies never;
    }
  }

  cable(id: string): NodeId {
    const ends = this.forwarding.cables.get(id);
    const { estate } = this.context;
    const name = ends ? `the cable between ${estate.nameOf(ends.from)} and ${estate.nameOf(ends.to)}` : id;
    return this.context.component(id, 'cable', name, ends?.from);
  }

  path(id: string): NodeId {
    return this.context.component(id, 'path', this.context.estate.nameOf(id));
  }

  party(id: string): NodeId {
    return this.context.component(id, 'party', this.context.estate.nameOf(id));
  }

  internet(): NodeId {
    return this.context.component('internet', 'internet', 'the internet');
  }

  circuit(id: string): NodeId {
    const { context } = this;
    return context.once(`circuit ${id}`, () => {
      const data = context.estate.get('circuit', id);
      const parts = [context.component(id, 'circuit', context.estate.nameOf(id), data?.on[0])];
      if (data?.peer === undefined) parts.push(this.internet());
      if (data?.peer === undefined && data?.to !== undefined && known(data.to) === undefined) {
        parts.push(context.truth({ fact: 'unknown', kind: 'circuit', id, path: ['to'], what: `where ${context.estate.nameOf(id)} leads` }));
      }
      const provider = known(data?.provider);
      if (provider !== undefined) parts.push(this.party(provider));
      for (const each of known<readonly string[]>(data?.paths) ?? []) parts.push(this.path(each));
      return context.label(context.builder.all(parts), 'circuit', id);
    });
  }

  mains(site: string): NodeId {
    return this.context.component(`mains:${site}`, 'mains', `the mains of ${this.context.estate.nameOf(site)}`, site);
  }

  /** That a supply carries its load. */
  supply(id: string): NodeId {
    const { context } = this;
    return context.once(`supply ${id}`, () => context.label(this.#supply(id, context.estate.get('supply', id)), 'supply', id));
  }

  #supply(id: string, data: EntityData<'supply'> | undefined): NodeId {
    const { context } = this;
    const { builder } = context;
    const own = context.component(id, 'supply', context.estate.nameOf(id), data?.at);
    const located = (name: 'autonomy' | 'recharge' | 'fuel' | 'startDelay'): Located<string> => ({ fact: data?.[name], kind: 'supply', id, path: [name], what: `${name} of ${context.estate.nameOf(id)}` });
    const site = data?.at === undefined ? undefined : context.site(data.at);
    const feeding = this.#fed(known(data?.from), site);
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
        return builder.all([own, feeding, ...(data?.provider === undefined ? [] : [this.party(data.provider)])]);
    }
  }

  #fed(from: readonly string[] | undefined, site: string | undefined): NodeId {
    if (from && from.length > 0) return this.context.builder.any(from.map((each) => this.supply(each)));
    return site === undefined ? this.context.always : this.mains(site);
  }

  /** That any of some supplies and devices gives power. */
  source(ids: readonly string[]): NodeId {
    const { estate, builder } = this.context;
    return builder.any(ids.map((each) => (estate.get('supply', each) ? this.supply(each) : this.running(each))));
  }

  power(device: string): NodeId {
    return this.context.once(`power ${device}`, () => this.context.label(this.#power(device), 'power', device));
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
      return context.builder.any(carriers.map(({ target, cable }) => context.builder.all([this.running(target), this.cable(cable)])));
    }
    const line = known(this.fact(device, 'line-powered').fact) === true ? this.#lineTargets(device) : [];
    if (data?.power === undefined && line.length > 0) {
      return context.builder.any(line.map(({ role, target }) => context.builder.all([this.line(device, role), this.#rail(target)])));
    }
    const selfPowered = known(this.fact(device, 'self-powered').fact) === true;
    if (data?.power === undefined && selfPowered) return context.always;
    const site = context.site(device);
    const unknown = context.constant(false, true, { fact: 'unknown', kind: 'device', id: device, path: ['power'], what: `what feeds ${context.estate.nameOf(device)}` });
    return context.builder.any([unknown, site === undefined ? context.never : this.mains(site)]);
  }

  /** That the line of a device to what fills a role is whole. */
  line(device: string, role: string): NodeId {
    return this.context.component(`line:${device}/${role}`, 'line', `the line from ${this.context.estate.nameOf(device)} to its ${role}`, device);
  }

  /** The power that a device passes on over its lines: there as soon as the device itself has it. */
  #rail(device: string): NodeId {
    return this.context.builder.all([this.context.component(device, 'device', this.context.estate.nameOf(device), device), this.power(device)]);
  }

  /** The far ends of a device's cables, but for those that are plugged into it. */
  #carriers(device: string): readonly { readonly target: string; readonly cable: string }[] {
    const all = [...this.#cablesOf(device)].filter(({ id, from, to }) => from === device || id !== uplinkCable(from, to));
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
      return wired ? (known<readonly string[]>(to) ?? []).filter((each) => estate.get('device', each)).map((target) => ({ role, target })) : [];
    });
  }

  /** That a device is whole, powered and booted. */
  running(device: string): NodeId {
    return this.context.once(`running ${device}`, () => this.context.label(this.#running(device), 'running', device));
  }

  #running(device: string): NodeId {
    const { context } = this;
    const { builder, estate } = context;
    const own = context.component(device, 'device', estate.nameOf(device), device);
    const data = estate.get('device', device);
    const state = known(data?.state) === 'failed' ? [context.constant(false, false, { fact: data?.state, kind: 'device', id: device, path: ['state'], what: `state of ${estate.nameOf(device)}` })] : [];
    const base = builder.all([own, this.power(device), ...state]);
    const boot = this.fact(device, 'boot');
    const booted = context.cite(builder.after(base, boot.fact === undefined ? assumedBoot : longestWorst(context.duration(boot))), boot);
    const starts = this.profile(device)?.starts;
    return starts === undefined ? booted : builder.latch(booted, this.expression(device, starts));
  }

  /** That a service runs somewhere and is honest. */
  service(id: string): NodeId {
    return this.context.once(`service ${id}`, () => this.context.label(this.#service(id, this.context.estate.get('service', id)), 'service', id));
  }

  #service(id: string, data: EntityData<'service'> | undefined): NodeId {
    const { context } = this;
    const { builder, estate } = context;
    const parts = [context.component(id, 'service', estate.nameOf(id)), context.component(`honest:${id}`, 'honesty', `the honesty of ${estate.nameOf(id)}`)];
    const hosts = known<readonly string[]>(data?.on);
    if (hosts && hosts.length > 0) parts.push(builder.any(hosts.map((each) => this.running(each))));
    const provider = known(data?.provider);
    if (provider !== undefined) parts.push(this.party(provider));
    const region = known(data?.region);
    if (provider !== undefined && region !== undefined) {
      const key = `region:${provider}/${region}`;
      parts.push(context.component(key, 'region', `${estate.nameOf(provider)} ${region}`));
    }
    for (const each of known<readonly string[]>(data?.needs) ?? []) parts.push(this.#between(id, each));
    const run = builder.all(parts);
    const starts = (known<readonly string[]>(data?.starts) ?? []).map((each) => this.#between(id, each));
    return starts.length === 0 ? run : builder.latch(run, builder.all(starts));
  }

  /** That one service has another: over the network where both run on hosts of the estate. */
  #between(service: string, needed: string): NodeId {
    const { builder, estate } = this.context;
    const hosts = known<readonly string[]>(estate.get('service', service)?.on) ?? [];
    return hosts.length === 0 ? this.service(needed) : builder.any(hosts.map((each) => builder.all([this.running(each), this.use(each, needed)])));
  }

  /** That a device has an address: its own, or a lease that still lasts. */
  addressed(device: string): NodeId {
    return this.context.once(`address ${device}`, () => {
      const { context } = this;
      const data = context.estate.get('device', device);
      const bound = this.bound(device, 'dhcp');
      const declared = known(data?.addressing);
      const servers = known<readonly string[]>(bound.fact) ?? [];
      if (declared === 'static' || (declared === undefined && data?.addressing === undefined && servers.length === 0)) return context.always;
      if (servers.length === 0) return context.whileNothingFails({ ...bound, what: `who leases the address of ${context.estate.nameOf(device)}` });
      return context.label(context.builder.any(servers.map((each) => this.#lease(device, each))), 'address', device);
    });
  }

  /** A client renews at half its lease, so that between half of it and all of it is left when the server goes. @see RFC 2131 section 4.4.5 */
  #lease(device: string, server: string): NodeId {
    const { context } = this;
    const service = context.estate.get('service', server);
    const hosts = service ? (known<readonly string[]>(service.on) ?? []) : [server];
    const runs = service ? this.service(server) : this.running(server);
    const reached = context.builder.any(hosts.map((each) => context.builder.all([this.#reach.devices(device, each), this.running(each)])));
    const located: Located<string> = { fact: service?.lease ?? 'unknown', kind: 'service', id: server, path: ['lease'], what: `lease of ${context.estate.nameOf(server)}` };
    const lease = context.duration(located);
    const left = { worst: asMillis(lease.worst / 2), best: lease.best };
    return context.cite(context.builder.hold(context.builder.all([runs, reached]), left), located);
  }

  /** Who fills a role of a device: as itself, its network or its site says. */
  bound(device: string, role: string): Located<readonly string[]> {
    const { estate } = this.context;
    const data = estate.get('device', device);
    const what = `the ${role} of ${estate.nameOf(device)}`;
    const own = data?.uses?.[role];
    if (own !== undefined) return { fact: own, kind: 'device', id: device, path: ['uses', role], what };
    const network = data?.network ?? Object.values(data?.interfaces ?? {})[0]?.network;
    const ofNetwork = estate.get('network', network)?.uses?.[role];
    if (network !== undefined && ofNetwork !== undefined) return { fact: ofNetwork, kind: 'network', id: network, path: ['uses', role], what };
    const site = this.context.site(device);
    const ofSite = estate.get('site', site)?.uses?.[role];
    if (site !== undefined && ofSite !== undefined) return { fact: ofSite, kind: 'site', id: site, path: ['uses', role], what };
    return { fact: undefined, kind: 'device', id: device, path: ['uses', role], what };
  }

  /** That a device reaches a device or service over the network, and that it runs. */
  use(device: string, target: string): NodeId {
    return this.context.once(`use ${device} ${target}`, () => this.context.label(this.#use(device, target), 'reach', device, target));
  }

  #use(device: string, target: string): NodeId {
    const { builder, estate } = this.context;
    const service = estate.get('service', target);
    if (!service) {
      if (estate.get('device', target)) return this.#toDevice(device, target);
      return estate.get('party', target) ? this.party(target) : this.context.always;
    }
    const hosts = known<readonly string[]>(service.on);
    if (hosts && hosts.length > 0) {
      const reached = builder.any(hosts.map((each) => this.#toDevice(device, each)));
      return this.#graced(builder.all([this.service(target), reached]), target, service);
    }
    return this.#graced(builder.all([this.service(target), this.addressed(device), this.#outside(device), ...this.#names(device, target)]), target, service);
  }

  #toDevice(device: string, target: string): NodeId {
    return this.context.builder.all([this.addressed(device), this.#reach.devices(device, target), this.running(target), this.addressed(target)]);
  }

  #outside(device: string): NodeId {
    return this.context.once(`internet ${device}`, () => this.context.label(this.#reach.internet(device), 'internet', device));
  }

  /** A cloud service is found by its name, where the estate says who resolves names. */
  #names(device: string, target: string): readonly NodeId[] {
    const servers = known<readonly string[]>(this.bound(device, 'dns').fact) ?? [];
    const fixed = known(this.fact(device, 'fixed-address').fact) === true;
    if (servers.length === 0 || servers.includes(target) || fixed) return [];
    return [this.context.label(this.context.builder.any(servers.map((each) => this.use(device, each))), 'dns', device)];
  }

  /** What a service gives out stays good for its grace. */
  #graced(node: NodeId, id: string, service: EntityData<'service'>): NodeId {
    if (service.grace === undefined) return node;
    const located: Located<string> = { fact: service.grace, kind: 'service', id, path: ['grace'], what: `grace of ${this.context.estate.nameOf(id)}` };
    return this.context.cite(this.context.builder.hold(node, this.context.duration(located)), located);
  }
}

/** Time from empty to full; at once where nothing is said. */
export function recharge(fact: Fact<string | number | boolean> | undefined): Readings<Millis> {
  const read = range(fact);
  if (!read) return { worst: asMillis(0), best: asMillis(0) };
  return { worst: millis(read[1]), best: millis(read[0]) };
}

/** A delay is worst when it is longest. */
const longestWorst = ({ worst, best }: Readings<Millis>): Readings<Millis> =>
  best === Infinity && worst === 0 ? assumedBoot : { worst: asMillis(Math.max(worst, best)), best: asMillis(Math.min(worst, best)) };

const fields: Readonly<Record<string, 'bitrate' | 'storage' | 'credentials' | 'eventsPerHour' | 'battery'>> = {
  bitrate: 'bitrate', storage: 'storage', credentials: 'credentials', 'events-per-hour': 'eventsPerHour', battery: 'battery',
};

function ownFact(data: EntityData<'device'> | undefined, name: string): Pick<Located<string | number | boolean>, 'fact' | 'path'> {
  const own = data?.facts?.[name];
  if (own !== undefined) return { fact: own, path: ['facts', name] };
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return field ? { fact: data?.[field], path: [field] } : { fact: undefined, path: ['facts', name] };
}
