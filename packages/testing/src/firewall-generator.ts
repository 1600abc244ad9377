import {
  dimensions,
  greatest,
  intervalSet,
  ipv6Offset,
  type Action,
  type Chain,
  type Clause,
  type Dimension,
  type Firewall,
  type Interval,
  type IntervalSet,
  type Packet,
  type Rule,
  type Step,
} from '@holdfast/segmentation';
import { Dice } from './dice.ts';

/** What random firewalls have. */
export interface FirewallTraits {
  /** Conditions and actions that are not modelled. */
  readonly unmodelled?: boolean;
  readonly nat?: boolean;
  readonly untrack?: boolean;
  /** One chain of accepts and drops, without calls. */
  readonly flat?: boolean;
  readonly rules?: number;
}

const ipv6Base = ipv6Offset + (0x20010db8n << 96n);
const near: Readonly<Record<Dimension, readonly bigint[]>> = {
  src: [0x0a000000n, ipv6Base],
  dst: [0x0a000000n, ipv6Base],
  protocol: [6n, 17n],
  sport: [0n, 1024n],
  dport: [22n, 80n, 443n],
  iif: [0n],
  oif: [0n],
  state: [0n],
  icmpType: [0n],
  icmpCode: [0n],
  flags: [2n],
};
const common: ReadonlySet<Dimension> = new Set<Dimension>(['src', 'dst', 'protocol', 'dport', 'iif', 'oif']);

/** A random firewall over few addresses and ports, so that its rules meet. The same seed gives the same one. */
export function randomFirewall(seed: number, traits: FirewallTraits = {}): Firewall {
  return new Builder(new Dice(seed), traits).firewall();
}

class Builder {
  readonly #dice: Dice;
  readonly #traits: FirewallTraits;
  readonly #chains = new Map<string, Chain>();

  constructor(dice: Dice, traits: FirewallTraits) {
    this.#dice = dice;
    this.#traits = traits;
  }

  firewall(): Firewall {
    const forward = this.#steps('forward', this.#traits.flat === true ? 1 : 2);
    const isFlat = this.#traits.flat === true;
    const steps = {
      prerouting: isFlat ? [] : this.#steps('prerouting', 1),
      input: isFlat ? [] : this.#steps('input', 1),
      forward,
      output: [],
      postrouting: isFlat ? [] : this.#steps('postrouting', 1),
    };
    const interfaces = [
      { name: 'a', addresses: ['10.0.0.1/29', '2001:db8::1/125'] },
      { name: 'b', addresses: [] },
    ];
    return {
      format: 'neutral',
      file: 'random.txt',
      sha256: '',
      interfaceNames: ['', 'a', 'b'],
      interfaces,
      chains: this.#chains,
      steps,
      routes: [],
      problems: [],
    };
  }

  #steps(hook: string, most: number): readonly Step[] {
    const steps: Step[] = [];
    if (this.#traits.nat === true && hook !== 'forward' && this.#dice.chance(0.7))
      steps.push(this.#step(`${hook}-nat`, 'nat'));
    const count = hook === 'forward' ? this.#dice.between(1, most) : this.#dice.between(0, most);
    for (let index = 0; index < count; index += 1) steps.push(this.#step(`${hook}-${index}`, 'filter'));
    return steps;
  }

  #step(id: string, kind: Step['kind']): Step {
    const below: string[] = [];
    for (let index = this.#traits.flat === true ? 0 : this.#dice.between(0, 3); index > 0; index -= 1) {
      const called = `${id}-user-${index}`;
      this.#chain(called, kind, below, undefined);
      below.push(called);
    }
    const policy =
      kind === 'nat' ? 'accept' : this.#dice.pick(['accept', 'drop', 'reject', undefined] as const);
    this.#chain(id, kind, below, policy);
    const family = this.#dice.chance(0.2) ? { family: this.#dice.pick(['ipv4', 'ipv6'] as const) } : {};
    return { kind, chain: id, ...(this.#traits.flat === true ? {} : family) };
  }

  #chain(id: string, kind: Step['kind'], below: readonly string[], policy: Chain['policy']): void {
    const count = this.#dice.between(0, this.#traits.rules ?? 6);
    const rules = Array.from({ length: count }, (_, index) => this.#rule(`${id}/${index}`, kind, below));
    const source = { id, at: { file: 'random.txt', line: 1, column: 1 }, text: id };
    this.#chains.set(id, { id, rules, source, ...(policy === undefined ? {} : { policy }) });
  }

  #rule(id: string, kind: Step['kind'], below: readonly string[]): Rule {
    const source = { id, at: { file: 'random.txt', line: 1, column: 1 }, text: id };
    const why = { code: 'import-partial', message: `${id} is not modelled` } as const;
    const isDoubtful = this.#traits.unmodelled === true && this.#dice.chance(0.15);
    const clauses = Array.from({ length: this.#dice.chance(0.2) ? 2 : 1 }, () => this.#clause());
    const action = this.#action(kind, below, why);
    const isNetmap = action.kind === 'translate' && action.to.netmap === true;
    return {
      source,
      clauses: isNetmap ? [{ ...clauses[0], ...this.#network(action.to) }] : clauses,
      unmodelled: isDoubtful ? [why] : [],
      action,
    };
  }

  #action(
    kind: Step['kind'],
    below: readonly string[],
    why: { code: 'import-partial'; message: string },
  ): Action {
    const dice = this.#dice;
    if (this.#traits.flat === true) return { kind: dice.pick(['accept', 'drop', 'reject'] as const) };
    if (kind === 'nat' && dice.chance(0.6)) return { kind: 'translate', to: this.#translation() };
    if (this.#traits.unmodelled === true && dice.chance(0.04)) return { kind: 'unmodelled', why };
    if (this.#traits.untrack === true && kind === 'filter' && dice.chance(0.08)) return { kind: 'untrack' };
    if (below.length > 0 && dice.chance(0.4))
      return { kind: dice.chance(0.7) ? 'jump' : 'goto', chain: dice.pick(below) };
    return { kind: dice.pick(['accept', 'accept', 'drop', 'drop', 'reject', 'return', 'continue'] as const) };
  }

  #translation(): Extract<Action, { kind: 'translate' }>['to'] {
    const dice = this.#dice;
    const kind = dice.chance(0.5) ? 'source' : 'destination';
    if (dice.chance(0.2)) return { kind, toInterface: true };
    if (dice.chance(0.15)) {
      const from = 0x0a000000n + 4n * BigInt(dice.between(0, 2));
      return { kind, address: { low: from, high: from + 3n }, netmap: true };
    }
    const low = 0x0a000000n + BigInt(dice.between(0, 7));
    const address = { low, high: low + BigInt(dice.chance(0.7) ? 0 : dice.between(1, 3)) };
    const port = { low: 80n, high: 80n + BigInt(dice.chance(0.7) ? 0 : 2) };
    return { kind, ...(dice.chance(0.8) ? { address } : {}), ...(dice.chance(0.4) ? { port } : {}) };
  }

  /** Networks that are translated to another, of the same size or not. */
  #network({ kind }: Extract<Action, { kind: 'translate' }>['to']): Clause {
    const low = 0x0a000000n + BigInt(this.#dice.between(0, 7));
    const set = [{ low, high: low + BigInt(this.#dice.between(0, 7)) }];
    return kind === 'source' ? { src: set } : { dst: set };
  }

  #clause(): Clause {
    const dice = this.#dice;
    const clause: Partial<Record<Dimension, IntervalSet>> = {};
    for (const dimension of dimensions) {
      if (!dice.chance(common.has(dimension) ? 0.35 : 0.08)) continue;
      const count = dice.chance(0.15) ? 5 : dice.between(1, 2);
      clause[dimension] = intervalSet(Array.from({ length: count }, () => this.#interval(dimension)));
    }
    return clause;
  }

  #interval(dimension: Dimension): Interval {
    const dice = this.#dice;
    const end = greatest[dimension];
    if (end < 10n || dimension === 'iif' || dimension === 'oif') {
      const value = BigInt(dice.between(0, end < 10n ? Number(end) : 2));
      return { low: value, high: value };
    }
    const low = dice.pick(near[dimension]) + BigInt(dice.between(0, 7));
    return { low, high: low + BigInt(dice.chance(0.4) ? 0 : dice.between(0, 6)) };
  }
}

/** Random packets whose values lie at the ends of the intervals that the rules name. */
export function boundaryPackets(firewall: Firewall, count: number, seed: number): readonly Packet[] {
  const dice = new Dice(seed);
  const ends = new Map(dimensions.map((each) => [each, endsOf(firewall, each)]));
  return Array.from({ length: count }, () => {
    const isLong = dice.chance(0.2);
    const values = dimensions.map((dimension): [Dimension, bigint] => {
      const all = ends.get(dimension) ?? [0n];
      if (dimension !== 'src' && dimension !== 'dst') return [dimension, dice.pick(all)];
      return [dimension, dice.pick(all.filter((each) => each >= ipv6Offset === isLong))];
    });
    // One entry for each dimension.
    return Object.fromEntries(values) as Packet;
  });
}

function endsOf(firewall: Firewall, dimension: Dimension): readonly bigint[] {
  const ends = new Set<bigint>([0n]);
  if (dimension === 'src' || dimension === 'dst') ends.add(ipv6Offset).add(0x0a000001n).add(ipv6Base);
  if (dimension === 'state') for (const each of [0n, 0n, 0n, 1n, 4n]) ends.add(each);
  for (const { rules } of firewall.chains.values()) {
    for (const { clauses } of rules) {
      for (const clause of clauses) {
        for (const { low, high } of clause[dimension] ?? []) {
          for (const each of [low - 1n, low, high, high + 1n])
            if (each >= 0n && each <= greatest[dimension]) ends.add(each);
        }
      }
    }
  }
  return [...ends];
}
