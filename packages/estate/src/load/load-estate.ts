import { fail, nearestName, ok, type Position, type Problem, type Result } from '@holdfast/kernel';
import { Estate, type Collections } from '../estate.ts';
import { collections, entityKinds, type EntityKind } from '../language/kinds.ts';
import { languageVersion, shapes } from '../language/language.ts';
import { isId, isProfileId } from '../shape/ids.ts';
import { clip, pathOf, quote, type Path, type Sink } from '../shape/shape.ts';
import { checkInvariants } from './invariants.ts';
import { readNdjson } from './ndjson-source.ts';
import { LineOrigin, YamlOrigin, type Locator, type Origin } from './origin.ts';
import { layOver, OverlaidOrigin, type Overlaid } from './overlay.ts';
import { ProblemList } from './problem-list.ts';
import { ReferenceProblems, References } from './references.ts';
import { isNdjson, type SourceFile } from './source.ts';
import { readYaml } from './yaml-source.ts';

const kindOfCollection = new Map<string, EntityKind>(entityKinds.map((kind) => [collections[kind], kind]));
const fileKeys = ['holdfast', ...kindOfCollection.keys()];

/**
 * Reads an estate from its files, in YAML (`.yaml`, `.yml`) or NDJSON (`.ndjson`), in any split and order.
 * `library` holds the product's own profiles. `changes` are laid over the estate: what they say replaces what it says,
 * what they add is added, and `null` takes away. Either the whole estate is returned, or every problem, at most 500 of them.
 */
export function loadEstate(
  files: readonly SourceFile[],
  library: readonly SourceFile[] = [],
  changes: readonly SourceFile[] = [],
): Result<Estate, readonly Problem[]> {
  const loader = new Loader();
  for (const file of changes) loader.readChange(file);
  for (const file of library) loader.read(file, true);
  for (const file of files) loader.read(file, false);
  return loader.finish(files);
}

class Loader {
  readonly #read = new Map<EntityKind, Map<string, unknown>>(entityKinds.map((kind) => [kind, new Map()]));
  readonly #origins = new Map<string, Origin>();
  readonly #library = new Set<string>();
  readonly #references = new References();
  readonly #problems = new ProblemList();
  /** Entities that exist, but could not be read whole. */
  readonly #broken = new Map<string, unknown>();
  /** Whether entities may exist that nobody knows of, because a file or a part of one could not be read. */
  #hidden = false;
  readonly #changes = new Map<string, Overlaid>();
  #readsChange = false;

  readChange(file: SourceFile): void {
    this.#readsChange = true;
    this.read(file, false);
    this.#readsChange = false;
  }

  read(file: SourceFile, library: boolean): void {
    if (isNdjson(file.name)) this.#ndjson(file, library);
    else this.#yaml(file, library);
  }

  #ndjson(file: SourceFile, library: boolean): void {
    const problems = readNdjson(file, ({ kind, id, data, number }) => {
      this.#entity(id, data, new LineOrigin(kind, file.name, number), library);
      return !this.#problems.isFull;
    });
    for (const each of problems) {
      this.#hidden = true;
      this.#problems.addAll([each]);
      if (this.#problems.isFull) return;
    }
  }

  #yaml(file: SourceFile, library: boolean): void {
    const source = readYaml(file);
    this.#problems.addAll(source.problems);
    const { data } = source;
    this.#hidden ||= source.problems.length > 0;
    if (data === undefined) return;
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) {
      // A YAML mapping reads as an object with string keys.
      this.#document(data as Readonly<Record<string, unknown>>, source, file, library);
      return;
    }
    this.#hidden = true;
    const what = data === null ? 'is empty' : `is not an estate file, but ${quote(data)}`;
    this.#problems.add(
      'type-mismatch',
      `${file.name} ${what}`,
      () => source.locate([]),
      `begin it with 'holdfast: ${languageVersion}', then sites:, doors:, devices:...`,
    );
  }

  #document(
    data: Readonly<Record<string, unknown>>,
    source: Locator,
    file: SourceFile,
    library: boolean,
  ): void {
    const version = data['holdfast'];
    if (version !== languageVersion) {
      const found = version === undefined ? 'does not say its version' : `is of version ${quote(version)}`;
      this.#problems.add(
        'version-unsupported',
        `${file.name} ${found}`,
        () => source.locate(['holdfast'], 'value'),
        `begin the file with 'holdfast: ${languageVersion}'`,
      );
    }
    for (const [key, entities] of Object.entries(data)) {
      const kind = kindOfCollection.get(key);
      if (kind) this.#collection(kind, entities, source, library);
      else if (key !== 'holdfast') this.#unknownKey(key, source);
    }
  }

  #unknownKey(key: string, source: Locator): void {
    this.#hidden = true;
    this.#problems.add(
      'key-unknown',
      `a file has no key '${clip(key)}'`,
      () => source.locate([key], 'key'),
      () => {
        const near = nearestKey(key);
        return near ? `did you mean '${near}'?` : `keys here: ${fileKeys.join(', ')}`;
      },
    );
  }

  #collection(kind: EntityKind, entities: unknown, source: Locator, library: boolean): void {
    if (entities === null) return;
    const key = collections[kind];
    if (typeof entities !== 'object' || Array.isArray(entities)) {
      this.#hidden = true;
      this.#problems.add(
        'type-mismatch',
        `'${key}' holds entities by their id, found ${quote(entities)}`,
        () => source.locate([key]),
        `write ${key}:, then each id with its keys indented under it`,
      );
      return;
    }
    for (const [id, data] of Object.entries(entities as Readonly<Record<string, unknown>>)) {
      this.#entity(id, data, new YamlOrigin(kind, id, source), library);
    }
  }

  #entity(id: string, raw: unknown, origin: Origin, library: boolean): void {
    if (this.#problems.isFull) return;
    const { kind } = origin;
    const at = (): Position => origin.locate([]);
    if (!(kind === 'profile' ? isProfileId(id) : isId(id) && id !== 'unknown')) {
      const hint =
        kind === 'profile'
          ? 'a profile is named class/name, such as cameras/own-dome'
          : 'lower-case letters, digits, dot, underscore and hyphen; at most 64';
      this.#broken.set(id, {});
      this.#problems.add('id-invalid', `'${clip(id)}' is not an id`, at, hint);
      return;
    }
    if (this.#readsChange) {
      this.#changes.set(id, { raw, origin });
      return;
    }
    const earlier = this.#origins.get(id);
    if (earlier) {
      const other = earlier.locate([]);
      this.#problems.add(
        'id-duplicate',
        `'${id}' stands twice`,
        at,
        `the other is at ${other.file}:${other.line}; ids are unique over all kinds and files`,
      );
      return;
    }
    const change = this.#changes.get(id);
    this.#changes.delete(id);
    if (!change) this.#take(id, raw, origin, library);
    else if (change.origin.kind !== kind)
      this.#problems.add(
        'reference-kind',
        `'${id}' is a ${kind}, and the change says ${change.origin.kind}`,
        () => change.origin.locate([]),
      );
    else if (change.raw !== null)
      this.#take(id, layOver(raw, change.raw), new OverlaidOrigin(origin, change), library);
  }

  #take(id: string, raw: unknown, origin: Origin, library: boolean): void {
    const { kind } = origin;
    this.#origins.set(id, origin);
    if (library) this.#library.add(id);
    const before = this.#problems.count;
    const data: unknown = shapes[kind].read(raw ?? {}, undefined, this.#sink(id, origin));
    if (this.#problems.count === before) this.#read.get(kind)?.set(id, data);
    else this.#broken.set(id, raw);
  }

  #sink(id: string, origin: Origin): Sink {
    return {
      report: (trail, code, message, hint, on) =>
        this.#problems.add(
          code,
          `${origin.kind} ${id}: ${message}`,
          () => origin.locate(pathOf(trail), on),
          hint,
        ),
      reference: (_trail, target, kinds) => this.#references.add(id, target, kinds),
      spelling: (trail, value) => origin.spelling(pathOf(trail), value),
    };
  }

  finish(files: readonly SourceFile[]): Result<Estate, readonly Problem[]> {
    for (const [id, { raw, origin }] of this.#changes) this.#take(id, raw, origin, false);
    const locate = (id: string, path: Path, on?: 'key' | 'value'): Position | undefined =>
      this.#origins.get(id)?.locate(path, on);
    const estate = new Estate(this.#sorted(), (_kind, id, path) => locate(id, path), this.#library);
    this.#checkReferences(estate, locate);
    this.#problems.addAll(checkInvariants(estate));
    if (this.#problems.count === 0 && estate.all('site').size === 0)
      this.#problems.add(
        'estate-empty',
        'the estate has no site',
        () => startOf(files),
        "add 'sites:' with at least one, or run `holdfast init`",
      );
    return this.#problems.count === 0 ? ok(estate) : fail(this.#problems.sorted());
  }

  #checkReferences(
    estate: Estate,
    locate: (id: string, path: Path, on?: 'key' | 'value') => Position | undefined,
  ): void {
    const isDeclared = (id: string): boolean => this.#hidden || this.#origins.has(id) || this.#broken.has(id);
    const problems = new ReferenceProblems(estate, isDeclared, this.#problems);
    for (const id of this.#references.wrong(estate, isDeclared)) {
      const kind = this.#origins.get(id)?.kind;
      if (kind)
        problems.tell({
          kind,
          id,
          data: this.#broken.get(id) ?? estate.get(kind, id),
          at: (path, on) => locate(id, path, on),
        });
    }
  }

  #sorted(): Collections {
    const sorted = Object.fromEntries(
      entityKinds.map((kind) => [kind, inOrder(this.#read.get(kind) ?? new Map<string, unknown>())]),
    );
    // Each map holds what the shape of its kind read.
    return sorted as unknown as Collections;
  }
}

/** The same map where it is in the order of its keys already, as the canonical form is. */
function inOrder(map: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  let last = '';
  for (const key of map.keys()) {
    if (key < last) return new Map([...map].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    last = key;
  }
  return map;
}

function startOf([first]: readonly SourceFile[]): Position | undefined {
  return first && { file: first.name, line: 1, column: 1 };
}

const nearestKey = (key: string): string | undefined =>
  fileKeys.find((each) => each.startsWith(key) || key.startsWith(each)) ?? nearestName(key, fileKeys);
