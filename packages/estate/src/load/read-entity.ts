import type { Json, ProblemCode } from '@holdfast/kernel';
import type { EntityKind } from '../language/kinds.ts';
import { shapes } from '../language/language.ts';
import { pathOf, type Path } from '../shape/shape.ts';
import type { Reference } from './references.ts';

/** What the language says against a value within an entity. */
export interface EntityProblem {
  readonly path: Path;
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
  /** The key that is missing at the path, where one is. */
  readonly missing?: string;
}

/** The data of one entity as its shape reads it, by itself: whether its references exist is not asked. */
export interface EntityReading {
  /** In canonical form; `undefined` where a part of it could not be read at all. */
  readonly data: Json | undefined;
  readonly problems: readonly EntityProblem[];
  readonly references: readonly Reference[];
}

/** Reads the data of one entity before it is part of an estate: what it would be, every problem by its path, and what it refers to. */
export function readEntity(kind: EntityKind, data: Json): EntityReading {
  const problems: EntityProblem[] = [];
  const references: Reference[] = [];
  const read: unknown = shapes[kind].read(data, undefined, {
    report: (trail, code, message, hint) => {
      const told = typeof hint === 'function' ? hint() : hint;
      // The key stands in the message alone; it has no quotation marks itself.
      const missing = code === 'key-missing' ? /'([^']+)'$/.exec(message)?.[1] : undefined;
      problems.push({
        path: pathOf(trail),
        code,
        message,
        ...(told === undefined ? {} : { hint: told }),
        ...(missing === undefined ? {} : { missing }),
      });
    },
    reference: (trail, target, kinds, within = 0) =>
      references.push({ path: pathOf(trail), within, target, kinds }),
    spelling: (_trail, value) => String(value),
  });
  // A shape reads JSON into JSON.
  return { data: read as Json | undefined, problems, references };
}
