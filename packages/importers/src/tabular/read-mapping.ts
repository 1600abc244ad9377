import {
  isId,
  readDocument,
  readEntity,
  type EntityKind,
  type Path,
  type SourceFile,
} from '@holdfast/estate';
import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { withValue } from '../reconcile/at-path.ts';
import { mappingShape, type Mapping } from './mapping.ts';

/** Reads a mapping file, every problem at its line: also paths that the language does not have, and columns that a table does not map. */
export function readMapping(file: SourceFile): Result<Mapping, readonly Problem[]> {
  const read = readDocument(file, mappingShape);
  if (read.kind === 'error') return read;
  const { value: mapping, at } = read.value;
  const problems: Problem[] = [];
  for (const [index, table] of mapping.tables.entries()) {
    const here: Path = ['tables', index];
    for (const [header, { path }] of Object.entries(table.columns)) {
      const wrong = path === undefined ? undefined : unknownPath(table.rows, path);
      if (wrong)
        problems.push(
          problem('key-unknown', wrong.message, { hint: wrong.hint, at: at([...here, 'columns', header]) }),
        );
    }
    for (const path of Object.keys(table.constants ?? {})) {
      const wrong = unknownPath(table.rows, path);
      if (wrong)
        problems.push(
          problem('key-unknown', wrong.message, {
            hint: wrong.hint,
            at: at([...here, 'constants', path], 'key'),
          }),
        );
    }
    for (const key of ['id', 'key'] as const) {
      const named = table[key];
      if (named !== undefined && !columnNamed(table.columns, named))
        problems.push(
          problem(
            'reference-unknown',
            `'${key}' names the column '${named}', which is not among the columns`,
            {
              at: at([...here, key]),
              hint: 'add it to the columns; `{mark: key}` alone maps it to nothing else',
            },
          ),
        );
    }
  }
  return problems.length > 0 ? fail(problems) : ok(mapping);
}

/** The spellings of a header: `Name | Bezeichnung`. */
export const spellingsOf = (header: string): readonly string[] =>
  header.split('|').map((each) => each.trim());

const columnNamed = (columns: Mapping['tables'][number]['columns'], name: string): boolean =>
  Object.keys(columns).some((header) => header === name || spellingsOf(header).includes(name));

/** The steps of a path as a mapping writes it. */
export const stepsOf = (path: string): readonly string[] => path.split('.');

/** What the language says against a path, whatever value stands there. */
function unknownPath(
  kind: EntityKind,
  path: string,
): { readonly message: string; readonly hint?: string } | undefined {
  const steps = stepsOf(path);
  if (steps.some((each) => !isId(each.toLowerCase()))) return { message: `'${path}' is not a path` };
  const found = readEntity(kind, withValue({}, steps, 'unknown')).problems.find(
    ({ code }) => code === 'key-unknown',
  );
  return found && { message: found.message, ...(found.hint === undefined ? {} : { hint: found.hint }) };
}
