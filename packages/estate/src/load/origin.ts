import type { Position } from '@holdfast/kernel';
import { collections, type EntityKind } from '../language/kinds.ts';
import type { Path } from '../shape/shape.ts';

/** Finds where a path stands in a file, and how it is written there. */
export interface Locator {
  /** `on` asks for the key or the value. */
  locate(path: Path, on?: 'key' | 'value'): Position;
  spelling(path: Path, value: number): string | undefined;
}

/** Where an entity was read. */
export interface Origin extends Locator {
  readonly kind: EntityKind;
}

/** An entity of a YAML file: positions are exact. */
export class YamlOrigin implements Origin {
  readonly kind: EntityKind;
  readonly #id: string;
  readonly #source: Locator;

  constructor(kind: EntityKind, id: string, source: Locator) {
    this.kind = kind;
    this.#id = id;
    this.#source = source;
  }

  locate(path: Path, on?: 'key' | 'value'): Position {
    return this.#source.locate(this.#whole(path), path.length === 0 ? 'key' : on);
  }

  spelling(path: Path, value: number): string | undefined {
    return this.#source.spelling(this.#whole(path), value);
  }

  #whole(path: Path): Path {
    return [collections[this.kind], this.#id, ...path];
  }
}

/** An entity of an NDJSON file: positions are lines. */
export class LineOrigin implements Origin {
  readonly kind: EntityKind;
  readonly #file: string;
  readonly #line: number;

  constructor(kind: EntityKind, file: string, line: number) {
    this.kind = kind;
    this.#file = file;
    this.#line = line;
  }

  locate(): Position {
    return { file: this.#file, line: this.#line, column: 1 };
  }

  /** JSON keeps no spelling; only a whole number has no other. */
  spelling(_path: Path, value: number): string | undefined {
    return Number.isSafeInteger(value) ? String(value) : undefined;
  }
}
