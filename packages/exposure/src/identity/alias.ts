import { squash } from '../text/fold.ts';
import { groupOf } from './vendor-groups.ts';
import { vendorKeys } from './vendor-names.ts';

/** Another name under which advisories may speak of a device. */
export interface Alias {
  readonly vendor: string;
  /** Every model of the vendor where none is given. */
  readonly model?: string;
  readonly asVendor: string;
  /** The same model where none is given. */
  readonly asModel?: string;
  /** Of an alias that is not sure, such as a brand that sells the devices of a maker, a verdict is never more than up for review. */
  readonly isSure: boolean;
}

/** A name to ask for besides a device's own. */
export interface OtherName {
  readonly vendor: string;
  readonly model: string;
  readonly isSure: boolean;
}

/** The names that aliases give a device. */
export function otherNames(vendor: string, model: string, aliases: readonly Alias[]): readonly OtherName[] {
  const groups = new Set(vendorKeys(vendor).map(groupOf));
  return aliases
    .filter(
      (alias) =>
        vendorKeys(alias.vendor).some((key) => groups.has(groupOf(key))) &&
        (alias.model === undefined || squash(alias.model) === squash(model)),
    )
    .map(({ asVendor, asModel, isSure }) => ({ vendor: asVendor, model: asModel ?? model, isSure }));
}
