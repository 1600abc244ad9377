import { canonicalJson, type Json } from '@holdfast/kernel';
import { entityKinds, type EntityKind } from '../language/kinds.ts';
import { languageVersion } from '../language/language.ts';
import { readNdjson } from '../load/ndjson-source.ts';
import type { SourceFile } from '../load/source.ts';
import type { Path } from '../shape/shape.ts';
import { valueAt, withKeyAt, withValueAt } from './at-path.ts';
import type { Draft, Held, Rewording } from './draft.ts';
import { Refusal } from './refusal.ts';

/** An NDJSON file while it is edited: a changed entity's line is written anew in canonical form, the others stay as they are. */
export class NdjsonDraft implements Draft {
  readonly name: string;
  readonly #lines: string[];
  readonly #held = new Map<string, Held & { readonly index: number }>();

  constructor(file: SourceFile) {
    this.name = file.name;
    this.#lines =
      file.text === '' ? [canonicalJson({ holdfast: languageVersion }), ''] : file.text.split('\n');
    if (file.text === '') return;
    for (const each of readNdjson(
      file,
      ({ kind, id, data, number }) => this.#held.set(id, { kind, id, data, index: number - 1 }) !== undefined,
    )) {
      throw new Refusal(
        `${file.name}:${each.at?.line ?? 1} cannot be read: ${each.message}`,
        'mend the file first',
      );
    }
  }

  text(): string {
    return this.#lines.join('\n');
  }

  entities(): Iterable<Held> {
    return this.#held.values();
  }

  entity(_kind: EntityKind, id: string): unknown {
    return this.#held.get(id)?.data;
  }

  add(kind: EntityKind, id: string, data: Json): void {
    const order = entityKinds.indexOf(kind);
    const next = [...this.#held.values()].find(
      (each) => entityKinds.indexOf(each.kind) > order || (each.kind === kind && each.id > id),
    );
    const end = this.#lines.at(-1) === '' ? this.#lines.length - 1 : this.#lines.length;
    this.#splice(next?.index ?? end, 0, canonicalJson({ kind, id, data }));
    this.#reread();
  }

  set(kind: EntityKind, id: string, path: Path, value: Json): void {
    this.#change(kind, id, (data) => {
      const parent = valueAt(data, path.slice(0, -1));
      const step = path.at(-1);
      if (typeof step === 'number' && Array.isArray(parent) && step > parent.length)
        throw new Refusal(`'${path.join('.')}' is beyond the end of the list`);
      return withValueAt(data, path, value);
    });
  }

  unset(kind: EntityKind, id: string, path: Path): void {
    this.#change(kind, id, (data) => {
      if (valueAt(data, path) === undefined)
        throw new Refusal(`'${path.join('.')}' is not set`, 'there is nothing to take away');
      return withValueAt(data, path, undefined);
    });
  }

  remove(_kind: EntityKind, id: string): void {
    const held = this.#held.get(id);
    if (held) this.#splice(held.index, 1);
    this.#reread();
  }

  rename(kind: EntityKind, from: string, to: string): void {
    const held = this.#held.get(from);
    this.remove(kind, from);
    // What an NDJSON line holds is JSON.
    if (held) this.add(kind, to, held.data as Json);
  }

  reword(kind: EntityKind, id: string, rewordings: readonly Rewording[]): void {
    this.#change(kind, id, (data) => {
      const values = rewordings.filter(({ on }) => on === 'value');
      const keys = rewordings.filter(({ on }) => on === 'key');
      const worded = values.reduce((all, { path, text }) => withValueAt(all, path, text), data);
      return keys.reduce((all, { path, text }) => withKeyAt(all, path, text), worded);
    });
  }

  #change(kind: EntityKind, id: string, change: (data: unknown) => unknown): void {
    const held = this.#held.get(id);
    if (!held) return;
    const data = change(held.data);
    this.#lines[held.index] = canonicalJson({ kind, id, data });
    this.#held.set(id, { ...held, data });
  }

  #splice(index: number, remove: number, ...lines: readonly string[]): void {
    this.#lines.splice(index, remove, ...lines);
  }

  #reread(): void {
    this.#held.clear();
    for (const each of readNdjson(
      { name: this.name, text: this.text() },
      ({ kind, id, data, number }) => this.#held.set(id, { kind, id, data, index: number - 1 }) !== undefined,
    ))
      throw new Refusal(each.message);
  }
}
