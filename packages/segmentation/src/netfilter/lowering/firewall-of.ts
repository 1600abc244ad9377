import { compareProblems, problem, sha256, type Position, type Problem, type Result } from '@holdfast/kernel';
import type { Chain, ConfigFile, ConfigFormat, Firewall, Hook, Rule, Step } from '../../model/firewall.ts';
import { InterfaceNames } from '../interface-names.ts';
import { lowerRule } from './lower-rule.ts';
import { hookOf, placesOf, type Place } from './places.ts';
import type { ChainText, RuleText, Ruleset, TableText } from '../ruleset.ts';
import { reading } from '../syntax-fault.ts';
import type { Interfaces } from './values.ts';

/** A rule set in the model, with interfaces that it may not name. Problems located in the file where it contradicts itself. Codes: `reference-unknown`, `format-mismatch`. */
export function firewallOf(
  format: ConfigFormat,
  file: ConfigFile,
  ruleset: Ruleset,
  interfaces: readonly string[] = [],
): Result<Firewall, readonly Problem[]> {
  return reading(() => {
    const seen = new Set<string>(interfaces);
    // What a wildcard matches is known once all the names are.
    new Lowering(ruleset, { seen, numbers: new InterfaceNames([]) }).run();
    const numbers = new InterfaceNames(seen);
    const { chains, steps, problems } = new Lowering(ruleset, { seen, numbers }).run();
    return {
      format,
      file: file.name,
      sha256: sha256(file.text),
      interfaceNames: numbers.names,
      interfaces: [],
      chains,
      steps,
      routes: [],
      problems: problems.toSorted(compareProblems),
    };
  });
}

const families: ReadonlySet<string> = new Set(['ip', 'ip6', 'inet']);

interface Ordered extends Step {
  readonly hook: Hook;
  readonly order: readonly [number, number];
}

class Lowering {
  readonly chains = new Map<string, Chain>();
  readonly problems: Problem[] = [];
  readonly steps: Record<Hook, readonly Step[]> = {
    prerouting: [],
    input: [],
    forward: [],
    output: [],
    postrouting: [],
  };
  readonly #ruleset: Ruleset;
  readonly #interfaces: Interfaces;
  readonly #ordered: Ordered[] = [];

  constructor(ruleset: Ruleset, interfaces: Interfaces) {
    this.#ruleset = ruleset;
    this.#interfaces = interfaces;
  }

  run(): this {
    const tables = [...this.#ruleset.values()].filter((each) => this.#isModelled(each));
    const laters = laterNatChains(tables);
    for (const table of tables) {
      const isShared = tables.some((each) => each !== table && each.name === table.name);
      this.#table(table, isShared ? `${table.family} ${table.name}` : table.name, laters);
    }
    const sorted = this.#ordered.toSorted((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1]);
    for (const { hook, order: _order, ...step } of sorted) this.steps[hook] = [...this.steps[hook], step];
    return this;
  }

  #isModelled({ family, name, at, isDormant, chains }: TableText): boolean {
    if (families.has(family) && !isDormant) return true;
    if (isDormant) this.#tell(at, `the table ${family} ${name} sleeps: its chains see no packet`);
    else if (chains.size > 0)
      this.#tell(
        at,
        `the table ${family} ${name} is not modelled: the family ${family} is met before or behind routing`,
      );
    return false;
  }

  #tell(at: Position, message: string): void {
    this.problems.push(problem('import-partial', message, { at }));
  }

  #table(table: TableText, label: string, laters: ReadonlySet<ChainText>): void {
    const places = placesOf(table);
    const changing = new Set(
      [...table.chains.values()].flatMap(({ rules }) =>
        rules.flatMap(({ statements }) =>
          statements.flatMap((each) => (each.kind === 'change' ? each.set : [])),
        ),
      ),
    );
    const chainId = (chain: string): string => `${label}/${chain}`;
    const isLate = [...table.chains.values()].some((each) => laters.has(each));
    for (const chain of table.chains.values()) {
      const id = chainId(chain.name);
      const own = places.get(chain.name) ?? [];
      const context = {
        table,
        interfaces: this.#interfaces,
        changing,
        places: own,
        isLaterNat: isLate && own.some(({ type }) => type === 'nat'),
        chainId,
        tell: (each: Problem) => this.problems.push(each),
      };
      const ids = new RuleIds(id);
      const rules = chain.rules.flatMap((rule): readonly Rule[] =>
        lowerRule(rule, { id: ids.next(rule), at: rule.at, text: rule.text }, context),
      );
      const isBase = this.#base(table, chain, id);
      const source = { id, at: chain.at, text: chain.text };
      this.chains.set(
        id,
        isBase ? { id, rules, policy: chain.policy ?? 'accept', source } : { id, rules, source },
      );
    }
  }

  #base({ family }: TableText, { base, at, name }: ChainText, chain: string): boolean {
    if (base === undefined) return false;
    const hook = hookOf(base.hook);
    if (hook === undefined) {
      this.#tell(at, `the chain ${name} is not modelled: it is met at the hook ${base.hook}`);
      return false;
    }
    const only = family === 'inet' ? {} : { family: family === 'ip' ? ('ipv4' as const) : ('ipv6' as const) };
    const kind = base.type === 'nat' ? 'nat' : 'filter';
    this.#ordered.push({ hook, kind, chain, ...only, order: [effectivePriority(hook, base), base.priority] });
    return true;
  }
}

/** The kernel meets nat chains where it translates, and orders them by their own priority only among each other. */
function effectivePriority(hook: Hook, { type, priority }: Pick<Place, 'type' | 'priority'>): number {
  if (type !== 'nat') return priority;
  return hook === 'prerouting' || hook === 'output' ? -100 : 100;
}

/** The nat chains of a hook that another one comes before for some packets. */
function laterNatChains(tables: readonly TableText[]): ReadonlySet<ChainText> {
  const nat = tables.flatMap(({ family, chains }) =>
    [...chains.values()].flatMap((chain) =>
      chain.base?.type === 'nat' ? { family, chain, base: chain.base } : [],
    ),
  );
  return new Set(
    nat
      .filter((each) =>
        nat.some(
          (other) =>
            other !== each &&
            other.base.hook === each.base.hook &&
            (other.family === each.family || other.family === 'inet' || each.family === 'inet') &&
            (other.base.priority < each.base.priority ||
              (other.base.priority === each.base.priority && nat.indexOf(other) < nat.indexOf(each))),
        ),
      )
      .map(({ chain }) => chain),
  );
}

/** Ids of rules: their handle, else their line; a second rule of a line has its column too. */
class RuleIds {
  readonly #chain: string;
  readonly #taken = new Set<string>();

  constructor(chain: string) {
    this.#chain = chain;
  }

  next({ handle, at }: RuleText): string {
    const short = `${this.#chain}/${handle ?? at.line}`;
    const id = this.#taken.has(short) ? `${short}:${at.column}` : short;
    this.#taken.add(id);
    return id;
  }
}
