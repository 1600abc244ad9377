import { ipv6Offset } from '@holdfast/segmentation';
import type {
  Clause,
  Dimension,
  Firewall,
  Hook,
  Packet,
  Rule,
  Step,
  Translation,
} from '@holdfast/segmentation';

/** What becomes of one packet when every open choice falls one way. */
interface Outcome {
  readonly verdict: 'accept' | 'drop' | 'reject' | 'unknown';
  /** The id of the rule that decided, or `chain/policy`, or `no-rules`. */
  readonly decision: string;
  readonly packet: Packet;
}

/** What becomes of one packet, all choices tried. */
export interface Judgement extends Outcome {
  /** How many ways its choices can fall. */
  readonly ways: number;
}

/**
 * Decides one packet by reading the rules from the top, as SPEC.md of the segmentation package says and sharing no code
 * with it. Open choices (conditions that are not modelled, translations to one of several values) are tried all.
 */
export function judge(firewall: Firewall, hook: Hook | 'path', packet: Packet): Judgement {
  const outcomes: Outcome[] = [];
  const fixed: number[] = [];
  for (;;) {
    const arities: number[] = [];
    const choose = (count: number): number => {
      arities.push(count);
      return fixed[arities.length - 1] ?? 0;
    };
    outcomes.push(new Reader(firewall, hook, packet, choose).run());
    while (fixed.length < arities.length) fixed.push(0);
    while (fixed.length > 0 && (fixed.at(-1) ?? 0) + 1 >= (arities[fixed.length - 1] ?? 0)) fixed.pop();
    if (fixed.length === 0) break;
    fixed[fixed.length - 1] = (fixed.at(-1) ?? 0) + 1;
  }
  const [first] = outcomes;
  if (first === undefined) throw new TypeError('a packet has an outcome');
  const isKnown = outcomes.every(({ verdict }) => verdict !== 'unknown');
  const passed = outcomes.filter(({ verdict }) => verdict === 'accept').length;
  const isAlike = isKnown && (passed === 0 || passed === outcomes.length);
  return { ...first, verdict: isAlike ? first.verdict : 'unknown', ways: outcomes.length };
}

type End =
  | { readonly kind: 'passed' | 'back' }
  | { readonly kind: 'ended'; readonly verdict: Outcome['verdict']; readonly decision: string };

class Reader {
  readonly #firewall: Firewall;
  readonly #isPath: boolean;
  readonly #steps: readonly Step[];
  readonly #choose: (count: number) => number;
  #packet: Packet;
  #accepted: string | undefined;
  #policy = 'no-rules';

  constructor(firewall: Firewall, hook: Hook | 'path', packet: Packet, choose: (count: number) => number) {
    this.#firewall = firewall;
    this.#isPath = hook === 'path';
    const { prerouting, forward, postrouting } = firewall.steps;
    this.#steps = hook === 'path' ? [...prerouting, ...forward, ...postrouting] : firewall.steps[hook];
    this.#choose = choose;
    this.#packet = packet;
  }

  run(): Outcome {
    for (const step of this.#steps) {
      if (step.kind === 'nat' && this.#packet.state !== 0n) continue;
      if (step.family !== undefined && (step.family === 'ipv6') !== this.#packet.src >= ipv6Offset) continue;
      const end = this.#chain(step.chain);
      if (end.kind === 'ended') return { verdict: end.verdict, decision: end.decision, packet: this.#packet };
      if (end.kind === 'passed') continue;
      const policy = this.#firewall.chains.get(step.chain)?.policy ?? 'accept';
      if (policy !== 'accept')
        return { verdict: policy, decision: `${step.chain}/policy`, packet: this.#packet };
      if (step.kind === 'filter') this.#policy = `${step.chain}/policy`;
    }
    return { verdict: 'accept', decision: this.#accepted ?? this.#policy, packet: this.#packet };
  }

  #chain(id: string): End {
    for (const rule of this.#firewall.chains.get(id)?.rules ?? []) {
      if (!rule.clauses.some((each) => holds(each, this.#packet))) continue;
      if (rule.action.kind === 'continue') continue;
      if (rule.unmodelled.length > 0 && this.#choose(2) === 0) continue;
      const end = this.#apply(rule);
      if (end !== undefined) return end;
    }
    return { kind: 'back' };
  }

  #apply(rule: Rule): End | undefined {
    const { action, source } = rule;
    switch (action.kind) {
      case 'accept':
        this.#accepted = source.id;
        return { kind: 'passed' };
      case 'drop':
      case 'reject':
        return { kind: 'ended', verdict: action.kind, decision: source.id };
      case 'return':
        return { kind: 'back' };
      case 'jump': {
        const end = this.#chain(action.chain);
        return end.kind === 'back' ? undefined : end;
      }
      case 'goto':
        return this.#chain(action.chain);
      case 'untrack':
        this.#packet = { ...this.#packet, state: 4n };
        return undefined;
      case 'unmodelled':
        return { kind: 'ended', verdict: 'unknown', decision: source.id };
      case 'translate':
        if (this.#isPath && action.to.kind === 'destination' && action.to.toInterface === true)
          return { kind: 'ended', verdict: 'drop', decision: source.id };
        return this.#translate(rule, action.to);
      case 'continue':
        return undefined;
      default:
        return action satisfies never;
    }
  }

  #translate(rule: Rule, { kind, address, port, toInterface, netmap }: Translation): End {
    const before = this.#packet;
    const [addressed, numbered] =
      kind === 'source' ? (['src', 'sport'] as const) : (['dst', 'dport'] as const);
    if (toInterface === true) this.#set(addressed, this.#own(kind));
    else if (address !== undefined && netmap === true)
      this.#set(addressed, mapped(before[addressed], address, rule, addressed));
    else if (address !== undefined) this.#set(addressed, this.#oneOf(addressed, address));
    if (port !== undefined) this.#set(numbered, this.#oneOf(numbered, port));
    const isOwn = this.#isPath && kind === 'destination' && address !== undefined;
    if (!isOwn || !own.includes(this.#packet.dst)) return { kind: 'passed' };
    this.#packet = before;
    return { kind: 'ended', verdict: 'drop', decision: rule.source.id };
  }

  #set(dimension: Dimension, value: bigint): void {
    this.#packet = { ...this.#packet, [dimension]: value };
  }

  /** Interface `a` has the addresses 10.0.0.1 and 2001:db8::1; of the others none is known. */
  #own(kind: Translation['kind']): bigint {
    const isLong = this.#packet.dst >= 2n ** 32n;
    const side = kind === 'source' ? this.#packet.oif : this.#packet.iif;
    if (side === 1n) return isLong ? 2n ** 32n + (0x20010db8n << 96n) + 1n : 0x0a000001n;
    const all = isLong
      ? { low: 2n ** 32n, high: 2n ** 32n + 2n ** 128n - 1n }
      : { low: 0n, high: 2n ** 32n - 1n };
    return this.#oneOf(kind === 'source' ? 'src' : 'dst', all);
  }

  /** One of the values that any rule could tell apart. */
  #oneOf(dimension: Dimension, { low, high }: { readonly low: bigint; readonly high: bigint }): bigint {
    const values = new Set([low, ...(dimension === 'dst' ? own.flatMap((each) => [each, each + 1n]) : [])]);
    for (const { rules } of this.#firewall.chains.values()) {
      for (const { clauses } of rules) {
        for (const clause of clauses)
          for (const each of clause[dimension] ?? []) values.add(each.low).add(each.high + 1n);
      }
    }
    const within = [...values]
      .filter((each) => low <= each && each <= high)
      .toSorted((a, b) => (a < b ? -1 : 1));
    return within[this.#choose(within.length)] ?? low;
  }
}

/** The addresses of interface `a`. */
const own: readonly bigint[] = [0x0a000001n, 2n ** 32n + (0x20010db8n << 96n) + 1n];

/** An address after a translation of a network to another: a network of the same size moves, else the bits behind the prefix stay. */
function mapped(
  value: bigint,
  to: { readonly low: bigint; readonly high: bigint },
  { clauses }: Rule,
  dimension: 'src' | 'dst',
): bigint {
  const sets = clauses.map((each) => each[dimension] ?? []);
  const [one] = sets[0] ?? [];
  const size = to.high - to.low + 1n;
  const isOne =
    clauses.length === 1 && sets[0]?.length === 1 && one !== undefined && one.high - one.low + 1n === size;
  return to.low + (isOne ? value - one.low : value % size);
}

const holds = (clause: Clause, packet: Packet): boolean =>
  // The keys of a clause are dimensions.
  (Object.keys(clause) as Dimension[]).every(
    (dimension) =>
      clause[dimension]?.some(({ low, high }) => low <= packet[dimension] && packet[dimension] <= high) ===
      true,
  );
