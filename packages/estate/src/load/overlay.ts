import type { Position } from '@holdfast/kernel';
import type { EntityKind } from '../language/kinds.ts';
import type { Path } from '../shape/shape.ts';
import type { Origin } from './origin.ts';

/** An entity of a change: what it says, and where. `null` takes the entity away. */
export interface Overlaid {
  readonly raw: unknown;
  readonly origin: Origin;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A change laid over data: maps are joined key by key, everything else is replaced; `null` takes a key away. */
export function layOver(base: unknown, change: unknown): unknown {
  if (!isMap(base) || !isMap(change)) return change;
  const joined: Record<string, unknown> = Object.assign(Object.create(null) as Record<string, unknown>, base);
  for (const [key, value] of Object.entries(change)) joined[key] = layOver(base[key], value);
  return joined;
}

/** Where an entity stands that a change was laid over: in the change, where that says something, else in its own file. */
export class OverlaidOrigin implements Origin {
  readonly kind: EntityKind;
  readonly #base: Origin;
  readonly #change: Overlaid;

  constructor(base: Origin, change: Overlaid) {
    this.kind = base.kind;
    this.#base = base;
    this.#change = change;
  }

  locate(path: Path, on?: 'key' | 'value'): Position {
    return this.#of(path).locate(path, on);
  }

  spelling(path: Path, value: number): string | undefined {
    return this.#of(path).spelling(path, value);
  }

  #of(path: Path): Origin {
    let at: unknown = this.#change.raw;
    for (const step of path) {
      if (!isMap(at)) break;
      if (!Object.hasOwn(at, String(step))) return this.#base;
      at = at[String(step)];
    }
    return path.length === 0 ? this.#base : this.#change.origin;
  }
}
