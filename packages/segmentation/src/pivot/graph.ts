import { leavingBy, type Leaving } from '../routes/leaving-by.ts';
import { contains } from '../model/interval.ts';
import { dimensions } from '../model/packet.ts';
import type { Landscape } from '../network/landscape.ts';
import { hostsOf } from '../policy/hosts.ts';
import { needsOf, type Need } from '../policy/needs.ts';
import { placeKey, type Place } from '../network/place.ts';
import { reached } from '../network/reach.ts';
import type { IsUp } from '../network/shortest.ts';
import { optionsBetween, type Option } from './edge.ts';
import { portOf } from './isolation.ts';
import { nodesOf, type PivotNode } from './node.ts';

/** That a session which one node holds to another can be used to reach it back. */
export interface Session {
  readonly need: Need;
  /** Who opened it: who is reached back. */
  readonly holder: string;
  /** To whom. */
  readonly to: string;
}

const srcAxis = dimensions.indexOf('src');
const dstAxis = dimensions.indexOf('dst');

/**
 * Who gets packets to whom. Nodes that every rule, route and switch treats alike make one class; each pair of classes is
 * asked about once.
 */
export class PivotGraph {
  readonly landscape: Landscape;
  readonly nodes: ReadonlyMap<string, PivotNode>;
  /** The members of each class. */
  readonly classes: readonly (readonly PivotNode[])[];
  readonly classOf: ReadonlyMap<string, number>;
  readonly #isUp: IsUp;
  readonly #passes = new Map<string, boolean>();
  readonly #options = new Map<number, readonly Option[]>();
  /** Who needs whom: routers aside, whose own packets meet other rules. */
  readonly needs: readonly Need[];
  #sessions: ReadonlyMap<number, readonly Session[]> | undefined;

  constructor(landscape: Landscape, isUp: IsUp = () => true) {
    this.landscape = landscape;
    this.#isUp = isUp;
    this.nodes = nodesOf(landscape);
    this.needs = needsOf(landscape, hostsOf(landscape)).filter(
      ({ from }) => this.nodes.get(from)?.isRouter === false,
    );
    const keyed = classKeys(landscape);
    this.classes = [...Map.groupBy(this.nodes.values(), keyed).values()];
    this.classOf = new Map(this.classes.flatMap((each, index) => each.map(({ id }) => [id, index] as const)));
  }

  /** The ways from a member of one class to a member of another, or to another of its own. */
  between(a: number, b: number): readonly Option[] {
    const key = a * this.classes.length + b;
    const found = this.#options.get(key);
    if (found) return found;
    const [one] = this.classes[a] ?? [];
    const other = this.classes[b]?.find(({ id }) => id !== one?.id);
    const options =
      one === undefined || other === undefined
        ? []
        : optionsBetween(this.landscape, one, other, this.#isUp, this.#mayPass);
    this.#options.set(key, options);
    return options;
  }

  /** The ways from one node to another. */
  exactly(a: PivotNode, b: PivotNode): readonly Option[] {
    return optionsBetween(this.landscape, a, b, this.#isUp, this.#mayPass);
  }

  /** The sessions by which a class is reached back from another, by the class that they lead to. */
  sessions(from: number): readonly Session[] {
    this.#sessions ??= this.#allSessions();
    return this.#sessions.get(from) ?? [];
  }

  /** Whether any packet at all gets from one place to another; where none does, no two nodes have to be asked about. */
  readonly #mayPass = (from: Place, to: Place): boolean => {
    const key = `${placeKey(from)} ${placeKey(to)}`;
    const found = this.#passes.get(key) ?? reached(this.landscape, { from, to }, this.#isUp).verdict !== 'no';
    this.#passes.set(key, found);
    return found;
  };

  #allSessions(): ReadonlyMap<number, readonly Session[]> {
    const found = new Map<number, Session[]>();
    const add = (need: Need, holder: string, to: string): void => {
      const at = this.classOf.get(to);
      if (at === undefined || !this.#opens(holder, to)) return;
      const own = found.get(at) ?? [];
      own.push({ need, holder, to });
      found.set(at, own);
    };
    for (const need of this.needs) {
      if (need.to.kind === 'internet') add(need, need.from, need.to.service);
      else {
        add(need, need.from, need.to.id);
        add(need, need.to.id, need.from);
      }
    }
    return found;
  }

  /** Whether a node can open a session to another; to a cloud service by the internet. */
  #opens(holder: string, to: string): boolean {
    const target = this.nodes.get(to)?.kind === 'service' ? 'internet' : to;
    const [a, b] = [this.classOf.get(holder), this.classOf.get(target)];
    return (
      a !== undefined &&
      b !== undefined &&
      this.between(a, b).some(({ cut, touch }) => cut !== undefined && touch !== 'no')
    );
  }
}

/** What makes two nodes alike to every rule, route and switch. */
function classKeys(landscape: Landscape): (node: PivotNode) => string {
  const programs = [...landscape.routers.values()].flatMap(({ program }) => program ?? []);
  const tables: readonly Leaving[] = [...landscape.routers.values()].flatMap(({ routes }) =>
    routes === undefined ? [] : [leavingBy(routes)],
  );
  const addressKey = (set: PivotNode['legs'][number]['addresses']): string =>
    (set ?? [])
      .map(({ low, high }) =>
        [
          ...programs.flatMap(({ axes }) =>
            [srcAxis, dstAxis].map((axis) => `${axes.rank(axis, low)}-${axes.rank(axis, high)}`),
          ),
          ...tables.map(
            ({ by, local }) =>
              [...by].flatMap(([name, each]) => (contains(each, low) ? [name] : [])).join('+') +
              String(contains(local, low)),
          ),
        ].join(' '),
      )
      .join(',');
  return (node) => {
    // Of what is no plain host, each is a class of its own.
    if (node.kind !== 'device' || node.isRouter) return `${node.kind} ${node.id}`;
    return [
      ...node.legs.map((leg) =>
        [placeKey(leg.place), addressKey(leg.addresses), leg.isOwn, portKey(landscape, leg)].join(' '),
      ),
      ...node.listeners.map(({ protocol, port }) => `${protocol}/${port}`),
    ].join('; ');
  };
}

/** A port of a switch whose configuration is known, by what parts it from others. */
function portKey(landscape: Landscape, leg: PivotNode['legs'][number]): string {
  const found = portOf(landscape, leg);
  if (found === undefined) return '';
  const { mode, accessVlan, isProtected, shutdown, privateVlan } = found.port;
  const pvlan = privateVlan?.secondary.map(({ low, high }) => `${low}-${high}`) ?? [];
  return [found.device, mode, accessVlan, isProtected, shutdown, privateVlan?.primary, ...pvlan].join(' ');
}
