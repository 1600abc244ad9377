import { nearestName, problem, type Problem } from '@holdfast/kernel';
import type { Definitions } from './definitions.ts';
import type { Element } from './elements.ts';
import type { Definition, Formula } from './model.ts';

const notMonotone: ReadonlySet<string> = new Set([
  'not',
  'xor',
  'iff',
  'nand',
  'nor',
  'imply',
  'cardinality',
]);
const eventTags: ReadonlySet<string> = new Set(['event', 'gate', 'basic-event', 'house-event']);
/** A proposal compares a name with all: beyond so many faults the file is not the one that was meant. */
const mostProposals = 50;
const beside: ReadonlySet<string> = new Set(['label', 'attributes']);

/** Reads the formulas of gates. Codes: `key-missing`, `value-invalid`, `element-unread`, `reference-unknown`, `reference-kind`. */
export class Formulas {
  readonly faults: Problem[] = [];
  readonly #definitions: Definitions;
  /** Basic events that are named and defined nowhere, in a model that defines none. */
  readonly #undeclared = new Map<string, Definition>();
  readonly #read = new Map<Definition, Formula>();

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
  }

  /** The formula of a gate. */
  of(gate: Definition): Formula {
    const known = this.#read.get(gate);
    if (known) return known;
    const inputs = gate.element.children.filter(({ name }) => !beside.has(name));
    if (inputs.length !== 1)
      this.#fault('key-missing', gate.element, `the gate '${gate.name}' has ${inputs.length} formulas`, {
        hint: 'a gate has one; join several with <and>, <or> or <atleast>',
      });
    const formula = inputs[0] ? this.#formula(inputs[0], gate.container) : constant(false);
    this.#read.set(gate, formula);
    return formula;
  }

  #formula(element: Element, container: readonly string[]): Formula {
    const { name: tag, attributes, at } = element;
    if (eventTags.has(tag)) return this.#reference(element, container);
    if (tag === 'constant') return constant(this.truth(element));
    const inputs = element.children.map((each) => this.#formula(each, container));
    if (tag === 'and' || tag === 'or' || tag === 'atleast') return this.#operator(tag, element, inputs);
    if (tag === 'cardinality' && Number(attributes['max']) >= inputs.length)
      return Number(attributes['min']) === 0 ? constant(true) : this.#operator('atleast', element, inputs);
    if (!notMonotone.has(tag))
      this.#fault('element-unread', element, `<${tag}> is no formula`, {
        hint: 'and, or, atleast, constant, gate, basic-event, house-event, event',
      });
    return { kind: 'not-monotone', operator: tag, inputs, at };
  }

  #operator(kind: 'and' | 'or' | 'atleast', element: Element, inputs: readonly Formula[]): Formula {
    if (inputs.length === 0)
      this.#fault('key-missing', element, `<${element.name}> has no input`, { hint: 'name what it needs' });
    const min = kind === 'atleast' ? Number(element.attributes['min'] ?? Number.NaN) : 0;
    if (kind === 'atleast' && !(Number.isInteger(min) && min >= 1 && min <= inputs.length))
      this.#fault(
        'value-invalid',
        element,
        `min="${element.attributes['min'] ?? ''}" of ${inputs.length} inputs`,
        {
          hint: `a whole number from 1 to ${inputs.length}`,
        },
      );
    return { kind, min, inputs };
  }

  /** The value of a `constant`. */
  truth(element: Element): boolean {
    const value = element.attributes['value'];
    if (value !== 'true' && value !== 'false')
      this.#fault('value-invalid', element, `'${value ?? ''}' is no value of a constant`, {
        hint: 'true or false',
      });
    return value === 'true';
  }

  #reference(element: Element, container: readonly string[]): Formula {
    const { attributes, at } = element;
    const name = attributes['name']?.trim() ?? '';
    const asked = element.name === 'event' ? attributes['type'] : element.name;
    const to = this.#definitions.events.find(container, name) ?? this.#implied(element, name, asked);
    if (!to) return constant(false);
    if (asked !== undefined && asked !== to.kind)
      this.#fault(
        'reference-kind',
        element,
        `'${name}' is a ${to.kind} (line ${to.at.line}), not a ${asked}`,
        {
          hint: `write <${to.kind} name="${name}"/>`,
        },
      );
    return { kind: 'reference', to, at };
  }

  /** Open-PSA need not declare basic events; where a model declares some, one that is not is taken as misspelt. */
  #implied(element: Element, name: string, asked: string | undefined): Definition | undefined {
    const { events, hasBasicEvents } = this.#definitions;
    if (asked === 'basic-event' && !hasBasicEvents && name !== '') {
      const known = this.#undeclared.get(name);
      if (known) return known;
      const made: Definition = { kind: 'basic-event', name, container: [], element, at: element.at };
      this.#undeclared.set(name, made);
      return made;
    }
    const near = this.faults.length < mostProposals ? nearestName(name, events.names) : undefined;
    this.#fault('reference-unknown', element, `the event '${name}' is defined nowhere`, {
      hint: near === undefined ? 'define it, or check its name' : `did you mean '${near}'?`,
    });
    return undefined;
  }

  #fault(code: Problem['code'], { at }: Element, message: string, { hint }: { readonly hint: string }): void {
    this.faults.push(problem(code, message, { at, hint }));
  }
}

const constant = (value: boolean): Formula => ({ kind: 'constant', value });
