import { membersOf } from '../text/clean-list.ts';
import { mendEncoding } from '../text/fold.ts';

/** Letters that stand before versions, not models. */
const versionLead =
  /^(?:v|ver|version|r|rev|release|ip|mp|sp|hotfix|build|vms|nvr|fw|firmware|wb|os|el|cr)[ ._-]?\d/i;
const model =
  /^[A-Z]\d?-[A-Z]{2,}-\d{3,}[A-Z]*$|^(?:[A-Z]{2,}\d?-?)[A-Z0-9]*-?[A-Z0-9()-]*\d[A-Z0-9()-]*$|^[A-Z]\d[A-Z]\d?[A-Z]+\d[A-Z0-9]*$|^[A-Z]{4,}$|^[A-Z0-9]{2,}(?:-[A-Z0-9]+)*X{2,}[A-Z0-9-]*$/;

/**
 * The models that stand where a version should, such as `DH-IPC-HDW1XXX,` or `RLC-4XX series`; undefined for a version.
 */
export function modelsInVersion(written: string): readonly string[] | undefined {
  const text = mendEncoding(written)
    .replace(/[\s,;]+(?:and)?$/i, '')
    .trim();
  if (
    /[<>=|*]/.test(text) ||
    /\d\.\d/.test(text) ||
    versionLead.test(text) ||
    /\b(?:all|versions?)\b/i.test(text)
  )
    return undefined;
  if (/\bseries\b|\bservers?\b|\brecorders?\b|\bworkstations?\b/i.test(text)) return [text];
  const members = membersOf(text);
  return members.length > 0 && members.every((each) => model.test(each)) ? members : undefined;
}

/** `20000-21150`: the numbers of a range of models, where the product's name itself bears none. */
export function modelNumbersIn(written: string): { readonly from: number; readonly to: number } | undefined {
  const found = /^\s*(\d{4,6})\s*-\s*(\d{4,6})\s*$/.exec(written);
  if (found === null) return undefined;
  const [from, to] = [Number(found[1]), Number(found[2])];
  return from < to && to - from < 10_000 ? { from, to } : undefined;
}
