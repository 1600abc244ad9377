import {
  bases,
  date,
  deviceClasses,
  entityKinds,
  flag,
  listOf,
  mapOf,
  number,
  object,
  oneOf,
  oneOrMany,
  required,
  text,
  type Infer,
  type JsonSchema,
  type Shape,
} from '@holdfast/estate';

/** The version of the mapping file. */
export const mappingVersion = 1;

type Scalar = string | number | boolean;

const scalar: Shape<Scalar> = {
  expected: 'a text, a number, true or false',
  read(value, trail, sink) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
    sink.report(trail, 'type-mismatch', `expected ${this.expected}`);
    return undefined;
  },
  schema: () => ({ type: ['string', 'number', 'boolean'] }),
};

/** Longer ones are no patterns of a cell; and a group that repeats within a repeated one could take for ever. */
const regular: Shape<string> = {
  expected: 'a regular expression with one group',
  read(value, trail, sink) {
    const isPlain = typeof value === 'string' && value.length <= 300 && !/[+*}]\)[+*{]/.test(value);
    if (isPlain && compiles(value)) return value;
    sink.report(
      trail,
      'value-invalid',
      `expected ${this.expected}`,
      'no repeated group that has a repetition in it',
    );
    return undefined;
  },
  schema: () => ({ type: 'string', maxLength: 300 }),
};

function compiles(pattern: string): boolean {
  try {
    return new RegExp(`${pattern}|`, 'u').exec('')?.length === 2;
  } catch {
    return false;
  }
}

const anyKey = { accepts: () => true, hint: '', schema: {} };
const kind = oneOf(...entityKinds);
const values = mapOf('values by their path', scalar, anyKey);

const created = object(
  'what is made of a name that nothing is called',
  { kind: required(kind), class: oneOf(...deviceClasses), values },
  { class: 'the class of a device', values: 'what is said of it, by path' },
);

const full = object(
  'a column',
  {
    path: text,
    mark: oneOf('serial', 'mac', 'address', 'hostname', 'name', 'key', 'none'),
    pattern: regular,
    words: mapOf('words', scalar, anyKey),
    unit: text,
    split: text,
    ref: oneOrMany(kind),
    create: created,
    port: text,
    class: flag,
    about: text,
    example: text,
  },
  {
    path: 'where the value goes in the entity, such as lock.kind',
    mark: 'what the cell identifies the thing by, besides or instead of a value; follows from the path where it can; none for a column that only tells the table',
    pattern:
      'a regular expression; what its first group holds is the value, and a cell that does not fit is told',
    words: 'what stands in the cells, and the word of the language for it; the case does not matter',
    unit: 'the unit of cells that hold a number alone: h, GB, Mbit/s',
    split: 'the sign between several values in one cell',
    ref: 'the cell is the name or id of a thing of this kind',
    create: 'the thing is new where nothing is called so',
    port: 'the column with the port of that device',
    class: 'the cell tells the class of the device, in the words of the language after `words`',
    about: 'what to write here, for the notes of a template',
    example: 'an example, for a template',
  },
);

type FullColumn = Infer<typeof full>;

/** A column: what its cells say. The path alone may stand for it. */
const column: Shape<FullColumn> = {
  expected: 'a path, or a mapping with what the column says',
  read: (value, trail, sink) => (typeof value === 'string' ? { path: value } : full.read(value, trail, sink)),
  schema: (): JsonSchema => ({ anyOf: [{ type: 'string' }, full.schema()] }),
};
export type Column = FullColumn;

const table = object(
  'a table',
  {
    sheet: text,
    rows: required(kind),
    class: oneOf(...deviceClasses),
    id: text,
    key: text,
    header: number('the number of the row with the headers, from 1', { min: 1, whole: true }),
    where: mapOf('conditions', oneOrMany(text), anyKey),
    complete: flag,
    columns: required(mapOf('columns by their header', column, anyKey)),
    constants: values,
  },
  {
    sheet: 'the sheet of a workbook; any sheet with these headers where not said',
    rows: 'what each row is',
    class: 'the class of all devices of the table',
    id: 'the column that ids are made from; the one of the name where not said',
    key: 'the column with the key that the source itself keeps',
    header: 'the row with the headers; found by itself where not said',
    where: 'only rows whose cell in a column is one of these texts',
    complete: 'whether the table lists all there is, so that what it does not show is gone',
    columns: 'by header, several spellings of which stand with | between them; other columns are left alone',
    constants: 'what is said of every row, by path',
  },
);
export type Table = Infer<typeof table>;

/** A mapping: which column of which table says what. */
export const mappingShape = object(
  'a mapping',
  {
    holdfastMapping: required(
      number('the version 1', { min: mappingVersion, max: mappingVersion, whole: true }),
    ),
    name: required(text),
    about: text,
    basis: oneOf(...bases),
    sources: listOf(object('a source', { address: required(text), read: date, about: text })),
    tables: required(listOf(table)),
  },
  {
    basis: 'what the values rest on: export where a system wrote the table, declared where a person did',
    sources: 'the pages that say what the columns mean',
  },
);
export type Mapping = Infer<typeof mappingShape>;

/** The JSON Schema (draft 2020-12) of a mapping file. */
export const mappingSchema = (): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:holdfast:schema:mapping:${mappingVersion}`,
  title: 'Holdfast import mapping',
  description: 'Which column of a spreadsheet says what of which thing.',
  ...mappingShape.schema(),
});
