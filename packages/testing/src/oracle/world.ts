import { known, type Estate } from '@holdfast/estate';
import type { Side } from '../equation-oracle.ts';
import { Clockwork } from './clockwork.ts';
import {
  bounds,
  refill,
  delay,
  factOf,
  legsOf,
  plugsOf,
  siteOf,
  store,
  type Device,
  type Leg,
} from './reading.ts';

/** What a fault strikes, by its name, and from when until when. */
export interface Strike {
  readonly target: string;
  readonly from: number;
  readonly until: number;
}

const tenMinutes = 600_000;

/** The things of an estate, whether each is whole, has power and runs, at the instant at hand (SPEC E1 to E4, E9). */
export class World {
  readonly estate: Estate;
  readonly side: Side;
  readonly clock: Clockwork;
  readonly #strikes: readonly Strike[];

  constructor(estate: Estate, side: Side, strikes: readonly Strike[]) {
    this.estate = estate;
    this.side = side;
    this.clock = new Clockwork(side);
    this.#strikes = strikes;
  }

  /** Whether no fault lies on a target. */
  whole(target: string): boolean {
    return !this.#strikes.some(
      (each) => each.target === target && each.from <= this.clock.now && this.clock.now < each.until,
    );
  }

  /** Whether nothing at all fails; a fire alarm is no failure. */
  get calm(): boolean {
    return !this.#strikes.some(
      (each) =>
        !each.target.startsWith('fire:') && each.from <= this.clock.now && this.clock.now < each.until,
    );
  }

  /** What is there at best always, at worst while nothing at all fails. */
  get doubtful(): boolean {
    return this.side === 'best' || this.calm;
  }

  device(id: string): Device {
    const device = this.estate.get('device', id);
    if (!device) throw new RangeError(`no device ${id}`);
    return device;
  }

  profileOf(id: string): ReturnType<typeof this.estate.get<'profile'>> {
    return this.estate.get('profile', known(this.device(id).profile));
  }

  readonly #legs = new Map<string, readonly Leg[]>();

  /** Where a device is plugged in. */
  legs(id: string): readonly Leg[] {
    const legs = this.#legs.get(id) ?? legsOf(this.estate, id);
    this.#legs.set(id, legs);
    return legs;
  }

  /** A fact that is true, false, or either. */
  says(id: string, fact: string): boolean | undefined {
    const value = known(factOf(this.estate, this.device(id), fact));
    return typeof value === 'boolean' ? value : undefined;
  }

  siteOf(place: string): string | undefined {
    return siteOf(this.estate, this.estate.get('device', place)?.at ?? place);
  }

  mains(site: string | undefined): boolean {
    return site === undefined ? this.side === 'best' : this.whole(`mains:${site}`);
  }

  /** E1. */
  carries(id: string): boolean {
    const supply = this.estate.get('supply', id);
    if (!supply) throw new RangeError(`no supply ${id}`);
    const fed = (): boolean => {
      const from = known(supply.from) ?? [];
      return from.length === 0
        ? this.mains(siteOf(this.estate, supply.at))
        : any(from.map((each) => this.carries(each)));
    };
    const { clock, side } = this;
    const name = `supply ${id}`;
    return clock.truth(name, () => {
      if (supply.kind === 'ups') {
        const held = clock.hold(
          `${name} battery`,
          fed,
          store(bounds(supply.autonomy), side),
          delay(refill(supply.recharge), side),
        );
        return this.whole(id) && held;
      }
      if (supply.kind === 'generator') {
        const starts = bounds(supply.startDelay, [0, tenMinutes]);
        const fuel = bounds(supply.fuel);
        const lasts = store([fuel[0] + starts[0], fuel[1] + starts[1]], side);
        const genset = (): boolean => all([this.whole(id), clock.hold(`${name} fuel`, fed, lasts)]);
        return clock.standby(`${name} standby`, fed, genset, delay(starts, side));
      }
      return all([this.whole(id), supply.provider === undefined || this.whole(supply.provider), fed()]);
    });
  }

  /** E2. */
  powered(id: string): boolean {
    const { clock } = this;
    const device = this.device(id);
    const name = `power ${id}`;
    const supplied = (): boolean => this.#supplied(id);
    return clock.truth(name, () =>
      device.battery === undefined
        ? supplied()
        : clock.hold(`${name} battery`, supplied, store(bounds(device.battery), this.side)),
    );
  }

  #supplied(id: string): boolean {
    const device = this.device(id);
    const power = known(device.power);
    if (power)
      return any(
        power.map((each) => (this.estate.get('supply', each) ? this.carries(each) : this.runs(each))),
      );
    const way = device.power === undefined ? this.#impliedSupply(id, device) : undefined;
    return way ? way() : this.side === 'best' || this.mains(siteOf(this.estate, device.at));
  }

  /** What the profile says of a device whose supply is not said. */
  #impliedSupply(id: string, device: Device): (() => boolean) | undefined {
    const plugs = plugsOf(this.estate, id);
    if ((known(device.poe) ?? this.says(id, 'poe')) && plugs.length > 0) {
      return () =>
        any(plugs.map(({ into, parts }) => all([...parts.map((part) => this.whole(part)), this.runs(into)])));
    }
    const lines = Object.keys(device.uses ?? {})
      .filter((role) => this.overLine(id, role))
      .flatMap((role) => this.fillers(id, role).map((filler) => ({ role, filler })));
    const rails = lines.filter(({ filler }) => this.estate.get('device', filler));
    if (this.says(id, 'line-powered') && rails.length > 0) {
      return () =>
        any(
          rails.map(({ role, filler }) =>
            all([
              this.whole(`line:${id}/${role}`),
              this.whole(filler),
              known(this.device(filler).state) !== 'failed',
              this.powered(filler),
            ]),
          ),
        );
    }
    return this.says(id, 'self-powered') ? () => true : undefined;
  }

  /** Whether a role is reached over a line of its own. */
  overLine(id: string, role: string): boolean {
    return this.device(id).wires?.[role] !== undefined || this.profileOf(id)?.roles?.[role]?.over === 'line';
  }

  /** E3. */
  runs(id: string): boolean {
    const { clock } = this;
    const name = `runs ${id}`;
    return clock.truth(name, () => {
      const on = (): boolean =>
        all([this.whole(id), known(this.device(id).state) !== 'failed', this.powered(id)]);
      const given = factOf(this.estate, this.device(id), 'boot');
      const boot = bounds(given as Parameters<typeof bounds>[0], [0, tenMinutes]);
      const booted = (): boolean => clock.after(`${name} boot`, on, delay(boot, this.side));
      const starts = this.profileOf(id)?.starts;
      return starts === undefined
        ? booted()
        : clock.latch(`${name} starts`, booted, () => this.expression(id, starts, `starts ${id}`));
    });
  }

  /** How an expression of a device's profile is read; set by whoever knows expressions. */
  expression: (
    device: string,
    each: NonNullable<ReturnType<World['profileOf']>>['starts'] & {},
    name: string,
  ) => boolean = () => false;

  /** How a device or a service uses another; set by whoever knows the network. */
  uses: (device: string, target: string) => boolean = () => false;

  /** E4. */
  serves(id: string): boolean {
    const service = this.estate.get('service', id);
    if (!service) throw new RangeError(`no service ${id}`);
    const { clock } = this;
    const name = `serves ${id}`;
    const hosts = known(service.on) ?? [];
    const provider = known(service.provider);
    const region = known(service.region);
    const has = (needed: string): boolean =>
      hosts.length === 0
        ? this.serves(needed)
        : any(hosts.map((host) => all([this.runs(host), this.uses(host, needed)])));
    const run = (): boolean =>
      all([
        this.whole(id),
        this.whole(`honest:${id}`),
        hosts.length === 0 || any(hosts.map((host) => this.runs(host))),
        provider === undefined || this.whole(provider),
        provider === undefined || region === undefined || this.whole(`region:${provider}/${region}`),
        ...(known(service.needs) ?? []).map(has),
      ]);
    const starts = known(service.starts);
    return clock.truth(name, () =>
      starts === undefined ? run() : clock.latch(`${name} starts`, run, () => all(starts.map(has))),
    );
  }

  /** Whether a device or a service runs. */
  thingRuns(id: string): boolean {
    return this.estate.get('device', id) ? this.runs(id) : this.serves(id);
  }

  /** Whether something in a role runs, and the line to it is whole. */
  wired(id: string, role: string, filler: string): boolean {
    return all([this.whole(`line:${id}/${role}`), this.thingRuns(filler)]);
  }

  /** E9: who fills a role of a device. */
  fillers(id: string, role: string): readonly string[] {
    const device = this.device(id);
    const network = this.legs(id)
      .map((leg) => this.estate.get('network', leg.network)?.uses?.[role])
      .find((each) => each !== undefined);
    const site = this.estate.get('site', siteOf(this.estate, device.at))?.uses?.[role];
    return known(device.uses?.[role] ?? network ?? site) ?? [];
  }
}

/** Of things already asked: asking must not stop at the first. */
export const all = (truths: readonly boolean[]): boolean => truths.every(Boolean);
export const any = (truths: readonly boolean[]): boolean => truths.some(Boolean);
