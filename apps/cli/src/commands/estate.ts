import { estateSchema, entityKinds } from '@holdfast/estate';
import { nearestName } from '@holdfast/kernel';
import { openEstate } from '../io/read-estate.ts';
import { usage } from '../io/scenario-start.ts';
import { print } from '../io/terminal.ts';

/** Checks that an estate is whole; problems are thrown by reading it. */
export async function checkEstate(path: string, format: string): Promise<number> {
  const estate = await openEstate(path);
  const counts = entityKinds
    .filter((kind) => kind !== 'profile')
    .flatMap((kind) => (estate.all(kind).size > 0 ? [[kind, estate.all(kind).size] as const] : []));
  if (format === 'json') print(JSON.stringify({ hash: estate.hash, counts: Object.fromEntries(counts) }));
  else
    print(
      `The estate is whole: ${counts.map(([kind, count]) => `${count} ${kind}${count === 1 ? '' : kind === 'party' || kind === 'supply' ? '' : 's'}`).join(', ')}.\n${estate.hash}`,
    );
  return 0;
}

/** Prints the whole estate, or one entity, in the canonical form. */
export async function showEstate(path: string, id: string | undefined, format: string): Promise<number> {
  const estate = await openEstate(path);
  if (id === undefined) {
    if (format === 'json')
      print(
        JSON.stringify(
          [...estate.entities()].map(({ kind, id: own, data }) => ({ kind, id: own, data })),
          undefined,
          1,
        ),
      );
    else for (const line of estate.canonicalLines()) print(line);
    return 0;
  }
  const kind = estate.kindOf(id);
  if (!kind) {
    const near = nearestName(id, estate.ids());
    throw usage(
      `there is nothing named '${id}'`,
      near ? `did you mean '${near}'?` : '`holdfast estate show DIR` lists everything',
    );
  }
  const at = estate.at(kind, id);
  print(
    JSON.stringify(
      { kind, id, ...(at ? { at: `${at.file}:${at.line}` } : {}), data: estate.get(kind, id) },
      undefined,
      1,
    ),
  );
  return 0;
}

/** Prints the JSON Schema of the language, for editors. */
export function printSchema(): number {
  print(JSON.stringify(estateSchema(), undefined, 1));
  return 0;
}
