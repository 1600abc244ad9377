import { asMillis, type Millis } from '@holdfast/kernel';
import { known, type Decision, type EntityData } from '@holdfast/estate';
import type { NodeId, Readings } from '../solver/system.ts';
import { millis, type Located } from './context.ts';
import type { Expressions } from './expressions.ts';
import { all, any, no, node, not, since, within, yes } from './formula.ts';
import type { Infrastructure } from './infrastructure.ts';
import { Lock } from './lock.ts';
import type { CapabilityName, Formula } from './model.ts';

type Door = EntityData<'door'>;

/** One way to decide at a door, with what it knows. The first that works is in control. */
interface Mode {
  readonly works: NodeId;
  readonly facilityCode: boolean;
  readonly known: Formula;
  readonly enrolled: Formula;
  readonly revokedBefore: Formula;
  readonly revokedDuring: Formula;
  readonly visitor: Formula;
  readonly mobile: Formula;
}

/** Revoked before the fault: a day earlier, so that all which synchronises within a day knows it. */
const dayBefore = -86_400_000;

/** Compiles doors: who decides, what holds the lock, how people get out. */
export class Doors {
  readonly #infrastructure: Infrastructure;
  readonly #expressions: Expressions;

  constructor(infrastructure: Infrastructure, expressions: Expressions) {
    this.#infrastructure = infrastructure;
    this.#expressions = expressions;
  }

  /** Whether a door could be locked at all, whatever a schedule says. */
  lockable(id: string, door: Door): Formula {
    return new Lock(this.#infrastructure, id, door).locked(no);
  }

  /** The capabilities of access control and fire release at a door. */
  compile(id: string, door: Door): readonly (readonly [CapabilityName, Formula])[] {
    const lock = new Lock(this.#infrastructure, id, door);
    const device = known(door.decidedBy);
    const modes = device === undefined ? [] : this.#modes(device, this.#infrastructure.context.always);
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
            admitted(modes, (mode) => not(knows(mode))),
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
      not(all(this.#hostile(device), node(lock.operable))),
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
    if (device === undefined) return context.always;
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

  #asked(device: string, depth = 0): readonly string[] {
    const roles = (this.#infrastructure.profile(device)?.decisions ?? []).flatMap((each) => each.ask ?? []);
    const targets = roles.flatMap(
      (role) => known<readonly string[]>(this.#infrastructure.bound(device, role).fact) ?? [],
    );
    return depth > 8 ? [] : targets.flatMap((each) => [each, ...this.#asked(each, depth + 1)]);
  }

  #modes(device: string, reached: NodeId, depth = 0): readonly Mode[] {
    const { builder, estate } = this.#infrastructure.context;
    const decisions = this.#infrastructure.profile(device)?.decisions ?? [];
    return decisions.flatMap((decision) => {
      const works = builder.all([reached, this.#expressions.compile(device, decision.when)]);
      if (decision.ask === undefined) return [this.#mode(device, decision, works)];
      const targets = known<readonly string[]>(this.#infrastructure.bound(device, decision.ask).fact) ?? [];
      return depth > 8
        ? []
        : targets
            .filter((each) => estate.get('device', each))
            .flatMap((each) => this.#modes(each, works, depth + 1));
    });
  }

  #mode(device: string, decision: Decision, works: NodeId): Mode {
    const { context } = this.#infrastructure;
    const expression = (each: Decision['known'], otherwise: Formula): Formula =>
      each === undefined ? otherwise : this.#plain(this.#expressions.compile(device, each));
    const facilityCode = decision.rules === 'facility-code';
    const learned = (at: number): Formula =>
      facilityCode || decision.learns === undefined
        ? no
        : this.#learned(device, decision.learns, decision.within, at);
    const fresh = learned(0);
    const enrolled = facilityCode ? yes : expression(decision.enrolled, fresh);
    return {
      works: context.label(works, 'decision', device, decision.id),
      facilityCode,
      known: expression(decision.known, yes),
      enrolled,
      revokedBefore: learned(dayBefore),
      revokedDuring: fresh,
      visitor: expression(decision.visitor, enrolled),
      mobile: expression(decision.mobile, node(context.builder.constant(false, true))),
    };
  }

  /** Spares the formulas what is always or never so. */
  #plain(of: NodeId): Formula {
    const { always, never } = this.#infrastructure.context;
    return of === always ? yes : of === never ? no : node(of);
  }

  /** Whether a change made at a time has arrived: at best at once, at worst when the way has been open since then for the whole time between two synchronisations. */
  #learned(
    device: string,
    learns: NonNullable<Decision['learns']>,
    within: string | undefined,
    at: number,
  ): Formula {
    const { context } = this.#infrastructure;
    const located =
      within === undefined || /^\d/.test(within) ? undefined : this.#infrastructure.fact(device, within);
    const longest = located
      ? longestOf(context.duration(located))
      : within === undefined
        ? 0
        : millis(within);
    const open = this.#expressions.compile(device, learns);
    const way = this.#plain(context.builder.after(open, { worst: asMillis(longest), best: asMillis(0) }));
    return since(
      all(way, ...this.#stale(device, at).map(node)),
      { worst: at + longest, best: at },
      device,
      located && context.refer(located),
    );
  }

  /** A device that has not synchronised since the change may not do so now either, whatever its network says. */
  #stale(device: string, at: number): readonly NodeId[] {
    const { context } = this.#infrastructure;
    const last = context.estate.get('device', device)?.lastSync;
    if (last === undefined || at >= 0) return [];
    const located: Located<string> = {
      fact: last,
      kind: 'device',
      id: device,
      path: ['lastSync'],
      what: `last synchronisation of ${context.estate.nameOf(device)}`,
    };
    return known(last) === undefined ? [context.constant(false, true, located)] : [];
  }
}

/** How long a change waits at most. */
const longestOf = ({ worst, best }: Readings<Millis>): Millis => asMillis(Math.max(worst, best));

/** Whether the mode in control says yes. */
function admitted(modes: readonly Mode[], says: (mode: Mode) => Formula): Formula {
  const answers = modes.map((mode) => ({ works: node(mode.works), says: says(mode) }));
  return any(
    ...answers.map(({ works, says: own }, index) => {
      const before = answers.slice(0, index).map((earlier) => not(all(earlier.works, not(earlier.says))));
      return all(works, own, ...before);
    }),
  );
}
