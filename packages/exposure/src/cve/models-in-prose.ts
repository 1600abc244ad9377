import { findDate } from '../version/parse-date.ts';
import { foldText } from '../text/fold.ts';

/** Models that stand in a version's text, with the build date that ends them: `IPC-HX3XXX, ... Buildtime before May, 2020`. */
export interface ModelsInProse {
  readonly models: readonly string[];
  /** The range as text, for what reads ranges. */
  readonly versions?: string;
}

const model = /\b[A-Z]{2,5}-?[A-Z]*\d[A-Z0-9-]*\b|\b[A-Z]{3,4}\d?[xX]{3}\b|\b[A-Z]{3}-[A-Z]{2}\d[A-Z0-9]*\b/g;

/** The groups of models of a text that is more than versions; empty where it names fewer than two. */
export function modelsInProse(text: string): readonly ModelsInProse[] {
  const groups: ModelsInProse[] = [];
  let rest = text;
  for (let found = dated(rest); found !== undefined; found = dated(rest)) {
    const models = rest.slice(0, found.index).match(model) ?? [];
    if (models.length > 0) groups.push({ models, versions: `build time before ${found.date}` });
    rest = rest.slice(found.index + found.length);
  }
  const left = rest.match(model) ?? [];
  if (left.length > 0) groups.push({ models: left });
  return groups.flatMap((each) => each.models).length > 1 ? groups : [];
}

function dated(
  text: string,
): { readonly index: number; readonly length: number; readonly date: string } | undefined {
  const found = /build\s*time\s+before ([A-Za-z]+,? \d{4}|\d{4}\/\d{1,2}\/\d{1,2})/i.exec(text);
  if (found?.[1] === undefined || findDate(foldText(found[1])) === undefined) return undefined;
  return { index: found.index, length: found[0].length, date: found[1] };
}
