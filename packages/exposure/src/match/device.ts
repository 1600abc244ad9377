import { readProductName, type ProductForm } from '../identity/product-name.ts';
import { groupOf } from '../identity/vendor-groups.ts';
import { vendorKeys } from '../identity/vendor-names.ts';
import { wordsOf } from '../identity/words.ts';
import { foldText, squash } from '../text/fold.ts';
import { parseVersion } from '../version/parse-version.ts';
import type { Version } from '../version/version.ts';

/** A device as it is asked about. */
export interface Device {
  readonly vendor: string;
  readonly model: string;
  /** As the device prints it; empty where nobody knows. */
  readonly firmware: string;
}

/** Who made a device and which it is, as keys that compare. */
export interface DeviceIdentity {
  readonly vendorKeys: readonly string[];
  readonly vendorWords: readonly string[];
  readonly forms: readonly ProductForm[];
  /** The words of the model as they stand, among which a vendor may be. */
  readonly modelWords: readonly string[];
  /** A version that stands in the model's name. */
  readonly line?: Version;
}

/** Letters that a vendor's model numbers may begin with or not: `DH-IPC-HDW1320` is `IPC-HDW1320`. */
export const codePrefixes: Readonly<Record<string, readonly string[]>> = {
  dahua: ['dhi', 'dh'],
  geovision: ['gvipcamdgv', 'gv'],
  hikvision: ['i'],
};

/** Reads vendor and model of a device. */
export function identityOf(vendor: string, model: string): DeviceIdentity {
  const keys = vendorKeys(vendor);
  const name = withoutCpe(model);
  const read = readProductName(name, vendor);
  // A hyphen between words is written or not: CBAS-Web is CBAS Web.
  const apart = name.replaceAll(/(?<=[A-Za-z]{3})-(?=[A-Za-z]{3})/g, ' ');
  const forms = apart === name ? read.forms : [...read.forms, ...readProductName(apart, vendor).forms];
  return {
    vendorKeys: [...new Set(keys.flatMap((each) => [each, groupOf(each)]))],
    vendorWords: wordsOf(vendor).filter((each) => squash(vendor).includes(each)),
    modelWords: name.split(/\s+/).map(squash),
    forms: forms.length > 1 ? forms.filter((each) => !each.isShort) : forms,
    ...(read.line === undefined ? {} : { line: read.line }),
  };
}

/** A model that was given as a CPE name, as network scanners do, is the product of that name. */
function withoutCpe(model: string): string {
  const found = /^cpe:(?:2\.3:|\/)[aho]:[^:]*:([^:]+)/i.exec(model.trim());
  return found?.[1] === undefined
    ? model
    : found[1]
        .replaceAll('_', ' ')
        .replaceAll('\\', '')
        .replace(/ firmware$/i, '');
}

const unknownWords = /^(?:|-+|\?+|n\/?a|none|null|unknown|not known|tbd|unbekannt|unavailable|x+)$/;

/** The version of a firmware as the device prints it; undefined where nobody knows it. */
export const firmwareOf = (firmware: string): Version | undefined =>
  isUnknownFirmware(firmware) ? undefined : parseVersion(firmware);

/** Whether a firmware says that nobody knows it. */
export const isUnknownFirmware = (firmware: string): boolean => unknownWords.test(foldText(firmware));
