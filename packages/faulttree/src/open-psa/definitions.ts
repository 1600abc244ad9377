import { problem, type Problem } from '@holdfast/kernel';
import type { Element } from './elements.ts';
import type { Definition } from './model.ts';
import { pathOf, Scopes } from './scopes.ts';

const kinds: ReadonlyMap<string, Definition['kind']> = new Map([
  ['define-gate', 'gate'],
  ['define-basic-event', 'basic-event'],
  ['define-house-event', 'house-event'],
  ['define-parameter', 'parameter'],
]);

/** What says nothing about which events cause the top. */
const silent: ReadonlySet<string> = new Set([
  'label',
  'attributes',
  'define-event-tree',
  'define-initiating-event',
  'define-initiating-event-group',
  'define-consequence',
  'define-consequence-group',
  'define-rule',
  'define-alignment',
]);

/** All that a model defines. */
export interface Definitions {
  readonly events: Scopes<Definition>;
  readonly parameters: Scopes<Definition>;
  readonly gates: readonly Definition[];
  readonly hasBasicEvents: boolean;
  /** What ends the reading. */
  readonly faults: readonly Problem[];
  /** What was set aside, as the standard says. */
  readonly warnings: readonly Problem[];
}

/** Collects what an `opsa-mef` element defines. Codes: `format-mismatch`, `key-missing`, `element-unread`, `id-duplicate`. */
export function collect(root: Element): Definitions {
  const collector = new Collector();
  if (root.name === 'opsa-mef') collector.enter(root, [], false);
  else
    collector.faults.push(
      problem('format-mismatch', `an Open-PSA model begins with <opsa-mef>, and this with <${root.name}>`, {
        at: root.at,
        hint: 'give a file in the Open-PSA model exchange format',
      }),
    );
  return collector;
}

class Collector implements Definitions {
  readonly events = new Scopes<Definition>();
  readonly parameters = new Scopes<Definition>();
  readonly faults: Problem[] = [];
  readonly warnings: Problem[] = [];
  readonly #gates = new Set<Definition>();
  hasBasicEvents = false;

  get gates(): readonly Definition[] {
    return [...this.#gates];
  }

  enter(around: Element, container: readonly string[], isPrivate: boolean): void {
    for (const element of around.children) this.#read(element, container, isPrivate);
  }

  #read(element: Element, container: readonly string[], inherited: boolean): void {
    const { name: tag, attributes } = element;
    if (silent.has(tag)) return;
    const role = attributes['role'];
    const isPrivate = role === undefined ? inherited : role === 'private';
    if (tag === 'model-data') this.enter(element, container, isPrivate);
    else if (tag === 'define-fault-tree' || tag === 'define-component')
      this.enter(element, [...container, this.#name(element)], isPrivate);
    else this.#define(element, container, isPrivate);
  }

  #define(element: Element, container: readonly string[], isPrivate: boolean): void {
    const kind = kinds.get(element.name);
    if (!kind) {
      this.#unread(element);
      return;
    }
    const own = this.#name(element);
    const name = isPrivate ? pathOf(container, own) : own;
    const definition: Definition = { kind, name, container, element, at: element.at };
    const scopes = kind === 'parameter' ? this.parameters : this.events;
    const before = scopes.define(container, own, isPrivate, definition);
    if (before) this.#again(definition, before);
    if (kind === 'gate') this.#gates.add(definition);
    if (kind === 'basic-event') this.hasBasicEvents = true;
  }

  #again(definition: Definition, before: Definition): void {
    const { kind, name, at } = definition;
    const line = before.at.line;
    if (before.kind !== kind) {
      this.faults.push(
        problem('id-duplicate', `'${name}' is defined as a ${before.kind} in line ${line} already`, {
          at,
          hint: 'an event has one kind; rename one of the two',
        }),
      );
      return;
    }
    this.#gates.delete(before);
    this.warnings.push(
      problem('id-duplicate', `the ${kind} '${name}' is defined in line ${line} already; this one counts`, {
        at,
        hint: 'of several definitions the last counts, as Open-PSA says; rename one, or leave one out',
      }),
    );
  }

  #unread(element: Element): void {
    this.faults.push(
      problem('element-unread', `<${element.name}> is not read here, and may change the answer`, {
        at: element.at,
        hint: 'fault trees, components, gates, basic and house events and parameters are read; write the rest out as gates',
      }),
    );
  }

  #name(element: Element): string {
    const name = element.attributes['name']?.trim() ?? '';
    if (name === '')
      this.faults.push(
        problem('key-missing', `<${element.name}> has no name`, { at: element.at, hint: 'add name="..."' }),
      );
    return name;
  }
}
