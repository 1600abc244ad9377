import { known, range, type EntityData, type Fact } from '@holdfast/estate';
import { asMillis, type Millis } from '@holdfast/kernel';
import type { NodeId, Readings } from '../solver/system.ts';
import { millis } from './context.ts';
import { diskArray } from './disks.ts';
import { fillTime } from './expressions.ts';
import type { Infrastructure } from './infrastructure.ts';

/** Computes how long recordings are kept: size over rate, never what a data sheet promises. */
export class Recordings {
  readonly #infrastructure: Infrastructure;
  readonly #keptBy = new Map<string, Readings<Millis> | undefined>();
  #sharing: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(infrastructure: Infrastructure) {
    this.#infrastructure = infrastructure;
  }

  /** That what a camera sees is kept as long as its view requires. */
  longEnough(id: string, view: EntityData<'view'>, camera: string): NodeId {
    const { context } = this.#infrastructure;
    const required = view.retention?.required;
    if (required === undefined) return context.always;
    const wanted = known(required);
    const kept = this.kept(camera);
    const worst = kept !== undefined && wanted !== undefined && kept.worst >= millis(wanted);
    const best = kept === undefined || wanted === undefined || kept.best >= millis(wanted);
    const node = context.builder.constant(worst, best);
    const fact: Fact<string> = kept === undefined || wanted === undefined ? 'unknown' : wanted;
    const store = this.#store(camera);
    return context.cite(
      node,
      kept === undefined
        ? {
            fact,
            kind: 'device',
            id: store,
            path: ['storage'],
            what: `disk of ${context.estate.nameOf(store)}, and the bit rates of its cameras`,
          }
        : {
            fact,
            kind: 'view',
            id,
            path: ['retention', 'required'],
            what: `retention that ${view.name} requires`,
          },
    );
  }

  /** How long a camera's recordings last before they are overwritten; `undefined` where a size or rate is missing. */
  kept(camera: string): Readings<Millis> | undefined {
    const store = this.#store(camera);
    if (!this.#keptBy.has(store)) this.#keptBy.set(store, this.#compute(store, camera));
    return this.#keptBy.get(store);
  }

  #compute(store: string, camera: string): Readings<Millis> | undefined {
    const size = this.#infrastructure.fact(store, 'storage');
    const sharing = this.#camerasOf().get(store) ?? [camera];
    const rates = sharing.map((each) => range(this.#infrastructure.fact(each, 'bitrate').fact));
    if (rates.some((each) => each === undefined)) return undefined;
    const each = sharing.map((one) => fillTime(size.fact, this.#infrastructure.fact(one, 'bitrate').fact));
    if (each.some((one) => one === undefined)) return undefined;
    // Rates add up, so the times they would take alone add up inversely.
    const together = (pick: (one: Readings<Millis>) => number): Millis =>
      asMillis(Math.floor(1 / each.reduce((sum, one) => sum + 1 / (one ? pick(one) : Infinity), 0)));
    return { worst: together((one) => one.worst), best: together((one) => one.best) };
  }

  /** That the disks which a camera's recordings lie on hold them. */
  held(camera: string): NodeId {
    return diskArray(this.#infrastructure, this.#store(camera));
  }

  /** How long all of some cameras' recordings last: as long as those that go first. */
  keptOf(cameras: readonly string[]): Readings<Millis> | undefined {
    const each = cameras.map((camera) => this.kept(camera));
    const known = each.filter((one) => one !== undefined);
    if (known.length < each.length || known.length === 0) return undefined;
    return {
      worst: asMillis(Math.min(...known.map(({ worst }) => worst))),
      best: asMillis(Math.min(...known.map(({ best }) => best))),
    };
  }

  #store(camera: string): string {
    const recorders = known<readonly string[]>(this.#infrastructure.bound(camera, 'recorder').fact) ?? [];
    return recorders.find((each) => this.#infrastructure.context.estate.get('device', each)) ?? camera;
  }

  #camerasOf(): ReadonlyMap<string, readonly string[]> {
    if (this.#sharing) return this.#sharing;
    const sharing = new Map<string, string[]>();
    for (const id of this.#infrastructure.context.estate.all('device').keys()) {
      if (this.#infrastructure.profile(id)?.class !== 'camera') continue;
      const store = this.#store(id);
      const own = sharing.get(store);
      if (own) own.push(id);
      else sharing.set(store, [id]);
    }
    this.#sharing = sharing;
    return sharing;
  }
}
