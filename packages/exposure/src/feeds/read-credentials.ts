import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';

/** A product whose makers shipped it with a login that everybody knows. The password itself is nobody's business here. */
export interface DefaultLogin {
  /** Vendor and model as the list writes them. */
  readonly product: string;
  readonly user: string;
}

/** A row of a table, and where it stands. */
interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

const heads: ReadonlySet<string> = new Set(['productvendor', 'product', 'vendor']);

/**
 * Reads a list of default logins: a table whose head begins with `productvendor,username,password`, as the list of ihebski has it.
 * Fails with `format-mismatch` without that head, and with `value-invalid` at the first row that names no product.
 * @see https://github.com/ihebski/DefaultCreds-cheat-sheet
 */
export function readCredentials(
  file: string,
  rows: readonly Row[],
): Result<readonly DefaultLogin[], readonly Problem[]> {
  const [head, ...body] = rows;
  const names = (head?.cells ?? []).map((each) => each.trim().toLowerCase());
  const [product, user] = [names.findIndex((each) => heads.has(each)), names.indexOf('username')];
  if (product < 0 || user < 0 || !names.includes('password'))
    return fail([
      problem('format-mismatch', 'this is no list of default logins', {
        at: { file, line: 1, column: 1 },
        hint: 'expected a head productvendor,username,password',
      }),
    ]);
  const logins: DefaultLogin[] = [];
  for (const { line, cells } of body) {
    const name = cells[product]?.trim() ?? '';
    if (name === '')
      return fail([
        problem('value-invalid', 'this row names no product', {
          at: { file, line, column: 1 },
          hint: 'name the vendor and the model in the first column',
        }),
      ]);
    logins.push({ product: name, user: cells[user]?.trim() ?? '' });
  }
  return ok(logins);
}
