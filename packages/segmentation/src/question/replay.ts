import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { intersect, intervalSet, subtract, type Interval } from '../model/interval.ts';
import type { Chain, Clause, Firewall, Hook, Rule, Step, Translation } from '../model/firewall.ts';
import { family, prefixOf } from '../model/address.ts';
import { dimensions } from '../model/packet.ts';
import type { Refusal } from './permits.ts';
import { askedOf, opening, regionsOf, type Region } from './region.ts';

/**
 * Checks a certificate of `no` without the engine: that its regions make up the whole question, and that a plain reading
 * of the rules drops every packet of each, by the rule that it names. Returns how many regions were checked.
 * Codes: `value-invalid`.
 * @see SPEC.md A2
 */
export function replay(
  firewall: Firewall,
  hook: Hook | 'path',
  question: Clause,
  certificate: readonly Refusal[],
): Result<number, Problem> {
  for (const asked of regionsOf(askedOf(firewall, hook, question))) {
    let rest: readonly Region[] = [asked];
    for (const { region } of certificate) rest = rest.flatMap((each) => split(each, [region]).outside);
    if (rest.length > 0) return refused('leaves packets of the question out');
  }
  for (const { region, decision } of certificate) {
    const reader = new RegionReader(firewall, hook);
    if (!reader.drops(region)) return refused(`has packets that ${decision.source.id} does not stop`);
    const isNamed = reader.deciders.has(decision.source.id);
    if (!isNamed || (!reader.hasDoubt && reader.deciders.size > 1))
      return refused(`names ${decision.source.id} for packets that others stop`);
  }
  return ok(certificate.length);
}

const refused = (what: string): Result<never, Problem> =>
  fail(
    problem('value-invalid', `the certificate ${what}`, {
      hint: 'ask the question again of the same configuration',
    }),
  );

type Back = (region: Region) => boolean;

/** Reads the rules from the top for all packets of a region, in parts where a rule parts them. */
class RegionReader {
  readonly deciders = new Set<string>();
  hasDoubt = false;
  readonly #firewall: Firewall;
  readonly #steps: readonly Step[];
  readonly #isPath: boolean;

  constructor(firewall: Firewall, hook: Hook | 'path') {
    const { prerouting, forward, postrouting } = firewall.steps;
    this.#firewall = firewall;
    this.#isPath = hook === 'path';
    this.#steps = hook === 'path' ? [...prerouting, ...forward, ...postrouting] : firewall.steps[hook];
  }

  /** Whether every packet is dropped under every reading. */
  drops(region: Region): boolean {
    return this.#step(0, region);
  }

  #step(index: number, region: Region): boolean {
    const step = this.#steps[index];
    if (step === undefined) return false;
    if (step.kind !== 'nat' && step.family === undefined) return this.#base(step.chain, index, region);
    const ofFamily = step.family === undefined ? {} : { src: [family[step.family]] };
    const { inside, outside } = split(region, [step.kind === 'nat' ? opening(ofFamily) : ofFamily]);
    return (
      inside.every((each) => this.#base(step.chain, index, each)) &&
      outside.every((each) => this.#step(index + 1, each))
    );
  }

  #base(id: string, step: number, region: Region): boolean {
    const chain = this.#firewall.chains.get(id);
    return this.#rules(chain, 0, region, step, (rest) => {
      if ((chain?.policy ?? 'accept') === 'accept') return this.#step(step + 1, rest);
      this.deciders.add(`${id}/policy`);
      return true;
    });
  }

  #rules(chain: Chain | undefined, from: number, region: Region, step: number, back: Back): boolean {
    const rules = chain?.rules ?? [];
    for (let index = from; index < rules.length; index += 1) {
      const rule = rules[index] as Rule;
      const { inside, outside } = split(region, rule.clauses);
      if (inside.length === 0) continue;
      const next: Back = (rest) => this.#rules(chain, index + 1, rest, step, back);
      return (
        outside.every(next) &&
        inside.every((each) => this.#act(rule, each, step, next, back) && (!this.#doubts(rule) || next(each)))
      );
    }
    return back(region);
  }

  /** Packets that a translation made the firewall's own leave the path. */
  #arrives(region: Region, id: string, { kind, address }: Translation, step: number): boolean {
    if (!this.#isPath || kind === 'source' || address === undefined) return this.#step(step + 1, region);
    const { inside, outside } = split(region, [ownOf(this.#firewall)]);
    if (inside.length > 0) this.deciders.add(id);
    return outside.every((each) => this.#step(step + 1, each));
  }

  #doubts({ unmodelled }: Rule): boolean {
    this.hasDoubt ||= unmodelled.length > 0;
    return unmodelled.length > 0;
  }

  #act({ action, source, clauses }: Rule, region: Region, step: number, next: Back, back: Back): boolean {
    switch (action.kind) {
      case 'accept':
        return this.#step(step + 1, region);
      case 'drop':
      case 'reject':
        this.deciders.add(source.id);
        return true;
      case 'return':
        return back(region);
      case 'continue':
        return next(region);
      case 'jump':
        return this.#rules(this.#firewall.chains.get(action.chain), 0, region, step, next);
      case 'goto':
        return this.#rules(this.#firewall.chains.get(action.chain), 0, region, step, back);
      case 'untrack':
        return next({ ...region, state: { low: 4n, high: 4n } });
      case 'translate':
        if (!this.#isPath || action.to.kind === 'source' || action.to.toInterface !== true) {
          this.hasDoubt = true;
          return moved(region, action.to, clauses).every((each) =>
            this.#arrives(each, source.id, action.to, step),
          );
        }
        this.deciders.add(source.id);
        return true;
      case 'unmodelled':
        return false;
      default:
        return action satisfies never;
    }
  }
}

/** The addresses of a firewall itself. */
function ownOf({ interfaces }: Firewall): Clause {
  const texts = interfaces.flatMap(({ addresses, shutdown }) => (shutdown === true ? [] : addresses));
  const own = [...texts.map((each) => each.split('/', 1)[0] ?? each), '127.0.0.0/8', '::1'];
  return { dst: intervalSet(own.flatMap((each) => prefixOf(each) ?? [])) };
}

/** A region after a translation; an address of an interface may be any, which drops no less. */
function moved(region: Region, to: Translation, clauses: readonly Clause[]): readonly Region[] {
  const { kind, address, netmap } = to;
  const side = kind === 'source' ? 'src' : 'dst';
  const isAny = netmap !== true || address === undefined || clauses.some((each) => each[side] === undefined);
  const network = isAny ? undefined : networkOf(clauses, side, address);
  if (network === undefined || address === undefined) return [set(region, to)];
  const size = address.high - address.low + 1n;
  const parts: Region[] = [];
  for (let { low } = region[side]; low <= region[side].high;) {
    const offset = (low - network) % size;
    const left = size - offset < region[side].high - low + 1n ? size - offset : region[side].high - low + 1n;
    const there = { low: address.low + offset, high: address.low + offset + left - 1n };
    parts.push(set({ ...region, [side]: there }, { ...to, address: there }));
    // A whole network further on is translated like this one.
    low += left === size ? ((region[side].high - low + 1n) / size) * size : left;
  }
  return parts;
}

/** From where on networks of the size translated to follow each other. */
function networkOf(
  clauses: readonly Clause[],
  side: 'src' | 'dst',
  { low, high }: Interval,
): bigint | undefined {
  const [only, ...others] = intervalSet(clauses.flatMap((each) => each[side] ?? []));
  if (only === undefined) return undefined;
  if (others.length === 0 && only.high - only.low === high - low) return only.low;
  const base = low >= family.ipv6.low ? family.ipv6.low : 0n;
  return (low - base) % (high - low + 1n) === 0n ? base : undefined;
}

function set(region: Region, { kind, address, port, toInterface }: Translation): Region {
  const [addressed, numbered] = kind === 'source' ? (['src', 'sport'] as const) : (['dst', 'dport'] as const);
  const all = region.dst.low >= family.ipv6.low ? family.ipv6 : family.ipv4;
  const chosen = toInterface === true ? all : address;
  return {
    ...region,
    ...(chosen === undefined ? {} : { [addressed]: chosen }),
    ...(port === undefined ? {} : { [numbered]: port }),
  };
}

interface Parted {
  readonly inside: readonly Region[];
  readonly outside: readonly Region[];
}

/** The parts of a region that some clause matches, and those that none does. */
function split(region: Region, clauses: readonly (Clause | Region)[]): Parted {
  const inside: Region[] = [];
  let rest: readonly Region[] = [region];
  for (const clause of clauses) {
    rest = rest.flatMap((each) => {
      const parted = splitByOne(each, clause);
      inside.push(...parted.inside);
      return parted.outside;
    });
  }
  return { inside, outside: rest };
}

function splitByOne(region: Region, clause: Clause | Region): Parted {
  let inside: readonly Region[] = [region];
  const outside: Region[] = [];
  const named = dimensions.filter((each) => clause[each] !== undefined);
  const setOf = (dimension: (typeof dimensions)[number]): Clause['src'] & object => {
    const named = clause[dimension] ?? [];
    return 'low' in named ? [named] : named;
  };
  if (named.some((each) => intersect([region[each]], setOf(each)).length === 0))
    return { inside: [], outside: [region] };
  for (const dimension of named) {
    const set = setOf(dimension);
    const within = (each: Region, interval: Region['src']): Region => ({ ...each, [dimension]: interval });
    for (const each of inside)
      outside.push(...subtract([each[dimension]], set).map((interval) => within(each, interval)));
    inside = inside.flatMap((each) =>
      intersect([each[dimension]], set).map((interval) => within(each, interval)),
    );
  }
  return { inside, outside };
}
