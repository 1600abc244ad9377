import type { ProductEntry } from '../advisory/advisory.ts';
import { matchName, strengths, type NameMatch } from '../identity/match-name.ts';
import type { ProductForm } from '../identity/product-name.ts';
import { brandWords } from '../identity/vendor-groups.ts';
import { isCode, isSoft, wordsOf } from '../identity/words.ts';
import { isMisspelt } from '../identity/vendor-names.ts';
import { codePrefixes, type DeviceIdentity } from './device.ts';

/** Whether an entry names a device, and how surely. */
export function nameEntry(device: DeviceIdentity, entry: ProductEntry): NameMatch | undefined {
  const vendor = vendorMatch(device, entry);
  if (vendor === undefined) return undefined;
  let best: NameMatch | undefined;
  for (const model of device.forms)
    for (const product of entry.forms) {
      const own = vendor === inModel ? withoutWords(model, wordsOf(entry.vendor)) : model;
      const other = vendor === byBrand ? withoutWords(product, device.vendorWords) : product;
      const found = throughTitle(formMatch(own, other, entry), own, other, entry);
      if (found !== undefined && isBetter(found, best)) best = found;
      if (best?.strength === 'exact') break;
    }
  if (entry.authority === 'title' && best?.strength !== 'exact') best = underTitle(device, entry);
  if (best === undefined) return undefined;
  if (best.strength === 'kind' && !entry.vendorKeys.includes(device.vendorKeys[0] ?? '')) return undefined;
  if (vendor === noVendor) return withoutVendor(device, best);
  return vendor === '' ? best : { ...best, why: `${best.why}; ${vendor}` };
}

/** Without a vendor only a model number tells anything, and it is never sure whose it is. */
function withoutVendor(device: DeviceIdentity, match: NameMatch): NameMatch | undefined {
  const hasCode = device.forms.some((form) => [...form.codes].some((code) => code.length >= 5));
  return hasCode && (match.strength === 'exact' || match.strength === 'family')
    ? { strength: 'part', why: `${match.why}; ${noVendor}` }
    : undefined;
}

/** Words that a device's name has beyond the product's, and that the title has as well, make it no other product. */
function throughTitle(
  match: NameMatch | undefined,
  model: ProductForm,
  product: ProductForm,
  entry: ProductEntry,
): NameMatch | undefined {
  if (match?.strength !== 'part' || !product.words.every((each) => model.words.includes(each))) return match;
  const extra = model.words.filter((each) => !product.words.includes(each));
  const isTold = extra.length > 0 && extra.every((each) => entry.titleWords.has(each) || isSoft(each));
  return isTold ? { strength: 'family', why: `${model.written} is ${product.written} of the title` } : match;
}

/** A name without the words of a vendor or brand, where others remain. */
function withoutWords(form: ProductForm, left: readonly string[]): ProductForm {
  const words = form.words.filter((each) => !left.includes(each));
  return words.length === 0 ? form : { ...form, words, joined: words.join('') };
}

const inModel = 'the vendor stands in the name of the model';
const noVendor = 'no vendor is given';
const byBrand = 'the vendor stands in the name of the product';

/** A title that names a family, such as APOGEE, may mean every device whose name holds all of its telling words. */
function underTitle(device: DeviceIdentity, entry: ProductEntry): NameMatch | undefined {
  const holds = (model: ProductForm, title: ProductForm): boolean => {
    const telling = title.words.filter((each) => !isSoft(each) && !brandWords.has(each));
    return telling.length > 0 && telling.every((each) => model.words.includes(each));
  };
  const isMeant = device.forms.some((model) => entry.forms.some((title) => holds(model, title)));
  return isMeant ? { strength: 'part', why: 'its name holds that of the title' } : undefined;
}

/** Which of two matches is surer; the first where there is no other. */
const isBetter = (match: NameMatch, than: NameMatch | undefined): boolean =>
  than === undefined || strengths.indexOf(match.strength) < strengths.indexOf(than.strength);

/** Why the vendor is the same, empty where it needs no word; undefined where it is another. */
function vendorMatch(device: DeviceIdentity, entry: ProductEntry): string | undefined {
  if (device.vendorKeys.some((each) => entry.vendorKeys.includes(each)))
    return device.vendorKeys[0] !== undefined && entry.vendorKeys.includes(device.vendorKeys[0])
      ? ''
      : `${entry.vendor} sells products of that vendor`;
  if (device.vendorKeys.length === 0 && device.vendorWords.length === 0) return noVendor;
  const near = device.vendorKeys.find((each) => entry.vendorKeys.some((other) => isMisspelt(each, other)));
  if (near !== undefined) return `${near} is taken for ${entry.vendor}`;
  if (entry.vendorKeys.some((each) => device.modelWords.includes(each))) return inModel;
  const words = device.vendorWords;
  if (words.length === 0) return undefined;
  return entry.forms.some((form) => words.every((each) => form.words.includes(each))) ? byBrand : undefined;
}

function formMatch(model: ProductForm, product: ProductForm, entry: ProductEntry): NameMatch | undefined {
  const plain = matchName(model, product);
  if (plain?.strength === 'exact') return plain;
  const prefixes = entry.vendorKeys.flatMap((each) => codePrefixes[each] ?? []);
  for (const prefix of prefixes) {
    const found = matchName(withoutPrefix(model, prefix), withoutPrefix(product, prefix));
    if (found !== undefined && isBetter(found, plain)) return found;
  }
  return plain ?? platformMatch(model, product, entry);
}

/** An operating system of a vendor's devices, such as AXIS OS, is on each of them that has a model number. */
function platformMatch(model: ProductForm, product: ProductForm, entry: ProductEntry): NameMatch | undefined {
  if (product.words[0] !== 'os' || product.words.length > 2 || !model.words.some(isCode)) return undefined;
  return { strength: 'family', why: `${model.written} runs ${entry.product}` };
}

function withoutPrefix(form: ProductForm, prefix: string): ProductForm {
  const cut = (word: string): string =>
    word.startsWith(prefix) && word.length > prefix.length + 3 ? word.slice(prefix.length) : word;
  const words = form.words.map(cut);
  const patterns = form.patterns.map((each) =>
    each.head.startsWith(prefix) && each.head.length > prefix.length
      ? {
          ...each,
          head: cut(each.head),
          pattern: new RegExp(each.pattern.source.replace(`^${prefix}`, '^'), 'u'),
        }
      : each,
  );
  return { ...form, words, joined: cut(form.joined), patterns };
}
