import { present } from '@holdfast/kernel';
import { known, type Estate } from '@holdfast/estate';
import { blockTree, stepToward, type BlockTree } from './blocks.ts';
import type { Attachment, Edge, Forwarding, Need } from './forwarding.ts';

/** Builds equations; `N` is a node of whoever solves them. */
export interface Logic<N> {
  all(inputs: readonly N[]): N;
  any(inputs: readonly N[]): N;
  open(): N;
  close(node: N, inputs: readonly N[]): void;
  /** What a need of the network means: that a device runs, that a cable or circuit is whole. */
  need(need: Need): N;
  /** The routers of which it is known what they let pass. */
  readonly filtering?: readonly string[];
  /** That a router lets packets between two devices pass, or to the internet; `undefined` where it does. */
  readonly permit?: (router: string, from: string, to: string | undefined) => N | undefined;
}

/** Vertices joined by edges, with the tree of their blocks: reachability in it becomes equations. */
class Net<N> {
  readonly #logic: Logic<N>;
  readonly #needs: (vertex: number) => readonly N[];
  readonly #edges: readonly Edge[];
  readonly #tree: BlockTree;
  readonly #vertices: number;
  readonly #toward = new Map<number, Map<number, N>>();
  readonly #rings = new Map<string, ReadonlyMap<number, N>>();

  constructor(
    logic: Logic<N>,
    vertices: number,
    edges: readonly Edge[],
    needs: (vertex: number) => readonly N[],
    tree: BlockTree = blockTree({ vertices, edges }),
  ) {
    this.#logic = logic;
    this.#needs = needs;
    this.#edges = edges;
    this.#vertices = vertices;
    this.#tree = tree;
  }

  /** The same net, some of whose vertices need more. */
  with(more: ReadonlyMap<number, N>): Net<N> {
    const needs = (vertex: number): readonly N[] => {
      const own = more.get(vertex);
      return own === undefined ? this.#needs(vertex) : [...this.#needs(vertex), own];
    };
    return new Net(this.#logic, this.#vertices, this.#edges, needs, this.#tree);
  }

  /** That two vertices reach each other, both being up; `undefined` where no cable leads from one to the other. */
  between(from: number, to: number): N | undefined {
    if (this.#tree.part[from] !== this.#tree.part[to]) return undefined;
    const memo = this.#toward.get(to) ?? new Map<number, N>();
    this.#toward.set(to, memo);
    const hops: { vertex: number; block: number; exit: number }[] = [];
    let vertex = from;
    while (vertex !== to && !memo.has(vertex)) {
      const block = stepToward(this.#tree, vertex, to);
      const exit = stepToward(this.#tree, block, to);
      hops.push({ vertex, block, exit });
      vertex = exit;
    }
    let node = memo.get(vertex) ?? this.#logic.all(this.#needs(to));
    memo.set(vertex, node);
    for (const hop of hops.toReversed()) {
      node = this.#logic.all([this.#cross(hop.block, hop.vertex, hop.exit), node]);
      memo.set(hop.vertex, node);
    }
    return node;
  }

  #cross(block: number, from: number, to: number): N {
    const edges = present(this.#tree.blocks[block - this.#vertices], 'a block of the tree');
    const [only] = edges;
    if (edges.length === 1 && only !== undefined) {
      return this.#logic.all([...this.#needs(from), ...this.#edgeNeed(only), ...this.#needs(to)]);
    }
    const key = `${block} ${to}`;
    const ring = this.#rings.get(key) ?? this.#ring(edges, to);
    this.#rings.set(key, ring);
    return present(ring.get(from), 'a vertex of its block');
  }

  /** Reachability of one vertex from all the others of a block that has cycles: a least fixed point. */
  #ring(edges: readonly number[], to: number): ReadonlyMap<number, N> {
    const around = new Map<number, { edge: number; other: number }[]>();
    for (const edge of edges) {
      const { a, b } = present(this.#edges[edge], 'an edge of a block');
      for (const [one, other] of [
        [a, b],
        [b, a],
      ] as const) {
        const list = around.get(one) ?? [];
        list.push({ edge, other });
        around.set(one, list);
      }
    }
    const open = new Map([...around.keys()].map((vertex) => [vertex, this.#logic.open()] as const));
    const reached = new Map<number, N>();
    for (const [vertex, node] of open) reached.set(vertex, this.#logic.all([...this.#needs(vertex), node]));
    for (const [vertex, node] of open) {
      const ways = present(around.get(vertex), 'a vertex of its block').map(({ edge, other }) =>
        this.#logic.all([...this.#edgeNeed(edge), present(reached.get(other), 'a neighbour')]),
      );
      this.#logic.close(node, vertex === to ? [this.#logic.all([])] : ways);
    }
    return reached;
  }

  #edgeNeed(edge: number): readonly N[] {
    const need = this.#edges[edge]?.need;
    return need ? [this.#logic.need(need)] : [];
  }
}

/** Answers who reaches whom over the network as cabled, in equations. */
export class Reach<N> {
  readonly #estate: Estate;
  readonly #forwarding: Forwarding;
  readonly #logic: Logic<N>;
  readonly #inside: Net<N>;
  readonly #outside = new Map<string, Net<N>>();
  readonly #outsideBy = new Map<string, Net<N>>();
  #limits: readonly (readonly [string, readonly string[]])[] | undefined;
  readonly #deviceNode = new Map<number, readonly N[]>();
  readonly #restrictedNets = new Map<Net<N>, Map<string, Net<N>>>();

  constructor(estate: Estate, forwarding: Forwarding, logic: Logic<N>) {
    this.#estate = estate;
    this.#forwarding = forwarding;
    this.#logic = logic;
    this.#inside = new Net(logic, forwarding.vertices.length, forwarding.edges, (vertex) =>
      this.#vertexNeed(vertex),
    );
  }

  /** That two devices reach each other. Whether they run themselves is not part of it. */
  devices(from: string, to: string): N {
    if (from === to) return this.#logic.all([]);
    const ways: N[] = [];
    const inside = this.#permitted(this.#inside, from, to);
    for (const near of this.#attachments(from)) {
      for (const far of this.#attachments(to)) {
        const between = inside.between(near.vertex, far.vertex);
        if (between !== undefined)
          ways.push(this.#logic.all([...this.#attached(near), between, ...this.#attached(far)]));
      }
    }
    return this.#logic.any(ways);
  }

  /** That a device reaches the internet over any circuit that may carry its network. */
  internet(from: string): N {
    const ways = this.#attachments(from).flatMap((near) => {
      const net = this.#internetFor(near.network);
      const between =
        net && this.#permitted(net, from, undefined).between(near.vertex, this.#forwarding.vertices.length);
      return between === undefined ? [] : [this.#logic.all([...this.#attached(near), between])];
    });
    return this.#logic.any(ways);
  }

  /** A net as it is for packets between two devices, or to the internet: a router that stops them leads nowhere. */
  #permitted(net: Net<N>, from: string, to: string | undefined): Net<N> {
    const { filtering = [], permit } = this.#logic;
    const more = new Map<number, N>();
    for (const router of filtering) {
      const vertex = this.#forwarding.routers.get(router);
      if (vertex === undefined || router === from || router === to) continue;
      const node = permit?.(router, from, to);
      if (node !== undefined) more.set(vertex, node);
    }
    if (more.size === 0) return net;
    const own = this.#restrictedNets.get(net) ?? new Map<string, Net<N>>();
    this.#restrictedNets.set(net, own);
    const key = [...more].map(([vertex, node]) => `${vertex} ${String(node)}`).join(';');
    const known = own.get(key) ?? net.with(more);
    own.set(key, known);
    return known;
  }

  #attachments(device: string): readonly Attachment[] {
    return this.#forwarding.attachments.get(device) ?? [];
  }

  #attached({ need }: Attachment): readonly N[] {
    return need ? [this.#logic.need(need)] : [];
  }

  #vertexNeed(vertex: number): readonly N[] {
    const found = this.#deviceNode.get(vertex);
    if (found) return found;
    const device = this.#forwarding.vertices[vertex]?.device;
    const needs = device === undefined ? [] : [this.#logic.need({ kind: 'device', id: device })];
    this.#deviceNode.set(vertex, needs);
    return needs;
  }

  /** The network with the internet as one more vertex, over the circuits that may carry a network. */
  #internetFor(network: string): Net<N> | undefined {
    const found = this.#outside.get(network);
    if (found) return found;
    const key = this.#restricted
      .flatMap(([id, carries]) => (carries.includes(network) || network === '' ? [id] : []))
      .join(' ');
    const known = this.#outsideBy.get(key);
    const net = known ?? this.#outsideOver(network);
    if (net) {
      this.#outsideBy.set(key, net);
      this.#outside.set(network, net);
    }
    return net;
  }

  /** The circuits that carry only some networks. */
  get #restricted(): readonly (readonly [string, readonly string[]])[] {
    this.#limits ??= [...this.#estate.all('circuit')].flatMap(([id, circuit]) => {
      const carries = known(circuit.carries);
      return carries === undefined || circuit.peer !== undefined ? [] : [[id, carries] as const];
    });
    return this.#limits;
  }

  #outsideOver(network: string): Net<N> | undefined {
    const internet = this.#forwarding.vertices.length;
    const lines: Edge[] = [...this.#estate.all('circuit')].flatMap(([id, circuit]) => {
      const carries = known(circuit.carries);
      if (
        circuit.peer !== undefined ||
        known(circuit.to) === 'private' ||
        (carries !== undefined && network !== '' && !carries.includes(network))
      )
        return [];
      return circuit.on.flatMap((device) => {
        const router = this.#forwarding.routers.get(device);
        return router === undefined
          ? []
          : [{ a: router, b: internet, need: { kind: 'circuit', id } as const }];
      });
    });
    if (lines.length === 0) return undefined;
    return new Net(this.#logic, internet + 1, [...this.#forwarding.edges, ...lines], (vertex) =>
      this.#vertexNeed(vertex),
    );
  }
}
