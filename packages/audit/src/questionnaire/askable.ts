import { known, type EntityKind, type Estate, type Fact, type Path } from '@holdfast/estate';
import { questionId, type Asked } from './question-id.ts';
import type { QuestionGroup } from './questionnaire-document.ts';
import { schemaUse } from './schema-use.ts';

/** A fact of any type that can be asked for. */
type StatedFact = Fact<string | number | boolean | readonly string[]>;

/** A fact that may be answered: asked now, or known already when an old sheet is read again. */
export interface Askable {
  readonly fact: Asked;
  readonly whom: string;
  readonly as: QuestionGroup['as'];
  /** What the answer is about: the devices of a product, else the thing itself. */
  readonly devices: readonly string[];
  /** What the estate says of one of them today. */
  readonly stated: (device: string) => StatedFact | undefined;
  /** Whether the estate has an object there, of which only a member is asked. */
  readonly isObject: boolean;
}

/** Everything that can be answered, by the id of its question. */
export class Askables {
  readonly #estate: Estate;
  readonly #found = new Map<string, Askable>();
  #hasAll = false;

  /** What is asked now, and what the devices of each product in use may say themselves. */
  constructor(estate: Estate, groups: readonly QuestionGroup[]) {
    this.#estate = estate;
    for (const [id, device] of estate.all('device')) this.#product(id, known(device.profile));
    for (const { whom, as, questions } of groups) {
      for (const { id, fact } of questions) {
        const before = this.#found.get(id);
        this.#found.set(id, before ? { ...before, whom, as } : ofThing(estate, fact, whom, as));
      }
    }
  }

  /** What an id asks for; where it is not asked today, what it asked for before it was known. */
  get(id: string): Askable | undefined {
    if (!this.#found.has(id)) this.#addAll();
    return this.#found.get(id);
  }

  ids(): Iterable<string> {
    return this.#found.keys();
  }

  #product(device: string, product: string | undefined): void {
    for (const name of Object.keys(this.#estate.get('profile', product)?.facts ?? {})) {
      if (product === undefined) return;
      const fact: Asked = { kind: 'profile', id: product, path: ['facts', name] };
      const id = questionId(fact);
      this.#found.set(id, ofProduct(this.#estate, fact, [...(this.#found.get(id)?.devices ?? []), device]));
    }
  }

  /** Only a sheet with ids that are not asked today is worth a look at all that the estate says. */
  #addAll(): void {
    if (this.#hasAll) return;
    this.#hasAll = true;
    for (const { kind, id, data } of this.#estate.entities()) {
      if (kind === 'profile') continue;
      for (const path of pathsIn(data)) {
        const fact = { kind, id, path };
        const key = questionId(fact);
        if (!this.#found.has(key)) this.#found.set(key, ofThing(this.#estate, fact, 'the site', 'site'));
      }
    }
  }
}

const deepest = 3;

function* pathsIn(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || path.length >= deepest) return;
  for (const [key, each] of Object.entries(value)) {
    yield [...path, key];
    yield* pathsIn(each, [...path, key]);
  }
}

function ofProduct(estate: Estate, fact: Asked, devices: readonly string[]): Askable {
  const name = String(fact.path[1]);
  const profile = estate.get('profile', fact.id);
  return {
    fact,
    whom: profile?.vendor ?? 'the site',
    as: profile?.vendor === undefined ? 'site' : 'vendor',
    devices,
    stated: (device) => estate.get('device', device)?.facts?.[name] ?? profile?.facts?.[name],
    isObject: false,
  };
}

function ofThing(estate: Estate, fact: Asked, whom: string, as: QuestionGroup['as']): Askable {
  const at = valueAt(estate, fact.kind, fact.id, fact.path);
  const isObject =
    typeof at === 'object' && at !== null && !Array.isArray(at) && !('value' in at) && !('between' in at);
  const member = isObject ? schemaUse(fact.kind, fact.path).member : undefined;
  const stated = isObject
    ? member === undefined
      ? undefined
      : valueAt(estate, fact.kind, fact.id, [...fact.path, member])
    : at;
  // What stands at the path of a question is a fact, as the language has it.
  return { fact, whom, as, devices: [fact.id], stated: () => stated as StatedFact | undefined, isObject };
}

function valueAt(estate: Estate, kind: EntityKind, id: string, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null
        ? (at as Readonly<Record<string | number, unknown>>)[key]
        : undefined,
    estate.get(kind, id),
  );
}
