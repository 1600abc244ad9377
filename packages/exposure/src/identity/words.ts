import { foldText } from '../text/fold.ts';

/** Words that say what kind of thing a product is, and not which. */
const fillers = new Set(
  `camera cam ip serie firmware fw product device system controller panel unit model version versions all
  the a an of for with and or incl including variants variant family based door dome bullet type hardware appliance
  equipment physical part n° no outdoor indoor turret poe by using use module
  releases release running only various some new supervisory technologie technologies`.split(/\s+/),
);
/** Words that a name bears or leaves out without naming another product. */
const soft = new Set(
  `control network access automation building software application app monitoring station management engine field
  cctv smart bms security interface listed global ddc card router switch server`.split(/\s+/),
);
/** Words for recorders and the like: part of a name where no model number stands beside them. */
const kinds = new Set([
  'dvr',
  'nvr',
  'xvr',
  'ipc',
  'recorder',
  'ipcamera',
  'video',
  'intercom',
  'thermostat',
  'reader',
]);

/** Kinds that people write behind a name. */
const recorders = new Set(['dvr', 'nvr', 'xvr', 'recorder', 'thermostat', 'intercom']);

/** One word of a name as it is compared: letters and digits alone, without the s of a plural. */
function wordKey(raw: string): string {
  const key = raw.replaceAll(/[^\p{L}\p{N}+°*]+/gu, '');
  const named = /\d/.test(key) ? key.replace(/-?series?$/, '') : key;
  return /^[a-z]{3,}s$/.test(named) && !/[su]s$/.test(named) ? named.slice(0, -1) : named;
}

/** The words of a name. An underscore parts words, as CPE names write them. */
export function wordsOf(text: string): readonly string[] {
  return foldText(text)
    .replaceAll(/\\/g, '')
    .replaceAll('_', ' ')
    .split(/[\s,;:]+/)
    .map(wordKey)
    .filter((each) => each !== '');
}

/** Whether a word is a model number: letters and digits together, or a long number. */
export const isCode = (word: string): boolean =>
  (word.length >= 4 && /\d/.test(word) && /[a-z]/.test(word)) || /^\d{4,}$/.test(word);

/** Whether a word may be left out of a name beside others that tell the product. */
export const isSoft = (word: string): boolean => soft.has(word) || fillers.has(word) || recorders.has(word);

const isFiller = (word: string): boolean => fillers.has(word) || /^\d+(?:mp|k|ch)$/.test(word);

/** The words that tell a product from another; all of them where none would be left. */
export function tellingWords(words: readonly string[]): readonly string[] {
  const telling = words.filter((each) => !isFiller(each));
  if (telling.length === 0) return words;
  const named = telling.some(isCode) ? telling.filter((each) => !kinds.has(each)) : telling;
  return named.length === 0 ? telling : named;
}

/** Words that name things of which a vendor has many. */
const things = new Set(['camera', 'cam', 'device', 'product', 'controller', 'panel', 'unit', 'firmware']);

/** Whether words name a kind of product only, so that every product of the vendor may be meant. */
export const isKindOnly = (words: readonly string[]): boolean =>
  words.some((each) => things.has(each) || kinds.has(each)) &&
  words.every((each) => isSoft(each) || kinds.has(each) || /^[a-z]$/.test(each) || each === 'web');
