import { collections, isId, type EntityKind, type Estate } from '@holdfast/estate';
import type { Import } from '../observation.ts';
import { declaredMarks, markOrder, observedMarks, type MarkName, type MarkSet } from './marks-of.ts';
import { siteOf } from './site-of.ts';
import type { Ambiguity, Matched, Sighting, Thing } from './thing.ts';

export interface Matching {
  readonly things: readonly Thing[];
  readonly ambiguities: readonly Ambiguity[];
}

/** Marks that no two things share; the others only suggest. */
const strong: ReadonlySet<MarkName> = new Set(['serial', 'mac', 'address']);

/** A thing while it is put together. */
interface Group {
  readonly kind: EntityKind;
  declared: string | undefined;
  readonly members: {
    readonly sighting: Sighting;
    readonly marks: MarkSet;
    readonly by: string | undefined;
  }[];
}

/**
 * Finds out which observations are one thing, and which declared entity it is. A stronger mark decides before a weaker
 * one: serial number, hardware address, address, host name, key in the source, name, id. Two observations of one import
 * are two things unless a serial number or hardware address says otherwise. Only entities of `site` are looked at, where one is given.
 */
export function match(
  estate: Estate,
  imports: readonly Import[],
  site?: string,
  decisions: ReadonlyMap<string, string> = new Map(),
): Matching {
  const matcher = new Matcher(estate, site, decisions);
  for (const from of imports) for (const seen of from.observations) matcher.add({ from, seen });
  return matcher.finish();
}

/** The key under which a choice is kept between several things that a sighting may be. */
export const ambiguityKey = ({ seen }: Sighting): string => `conflict/${seen.id}`;

/** A table's keys are good within tables of its mapping; other formats have one space of keys. */
const keySpace = ({ format, tool, file }: Import): string =>
  format === 'csv' || format === 'xlsx' ? (tool ?? file) : format;

class Matcher {
  readonly #estate: Estate;
  readonly #site: string | undefined;
  readonly #decisions: ReadonlyMap<string, string>;
  readonly #groups: Group[] = [];
  readonly #index = new Map<string, Set<Group>>();
  readonly #indexed = new Set<EntityKind>();
  readonly #waiting: { readonly sighting: Sighting; readonly marks: MarkSet }[] = [];
  readonly #ambiguities: Ambiguity[] = [];

  constructor(estate: Estate, site: string | undefined, decisions: ReadonlyMap<string, string>) {
    this.#estate = estate;
    this.#site = site;
    this.#decisions = decisions;
  }

  add(sighting: Sighting): void {
    const { kind, id, marks } = sighting.seen;
    if (!this.#indexed.has(kind)) this.#declare(kind);
    this.#waiting.push({ sighting, marks: observedMarks(marks, id, keySpace(sighting.from)) });
  }

  #declare(kind: EntityKind): void {
    this.#indexed.add(kind);
    for (const id of this.#estate.all(kind).keys()) {
      const home = siteOf(this.#estate, id);
      if (this.#site !== undefined && home !== undefined && home !== this.#site) continue;
      const group: Group = { kind, declared: id, members: [] };
      this.#groups.push(group);
      this.#note(group, declaredMarks(this.#estate, kind, id));
    }
  }

  #note(group: Group, marks: MarkSet): void {
    for (const [mark, values] of marks) {
      for (const value of values) {
        const key = `${group.kind} ${mark} ${value}`;
        const held = this.#index.get(key) ?? new Set();
        held.add(group);
        this.#index.set(key, held);
      }
    }
  }

  /** Things with strong marks first, so that what knows only a name finds them whatever the order of the files. */
  finish(): Matching {
    const rank = ({ marks }: { readonly marks: MarkSet }): number =>
      markOrder.findIndex((mark) => (marks.get(mark) ?? []).length > 0);
    for (const each of this.#waiting.toSorted((a, b) => rank(a) - rank(b)))
      this.#place(each.sighting, each.marks);
    return { things: this.#things(), ambiguities: this.#ambiguities };
  }

  #place(sighting: Sighting, marks: MarkSet): void {
    const found = new Map<Group, string>();
    let decided: MarkName | undefined;
    for (const mark of markOrder) {
      if (decided !== undefined && !strong.has(mark)) break;
      for (const [group, by] of this.#sharing(sighting, marks, mark))
        if (!found.has(group)) found.set(group, by);
      if (found.size > 0) decided ??= mark;
    }
    const declared = [...found.keys()].filter((each) => each.declared !== undefined);
    const chosen = this.#decisions.get(ambiguityKey(sighting));
    if (declared.length > 1 && chosen === undefined) {
      const candidates = declared.map((each) => ({ id: each.declared ?? '', by: found.get(each) ?? '' }));
      this.#ambiguities.push({ sighting, candidates });
      return;
    }
    const group =
      (chosen === undefined
        ? (declared[0] ?? [...found.keys()][0])
        : declared.find((each) => each.declared === chosen)) ?? this.#fresh(sighting.seen.kind);
    group.members.push({ sighting, marks, by: found.get(group) });
    this.#note(group, marks);
    for (const other of found.keys()) if (other !== group) this.#merge(group, other, found.get(other) ?? '');
  }

  #fresh(kind: EntityKind): Group {
    const group: Group = { kind, declared: undefined, members: [] };
    this.#groups.push(group);
    return group;
  }

  /** A thing that was new turns out to be one that is known. */
  #merge(group: Group, other: Group, by: string): void {
    if (other.declared !== undefined) return;
    for (const member of other.members.splice(0)) {
      group.members.push({ ...member, by: member.by ?? by });
      this.#note(group, member.marks);
    }
  }

  #sharing(sighting: Sighting, marks: MarkSet, mark: MarkName): readonly (readonly [Group, string])[] {
    const { kind } = sighting.seen;
    const found: (readonly [Group, string])[] = [];
    for (const value of marks.get(mark) ?? []) {
      for (const group of this.#index.get(`${kind} ${mark} ${value}`) ?? []) {
        const emptied = group.declared === undefined && group.members.length === 0;
        if (!emptied && this.#mayJoin(group, sighting, mark))
          found.push([group, `${mark} ${shown(sighting, mark, value)}`]);
      }
    }
    return found;
  }

  #mayJoin(group: Group, { from }: Sighting, mark: MarkName): boolean {
    if (mark === 'serial' || mark === 'mac') return true;
    return group.members.every((member) => member.sighting.from !== from);
  }

  #things(): readonly Thing[] {
    const taken = new Set<string>();
    const things: Thing[] = [];
    for (const { kind, declared, members } of this.#groups) {
      const [first] = members;
      if (!first) continue;
      const sightings = members.map(({ sighting, by }): Matched => ({
        ...sighting,
        ...(by === undefined ? {} : { by }),
      }));
      // A sheet's name makes a better id than the address that a scan knows a device by.
      const { sighting } = members.find((each) => each.sighting.seen.marks.name !== undefined) ?? first;
      const id = declared ?? this.#freeId(sighting.seen.id, kind, taken);
      things.push({ kind, id, declared: declared !== undefined, sightings });
    }
    return things;
  }

  #freeId(proposed: string, kind: EntityKind, taken: Set<string>): string {
    const base = isId(proposed) ? proposed : collections[kind];
    const isFree = (id: string): boolean =>
      id !== 'unknown' && !taken.has(id) && this.#estate.kindOf(id) === undefined;
    let id = base;
    for (let count = 2; !isFree(id); count += 1) id = `${base.slice(0, 58)}-${count}`;
    taken.add(id);
    return id;
  }
}

/** The mark as the source wrote it. */
function shown({ seen: { marks, id } }: Sighting, mark: MarkName, value: string): string {
  if (mark === 'serial') return marks.serial ?? value;
  if (mark === 'name') return `'${marks.name ?? value}'`;
  if (mark === 'key') return marks.key ?? value;
  if (mark === 'mac') return value.match(/../g)?.join(':') ?? value;
  return mark === 'id' ? id : value;
}
