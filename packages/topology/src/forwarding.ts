import { known, type EntityData, type Estate } from '@holdfast/estate';

/** What an edge or a vertex needs to forward. `guess` stands where the cabling is unknown. */
export type Need =
  | { readonly kind: 'device'; readonly id: string }
  | { readonly kind: 'cable'; readonly id: string; readonly paths: readonly string[] }
  | { readonly kind: 'circuit'; readonly id: string }
  | { readonly kind: 'vpn'; readonly id: string }
  | { readonly kind: 'guess'; readonly device: string; readonly site: string }
  /** A cable whose host is in one of several networks, nobody has said which. */
  | { readonly kind: 'unsure'; readonly device: string; readonly cable: Need & { readonly kind: 'cable' } }
  /** A gateway of a network of which nobody has said who routes it. */
  | { readonly kind: 'gateway'; readonly network: string };

/** A device's own place in one network (layer 2), its routing (layer 3), or a host's network whose port is unknown. */
type Vertex =
  | { readonly kind: 'bridge'; readonly device: string; readonly network: string }
  | { readonly kind: 'router'; readonly device: string };

export interface Edge {
  readonly a: number;
  readonly b: number;
  readonly need: Need | undefined;
}

/** One interface of a host: the vertex that it hangs on, and the cable to it. */
export interface Attachment {
  readonly vertex: number;
  readonly need: Need | undefined;
  readonly network: string;
}

/** The network as cabled, were every packet permitted. */
export interface Forwarding {
  readonly vertices: readonly Vertex[];
  readonly edges: readonly Edge[];
  /** Where each device sends from; routers and switches send from themselves. */
  readonly attachments: ReadonlyMap<string, readonly Attachment[]>;
  readonly routers: ReadonlyMap<string, number>;
  readonly cables: ReadonlyMap<string, { readonly from: string; readonly to: string }>;
}

const switching = new Set(['switch', 'access-point', 'router', 'firewall', 'gateway', 'hub']);
const routing = new Set(['router', 'firewall']);

/** The id of a cable that was declared by a device's `uplink`. */
export const uplinkCable = (device: string, target: string): string => `${device}~${target}`;

/** A leg that a device's declaration gives: its network, and the far ends of its cables. */
interface Leg {
  readonly network: string | undefined;
  readonly ports: readonly string[];
}

const deviceOf = (port: string): string => port.split(':', 1)[0] ?? port;

/**
 * Builds the forwarding graph of an estate. Each switch has a vertex for each network that it carries,
 * each gateway one that joins its networks; hosts hang on them and pass nothing on.
 */
export function buildForwarding(estate: Estate): Forwarding {
  return new Builder(estate).build();
}

class Builder {
  readonly #estate: Estate;
  readonly #vertices: Vertex[] = [];
  readonly #edges: Edge[] = [];
  readonly #bridges = new Map<string, number>();
  readonly #routers = new Map<string, number>();
  readonly #attachments = new Map<string, Attachment[]>();
  readonly #cables = new Map<string, { from: string; to: string }>();
  readonly #sites = new Map<string, string>();
  readonly #networksOf = new Map<string, string[]>();
  readonly #gateways = new Map<string, readonly string[]>();
  readonly #carrying = new Set<string>();
  readonly #cabled = new Set<string>();

  constructor(estate: Estate) {
    this.#estate = estate;
  }

  build(): Forwarding {
    this.#survey();
    for (const { from, to } of this.#estate.all('cable').values())
      for (const end of [from, to]) this.#cabled.add(deviceOf(end));
    for (const [id, device] of this.#estate.all('device')) this.#uplinks(id, device);
    for (const [id, cable] of this.#estate.all('cable')) {
      const paths = cable.paths ?? [];
      this.#join(id, deviceOf(cable.from), deviceOf(cable.to), known(cable.carries), paths);
    }
    for (const [network, gateways] of this.#gateways) this.#gateway(network, gateways);
    this.#circuits();
    return {
      vertices: this.#vertices,
      edges: this.#edges,
      attachments: this.#attachments,
      routers: this.#routers,
      cables: this.#cables,
    };
  }

  /** Which networks each site has, who routes them, and which devices pass packets on. */
  #survey(): void {
    for (const [id, network] of this.#estate.all('network')) {
      this.#networks(network.site).push(id);
      for (const gateway of known(network.gateways) ?? []) this.#router(gateway);
    }
    for (const [id, device] of this.#estate.all('device')) {
      const kind = this.#class(id);
      if (kind !== undefined && switching.has(kind)) this.#carrying.add(id);
      if (kind !== undefined && routing.has(kind)) this.#router(id);
      for (const { ports } of this.#legs(device))
        for (const port of ports) this.#carrying.add(deviceOf(port));
    }
    for (const [id, circuit] of this.#estate.all('circuit'))
      for (const each of circuit.on) if (id) this.#router(each);
    for (const [, { site }] of this.#estate.all('network')) this.#networks(site);
    for (const [site, own] of this.#networksOf)
      for (const network of own) this.#gateways.set(network, this.#gatewaysOf(network, site));
  }

  #gatewaysOf(network: string, site: string): readonly string[] {
    const data = this.#estate.get('network', network);
    const declared = known(data?.gateways);
    if (!declared) return [...this.#routers.keys()].filter((each) => this.#siteOf(each) === site);
    if (data?.transit) return declared;
    return known(data?.redundancy) === 'none' ? declared.slice(0, 1) : declared;
  }

  #networks(site: string): string[] {
    const own = this.#networksOf.get(site);
    if (own) return own;
    const fresh: string[] = [];
    this.#networksOf.set(site, fresh);
    return fresh;
  }

  #class(device: string): string | undefined {
    return this.#estate.get('profile', known(this.#estate.get('device', device)?.profile))?.class;
  }

  #siteOf(device: string): string {
    const found = this.#sites.get(device);
    if (found !== undefined) return found;
    const site = siteOf(this.#estate, this.#estate.get('device', device)?.at ?? device) ?? '';
    this.#sites.set(device, site);
    return site;
  }

  #legs(data: Partial<EntityData<'device'>>): readonly Leg[] {
    if (data.interfaces)
      return Object.values(data.interfaces).map((leg) => ({
        network: leg.network,
        ports: leg.uplink === undefined ? [] : [leg.uplink],
      }));
    return [{ network: data.network, ports: known(data.uplink) ?? [] }];
  }

  /** The networks that may run over a device: those of its site, or one flat network where none is declared. */
  #networksAt(device: string): readonly string[] {
    const site = this.#siteOf(device);
    const own = this.#networks(site);
    if (own.length === 0) this.#flat(site, own);
    return own;
  }

  #flat(site: string, own: string[]): void {
    const network = `lan:${site}`;
    own.push(network);
    this.#gateways.set(network, this.#gatewaysOf(network, site));
  }

  #bridge(device: string, network: string): number {
    const key = `${device} ${network}`;
    const found = this.#bridges.get(key);
    if (found !== undefined) return found;
    const vertex = this.#vertices.push({ kind: 'bridge', device, network }) - 1;
    this.#bridges.set(key, vertex);
    return vertex;
  }

  #router(device: string): number {
    const found = this.#routers.get(device);
    if (found !== undefined) return found;
    const vertex = this.#vertices.push({ kind: 'router', device }) - 1;
    this.#routers.set(device, vertex);
    return vertex;
  }

  #uplinks(id: string, device: EntityData<'device'>): void {
    const legs = this.#legs(device);
    for (const leg of legs) {
      for (const port of leg.ports) {
        const target = deviceOf(port);
        const cable = uplinkCable(id, target);
        if (this.#carrying.has(id)) this.#join(cable, id, target, undefined, []);
        else this.#attach(id, target, leg.network, { kind: 'cable', id: cable, paths: [] });
        this.#cables.set(cable, { from: id, to: target });
      }
      if (leg.ports.length === 0 && !this.#carrying.has(id) && !this.#cabled.has(id))
        this.#guess(id, leg.network);
    }
    if (this.#carrying.has(id)) this.#itself(id, legs);
  }

  /** A device that passes packets on sends its own from its management network, or from its routing. */
  #itself(id: string, legs: readonly Leg[]): void {
    const own = this.#attachmentsOf(id);
    const router = this.#routers.get(id);
    for (const { network } of legs) {
      const chosen = network ?? (router === undefined ? this.#networksAt(id)[0] : undefined);
      if (chosen !== undefined)
        own.push({ vertex: this.#bridge(id, chosen), need: undefined, network: chosen });
    }
    if (router !== undefined) own.push({ vertex: router, need: undefined, network: '' });
  }

  #attachmentsOf(id: string): Attachment[] {
    const own = this.#attachments.get(id) ?? [];
    this.#attachments.set(id, own);
    return own;
  }

  #attach(id: string, target: string, network: string | undefined, cable: Need & { kind: 'cable' }): void {
    const possible = network === undefined ? this.#networksAt(id) : [network];
    const need: Need = possible.length > 1 ? { kind: 'unsure', device: id, cable } : cable;
    for (const each of possible)
      this.#attachmentsOf(id).push({ vertex: this.#bridge(target, each), need, network: each });
  }

  /** A host whose port is unknown: at best beside a gateway of its network, or of any of its site where that is unknown too. */
  #guess(id: string, network: string | undefined): void {
    if (this.#class(id) === undefined) return;
    const need: Need = { kind: 'guess', device: id, site: this.#siteOf(id) };
    for (const each of network === undefined ? this.#networksAt(id) : [network]) {
      for (const gateway of this.#gateways.get(each) ?? [])
        this.#attachmentsOf(id).push({ vertex: this.#bridge(gateway, each), need, network: each });
    }
  }

  /** A cable between two devices that pass packets on, or from one of them to a host. */
  #join(
    id: string,
    from: string,
    to: string,
    carries: readonly string[] | undefined,
    paths: readonly string[],
  ): void {
    this.#cables.set(id, { from, to });
    const need = { kind: 'cable', id, paths } as const;
    const [passes, alsoPasses] = [this.#carrying.has(from), this.#carrying.has(to)];
    if (!passes || !alsoPasses) {
      const [host, carrier] = passes ? [to, from] : [from, to];
      const legs = this.#legs(this.#estate.get('device', host) ?? {});
      const over = carries
        ? legs.flatMap(({ network }) =>
            network === undefined ? carries : carries.includes(network) ? [network] : [],
          )
        : legs.map(({ network }) => network);
      for (const network of over) this.#attach(host, carrier, network, need);
      return;
    }
    for (const network of carries ?? new Set([...this.#networksAt(from), ...this.#networksAt(to)])) {
      this.#edges.push({ a: this.#bridge(from, network), b: this.#bridge(to, network), need });
    }
    const [a, b] = [this.#routers.get(from), this.#routers.get(to)];
    if (a !== undefined && b !== undefined) this.#edges.push({ a, b, need });
  }

  #gateway(network: string, gateways: readonly string[]): void {
    const declared = this.#estate.get('network', network)?.gateways;
    const need: Need | undefined =
      declared !== undefined && known(declared) === undefined ? { kind: 'gateway', network } : undefined;
    for (const device of gateways) {
      this.#edges.push({ a: this.#bridge(device, network), b: this.#router(device), need });
    }
  }

  #circuits(): void {
    for (const [id, circuit] of this.#estate.all('circuit')) {
      if (circuit.peer === undefined) continue;
      for (const each of circuit.on)
        this.#edges.push({
          a: this.#router(each),
          b: this.#router(circuit.peer),
          need: { kind: 'circuit', id },
        });
    }
    for (const [id, vpn] of this.#estate.all('vpn')) {
      // Remote access of a party joins no two routers.
      if (this.#estate.kindOf(vpn.from) !== 'device') continue;
      this.#edges.push({ a: this.#router(vpn.from), b: this.#router(vpn.to), need: { kind: 'vpn', id } });
    }
  }
}

/** The site that a place lies in. */
export function siteOf(estate: Estate, place: string): string | undefined {
  let at = place;
  for (let steps = 0; steps < 1000; steps += 1) {
    const up =
      estate.get('area', at)?.in ??
      estate.get('floor', at)?.in ??
      estate.get('building', at)?.in ??
      estate.get('door', at)?.to ??
      estate.get('post', at)?.at ??
      estate.get('view', at)?.of;
    if (up === undefined) return estate.get('site', at) ? at : undefined;
    at = up;
  }
  return undefined;
}
