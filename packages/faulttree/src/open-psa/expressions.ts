import type { Definitions } from './definitions.ts';
import type { Element } from './elements.ts';
import type { Definition } from './model.ts';
import { operations } from './operations.ts';

/** The value of an expression, or the element that it could not be told from. */
export type Value = { readonly is: number } | { readonly unreadable: Element };

/** Parameters that rest on each other so deep are taken as unreadable. */
const deepest = 100;

/** Works out the values of expressions: of distributions the mean. */
export class Expressions {
  readonly #definitions: Definitions;
  readonly #missionTime: number | undefined;
  readonly #parameters = new Map<Definition, Value>();
  #depth = 0;

  constructor(definitions: Definitions, missionTime: number | undefined) {
    this.#definitions = definitions;
    this.#missionTime = missionTime;
  }

  value(element: Element, container: readonly string[]): Value {
    const { name: tag, attributes } = element;
    if (tag === 'float' || tag === 'int') return number(element, Number(attributes['value'] || Number.NaN));
    if (tag === 'bool') return number(element, attributes['value'] === 'true' ? 1 : 0);
    if (tag === 'pi') return { is: Math.PI };
    if (tag === 'system-mission-time') return number(element, this.#missionTime ?? Number.NaN);
    if (tag === 'parameter') return this.#parameter(element, container);
    const values: number[] = [];
    for (const each of element.children) {
      const value = this.value(each, container);
      if ('unreadable' in value) return value;
      values.push(value.is);
    }
    return number(element, operations.get(tag)?.(values) ?? Number.NaN);
  }

  #parameter(element: Element, container: readonly string[]): Value {
    const to = this.#definitions.parameters.find(container, element.attributes['name']?.trim() ?? '');
    if (!to) return { unreadable: element };
    const known = this.#parameters.get(to);
    if (known) return known;
    // Until it has its value: what needs itself has none.
    this.#parameters.set(to, { unreadable: element });
    const [expression] = expressionsOf(to.element);
    this.#depth += 1;
    const isWithin = expression !== undefined && this.#depth <= deepest;
    const value = isWithin ? this.value(expression, to.container) : { unreadable: to.element };
    this.#depth -= 1;
    this.#parameters.set(to, value);
    return value;
  }
}

/** The expressions of a definition, without what describes it. */
export const expressionsOf = (element: Element): readonly Element[] =>
  element.children.filter(({ name }) => name !== 'label' && name !== 'attributes');

const number = (element: Element, value: number): Value =>
  Number.isFinite(value) ? { is: value } : { unreadable: element };
