import type { ProductForm } from './product-name.ts';
import { brandWords } from './vendor-groups.ts';
import { isCode, isSoft } from './words.ts';

/** How surely a name means a product, the best first. */
export const strengths = ['exact', 'family', 'part', 'kind'] as const;

/**
 * `exact`: the same name, or the same model number. `family`: a series, pattern or variant that the model falls under.
 * `part`: one of the two names says more than the other. `kind`: the advisory names a kind of product of the vendor.
 */
type Strength = (typeof strengths)[number];

export interface NameMatch {
  readonly strength: Strength;
  /** Why, in words. */
  readonly why: string;
}

/** Whether the model of a device means a product; undefined where it does not. */
export function matchName(model: ProductForm, product: ProductForm): NameMatch | undefined {
  const found = matchForms(model, product);
  const isOther =
    model.bracketWords.length > 0 && product.bracketWords.length > 0 && !sharesBrackets(model, product);
  if (found === undefined || !isOther || found.strength === 'kind') return found;
  return { strength: 'part', why: `${model.written} names another variant than ${product.written}` };
}

/** Whether two names have a word in brackets in common. */
const sharesBrackets = (model: ProductForm, product: ProductForm): boolean =>
  model.bracketWords.some((each) => product.bracketWords.includes(each) || product.words.includes(each));

function matchForms(wholeModel: ProductForm, wholeProduct: ProductForm): NameMatch | undefined {
  const model = asOneWord(wholeModel, wholeProduct);
  const product = asOneWord(wholeProduct, wholeModel);
  if (model.edition !== undefined && product.edition !== undefined && model.edition !== product.edition)
    return undefined;
  if (conflictingRevisions(model, product)) return undefined;
  if (model.joined === product.joined) return named(model, product);
  for (const { pattern, written } of product.patterns)
    if ([...model.words, model.joined].some((each) => pattern.test(each)))
      return { strength: 'family', why: `${model.written} falls under ${written}` };
  const shared = product.words.filter((each) => model.words.includes(each));
  const missing = product.words.filter(
    (each) => !model.words.includes(each) && !shared.some((word) => isLonger(each, word)),
  );
  const extra = model.words.filter(
    (each) => !product.words.includes(each) && !shared.some((word) => isLonger(each, word)),
  );
  const code = shared.find((each) => model.codes.has(each) || product.codes.has(each));
  if (
    code !== undefined &&
    !extra.some(isCode) &&
    !missing.some((each) => isCode(each) && each.length >= code.length)
  )
    return sameNumber(model, product, code, missing, extra);
  const stem = product.words.find(
    (each) =>
      /^[a-z]{6,}$/.test(each) &&
      model.words.some((word) => word.startsWith(each) && /^\d/.test(word.slice(each.length))),
  );
  if (
    stem !== undefined &&
    product.words.every((each) => each === stem || isSoft(each) || brandWords.has(each))
  )
    return { strength: 'family', why: `${model.written} begins with the name ${product.written}` };
  if (product.isKind && !product.words.some(isCode))
    return { strength: 'kind', why: `${product.written} names a kind of product, not a model` };
  const telling = shared.filter(
    (each) => each.length >= 2 && !brandWords.has(each) && !isSoft(each) && !/^\d$/.test(each),
  );
  const isSilent = (each: string): boolean => brandWords.has(each) || isSoft(each);
  if (
    missing.every(isSilent) &&
    extra.every(isSilent) &&
    (telling.length > 0 || shared.length > 1 || (shared.length > 0 && model.words.length === shared.length))
  )
    return named(model, product);
  if (telling.length === 0 || model.isKind || product.isShort) return undefined;
  const isVariant = extra.length > 0 && extra.every((each) => product.variant.includes(each));
  if (isVariant && missing.every(isSilent))
    return { strength: 'exact', why: `${model.written} is the variant of that name` };
  if (missing.length > 0 && extra.length > 0) return undefined;
  return {
    strength: 'part',
    why:
      missing.length > 0
        ? `${product.written} says more than ${model.written}`
        : `${model.written} says more than ${product.written}`,
  };
}

/** `NVRmini 2` is the word `NVRmini2` where the other name has that. */
const asOneWord = (form: ProductForm, other: ProductForm): ProductForm =>
  form.words.length > 1 && isCode(form.joined) && other.words.includes(form.joined)
    ? { ...form, words: [form.joined] }
    : form;

/** Names that bear one model number; where each says more than the other, they may be variants of it. */
function sameNumber(
  model: ProductForm,
  product: ProductForm,
  code: string,
  missing: readonly string[],
  extra: readonly string[],
): NameMatch {
  const [wanted, given] = [missing, extra].map((words) =>
    words.filter((each) => !brandWords.has(each) && !isSoft(each)),
  );
  const isOpen = wanted?.some((each) => product.bracketWords.includes(each)) === true;
  const isBoth = (wanted?.length ?? 0) > 0 && (given?.length ?? 0) > 0;
  return isBoth || isOpen || missing.length + extra.length > 2
    ? { strength: 'family', why: `both bear the model number ${code}` }
    : named(model, product);
}

/** Whether one word is another with an ending, as XLWebExe is of XLWeb. */
const isLonger = (word: string, than: string): boolean =>
  than.length >= 5 && word.length > than.length && !/\d/.test(word) && word.startsWith(than);

/** The same name; where the advisory names a variant and the device none, it may be another one. */
function named(model: ProductForm, product: ProductForm): NameMatch {
  const said = new Set([...model.words, ...model.variant]);
  const open = product.variant.filter((each) => !said.has(each) && !/^part|°|^\d/.test(each));
  return open.length === 0
    ? { strength: 'exact', why: `${model.written} is ${product.written}` }
    : { strength: 'family', why: `${model.written} may be the variant ${open.join(' ')}` };
}

/** Hardware revisions and version marks that differ, such as Rev01 and Rev02. */
function conflictingRevisions(model: ProductForm, product: ProductForm): boolean {
  const marks = (form: ProductForm): readonly string[] =>
    [...form.words, ...form.variant].filter((each) => /^(?:rev\d+|v\d|gen\d+)$/.test(each));
  const [given, wanted] = [marks(model), marks(product)];
  return given.length > 0 && wanted.length > 0 && !given.some((each) => wanted.includes(each));
}
