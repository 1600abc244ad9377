import type { Position } from '@holdfast/kernel';
import { collections, type EntityKind } from '../language/kinds.ts';
import { referencesOf, type Reference } from '../load/references.ts';
import { isNdjson, type SourceFile } from '../load/source.ts';
import { readYaml } from '../load/yaml-source.ts';
import type { Draft, Held } from './draft.ts';
import { NdjsonDraft } from './ndjson-draft.ts';
import { Refusal } from './refusal.ts';
import { YamlDraft } from './yaml-draft.ts';

/** An entity with the file that it stands in. */
export interface Home extends Held {
  readonly draft: Draft;
}

/** A reference with the entity that it stands in. */
export interface Use {
  readonly home: Home;
  readonly reference: Reference;
}

/** The files of an estate while they are edited. One that cannot be read is left as it is. */
export class DraftSet {
  readonly #files: readonly SourceFile[];
  readonly #drafts: Draft[] = [];
  readonly #closed: string[] = [];
  readonly #homes = new Map<string, { readonly draft: Draft; readonly kind: EntityKind }>();

  constructor(files: readonly SourceFile[]) {
    this.#files = files;
    for (const file of files) this.#open(file);
  }

  #open(file: SourceFile): void {
    try {
      const draft = isNdjson(file.name) ? new NdjsonDraft(file) : new YamlDraft(file);
      this.#drafts.push(draft);
      for (const { kind, id } of draft.entities()) this.#homes.set(id, { draft, kind });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#closed.push(error.message);
    }
  }

  /** The entity and its file. */
  home(id: string): Home {
    const home = this.find(id);
    if (home) return home;
    const [closed] = this.#closed;
    throw new Refusal(
      `there is no '${id.slice(0, 80)}' in these files`,
      closed === undefined
        ? 'what comes with the product cannot be edited; declare your own'
        : `perhaps it is in a file that cannot be read: ${closed}`,
    );
  }

  find(id: string): Home | undefined {
    const home = this.#homes.get(id);
    return home && { ...home, id, data: home.draft.entity(home.kind, id) };
  }

  /** Says that an id is held from now on, or no longer. */
  note(id: string, home: { readonly draft: Draft; readonly kind: EntityKind } | undefined): void {
    if (home) this.#homes.set(id, home);
    else this.#homes.delete(id);
  }

  /** The file for a new entity of a kind; a new file where `name` is of none. */
  fileFor(kind: EntityKind, name: string | undefined): Draft {
    if (name !== undefined) return this.#named(name);
    const already = [...this.#homes.values()].findLast((home) => home.kind === kind)?.draft;
    return already ?? this.#drafts[0] ?? this.#named('estate.yaml');
  }

  #named(name: string): Draft {
    const open = this.#drafts.find((draft) => draft.name === name);
    if (open) return open;
    if (this.#files.some((file) => file.name === name))
      throw new Refusal(this.#closed.find((each) => each.startsWith(name)) ?? `${name} cannot be read`);
    if (!/\.(?:ya?ml|ndjson|jsonl)$/i.test(name))
      throw new Refusal(`${name} is no name of an estate file`, 'end it with .yaml or .ndjson');
    this.#open({ name, text: '' });
    return this.#named(name);
  }

  /** All references to an id, in all files. */
  uses(target: string): readonly Use[] {
    const [closed] = this.#closed;
    if (closed !== undefined)
      throw new Refusal(`references may stand where nobody can read them: ${closed}`, 'mend that file first');
    const uses: Use[] = [];
    for (const draft of this.#drafts) {
      for (const held of draft.entities()) {
        for (const reference of referencesOf(held.kind, held.data))
          if (reference.target === target) uses.push({ home: { ...held, draft }, reference });
      }
    }
    return uses;
  }

  /** Where a reference stands in the text as it is now. */
  locate({ home, reference }: Use): Position {
    const { draft, kind, id } = home;
    const text = draft.text();
    if (!isNdjson(draft.name))
      return readYaml({ name: draft.name, text }).locate(
        [collections[kind], id, ...reference.path],
        reference.within === 'key' ? 'key' : 'value',
      );
    const line = text.split('\n').findIndex((each) => each.includes(`"id":${JSON.stringify(id)}`)) + 1;
    return { file: draft.name, line: Math.max(1, line), column: 1 };
  }

  /** All files with their new texts, new ones last, and which of them changed. */
  result(): { readonly all: readonly SourceFile[]; readonly changed: readonly SourceFile[] } {
    const texts = new Map(this.#drafts.map((draft) => [draft.name, draft.text()]));
    const old = new Map(this.#files.map(({ name, text }) => [name, text]));
    const names = new Set([...old.keys(), ...texts.keys()]);
    const all = [...names].map((name) => ({ name, text: texts.get(name) ?? old.get(name) ?? '' }));
    return { all, changed: all.filter(({ name, text }) => old.get(name) !== text) };
  }
}
