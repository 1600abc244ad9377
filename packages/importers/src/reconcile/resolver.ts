import type { EntityKind, Estate } from '@holdfast/estate';
import { fail, ok, problem, type Json, type Problem, type Result } from '@holdfast/kernel';
import type { Import, ObservedRef, Saying } from '../observation.ts';
import { nameForm } from './marks-of.ts';
import type { Thing } from './thing.ts';

/** Finds what the references of observations mean: the ids that the things seen have, or will have. */
export class Resolver {
  readonly #estate: Estate;
  readonly #own = new Map<Import, Map<string, string>>();
  readonly #others = new Map<string, Set<string>>();

  constructor(estate: Estate, things: readonly Thing[]) {
    this.#estate = estate;
    for (const { kind, id, sightings } of things) {
      for (const { from, seen } of sightings) {
        const own = this.#own.get(from) ?? new Map<string, string>();
        own.set(`${kind} ${seen.id}`, id);
        this.#own.set(from, own);
        this.#call(kind, seen.id, id);
        if (seen.marks.name !== undefined) this.#call(kind, seen.marks.name, id);
        if (seen.marks.hostname !== undefined) this.#call(kind, seen.marks.hostname, id);
      }
    }
    for (const kind of new Set(things.map((each) => each.kind))) this.#callDeclared(kind);
  }

  readonly #declared = new Set<EntityKind>();

  #callDeclared(kind: EntityKind): void {
    if (this.#declared.has(kind)) return;
    this.#declared.add(kind);
    for (const id of this.#estate.all(kind).keys()) {
      this.#call(kind, id, id);
      this.#call(kind, this.#estate.nameOf(id), id);
    }
  }

  #call(kind: EntityKind, name: string, id: string): void {
    const key = `${kind} ${nameForm(name)}`;
    this.#others.set(key, (this.#others.get(key) ?? new Set()).add(id));
  }

  /** The value of what is said, its references resolved; a problem at what refers to nothing. */
  value(from: Import, saying: Saying): Result<Json, Problem> {
    if (saying.kind === 'value') return ok(saying.value);
    const refs = saying.kind === 'ref' ? [saying.to] : saying.to;
    const ids: string[] = [];
    for (const each of refs) {
      const id = this.#resolve(from, each);
      if (id.kind === 'error') return fail({ ...id.error, at: saying.at });
      ids.push(each.port === undefined ? id.value : `${id.value}:${each.port}`);
    }
    return ok(saying.kind === 'ref' ? (ids[0] ?? 'unknown') : ids);
  }

  #resolve(from: Import, { kind, id }: ObservedRef): Result<string, Problem> {
    const own = this.#own.get(from)?.get(`${kind} ${id}`);
    if (own !== undefined) return ok(own);
    if (kind === 'profile' && this.#estate.get('profile', id)) return ok(id);
    this.#callDeclared(kind);
    const called = [...(this.#others.get(`${kind} ${nameForm(id)}`) ?? [])];
    const [only] = called;
    if (only !== undefined && called.length === 1) return ok(only);
    return fail(
      only === undefined
        ? problem(
            'reference-unknown',
            `there is no ${kind} '${id.slice(0, 60)}', neither declared nor seen`,
            {
              hint: `import the ${kind} too, or declare it first`,
            },
          )
        : problem('reference-unknown', `'${id.slice(0, 60)}' may be ${called.slice(0, 5).join(', ')}`, {
            hint: 'write the id of the one that is meant',
          }),
    );
  }
}
