import { answerColumns, groupRows, type QuestionnaireDocument } from '@holdfast/audit';
import { writeWorkbook } from '@holdfast/importers';

/** A workbook with a sheet for each party that is asked. */
export async function questionWorkbook({ groups }: QuestionnaireDocument): Promise<Uint8Array> {
  const names = new Set<string>();
  return writeWorkbook(
    groups.map((group) => ({
      name: sheetName(group.whom, names),
      rows: groupRows(group),
      widths: answerColumns.map(({ width }) => width),
    })),
  );
}

/** Sheets have unique names of at most 31 characters, without some signs. */
function sheetName(whom: string, taken: Set<string>): string {
  const base =
    whom
      .replaceAll(/[[\]:*?/\\']/g, ' ')
      .trim()
      .slice(0, 28) || 'Questions';
  let name = base;
  for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${base} ${count}`;
  taken.add(name.toLowerCase());
  return name;
}
