import type { DeviceClass, EntityKind } from '@holdfast/estate';
import { deviceClasses, isId } from '@holdfast/estate';
import { problem, type Json, type Position, type Problem } from '@holdfast/kernel';
import type { Marks, Observation, ObservedRef, Saying } from '../observation.ts';
import { nameForm } from '../reconcile/marks-of.ts';
import { cellAddress, cellPosition, type SheetRow } from '../sheet/sheet.ts';
import { cellValue, isBlank } from './cell-value.ts';
import type { FoundColumn, FoundTable } from './find-table.ts';
import type { Column } from './mapping.ts';
import { spellingsOf, stepsOf } from './read-mapping.ts';
import { slugOf } from './slug.ts';
import { supplyKind } from './supply-kind.ts';

/** What one row says: a thing, those that it names and that are new with it, and the cells that could not be taken. */
export interface ReadRow {
  readonly observation?: Observation;
  readonly created: readonly Observation[];
  readonly problems: readonly Problem[];
}

/** Reads a row. A cell that cannot be read leaves its value out and is told; a row that does not say which thing it is is refused. */
export function readRow(found: FoundTable, row: SheetRow): ReadRow {
  return new RowReader(found, row).read();
}

class RowReader {
  readonly #found: FoundTable;
  readonly #row: SheetRow;
  readonly #says: Saying[] = [];
  readonly #created: Observation[] = [];
  readonly #problems: Problem[] = [];
  readonly #marks: { -readonly [K in keyof Marks]: Marks[K] } = {};
  #class: DeviceClass | undefined;

  constructor(found: FoundTable, row: SheetRow) {
    this.#found = found;
    this.#row = row;
    this.#class = found.table.class;
  }

  read(): ReadRow {
    const { table } = this.#found;
    for (const each of this.#found.columns) if (!isBlank(this.#cell(each))) this.#column(each);
    for (const [path, value] of Object.entries(table.constants ?? {}))
      this.#say(path, value, this.#at(this.#found.columns[0]));
    const id = this.#id();
    if (id === undefined) {
      this.#tell(
        this.#found.columns[0],
        'the row does not say which thing it is',
        'give it a name, or a key',
      );
      return { created: [], problems: this.#problems };
    }
    const observation: Observation = {
      kind: table.rows,
      id,
      marks: this.#marks,
      ...(this.#class === undefined ? {} : { deviceClass: this.#class }),
      says: this.#says,
      at: this.#at(this.#named(table.id) ?? this.#found.columns[0]),
    };
    return { observation, created: this.#created, problems: this.#problems };
  }

  #cell(column: FoundColumn): string {
    return this.#row.cells[column.index]?.trim() ?? '';
  }

  #at(column: FoundColumn | undefined): Position {
    return cellPosition(this.#found.sheet, this.#row.line, column?.index ?? 0);
  }

  #tell(column: FoundColumn | undefined, message: string, hint?: string): void {
    const address = cellAddress(this.#found.sheet, this.#row.line, column?.index ?? 0);
    const header = column === undefined ? '' : ` (${spellingsOf(column.header)[0]})`;
    this.#problems.push(
      problem('value-invalid', `${address}${header}: ${message}`, { at: this.#at(column), hint }),
    );
  }

  #column(found: FoundColumn): void {
    const { column } = found;
    const cell = this.#cell(found);
    if (column.class === true) this.#readClass(found, cell);
    if (column.path === undefined) this.#mark(column.mark, cell);
    else if (column.ref !== undefined) this.#refs(found, column.path, cell);
    else this.#value(found, column.path, cell);
  }

  #readClass(found: FoundColumn, cell: string): void {
    const word =
      Object.entries(found.column.words ?? {}).find(([each]) => nameForm(each) === nameForm(cell))?.[1] ??
      cell;
    const known = deviceClasses.find((each) => nameForm(each) === nameForm(String(word)));
    if (known) this.#class = known;
    else
      this.#tell(
        found,
        `expected a class of device, found '${cell.slice(0, 60)}'`,
        `one of ${deviceClasses.join(', ')}`,
      );
  }

  #value(found: FoundColumn, path: string, cell: string): void {
    const { rows } = this.#found.table;
    const parts = partsOf(found.column, cell);
    const values: Json[] = [];
    for (const each of parts) {
      const part = patterned(found.column, each);
      if (part === undefined) {
        this.#tell(
          found,
          `'${each.slice(0, 60)}' is not of the form that the mapping expects`,
          `it expects ${found.column.pattern}`,
        );
        continue;
      }
      const value = cellValue(rows, stepsOf(path), part, found.column);
      if (value.kind === 'ok') values.push(value.value);
      else this.#tell(found, value.error.message, value.error.hint);
    }
    const [only] = values;
    if (only === undefined) return;
    this.#say(path, found.column.split !== undefined && values.length > 1 ? values : only, this.#at(found));
    for (const each of values)
      if (typeof each === 'string') this.#mark(found.column.mark ?? markOf(path), each);
  }

  #say(path: string, value: Json, at: Position): void {
    this.#says.push({ kind: 'value', path: stepsOf(path), value, at });
  }

  #refs(found: FoundColumn, path: string, cell: string): void {
    const { column } = found;
    const word = Object.entries(column.words ?? {}).find(([each]) => nameForm(each) === nameForm(cell))?.[1];
    if (word === 'unknown' || /^(?:unknown|unbekannt|\?)$/i.test(cell))
      return this.#say(path, 'unknown', this.#at(found));
    const to = partsOf(column, cell).flatMap((part) => {
      const ref = this.#ref(found, part);
      return ref ? [ref] : [];
    });
    const [only] = to;
    if (!only) return;
    const saying = to.length > 1 ? ({ kind: 'refs', to } as const) : ({ kind: 'ref', to: only } as const);
    this.#says.push({ ...saying, path: stepsOf(path), at: this.#at(found) });
  }

  #ref(found: FoundColumn, name: string): ObservedRef | undefined {
    const { column } = found;
    const [kind, ...or] = column.ref ?? [];
    const [device, written] =
      kind === 'device' && column.port === undefined && column.path === 'uplink' ? splitPort(name) : [name];
    const id = isId(device) ? device : slugOf(device);
    if (id === undefined || kind === undefined) {
      this.#tell(found, `'${name.slice(0, 60)}' is no name`, 'write the name or the id of the thing');
      return undefined;
    }
    const made = column.create;
    if (made) this.#created.push(createdOf(made, id, device, this.#at(found)));
    const portColumn = this.#named(column.port);
    const port = portColumn ? this.#cell(portColumn) : written;
    return {
      kind: made?.kind ?? kind,
      id: made ? id : device,
      ...(or.length === 0 ? {} : { or: (column.ref ?? []).filter((each) => each !== (made?.kind ?? kind)) }),
      ...(port === undefined || port === '' ? {} : { port }),
    };
  }

  #mark(mark: Column['mark'], value: string): void {
    if (value === 'unknown') return;
    if (mark === 'mac')
      this.#marks.macs = [...(this.#marks.macs ?? []), value.toLowerCase().replaceAll('-', ':')];
    else if (mark === 'address') this.#marks.addresses = [...(this.#marks.addresses ?? []), value];
    else if (mark === 'hostname') this.#marks.hostname = value.toLowerCase().replace(/\..*$/, '');
    else if (mark !== undefined && mark !== 'none') this.#marks[mark] = value;
  }

  #named(header: string | undefined): FoundColumn | undefined {
    if (header === undefined) return undefined;
    return this.#found.columns.find(
      (each) => each.header === header || spellingsOf(each.header).includes(header),
    );
  }

  #id(): string | undefined {
    const { table } = this.#found;
    const named = this.#named(table.id);
    const keyed = this.#named(table.key);
    if (keyed && !isBlank(this.#cell(keyed))) this.#marks.key = this.#cell(keyed);
    const { name, hostname, serial, key, macs, addresses } = this.#marks;
    const written = named && !isBlank(this.#cell(named)) ? this.#cell(named) : undefined;
    const text = written ?? name ?? hostname ?? serial ?? macs?.[0] ?? addresses?.[0] ?? key;
    if (text === undefined) return undefined;
    return isId(text) && text !== 'unknown'
      ? text
      : (slugOf(text) ?? slugOf(`${table.rows}-${key ?? this.#row.line}`));
  }
}

const partsOf = ({ split }: Column, cell: string): readonly string[] =>
  split === undefined
    ? [cell]
    : cell
        .split(split)
        .map((each) => each.trim())
        .filter((each) => !isBlank(each));

/** What the group of the pattern holds; undefined where the cell does not fit. A cell of more than 300 letters is none. */
function patterned({ pattern }: Column, cell: string): string | undefined {
  if (pattern === undefined) return cell;
  return cell.length > 300 ? undefined : new RegExp(pattern, 'u').exec(cell)?.[1];
}

const splitPort = (text: string): readonly [string, string?] => {
  const cut = text.indexOf(':');
  return cut < 0 ? [text] : [text.slice(0, cut).trim(), text.slice(cut + 1).trim()];
};

/** The mark that a value is, where its path says so. */
function markOf(path: string): Column['mark'] {
  return path === 'serial' || path === 'mac' || path === 'address' || path === 'name' ? path : undefined;
}

function createdOf(made: NonNullable<Column['create']>, id: string, name: string, at: Position): Observation {
  const kind: EntityKind = made.kind;
  const supply = kind === 'supply' ? supplyKind(name) : undefined;
  const values = { ...made.values, ...(supply === undefined ? {} : { kind: supply }) };
  return {
    kind,
    id,
    marks: { name },
    ...(made.class === undefined ? {} : { deviceClass: made.class }),
    says: [
      { kind: 'value', path: ['name'], value: name, at },
      ...Object.entries(values).map(([path, value]): Saying => ({
        kind: 'value',
        path: stepsOf(path),
        value,
        at,
      })),
    ],
    at,
  };
}
