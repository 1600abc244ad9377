import type { Advisory } from '../advisory/advisory.ts';
import { otherNames, type Alias, type OtherName } from '../identity/alias.ts';
import { relabels } from '../identity/relabels.ts';
import { AdvisoryIndex, type Named, type NamedAdvisory } from './advisory-index.ts';
import { firmwareOf, isUnknownFirmware, type Device } from './device.ts';
import { judgeAll } from './judge.ts';
import type { Judgement } from './verdict.ts';

/** A verdict of one device and one vulnerability of one advisory. */
export interface Match extends Judgement {
  readonly advisory: string;
  readonly cve: string | null;
}

/** Answers kept for devices that say the same; more of them would cost more memory than they save time. */
const mostKept = 5000;

/**
 * Matches devices with advisories. Devices that say the same of vendor, model and firmware share their answer.
 * Of advisories that do not name a device nothing is told unless asked for.
 */
export class Matcher {
  readonly index: AdvisoryIndex;
  readonly #answers = new Map<string, readonly Match[]>();

  readonly #named = new Map<string, readonly NamedAdvisory[]>();
  readonly #aliases: readonly Alias[];

  /** `aliases` are other names of devices, beside those that come with the product. */
  constructor(advisories: readonly Advisory[], aliases: readonly Alias[] = []) {
    this.index = new AdvisoryIndex(advisories);
    this.#aliases = [...aliases, ...relabels];
  }

  /** The verdicts of all advisories that name a device, in the order of the advisories. */
  match({ vendor, model, firmware }: Device): readonly Match[] {
    const key = `${vendor}\n${model}\n${firmware}`;
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const found = this.#ask(vendor, model, firmware);
    if (this.#answers.size < mostKept) this.#answers.set(key, found);
    return found;
  }

  #ask(vendor: string, model: string, firmware: string): readonly Match[] {
    const naming = this.#naming(vendor, model);
    if (naming.length === 0) return [];
    const version = firmwareOf(firmware);
    const isUnread = version === undefined && !isUnknownFirmware(firmware);
    const unread = isUnread ? `; the firmware '${firmware}' cannot be read as a version` : '';
    const matches: Match[] = [];
    for (const { advisory, named } of naming)
      for (const { cve, judgement } of judgeAll(advisory, named, version)) {
        const { verdict, matched, fixedIn, why } = judgement;
        matches.push({ advisory: advisory.id, cve, verdict, matched, fixedIn, why: `${why}${unread}` });
      }
    return matches;
  }

  /** The advisories that name a device by its own name, else by one of its others. */
  #naming(vendor: string, model: string): readonly NamedAdvisory[] {
    const key = `${vendor}\n${model}`;
    const known = this.#named.get(key);
    if (known !== undefined) return known;
    const found = this.#find(vendor, model);
    this.#named.set(key, found);
    return found;
  }

  #find(vendor: string, model: string): readonly NamedAdvisory[] {
    const own = this.index.naming(vendor, model);
    const seen = new Set(own.map(({ advisory }) => advisory));
    const more: NamedAdvisory[] = [];
    for (const other of otherNames(vendor, model, this.#aliases))
      for (const found of this.index.naming(other.vendor, other.model)) {
        if (seen.has(found.advisory)) continue;
        seen.add(found.advisory);
        more.push({ ...found, named: found.named.map((each) => underOtherName(each, other)) });
      }
    return more.length === 0 ? own : [...own, ...more];
  }

  /** The verdicts of the advisories that do not name a device: what a list of every pair needs besides. */
  *others({ vendor, model }: Device): Generator<Match> {
    const naming = new Set(this.#naming(vendor, model).map(({ advisory }) => advisory));
    for (const advisory of this.index.advisories) {
      if (naming.has(advisory)) continue;
      for (const { cve } of advisory.vulnerabilities)
        yield {
          advisory: advisory.id,
          cve,
          verdict: 'not_affected',
          matched: '',
          fixedIn: null,
          why: 'the advisory does not name this product',
        };
    }
  }
}

/** A match under another name says so; under one that is not sure it is no more than a part. */
const underOtherName = ({ entry, match }: Named, { vendor, model, isSure }: OtherName): Named => ({
  entry,
  match: {
    strength: isSure ? (match.strength === 'exact' ? 'family' : match.strength) : 'part',
    why: `${match.why}; asked under the other name ${vendor} ${model}`,
  },
});
