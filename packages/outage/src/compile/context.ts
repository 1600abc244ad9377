import { asMillis, parseDuration, type Millis } from '@holdfast/kernel';
import {
  known,
  provenanceOf,
  range,
  type Estate,
  type Fact,
  type Path,
  type EntityKind,
} from '@holdfast/estate';
import { siteOf } from '@holdfast/topology';
import { SystemBuilder } from '../solver/builder.ts';
import { anyDuration, type NodeId, type Readings } from '../solver/system.ts';
import type { Component, ComponentKind, FactRef, Label } from './model.ts';

/** A fact with the place where it stands. */
export interface Located<T> {
  readonly fact: Fact<T> | undefined;
  readonly kind: EntityKind;
  readonly id: string;
  readonly path: Path;
  readonly what: string;
}

/** What every part of the compiler shares: the builder, and the books about its nodes. */
export class Context {
  readonly estate: Estate;
  readonly builder = new SystemBuilder();
  readonly components = new Map<string, Component>();
  readonly labels = new Map<NodeId, Label>();
  readonly facts = new Map<NodeId, FactRef>();
  readonly always: NodeId;
  readonly never: NodeId;
  readonly #memo = new Map<string, NodeId | 'open'>();
  readonly #sources = new Set<NodeId>();
  readonly #waiting = new Map<string, NodeId>();
  readonly #sites = new Map<string, string | undefined>();
  readonly #factRefs = new Map<string, FactRef>();
  #everything: NodeId | undefined;

  constructor(estate: Estate) {
    this.estate = estate;
    this.always = this.builder.always();
    this.never = this.builder.never();
  }

  /** Computes a node once. Where it is asked for while it is being computed, the two meet in a least fixed point. */
  once(key: string, compute: () => NodeId): NodeId {
    const found = this.#memo.get(key);
    if (found === 'open') {
      const open = this.#waiting.get(key) ?? this.builder.open();
      this.#waiting.set(key, open);
      return open;
    }
    if (found !== undefined) return found;
    this.#memo.set(key, 'open');
    const node = compute();
    this.#memo.set(key, node);
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) this.builder.close(waiting, [node]);
    return node;
  }

  component(key: string, kind: ComponentKind, name: string, at?: string): NodeId {
    const found = this.components.get(key);
    if (found) return found.node;
    const node = this.builder.source();
    this.#sources.add(node);
    this.components.set(key, { key, node, kind, name, site: at === undefined ? undefined : this.site(at) });
    return node;
  }

  site(place: string): string | undefined {
    if (!this.#sites.has(place)) {
      const within = this.estate.get('device', place)?.at ?? place;
      this.#sites.set(place, siteOf(this.estate, within));
    }
    return this.#sites.get(place);
  }

  /** Says what a node means. A node that means something already gets another of the same value. */
  label(node: NodeId, kind: Label['kind'], subject: string, object?: string): NodeId {
    const label = object === undefined ? { kind, subject } : { kind, subject, object };
    const own =
      this.labels.has(node) || node === this.always || node === this.never || this.#sources.has(node)
        ? this.builder.alias(node)
        : node;
    this.labels.set(own, label);
    return own;
  }

  /** A duration fact as its worst and best reading. */
  duration(located: Located<string | number | boolean>): Readings<Millis> {
    const read = range(located.fact);
    if (!read) return anyDuration;
    const [low, high] = read.map(millis);
    return { worst: low ?? asMillis(0), best: high ?? asMillis(0) };
  }

  /** Remembers which fact a node rests on. */
  cite(node: NodeId, located: Located<unknown>): NodeId {
    if (!this.facts.has(node) && this.builder.restsOnFact(node)) this.facts.set(node, this.refer(located));
    return node;
  }

  /** The one reference to a fact. */
  refer(located: Located<unknown>): FactRef {
    const key = `${located.kind} ${located.id} ${located.path.join('.')}`;
    const ref = this.#factRefs.get(key) ?? factRef(located);
    this.#factRefs.set(key, ref);
    return ref;
  }

  /** A node that rests on a fact which is true, false or unknown. */
  truth(located: Located<boolean>): NodeId {
    const value = known(located.fact);
    return this.constant(value === true, value !== false, located);
  }

  /** A constant that rests on a fact; the same fact read alike is one node, however many devices share it. */
  constant(worst: boolean, best: boolean, located: Located<unknown>): NodeId {
    const key = `constant ${worst} ${best} ${located.kind} ${located.id} ${located.path.join('.')}`;
    return this.once(key, () => this.cite(this.builder.constant(worst, best), located));
  }

  /** What is not so, or perhaps is: a node of its own, with what says so. */
  stated(perhaps: boolean, located: Located<unknown>): NodeId {
    const node = this.builder.constant(false, perhaps);
    this.facts.set(node, factRef(located));
    return node;
  }

  /** Works as long as nothing at all fails: what can be said of something whose ties are unknown. */
  whileNothingFails(located: Located<unknown>): NodeId {
    this.#everything ??= this.label(this.builder.open(), 'everything', 'all');
    const unknown = this.cite(this.builder.constant(false, true), { ...located, fact: 'unknown' });
    return this.builder.any([unknown, this.#everything]);
  }

  /** Ties what is left open, once all components are known. */
  finish(): void {
    if (this.#everything === undefined) return;
    const counted = [...this.components.values()].filter(({ kind }) => kind !== 'fire');
    this.builder.close(this.#everything, [this.builder.all(counted.map(({ node }) => node))]);
  }
}

export function millis(value: unknown): Millis {
  const read = typeof value === 'string' ? parseDuration(value) : undefined;
  return read?.kind === 'ok' ? read.value : asMillis(0);
}

function factRef({ fact, kind, id, path, what }: Located<unknown>): FactRef {
  const read = range(fact);
  const single = known(fact);
  const value = single === undefined ? read?.map(spell).join(' to ') : spell(single);
  return { kind, id, path, what, value, ...provenanceOf(fact), unknown: read === undefined };
}

const spell = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(spell).join(', ')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
