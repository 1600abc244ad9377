import { known, type EntityData } from '@holdfast/estate';
import type { NodeId } from '../solver/system.ts';
import type { Expressions } from './expressions.ts';
import { all, any, no, node, not, within, yes } from './formula.ts';
import type { Infrastructure } from './infrastructure.ts';
import { Lock } from './lock.ts';
import { admitted, Modes, type Mode } from './modes.ts';
import type { CapabilityName, Formula } from './model.ts';

type Door = EntityData<'door'>;

/** Compiles doors: who decides, what holds the lock, how people get out. */
export class Doors {
  readonly #infrastructure: Infrastructure;
  readonly #expressions: Expressions;
  readonly #modes: Modes;

  constructor(infrastructure: Infrastructure, expressions: Expressions) {
    this.#infrastructure = infrastructure;
    this.#expressions = expressions;
    this.#modes = new Modes(infrastructure, expressions);
  }

  /** Whether a door could be locked at all, whatever a schedule says. */
  lockable(id: string, door: Door): Formula {
    return new Lock(this.#infrastructure, id, door).locked(no);
  }

  /** Whether a schedule wants the door open. */
  scheduled(id: string, door: Door): Formula {
    return new Lock(this.#infrastructure, id, door).openByIntent;
  }

  /** The capabilities of access control and fire release at a door. */
  compile(id: string, door: Door): readonly (readonly [CapabilityName, Formula])[] {
    const lock = new Lock(this.#infrastructure, id, door);
    const device = known(door.decidedBy);
    if (device === undefined && door.decidedBy !== undefined) return this.#undecided(id, door, lock);
    const modes = device === undefined ? [] : this.#modes.of(device, this.#infrastructure.context.always);
    const works = this.#works(id, door, modes);
    const scheduled = lock.scheduled(node(works));
    const locked = lock.locked(scheduled);
    const timeLocked = within(door.timeLock, lock.zone);
    const operates = all(
      node(this.#reader(id, door)),
      node(lock.operable),
      this.#interlock(door),
      not(timeLocked),
    );
    const admits = (knows: (mode: Mode) => Formula): Formula => all(admitted(modes, knows), operates);
    const refuses = (knows: (mode: Mode) => Formula): Formula =>
      all(
        not(
          all(
            admitted(modes, (mode) => all(mode.known, not(knows(mode)))),
            operates,
          ),
        ),
        any(locked, lock.openByIntent),
      );
    const weak = all(
      admitted(modes, (mode) => (mode.facilityCode ? yes : no)),
      operates,
    );
    const opens = all(
      node(
        device === undefined
          ? this.#infrastructure.context.never
          : this.#expressions.provides(device, 'opens-remotely'),
      ),
      node(lock.operable),
    );
    const secured = all(
      any(locked, lock.openByIntent),
      not(weak),
      not(all(any(this.#hostile(device), this.#bridged(id, door)), node(lock.operable))),
    );
    const standing: readonly (readonly [CapabilityName, Formula])[] = [
      ['secured', secured],
      [
        'egress',
        lock.egress(
          locked,
          device === undefined ? no : node(this.#exit(device)),
          admits((mode) => mode.known),
        ),
      ],
      ...(lock.firePath === undefined ? [] : [['releases-on-fire', lock.firePath] as const]),
    ];
    const reports = this.#reports(id, door);
    if (device === undefined) return [...standing, ...reports];
    return [
      ...standing,
      [
        'admits-known',
        any(
          admits((mode) => mode.known),
          all(lock.openByIntent, not(locked)),
        ),
      ],
      ['refuses-revoked-before', refuses((mode) => mode.revokedBefore)],
      ['refuses-revoked-during', refuses((mode) => mode.revokedDuring)],
      ['admits-enrolled-during', admits((mode) => mode.enrolled)],
      ['admits-visitor', admits((mode) => mode.visitor)],
      ...(known(door.mobile) === true ? [['admits-mobile', admits((mode) => mode.mobile)] as const] : []),
      ['opens-remotely', opens],
      ...reports,
    ];
  }

  /** A door at which something decides, but nobody has said what: it does as long as nothing fails, and then nobody can tell. */
  #undecided(id: string, door: Door, lock: Lock): readonly (readonly [CapabilityName, Formula])[] {
    const located = {
      fact: door.decidedBy,
      kind: 'door',
      id,
      path: ['decidedBy'],
      what: `what decides at ${door.name}`,
    } as const;
    const decides = node(this.#infrastructure.context.whileNothingFails(located));
    const locked = lock.locked(lock.scheduled(decides));
    const names = [
      'admits-known',
      'refuses-revoked-before',
      'refuses-revoked-during',
      'admits-enrolled-during',
      'admits-visitor',
      'opens-remotely',
      'reports-forced',
    ] as const;
    return [
      ['secured', all(any(locked, lock.openByIntent), decides)],
      ['egress', lock.egress(locked, decides, decides)],
      ...(lock.firePath === undefined ? [] : [['releases-on-fire', lock.firePath] as const]),
      ...names.map((name) => [name, decides] as const),
    ];
  }

  /** That anybody at all decides, be it only to keep a schedule. */
  #works(_id: string, door: Door, modes: readonly Mode[]): NodeId {
    const { builder, never } = this.#infrastructure.context;
    const device = known(door.decidedBy);
    if (device === undefined) return never;
    const own = this.#infrastructure.profile(device)?.provides?.['keeps-schedule'];
    return own === undefined
      ? builder.any(modes.map((mode) => mode.works))
      : this.#expressions.provides(device, 'keeps-schedule');
  }

  /** By the door's own contact, or by detectors of the alarm panel that guard it. */
  #reports(id: string, door: Door): readonly (readonly [CapabilityName, Formula])[] {
    const device = known(door.decidedBy);
    const own =
      device === undefined || known(door.contact) === false
        ? []
        : [node(this.#expressions.provides(device, 'reports'))];
    const guards = (this.#detectors().get(id) ?? []).map((each) => {
      const panels = known<readonly string[]>(this.#infrastructure.bound(each, 'panel').fact) ?? [];
      return all(
        node(this.#expressions.provides(each, 'detects')),
        any(...panels.map((panel) => node(this.#expressions.provides(panel, 'signals')))),
      );
    });
    const ways = [...own, ...guards];
    return ways.length === 0 ? [] : [['reports-forced', any(...ways)]];
  }

  #guarding: ReadonlyMap<string, readonly string[]> | undefined;

  #detectors(): ReadonlyMap<string, readonly string[]> {
    if (this.#guarding) return this.#guarding;
    const guarding = new Map<string, string[]>();
    for (const [device, { detects }] of this.#infrastructure.context.estate.all('device')) {
      for (const place of detects ?? []) guarding.set(place, [...(guarding.get(place) ?? []), device]);
    }
    this.#guarding = guarding;
    return guarding;
  }

  #exit(device: string): NodeId {
    const own = this.#infrastructure.profile(device)?.provides?.['exit'];
    return own === undefined
      ? this.#infrastructure.running(device)
      : this.#expressions.provides(device, 'exit');
  }

  #reader(id: string, door: Door): NodeId {
    const { context } = this.#infrastructure;
    const reader = known(door.reader);
    const device = known(reader?.device);
    if (device === undefined) {
      const isUnsaid = door.reader !== undefined && (reader === undefined || reader.device !== undefined);
      const located = {
        fact: 'unknown',
        kind: 'door',
        id,
        path: ['reader'],
        what: `the reader of ${door.name}`,
      } as const;
      return isUnsaid ? context.whileNothingFails(located) : context.always;
    }
    const line = context.component(
      `line:${id}/reader`,
      'line',
      `the reader line of ${context.estate.nameOf(id)}`,
      id,
    );
    return context.builder.all([line, this.#infrastructure.running(device)]);
  }

  /** The other doors of an interlock must be seen to be closed. */
  #interlock(door: Door): Formula {
    const others = (door.interlockedWith ?? []).flatMap(
      (each) => known(this.#infrastructure.context.estate.get('door', each)?.decidedBy) ?? [],
    );
    return all(...others.map((each) => node(this.#infrastructure.running(each))));
  }

  /** A service that can open the door does so for whoever has taken it over. */
  #hostile(device: string | undefined): Formula {
    const { context } = this.#infrastructure;
    if (device === undefined) return no;
    const chain = [device, ...this.#asked(device)];
    const commanders = chain.flatMap((each) =>
      ['host', 'cloud'].flatMap(
        (role) => known<readonly string[]>(this.#infrastructure.bound(each, role).fact) ?? [],
      ),
    );
    const services = [...new Set(commanders)].filter((each) => context.estate.get('service', each));
    return any(
      ...services.map((each) => {
        const honest = context.component(
          `honest:${each}`,
          'honesty',
          `the honesty of ${context.estate.nameOf(each)}`,
        );
        return all(
          not(node(honest)),
          ...chain.slice(0, 1).map((own) => node(this.#infrastructure.running(own))),
        );
      }),
    );
  }

  /** Whoever takes a reader over, or off the wall, reaches a relay on the unsecured side; where its side is unknown, perhaps. */
  #bridged(id: string, door: Door): Formula {
    const { context } = this.#infrastructure;
    const relay = known(door.relay);
    const side = door.relay === undefined ? undefined : relay === undefined ? 'unknown' : relay.side;
    const reader = known(known(door.reader)?.device) ?? known(door.decidedBy);
    if (side === undefined || known(side) === 'secure' || reader === undefined) return no;
    const taken = not(
      node(
        context.component(
          `honest:${reader}`,
          'honesty',
          `the honesty of ${context.estate.nameOf(reader)}`,
          reader,
        ),
      ),
    );
    if (known(side) === 'unsecure') return taken;
    const located = {
      fact: 'unknown',
      kind: 'door',
      id,
      path: ['relay'],
      what: `the side of the relay of ${door.name}`,
    } as const;
    return all(taken, node(context.constant(false, true, located)));
  }

  #asked(device: string, depth = 0): readonly string[] {
    const roles = (this.#infrastructure.profile(device)?.decisions ?? []).flatMap((each) => each.ask ?? []);
    const targets = roles.flatMap(
      (role) => known<readonly string[]>(this.#infrastructure.bound(device, role).fact) ?? [],
    );
    return depth > 8 ? [] : targets.flatMap((each) => [each, ...this.#asked(each, depth + 1)]);
  }
}
