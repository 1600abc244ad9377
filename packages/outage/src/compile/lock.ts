import { known, type EntityData } from '@holdfast/estate';
import type { NodeId } from '../solver/system.ts';
import type { Located } from './context.ts';
import { all, any, keeps, no, node, not, within, yes } from './formula.ts';
import type { Infrastructure } from './infrastructure.ts';
import type { Formula } from './model.ts';
import { recharge } from './power.ts';

type Door = EntityData<'door'>;

/** The lock of one door: what feeds it, what lets it go, and how people get out past it. */
export class Lock {
  readonly operable: NodeId;
  readonly openByIntent: Formula;
  readonly firePath: Formula | undefined;
  readonly #door: Door;
  readonly #held: NodeId;
  /** That whoever decides keeps the relay from its rest, where rest would unlock. */
  readonly #relayHeld: Readonly<Record<'nc' | 'no', Formula>>;
  readonly zone: string;
  readonly #quiet: Formula;
  readonly #onLoss: string | undefined;
  readonly #unknownLoss: Formula;
  readonly #unknownExit: Formula;

  constructor(infrastructure: Infrastructure, id: string, door: Door) {
    const { context } = infrastructure;
    const { estate, builder } = context;
    this.#door = door;
    this.zone = estate.get('site', context.site(id))?.timeZone ?? 'UTC';
    const { lock } = door;
    const fact = (name: 'power' | 'battery' | 'onPowerLoss'): Located<never> => ({
      fact: lock[name] as never,
      kind: 'door',
      id,
      path: ['lock', name],
      what: `${name === 'onPowerLoss' ? 'behaviour on power loss' : name} of the lock of ${door.name}`,
    });
    const kind = known(lock.kind);
    this.#onLoss = known(lock.onPowerLoss) ?? (kind === 'maglock' ? 'fail-safe' : undefined);
    this.#unknownLoss =
      this.#onLoss === undefined ? node(context.constant(false, true, fact('onPowerLoss'))) : no;
    const exit = known(door.exit);
    const exitPath =
      exit === undefined
        ? ['exit']
        : ['exit', exit.wiring === undefined || known(exit.kind) === undefined ? 'kind' : 'wiring'];
    this.#unknownExit = node(
      context.constant(false, true, {
        fact: 'unknown',
        kind: 'door',
        id,
        path: exitPath,
        what: `how people get out through ${door.name}`,
      }),
    );
    const decider = known(door.decidedBy);
    const sources = known<readonly string[]>(lock.power);
    const own =
      decider !== undefined && infrastructure.profile(decider)?.class === 'lock'
        ? infrastructure.power(decider)
        : undefined;
    const unknown = (): NodeId => context.whileNothingFails(fact('power'));
    const fed = sources && sources.length > 0 ? infrastructure.source(sources) : (own ?? unknown());
    const battery =
      lock.battery === undefined
        ? fed
        : context.cite(
            builder.hold(fed, context.duration(fact('battery')), recharge(lock.recharge)),
            fact('battery'),
          );
    this.#held = context.label(battery, 'lock-power', id);
    this.#relayHeld = {
      nc: this.#relay(infrastructure, id, 'nc'),
      no: this.#relay(infrastructure, id, 'no'),
    };
    this.operable = kind === 'mechanical' ? context.never : this.#held;
    this.openByIntent = within(door.unlocked, this.zone);
    const release = known(door.release);
    const signal =
      release?.panel === undefined
        ? undefined
        : context.component(
            `fire:${release.panel}`,
            'fire',
            `the fire signal of ${estate.nameOf(release.panel)}`,
            release.panel,
          );
    this.#quiet = signal === undefined ? yes : node(signal);
    this.firePath = this.#path(infrastructure, id, release);
  }

  /**
   * A relay without its controller is at rest: closed where it is `nc`, open where it is `no`.
   * A fail-safe lock over `no`, and a fail-secure one over `nc`, are locked only while somebody holds the relay.
   */
  #relay(infrastructure: Infrastructure, id: string, usual: 'nc' | 'no'): Formula {
    const { relay, decidedBy, name } = this.#door;
    const decider = known(decidedBy);
    const declared = known(relay);
    const fact = relay === undefined || declared ? declared?.contact : 'unknown';
    if (fact === undefined || decider === undefined || known(fact) === usual) return yes;
    const holds = node(infrastructure.running(decider));
    if (known(fact) !== undefined) return holds;
    const what = `the rest position of the relay of ${name}`;
    const located = { fact, kind: 'door', id, path: ['relay'], what } as const;
    return any(holds, node(infrastructure.context.constant(false, true, located)));
  }

  /** What carries the fire signal to the lock; `undefined` where no release is asked of the door. */
  #path(
    infrastructure: Infrastructure,
    id: string,
    release: { readonly fire?: unknown; readonly panel?: string } | undefined,
  ): Formula | undefined {
    const { context } = infrastructure;
    const exit = known(this.#door.exit);
    const free =
      exit &&
      (known(exit.kind) === 'lever' || known(exit.kind) === 'panic-bar') &&
      (known(exit.wiring) ?? 'mechanical') === 'mechanical';
    if (free || known(this.#door.lock.kind) === 'mechanical')
      return release?.fire === undefined ? undefined : yes;
    const located: Located<string> = {
      fact: release?.fire ?? 'unknown',
      kind: 'door',
      id,
      path: release?.fire === undefined ? ['release'] : ['release', 'fire'],
      what: `how fire releases ${this.#door.name}`,
    };
    const decider = known(this.#door.decidedBy);
    switch (known(located.fact)) {
      case 'hardwired':
        return yes;
      case 'none':
        return node(context.constant(false, false, located));
      case 'network':
      case 'software':
        if (release?.panel !== undefined && decider !== undefined)
          return node(infrastructure.use(decider, release.panel));
        return node(context.whileNothingFails(located));
      default:
        return node(context.constant(false, true, located));
    }
  }

  get #released(): Formula {
    return all(not(this.#quiet), this.firePath ?? no);
  }

  /** Whether a schedule holds the door open now. */
  scheduled(works: Formula): Formula {
    if (this.#onLoss === 'stays') return keeps(this.openByIntent, all(works, node(this.#held)));
    return all(this.openByIntent, works);
  }

  locked(scheduled: Formula): Formula {
    if (known(this.#door.lock.kind) === 'mechanical') return yes;
    const held = node(this.#held);
    const safe = all(held, this.#relayHeld.nc, not(this.#released), not(scheduled));
    const secure = not(all(held, any(this.#released, scheduled, not(this.#relayHeld.no))));
    const stays = not(any(scheduled, all(held, this.#released)));
    switch (this.#onLoss) {
      case 'fail-safe':
        return safe;
      case 'fail-secure':
        return secure;
      case 'stays':
        return stays;
      default:
        return any(all(this.#unknownLoss, secure), safe);
    }
  }

  /** Whether somebody inside gets out without a key or a badge. */
  egress(locked: Formula, through: Formula, byBadge: Formula): Formula {
    const exit = known(this.#door.exit);
    const kind = known(exit?.kind);
    const release = known(this.#door.release);
    const cuts = this.#onLoss === 'fail-safe' ? yes : no;
    const callPoint = known(release?.callPoint) === true ? cuts : no;
    const wiring =
      known(exit?.wiring) ?? (kind === 'lever' || kind === 'panic-bar' ? 'mechanical' : undefined);
    const byDevice = (): Formula => {
      if (kind === undefined || (wiring === undefined && (kind === 'button' || kind === 'motion')))
        return this.#unknownExit;
      if (kind === 'none') return no;
      if (kind === 'reader') return byBadge;
      if (wiring === 'mechanical') return yes;
      if (wiring === 'cuts-lock-power') return cuts;
      return all(through, this.#onLoss === 'fail-safe' ? yes : node(this.#held));
    };
    return any(not(locked), callPoint, byDevice());
  }
}
