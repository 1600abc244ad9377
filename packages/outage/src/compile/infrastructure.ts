import { asMillis } from '@holdfast/kernel';
import { known, type EntityData } from '@holdfast/estate';
import { Reach, type Need } from '@holdfast/topology';
import type { NodeId } from '../solver/system.ts';
import type { Context, Located } from './context.ts';
import type { Permits } from './permits.ts';
import { Power } from './power.ts';

/** Services, addresses and the network: with power, what all capabilities stand on. */
export class Infrastructure extends Power {
  readonly #reach: Reach<NodeId>;
  readonly #needs = new Map<string, NodeId>();

  constructor(context: Context, permits?: Permits) {
    super(context);
    const { builder } = context;
    this.#reach = new Reach(context.estate, this.forwarding, {
      all: (inputs) => builder.all(inputs),
      any: (inputs) => builder.any(inputs),
      open: () => builder.open(),
      close: (node, inputs) => builder.close(node, inputs),
      need: (need) => this.#need(need),
      ...(permits === undefined
        ? {}
        : {
            filtering: permits.routers,
            permit: (router, from, to) => this.#permit(permits, router, from, to),
          }),
    });
  }

  /** A router that stops packets, or of which nobody can tell; `undefined` where it lets them pass. */
  #permit(permits: Permits, router: string, from: string, to: string | undefined): NodeId | undefined {
    const { verdict, key, flow, by, source, asOf } = permits.between(router, from, to);
    if (verdict === 'yes') return undefined;
    const { estate } = this.context;
    const located: Located<string> = {
      fact:
        verdict === 'unknown'
          ? 'unknown'
          : {
              value: `nothing: ${by}`,
              basis: 'export',
              ...(source === undefined ? {} : { source }),
              ...(asOf === undefined ? {} : { asOf }),
            },
      kind: 'device',
      id: router,
      path: ['configurations'],
      what: `what ${estate.nameOf(router)} lets pass between ${flow}`,
    };
    return this.context.once(`permit ${router} ${key}`, () =>
      this.context.stated(verdict === 'unknown', located),
    );
  }

  #need(need: Need): NodeId {
    const key = keyOf(need);
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
        return this.context.label(
          builder.all([this.cable(need.id), ...need.paths.map((each) => this.path(each))]),
          'cable',
          need.id,
        );
      case 'circuit':
        return this.circuit(need.id);
      case 'vpn': {
        const vpn = estate.get('vpn', need.id);
        const ends = vpn
          ? [vpn.from, vpn.to]
              .filter((each) => estate.get('device', each))
              .map((each) => this.context.once(`underlay ${each}`, () => this.#reach.internet(each)))
          : [];
        return this.context.label(
          builder.all([
            this.context.component(need.id, 'vpn', estate.nameOf(need.id)),
            this.internet(),
            ...ends,
          ]),
          'vpn',
          need.id,
        );
      }
      case 'unsure':
        return builder.all([
          this.#need(need.cable),
          this.context.whileNothingFails({
            fact: 'unknown',
            kind: 'device',
            id: need.device,
            path: ['network'],
            what: `the network of ${estate.nameOf(need.device)}`,
          }),
        ]);
      case 'gateway':
        return this.context.whileNothingFails({
          fact: 'unknown',
          kind: 'network',
          id: need.network,
          path: ['gateways'],
          what: `who routes ${estate.nameOf(need.network)}`,
        });
      case 'guess':
        return this.context.whileNothingFails({
          fact: 'unknown',
          kind: 'device',
          id: need.device,
          path: ['uplink'],
          what: `the switch port of ${estate.nameOf(need.device)}`,
        });
      default:
        return need satisfies never;
    }
  }

  /** That a service runs somewhere and is honest. */
  service(id: string): NodeId {
    return this.context.once(`service ${id}`, () =>
      this.context.label(this.#service(id, this.context.estate.get('service', id)), 'service', id),
    );
  }

  #service(id: string, data: EntityData<'service'> | undefined): NodeId {
    const { context } = this;
    const { builder, estate } = context;
    const parts = [
      context.component(id, 'service', estate.nameOf(id)),
      context.component(`honest:${id}`, 'honesty', `the honesty of ${estate.nameOf(id)}`),
    ];
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
    return hosts.length === 0
      ? this.service(needed)
      : builder.any(hosts.map((each) => builder.all([this.running(each), this.use(each, needed)])));
  }

  /** That a device has an address: its own, or a lease that still lasts. */
  addressed(device: string): NodeId {
    return this.context.once(`address ${device}`, () => {
      const { context } = this;
      const data = context.estate.get('device', device);
      const bound = this.bound(device, 'dhcp');
      const declared = known(data?.addressing);
      const servers = known<readonly string[]>(bound.fact) ?? [];
      if (
        declared === 'static' ||
        (declared === undefined && data?.addressing === undefined && servers.length === 0)
      )
        return context.always;
      if (servers.length === 0)
        return context.whileNothingFails({
          ...bound,
          what: `who leases the address of ${context.estate.nameOf(device)}`,
        });
      return context.label(
        context.builder.any(servers.map((each) => this.#lease(device, each))),
        'address',
        device,
      );
    });
  }

  /** A client renews at half its lease, so that between half of it and all of it is left when the server goes. @see RFC 2131 section 4.4.5 */
  #lease(device: string, server: string): NodeId {
    const { context } = this;
    const service = context.estate.get('service', server);
    const hosts = service ? (known<readonly string[]>(service.on) ?? []) : [server];
    const runs = service ? this.service(server) : this.running(server);
    const reached = context.builder.any(
      hosts.map((each) => context.builder.all([this.#reach.devices(device, each), this.running(each)])),
    );
    const located: Located<string> = {
      fact: service?.lease ?? 'unknown',
      kind: 'service',
      id: server,
      path: ['lease'],
      what: `lease of ${context.estate.nameOf(server)}`,
    };
    const lease = context.duration(located);
    const left = { worst: asMillis(lease.worst / 2), best: lease.best };
    return context.cite(context.builder.hold(context.builder.all([runs, reached]), left), located);
  }

  /** That a device reaches a device or service over the network, and that it runs. */
  use(device: string, target: string): NodeId {
    return this.context.once(`use ${device} ${target}`, () =>
      this.context.label(this.#use(device, target), 'reach', device, target),
    );
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
    return this.#graced(
      builder.all([
        this.service(target),
        this.addressed(device),
        this.#outside(device),
        ...this.#names(device, target),
      ]),
      target,
      service,
    );
  }

  #toDevice(device: string, target: string): NodeId {
    return this.context.builder.all([
      this.addressed(device),
      this.#reach.devices(device, target),
      this.running(target),
      this.addressed(target),
    ]);
  }

  #outside(device: string): NodeId {
    return this.context.once(`internet ${device}`, () =>
      this.context.label(this.#reach.internet(device), 'internet', device),
    );
  }

  /** A cloud service is found by its name, where the estate says who resolves names. */
  #names(device: string, target: string): readonly NodeId[] {
    const servers = known<readonly string[]>(this.bound(device, 'dns').fact) ?? [];
    const fixed = known(this.fact(device, 'fixed-address').fact) === true;
    if (servers.length === 0 || servers.includes(target) || fixed) return [];
    return [
      this.context.label(
        this.context.builder.any(servers.map((each) => this.use(device, each))),
        'dns',
        device,
      ),
    ];
  }

  /** What a service gives out stays good for its grace. */
  #graced(node: NodeId, id: string, service: EntityData<'service'>): NodeId {
    if (service.grace === undefined) return node;
    const located: Located<string> = {
      fact: service.grace,
      kind: 'service',
      id,
      path: ['grace'],
      what: `grace of ${this.context.estate.nameOf(id)}`,
    };
    return this.context.cite(this.context.builder.hold(node, this.context.duration(located)), located);
  }
}

/** What makes two needs the same. */
function keyOf(need: Need): string {
  switch (need.kind) {
    case 'guess':
      return `guess ${need.device}`;
    case 'unsure':
      return `unsure ${need.device} ${need.cable.id}`;
    case 'gateway':
      return `gateway ${need.network}`;
    default:
      return `${need.kind} ${need.id}`;
  }
}
