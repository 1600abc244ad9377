import { known } from '@holdfast/estate';
import { bounds, deviceOf, siteOf, store, type Leg } from './reading.ts';
import { all, any, type World } from './world.ts';

const passing = new Set(['switch', 'access-point', 'router', 'firewall', 'gateway', 'hub']);
const routing = new Set(['router', 'firewall']);

/** A cable between two devices that pass packets on. */
interface Link {
  readonly from: string;
  readonly to: string;
  readonly carries: readonly string[];
  readonly whole: () => boolean;
}

const place = (device: string, network: string): string => `${device}@${network}`;
const table = (device: string): string => `${device}@`;

/** Who reaches whom and what, by plain search from scratch at each instant (SPEC E5 to E8, E10). */
export class Net {
  readonly #world: World;
  readonly #passers: ReadonlySet<string>;
  readonly #links: readonly Link[];
  readonly #reachedBy = new Map<
    string,
    { readonly round: number; readonly byLeg: ReadonlyMap<string, ReadonlySet<string>> }
  >();
  #found: { readonly round: number; readonly edges: ReadonlyMap<string, readonly string[]> } | undefined;

  readonly #routers: ReadonlySet<string>;

  constructor(world: World) {
    this.#world = world;
    const { estate } = world;
    const devices = [...estate.all('device')];
    const plugged = devices.flatMap(([, device]) =>
      (device.interfaces
        ? Object.values(device.interfaces).flatMap(({ uplink }) => uplink ?? [])
        : (known(device.uplink) ?? [])
      ).map(deviceOf),
    );
    const ofClass = (classes: ReadonlySet<string>): readonly string[] =>
      devices.map(([id]) => id).filter((id) => classes.has(world.profileOf(id)?.class ?? ''));
    this.#passers = new Set([...ofClass(passing), ...plugged]);
    const gateways = [...estate.all('network').values()].flatMap((network) => known(network.gateways) ?? []);
    this.#routers = new Set([
      ...ofClass(routing),
      ...gateways,
      ...[...estate.all('circuit').values()].flatMap(({ on }) => on),
    ]);
    this.#links = [...this.#uplinks(), ...this.#cables()].filter(
      ({ from, to }) => this.#passers.has(from) && this.#passers.has(to),
    );
    world.uses = (device, target) => this.uses(device, target);
  }

  /** The networks of the sites at both ends: what a cable carries where nothing is said. */
  #networksBetween(from: string, to: string): readonly string[] {
    const { estate } = this.#world;
    const sites = new Set([from, to].map((id) => siteOf(estate, estate.get('device', id)?.at)));
    return [...estate.all('network')].flatMap(([id, { site }]) => (sites.has(site) ? [id] : []));
  }

  #uplinks(): readonly Link[] {
    return [...this.#world.estate.all('device')].flatMap(([id, device]) => {
      const ports = device.interfaces
        ? Object.values(device.interfaces).flatMap(({ uplink }) => uplink ?? [])
        : (known(device.uplink) ?? []);
      return ports.map(deviceOf).map((to) => ({
        from: id,
        to,
        carries: this.#networksBetween(id, to),
        whole: () => this.#world.whole(`${id}~${to}`),
      }));
    });
  }

  #cables(): readonly Link[] {
    return [...this.#world.estate.all('cable')].map(([id, cable]) => {
      const [from, to] = [deviceOf(cable.from), deviceOf(cable.to)];
      const whole = (): boolean => [id, ...(cable.paths ?? [])].every((part) => this.#world.whole(part));
      return { from, to, carries: known(cable.carries) ?? this.#networksBetween(from, to), whole };
    });
  }

  /** Everything that a device reaches: places of devices, and routing tables. `network` is the sender's. */
  #reached(device: string): ReadonlyMap<string, ReadonlySet<string>> {
    const { round } = this.#world.clock;
    const found = this.#reachedBy.get(device);
    if (found?.round === round) return found.byLeg;
    const byLeg = this.#search(device);
    this.#reachedBy.set(device, { round, byLeg });
    return byLeg;
  }

  #search(device: string): ReadonlyMap<string, ReadonlySet<string>> {
    const byLeg = new Map<string, ReadonlySet<string>>();
    const edges = this.#edges();
    const flooded = (starts: readonly string[]): ReadonlySet<string> => {
      const seen = new Set<string>(starts);
      for (const at of seen) for (const next of edges.get(at) ?? []) seen.add(next);
      return seen;
    };
    if (this.#passers.has(device))
      return this.#world.runs(device) ? new Map([['', flooded(this.#ownPlaces(device))]]) : byLeg;
    for (const leg of this.#legs(device)) {
      const { network = '' } = leg;
      byLeg.set(network, new Set([...(byLeg.get(network) ?? []), ...flooded(this.#berths(leg))]));
    }
    return byLeg;
  }

  /** What passes packets on sends its own from the networks of its legs, and from its routing. */
  #ownPlaces(device: string): readonly string[] {
    const legs = this.#world
      .legs(device)
      .flatMap(({ network }) => (network === undefined ? [] : [place(device, network)]));
    return this.#routers.has(device) ? [...legs, table(device)] : legs;
  }

  /** The legs of a device; where neither network nor port is known, one in each network of its site. */
  #legs(id: string): readonly Leg[] {
    return this.#world
      .legs(id)
      .flatMap((leg): readonly Leg[] =>
        leg.network === undefined && leg.plugs === undefined && !this.#passers.has(id)
          ? this.#networksBetween(id, id).map((network) => ({ network, plugs: undefined }))
          : [leg],
      );
  }

  /** E10: where a host is plugged in. */
  #berths({ network, plugs }: Leg): readonly string[] {
    if (network === undefined) return [];
    const doubtful = this.#world.doubtful ? this.#gatewaysOf(network) : [];
    const devices = plugs
      ? plugs.filter(({ parts }) => parts.every((part) => this.#world.whole(part))).map(({ into }) => into)
      : doubtful;
    return devices.filter((each) => this.#world.runs(each)).map((each) => place(each, network));
  }

  /** The edges that stand; searched for anew in each round. */
  #edges(): ReadonlyMap<string, readonly string[]> {
    const { round } = this.#world.clock;
    if (this.#found?.round !== round) this.#found = { round, edges: this.#standing() };
    return this.#found.edges;
  }

  #standing(): ReadonlyMap<string, readonly string[]> {
    const edges = new Map<string, string[]>();
    const join = (a: string, b: string): void => {
      edges.set(a, [...(edges.get(a) ?? []), b]);
      edges.set(b, [...(edges.get(b) ?? []), a]);
    };
    const { estate } = this.#world;
    const up = new Set([...this.#passers].filter((each) => this.#world.runs(each)));
    const tunnels = [...estate.all('vpn')].map(([id, vpn]) => ({
      vpn,
      open: this.#world.clock.truth(`vpn ${id}`, () => this.#open(id, vpn.from, vpn.to)),
    }));
    for (const [network] of estate.all('network')) {
      for (const gateway of this.#gatewaysOf(network))
        if (up.has(gateway)) join(place(gateway, network), table(gateway));
    }
    for (const { from, to, carries, whole } of this.#links) {
      if (!up.has(from) || !up.has(to) || !whole()) continue;
      for (const network of carries) join(place(from, network), place(to, network));
      if (this.#routers.has(from) && this.#routers.has(to)) join(table(from), table(to));
    }
    for (const [id, circuit] of estate.all('circuit')) {
      if (
        known(circuit.to) !== 'private' ||
        circuit.peer === undefined ||
        !this.#circuitWhole(id) ||
        !up.has(circuit.peer)
      )
        continue;
      for (const end of circuit.on) if (up.has(end)) join(table(end), table(circuit.peer));
    }
    for (const { vpn, open } of tunnels)
      if (open && up.has(vpn.from) && up.has(vpn.to)) join(table(vpn.from), table(vpn.to));
    return edges;
  }

  #gatewaysOf(network: string): readonly string[] {
    const { gateways, redundancy } = this.#world.estate.get('network', network) ?? {};
    const every = known(gateways) ?? [];
    return known(redundancy) === 'none' ? every.slice(0, 1) : every;
  }

  #open(id: string, from: string, to: string): boolean {
    return all([this.#world.whole(id), this.internet(from), this.internet(to)]);
  }

  #circuitWhole(id: string): boolean {
    const circuit = this.#world.estate.get('circuit', id);
    const provider = known(circuit?.provider);
    return all([
      this.#world.whole(id),
      provider === undefined || this.#world.whole(provider),
      ...(known(circuit?.paths) ?? []).map((path) => this.#world.whole(path)),
    ]);
  }

  /** E6. */
  internet(device: string): boolean {
    return this.#world.clock.truth(`internet ${device}`, () => {
      const reached = this.#reached(device);
      return (
        this.#world.whole('internet') &&
        any(
          [...this.#world.estate.all('circuit')].map(([id, circuit]) => {
            const to = circuit.to === undefined ? 'internet' : known(circuit.to);
            if (
              to === 'private' ||
              (to === undefined && this.#world.side === 'worst') ||
              !this.#circuitWhole(id)
            )
              return false;
            const carries = known(circuit.carries);
            return [...reached].some(
              ([network, places]) =>
                (network === '' || carries === undefined || carries.includes(network)) &&
                circuit.on.some((end) => this.#world.runs(end) && places.has(table(end))),
            );
          }),
        )
      );
    });
  }

  /** E5. */
  reach(device: string, target: string): boolean {
    if (device === target) return true;
    return this.#world.clock.truth(`reach ${device} ${target}`, () => {
      const places = new Set([...this.#reached(device).values()].flatMap((each) => [...each]));
      if (this.#passers.has(target))
        return this.#world.runs(target) && this.#ownPlaces(target).some((each) => places.has(each));
      return this.#legs(target).some((leg) => this.#berths(leg).some((each) => places.has(each)));
    });
  }

  /** E7. */
  uses(device: string, target: string): boolean {
    const { clock, estate, side } = this.#world;
    const service = estate.get('service', target);
    const whole = (): boolean => {
      const address = this.address(device);
      const rest = this.#leads(device, target);
      return address && rest;
    };
    if (service?.grace === undefined) return clock.truth(`use ${device} ${target}`, whole);
    return clock.hold(`use ${device} ${target}`, whole, store(bounds(service.grace), side));
  }

  /** The target runs, is reached, and has its address; or, in the cloud, is reached by name. */
  #leads(device: string, target: string): boolean {
    const service = this.#world.estate.get('service', target);
    if (!service) return this.#host(device, target);
    const runs = this.#world.serves(target);
    const hosts = known(service.on);
    const there = hosts
      ? any(hosts.map((host) => this.#host(device, host)))
      : all([this.internet(device), this.#names(device, target)]);
    return runs && there;
  }

  #host(device: string, host: string): boolean {
    return all([this.reach(device, host), this.#world.runs(host), this.address(host)]);
  }

  #names(device: string, target: string): boolean {
    const resolvers = this.#world.fillers(device, 'dns');
    return (
      resolvers.length === 0 ||
      resolvers.includes(target) ||
      this.#world.says(device, 'fixed-address') === true ||
      any(resolvers.map((each) => this.uses(device, each)))
    );
  }

  /** E8. */
  address(device: string): boolean {
    const { clock, estate, side } = this.#world;
    const said = this.#world.device(device).addressing;
    const servers = this.#world.fillers(device, 'dhcp');
    if (known(said) === 'static' || (said === undefined && servers.length === 0)) return true;
    if (servers.length === 0) return this.#world.doubtful;
    return clock.truth(`address ${device}`, () =>
      any(
        servers.map((server) => {
          const service = estate.get('service', server);
          const [low, high] = bounds(service?.lease);
          const hosts = service ? (known(service.on) ?? []) : [server];
          const offered = (): boolean =>
            all([
              this.#world.thingRuns(server),
              any(hosts.map((host) => all([this.reach(device, host), this.#world.runs(host)]))),
            ]);
          return clock.hold(`lease ${device} ${server}`, offered, store([low / 2, high], side));
        }),
      ),
    );
  }
}
