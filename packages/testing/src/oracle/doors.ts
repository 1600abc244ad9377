import { known, type EntityData } from '@holdfast/estate';
import type { Expressions } from './expressions.ts';
import { isWithin } from './hours.ts';
import { modesOf, type Mode } from './modes.ts';
import { bounds, refill, delay, store } from './reading.ts';
import { all, any, type World } from './world.ts';
import { certain, either, every, maybe, not, readings, some, type Tri } from './tri.ts';

/** An estate under one reading. */
export interface Reading {
  readonly world: World;
  readonly expressions: Expressions;
}

/** Both readings of one estate, at the same instant. */
export interface Readings {
  readonly worst: Reading;
  readonly best: Reading;
}

type Door = EntityData<'door'>;

const day = 86_400_000;

/** What happens at one door, at the instant at hand (SPEC D1 to D6). */
export class DoorWatch {
  readonly #door: Door;
  readonly #id: string;
  readonly #modes: readonly Mode[];
  readonly #start: number;
  readonly #zone: string;
  readonly #readings: Readings;
  #kept: Tri | undefined;

  constructor(readings: Readings, id: string, start: number) {
    this.#readings = readings;
    const { estate } = readings.worst.world;
    this.#id = id;
    this.#door = estate.get('door', id) as Door;
    this.#start = start;
    this.#zone = estate.get('site', readings.worst.world.siteOf(this.#door.to))?.timeZone ?? 'UTC';
    const decider = known(this.#door.decidedBy);
    this.#modes = decider === undefined ? [] : modesOf(readings.worst.world, decider);
  }

  /** Asks for everything once, so that every store and timer is there before the start. */
  touch(): void {
    for (const reading of [this.#readings.worst, this.#readings.best]) {
      this.#lockPower(reading);
      this.#readerWorks(reading);
      this.#fireWay(reading);
      for (const mode of this.#modes) {
        this.#works(reading, mode);
        for (const key of ['known', 'enrolled', 'visitor', 'mobile'] as const) {
          const each = mode.decision[key];
          if (each !== undefined) reading.expressions.truth(mode.device, each, `${mode.name} ${key}`);
        }
        this.#learned(reading, mode, -day);
        this.#learned(reading, mode, 0);
      }
    }
  }

  #both(ask: (reading: Reading) => boolean): Tri {
    return readings(ask(this.#readings.worst), ask(this.#readings.best));
  }

  get #now(): number {
    return this.#readings.worst.world.clock.now;
  }

  #works({ expressions, world }: Reading, { whens }: Mode): boolean {
    return all(
      whens.map(({ device, when, name }) =>
        world.clock.truth(`${name} when`, () => expressions.truth(device, when, `${name} when`)),
      ),
    );
  }

  /** What the mode in control says; where it is not known which that is, what all that may be say. */
  #inControl(says: (mode: Mode) => Tri): Tri {
    const rest = this.#modes.toReversed();
    return rest.reduce((otherwise, mode) => {
      const works = this.#both((reading) => this.#works(reading, mode));
      const own = says(mode);
      if (works.sure) return own;
      return works.may ? either(own, otherwise) : otherwise;
    }, certain(false));
  }

  /** D3: whether a change made at a time is known. */
  #learned({ world, expressions }: Reading, { name, device, decision }: Mode, change: number): boolean {
    const { clock, side } = world;
    const { learns, within } = decision;
    if (learns === undefined) return false;
    const wait = within === undefined || side === 'best' ? 0 : expressions.span(device, within)[1];
    const open = (): boolean =>
      clock.after(`${name} learns`, () => expressions.truth(device, learns, `${name} learning`), wait);
    const learning = (): boolean =>
      open() && (clock.now < 0 ? change + wait < 0 : clock.now >= change + wait);
    return clock.keep(`${name} learned ${change}`, learning);
  }

  #knows(mode: Mode, who: 'known' | 'enrolled' | 'visitor' | 'mobile'): Tri {
    const { decision, device, name } = mode;
    const each = decision[who];
    if (decision.rules === 'facility-code' && who === 'enrolled') return certain(true);
    if (each !== undefined)
      return this.#both(({ expressions }) => expressions.truth(device, each, `${name} ${who}`));
    if (who === 'known') return certain(true);
    if (who === 'mobile') return maybe;
    return who === 'visitor'
      ? this.#knows(mode, 'enrolled')
      : this.#both((reading) => this.#learned(reading, mode, 0));
  }

  /** Facility-code modes know of no revocation. */
  #refuses(mode: Mode, change: number): Tri {
    return mode.decision.rules === 'facility-code'
      ? certain(false)
      : this.#both((reading) => this.#learned(reading, mode, change));
  }

  #lockPower({ world }: Reading): boolean {
    const { lock } = this.#door;
    const power = known(lock.power);
    const supplied = (): boolean =>
      power
        ? any(
            power.map((each) => (world.estate.get('supply', each) ? world.carries(each) : world.runs(each))),
          )
        : world.side === 'best';
    const name = `lock ${this.#id}`;
    if (lock.battery === undefined) return world.clock.truth(name, supplied);
    return world.clock.hold(
      name,
      supplied,
      store(bounds(lock.battery), world.side),
      delay(refill(lock.recharge), world.side),
    );
  }

  #readerWorks({ world }: Reading): boolean {
    const reader = known(known(this.#door.reader)?.device);
    return reader === undefined || all([world.whole(`line:${this.#id}/reader`), world.runs(reader)]);
  }

  get #instant(): number {
    return this.#start + this.#now;
  }

  get #isMechanical(): boolean {
    return known(this.#door.lock.kind) === 'mechanical';
  }

  /** D9: whether power moves the lock. */
  get #moved(): Tri {
    return this.#isMechanical ? certain(false) : this.#both((reading) => this.#lockPower(reading));
  }

  /** D7: whether the relay stays where it keeps the door shut; `rest` is where it does so by itself. */
  #relayKept(rest: 'nc' | 'no'): Tri {
    const { relay, decidedBy } = this.#door;
    const decider = known(decidedBy);
    const declared = known(relay);
    if (relay === undefined || decider === undefined) return certain(true);
    if (declared && declared.contact === undefined) return certain(true);
    const contact = known(declared?.contact);
    if (contact === rest) return certain(true);
    const runs = this.#both(({ world }) => world.runs(decider));
    return contact === undefined ? some(runs, maybe) : runs;
  }

  /** D8: whether whoever took the reader over commands the relay. */
  get #bridged(): Tri {
    const { relay, reader, decidedBy } = this.#door;
    const declared = known(relay);
    if (relay === undefined || (declared && declared.side === undefined)) return certain(false);
    const at = known(known(reader)?.device) ?? known(decidedBy);
    const side = known(declared?.side);
    if (side === 'secure' || at === undefined || this.#readings.worst.world.whole(`honest:${at}`))
      return certain(false);
    return side === undefined ? maybe : certain(true);
  }

  /** D2: the reader works, the lock can be moved, no time lock keeps everybody out. */
  #operates(): Tri {
    const open = certain(!this.#door.timeLock || !isWithin(this.#door.timeLock, this.#instant, this.#zone));
    const estate = this.#readings.worst.world.estate;
    const others = (this.#door.interlockedWith ?? []).flatMap(
      (each) => known(estate.get('door', each)?.decidedBy) ?? [],
    );
    return every(
      this.#both((reading) => this.#readerWorks(reading)),
      this.#moved,
      open,
      ...others.map((each) => this.#both(({ world }) => world.runs(each))),
    );
  }

  #admits(knows: (mode: Mode) => Tri): Tri {
    return every(this.#inControl(knows), this.#operates());
  }

  /** Whether the schedule says open. */
  get #intent(): Tri {
    return certain(
      this.#door.unlocked !== undefined && isWithin(this.#door.unlocked, this.#instant, this.#zone),
    );
  }

  /** D4. */
  #locked(): Tri {
    const power = this.#both((reading) => this.#lockPower(reading));
    if (this.#isMechanical) return certain(true);
    const opened = some(this.#fire, every(this.#intent, this.#decides));
    const kinds = {
      'fail-safe': (): Tri => every(power, this.#relayKept('nc'), not(opened)),
      'fail-secure': (): Tri => not(every(power, some(opened, not(this.#relayKept('no'))))),
      stays: (): Tri => not(some(this.#kept as Tri, every(power, this.#fire))),
    };
    const kind = this.#onPowerLoss;
    return kind ? kinds[kind]() : either(kinds['fail-safe'](), kinds['fail-secure']());
  }

  /** Remembers how a lock that stays was left; asked once at each instant. */
  remember(): void {
    const command = this.#intent;
    const able = every(
      this.#decides,
      this.#both((reading) => this.#lockPower(reading)),
    );
    const last = this.#kept ?? command;
    this.#kept = able.sure ? command : able.may ? either(command, last) : last;
  }

  get #decides(): Tri {
    return some(...this.#modes.map((mode) => this.#both((reading) => this.#works(reading, mode))));
  }

  /** Whether a fire signal lets the lock go. */
  get #fire(): Tri {
    const release = known(this.#door.release);
    if (release?.panel === undefined || this.#readings.worst.world.whole(`fire:${release.panel}`))
      return certain(false);
    return this.#firePath;
  }

  get #firePath(): Tri {
    if (this.#wiring === 'mechanical' || this.#isMechanical) return certain(true);
    const how = known(known(this.#door.release)?.fire);
    if (how === 'network' || how === 'software') return this.#both((reading) => this.#fireWay(reading));
    return how === undefined ? maybe : certain(how === 'hardwired');
  }

  /** That the device that decides hears the fire panel over the network. */
  #fireWay({ world }: Reading): boolean {
    const { panel } = known(this.#door.release) ?? {};
    const decider = known(this.#door.decidedBy);
    return panel === undefined || decider === undefined ? world.doubtful : world.uses(decider, panel);
  }

  /** A maglock holds only with power, whether anybody says so or not. */
  get #onPowerLoss(): 'fail-safe' | 'fail-secure' | 'stays' | undefined {
    const { onPowerLoss, kind } = this.#door.lock;
    return known(onPowerLoss) ?? (known(kind) === 'maglock' ? 'fail-safe' : undefined);
  }

  /** Levers and panic bars are mechanical, where nobody says otherwise. */
  get #wiring(): string | undefined {
    const exit = known(this.#door.exit);
    const kind = known(exit?.kind);
    return known(exit?.wiring) ?? (kind === 'lever' || kind === 'panic-bar' ? 'mechanical' : undefined);
  }

  /** Whether a hostile service commands the door: one that fills the host or the cloud of a device that decides. */
  get #hostile(): Tri {
    const { world } = this.#readings.worst;
    const decider = known(this.#door.decidedBy);
    if (decider === undefined) return certain(false);
    const deciders = [decider, ...this.#modes.map(({ device }) => device)];
    const commanders = deciders.flatMap((each) =>
      ['host', 'cloud'].flatMap((role) => world.fillers(each, role)),
    );
    const turned = commanders.some(
      (each) => world.estate.get('service', each) && !world.whole(`honest:${each}`),
    );
    return every(
      certain(turned),
      this.#both((reading) => reading.world.runs(decider)),
      this.#moved,
    );
  }

  /** The capabilities of the door that SPEC D0 to D6 speak of. */
  capabilities(): Readonly<Record<string, Tri>> {
    const locked = this.#locked();
    const shut = some(locked, this.#intent);
    const facility = this.#admits((mode) => certain(mode.decision.rules === 'facility-code'));
    const refuses = (change: number): Tri =>
      every(
        not(this.#admits((mode) => every(this.#knows(mode, 'known'), not(this.#refuses(mode, change))))),
        shut,
      );
    const standing = {
      secured: every(shut, not(facility), not(this.#hostile), not(every(this.#bridged, this.#moved))),
      egress: this.#egress(locked),
      'releases-on-fire': this.#firePath,
    };
    const decider = known(this.#door.decidedBy);
    if (decider === undefined) return standing;
    const provides = (name: string): Tri =>
      this.#both(({ expressions }) => expressions.provides(decider, name));
    return {
      ...standing,
      'admits-known': some(
        this.#admits((mode) => this.#knows(mode, 'known')),
        every(this.#intent, not(locked)),
      ),
      'refuses-revoked-before': refuses(-day),
      'refuses-revoked-during': refuses(0),
      'admits-enrolled-during': this.#admits((mode) => this.#knows(mode, 'enrolled')),
      'admits-visitor': this.#admits((mode) => this.#knows(mode, 'visitor')),
      'admits-mobile': this.#admits((mode) => this.#knows(mode, 'mobile')),
      'opens-remotely': every(provides('opens-remotely'), this.#moved),
      'reports-forced': provides('reports'),
    };
  }

  /** D6. */
  #egress(locked: Tri): Tri {
    const wiring = this.#wiring;
    const kind = known(known(this.#door.exit)?.kind);
    const failSafe = this.#onPowerLoss === 'fail-safe';
    const cuts = wiring === 'cuts-lock-power' || known(known(this.#door.release)?.callPoint) === true;
    const decider = known(this.#door.decidedBy);
    const works = decider === undefined ? certain(false) : this.#both(({ world }) => world.runs(decider));
    const moves = failSafe ? certain(true) : this.#both((reading) => this.#lockPower(reading));
    return some(
      not(locked),
      kind === undefined ? maybe : certain(false),
      kind === 'reader' ? this.#admits((mode) => this.#knows(mode, 'known')) : certain(false),
      certain(wiring === 'mechanical'),
      certain(cuts && failSafe),
      every(certain(wiring === 'through-controller'), works, moves),
    );
  }
}
