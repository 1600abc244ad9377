import type { Advisory, ProductEntry } from '../advisory/advisory.ts';
import type { NameMatch } from '../identity/match-name.ts';
import { isMisspelt } from '../identity/vendor-names.ts';
import { isCode } from '../identity/words.ts';
import { codePrefixes, identityOf, type DeviceIdentity } from './device.ts';
import { nameEntry } from './name-entry.ts';

/** An entry that names a device, and why. */
export interface Named {
  readonly entry: number;
  readonly match: NameMatch;
}

/** An advisory that names a device, with its entries that do. */
export interface NamedAdvisory {
  readonly advisory: Advisory;
  readonly named: readonly Named[];
}

interface Slot {
  readonly advisory: number;
  readonly entry: number;
}

/**
 * Advisories by the vendors and words of their products, so that a device meets only those that may name it.
 * What it finds is what a comparison of every device with every entry finds.
 */
export class AdvisoryIndex {
  readonly advisories: readonly Advisory[];
  /** By vendor key, then by what a device's words must hold; `''` holds the entries that any word may mean. */
  readonly #byVendor = new Map<string, Map<string, Slot[]>>();
  readonly #byBrand = new Map<string, Slot[]>();

  constructor(advisories: readonly Advisory[]) {
    this.advisories = advisories;
    for (const [advisory, { entries }] of advisories.entries())
      for (const [entry, each] of entries.entries()) this.#add(each, { advisory, entry });
  }

  #add(entry: ProductEntry, slot: Slot): void {
    const keys = keysOf(entry);
    for (const vendor of entry.vendorKeys) {
      const words = this.#byVendor.get(vendor) ?? new Map<string, Slot[]>();
      this.#byVendor.set(vendor, words);
      for (const key of keys) push(words, key, slot);
    }
    for (const word of new Set(entry.forms.flatMap((form) => form.words))) push(this.#byBrand, word, slot);
  }

  /** The advisories that name a device of this vendor and model. */
  naming(vendor: string, model: string): readonly NamedAdvisory[] {
    return this.#find(identityOf(vendor, model));
  }

  #find(device: DeviceIdentity): readonly NamedAdvisory[] {
    const byAdvisory = new Map<number, Named[]>();
    for (const { advisory, entry } of this.#candidates(device)) {
      const read = this.advisories[advisory];
      const product = read?.entries[entry];
      const match = product === undefined ? undefined : nameEntry(device, product);
      if (match === undefined) continue;
      const list = byAdvisory.get(advisory) ?? [];
      byAdvisory.set(advisory, list);
      list.push({ entry, match });
    }
    return [...byAdvisory]
      .toSorted(([a], [b]) => a - b)
      .flatMap(([index, named]) => {
        const advisory = this.advisories[index];
        return advisory === undefined ? [] : [{ advisory, named: surest(advisory, named) }];
      });
  }

  /** The vendors that a device may be of: its own, those whose name it misspells, and those that its model's name bears. */
  #vendorsOf(device: DeviceIdentity): ReadonlySet<string> {
    if (device.vendorKeys.length === 0 && device.vendorWords.length === 0)
      return new Set(this.#byVendor.keys());
    const vendors = new Set(device.vendorKeys);
    for (const key of device.vendorKeys)
      for (const known of this.#byVendor.keys()) if (isMisspelt(key, known)) vendors.add(known);
    for (const word of device.modelWords) if (this.#byVendor.has(word)) vendors.add(word);
    return vendors;
  }

  #candidates(device: DeviceIdentity): readonly Slot[] {
    const slots = new Map<string, Slot>();
    const take = (found: readonly Slot[] | undefined): void => {
      for (const each of found ?? []) slots.set(`${each.advisory}/${each.entry}`, each);
    };
    const asked = askedOf(device);
    for (const vendor of this.#vendorsOf(device)) {
      const words = this.#byVendor.get(vendor);
      if (words !== undefined) for (const key of asked) take(words.get(key));
    }
    const [brand] = device.vendorWords;
    if (brand !== undefined) take(this.#byBrand.get(brand));
    return [...slots.values()].toSorted((a, b) => a.advisory - b.advisory || a.entry - b.entry);
  }
}

/** The first letters of a pattern, by which a device's word finds it. */
const headLength = 2;

/** What a device's words must hold for an entry to be able to name it. */
function keysOf(entry: ProductEntry): ReadonlySet<string> {
  const keys = new Set<string>();
  const prefixes = entry.vendorKeys.flatMap((each) => codePrefixes[each] ?? []);
  for (const form of entry.forms) {
    if (form.isKind || form.words[0] === 'os') keys.add('');
    for (const word of [...form.words, form.joined]) for (const each of cuts(word, prefixes)) keys.add(each);
    for (const { head } of form.patterns)
      for (const each of cuts(head, prefixes)) keys.add(`^${each.slice(0, headLength)}`);
  }
  return keys;
}

/** A word and what is left of it without the letters that a model number may begin with. */
function cuts(word: string, prefixes: readonly string[]): readonly string[] {
  return [word, ...prefixes.filter((each) => word.startsWith(each)).map((each) => word.slice(each.length))];
}

function askedOf(device: DeviceIdentity): ReadonlySet<string> {
  const keys = new Set(['']);
  const prefixes = device.vendorKeys.flatMap((each) => codePrefixes[each] ?? []);
  for (const form of device.forms)
    for (const word of [...form.words, form.joined])
      for (const each of cuts(word, prefixes)) {
        keys.add(each);
        keys.add(`^${each.slice(0, headLength)}`);
        const stem = /^[a-z]{6,}(?=\d)/.exec(each)?.[0];
        if (stem !== undefined) keys.add(stem);
      }
  return keys;
}

/** Of the entries of one advisory, those that name the device most surely; the title only where nothing else does. */
export function surest(advisory: Advisory, named: readonly Named[]): readonly Named[] {
  const inTree = named.filter(({ entry }) => advisory.entries[entry]?.authority !== 'title');
  const isListed = inTree.some(({ match }) => match.strength === 'exact' || match.strength === 'family');
  const byTitle = named.filter(({ entry }) => advisory.entries[entry]?.authority === 'title');
  const listed = isListed || byTitle.length === 0 ? inTree : byTitle;
  const sure = listed.filter(({ match }) => match.strength === 'exact');
  if (sure.length > 0) return withFamilies(advisory, sure, listed);
  const families = listed.filter(({ match }) => match.strength === 'family');
  if (families.length > 0) return families;
  const parts = listed.filter(({ match }) => match.strength === 'part');
  return parts.length > 0 ? parts : listed;
}

/** A family that the device falls under counts beside its exact name where it is of the enrichment or an operating system. */
function withFamilies(
  advisory: Advisory,
  sure: readonly Named[],
  listed: readonly Named[],
): readonly Named[] {
  const hasCode = sure.some(
    ({ entry }) => advisory.entries[entry]?.forms.some((form) => form.words.some(isCode)) === true,
  );
  const authorities = new Set(sure.map(({ entry }) => advisory.entries[entry]?.authority));
  const others = listed.filter(
    ({ entry, match }) =>
      match.strength === 'family' && !authorities.has(advisory.entries[entry]?.authority ?? 'publisher'),
  );
  return hasCode ? [...sure, ...others] : sure;
}

function push(map: Map<string, Slot[]>, key: string, slot: Slot): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [slot]);
  else if (list.at(-1) !== slot) list.push(slot);
}
