import { fail, ok, present, problem, type Problem, type Result } from '@holdfast/kernel';
import type { FaultTree } from '../fault-tree.ts';
import { always, never, type Gate } from '../graph/fault-graph.ts';
import type { Definitions } from './definitions.ts';
import { Expressions, expressionsOf } from './expressions.ts';
import type { Formulas } from './formulas.ts';
import { references } from './gate-order.ts';
import type { Definition, Formula } from './model.ts';

/** A fault tree as it was read, with what was set aside. */
export interface OpenPsaTree {
  readonly tree: FaultTree;
  readonly warnings: readonly Problem[];
}

/** What a whole model says. */
interface Model {
  readonly definitions: Definitions;
  readonly formulas: Formulas;
  /** Each gate after those that it needs. */
  readonly order: readonly Definition[];
  readonly missionTime: number | undefined;
}

/** What a top needs, in numbers. Codes: `gate-not-monotone`, `import-partial` as a warning. */
export function lower(top: Definition, model: Model): Result<OpenPsaTree, readonly Problem[]> {
  return new Lowering(model).tree(top);
}

class Lowering {
  readonly #model: Model;
  readonly #faults: Problem[] = [];
  readonly #events = new Map<Definition, number>();
  readonly #gates: Gate[] = [];
  readonly #gateNames: (string | undefined)[] = [];
  /** A gate by its number from 0, until it is known how many events there are. */
  readonly #gateOf = new Map<Definition, number>();
  #count = 0;

  constructor(model: Model) {
    this.#model = model;
  }

  tree(top: Definition): Result<OpenPsaTree, readonly Problem[]> {
    const gates = this.#below(top);
    for (const gate of gates)
      for (const { to } of references(this.#model.formulas.of(gate)))
        if (to.kind === 'basic-event' && !this.#events.has(to)) this.#events.set(to, this.#events.size);
    this.#count = this.#events.size;
    for (const gate of gates) this.#gateOf.set(gate, this.#gate(gate));
    if (this.#faults.length > 0) return fail(this.#faults);
    const { probabilities, warnings } = this.#probabilities();
    const root = present(this.#gateOf.get(top), 'the top');
    return ok({
      tree: {
        top: top.name,
        graph: { events: this.#count, gates: this.#gates, top: root },
        eventNames: [...this.#events.keys()].map(({ name }) => name),
        gateNames: this.#gateNames,
        probabilities,
      },
      warnings: [...this.#model.definitions.warnings, ...warnings],
    });
  }

  /** The gates that a top needs, itself included, each after those that it needs. */
  #below(top: Definition): readonly Definition[] {
    const needed = new Set([top]);
    for (const gate of this.#model.order.toReversed()) {
      if (!needed.has(gate)) continue;
      for (const { to } of references(this.#model.formulas.of(gate))) needed.add(to);
    }
    return this.#model.order.filter((gate) => needed.has(gate));
  }

  /** A gate under its name, also where it only passes on what it names. */
  #gate(gate: Definition): number {
    const formula = this.#model.formulas.of(gate);
    const node = this.#node(formula);
    const isOwn = formula.kind === 'and' || formula.kind === 'or' || formula.kind === 'atleast';
    if (!isOwn) return this.#put('or', 0, [node], gate.name);
    this.#gateNames[node - this.#count] = gate.name;
    return node;
  }

  #node(formula: Formula): number {
    switch (formula.kind) {
      case 'constant':
        return formula.value ? always : never;
      case 'reference':
        return this.#referred(formula.to);
      case 'not-monotone':
        this.#refuse(formula);
        return never;
      case 'and':
      case 'or':
      case 'atleast': {
        const inputs = formula.inputs.map((each) => this.#node(each));
        return this.#put(formula.kind, formula.min, inputs, undefined);
      }
      default:
        return formula satisfies never;
    }
  }

  #referred(to: Definition): number {
    if (to.kind === 'gate') return present(this.#gateOf.get(to), `the gate ${to.name}`);
    if (to.kind === 'basic-event') return present(this.#events.get(to), `the event ${to.name}`);
    return this.#house(to) ? always : never;
  }

  #house({ element }: Definition): boolean {
    const constant = element.children.find(({ name }) => name === 'constant');
    return constant !== undefined && constant.attributes['value'] === 'true';
  }

  #put(kind: Gate['kind'], min: number, inputs: readonly number[], name: string | undefined): number {
    this.#gates.push({ kind, min, inputs });
    this.#gateNames.push(name);
    return this.#count + this.#gates.length - 1;
  }

  #refuse({ operator, at }: Formula & { readonly kind: 'not-monotone' }): void {
    this.#faults.push(
      problem('gate-not-monotone', `<${operator}> can turn off when more fails`, {
        at,
        hint: 'minimal cut sets are of trees of and, or and atleast; write the condition as an event of its own',
      }),
    );
  }

  #probabilities(): { probabilities: readonly (number | undefined)[]; warnings: readonly Problem[] } {
    const { definitions, missionTime } = this.#model;
    const expressions = new Expressions(definitions, missionTime);
    const warnings: Problem[] = [];
    const probabilities = [...this.#events.keys()].map(({ name, element, container, at }) => {
      const [expression] = expressionsOf(element);
      if (!expression || element.name !== 'define-basic-event') return undefined;
      const value = expressions.value(expression, container);
      if ('is' in value && value.is >= 0 && value.is <= 1) return value.is;
      const what = 'is' in value ? `${value.is} is none` : `<${value.unreadable.name}> has no value here`;
      warnings.push(
        problem('import-partial', `the probability of '${name}' is not known: ${what}`, {
          at: 'is' in value ? at : value.unreadable.at,
          hint: 'the cut sets do not need it; a mission time is given with --mission-time',
        }),
      );
      return undefined;
    });
    return { probabilities, warnings };
  }
}
