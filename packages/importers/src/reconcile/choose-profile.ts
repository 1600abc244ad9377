import type { DeviceClass, Estate } from '@holdfast/estate';
import type { Json } from '@holdfast/kernel';
import { nameForm } from './marks-of.ts';

/** A profile for a device, and why; without one, what there is to choose from. */
export interface ProfileChoice {
  readonly profile: Json;
  readonly note: string;
}

/**
 * The profile of the product where exactly one is of this vendor and model, else the only generic one of the class, else
 * `unknown` with what there is to choose from.
 */
export function chooseProfile(
  estate: Estate,
  seen: { readonly vendor?: string; readonly model?: string; readonly deviceClass?: DeviceClass | undefined },
): ProfileChoice {
  const { vendor, model, deviceClass } = seen;
  const product = [vendor, model].filter((each) => each !== undefined).join(' ');
  const fits = model === undefined ? [] : ofProduct(estate, vendor, model);
  const [only] = fits;
  if (only !== undefined && fits.length === 1)
    return { profile: only, note: `${product} is the product of the profile ${only}` };
  const generic = deviceClass === undefined ? [] : genericOf(estate, deviceClass);
  const [plain] = generic;
  if (plain !== undefined && generic.length === 1)
    return {
      profile: {
        value: plain,
        basis: 'assumed',
        note: product === '' ? 'the product is not known' : `no profile of ${product} is known`,
      },
      note: `${product === '' ? 'its product is not known' : `no profile of ${product} is known`}: it gets ${plain}, assumed`,
    };
  const choices = fits.length > 1 ? fits : generic;
  return {
    profile: 'unknown',
    note: `choose a profile: ${choices.length > 0 ? choices.join(', ') : '`holdfast profiles list` shows them'}`,
  };
}

function ofProduct(estate: Estate, vendor: string | undefined, model: string): readonly string[] {
  return [...estate.all('profile')].flatMap(([id, profile]) => {
    const models = [profile.model, profile.name, `${profile.vendor ?? ''} ${profile.model ?? ''}`];
    const sameModel =
      profile.model !== undefined &&
      models.some((each) => each !== undefined && nameForm(each) === nameForm(model));
    const sameVendor = vendor === undefined || isSameVendor(profile.vendor ?? '', vendor);
    return sameModel && sameVendor ? [id] : [];
  });
}

/** `Axis` and `Axis Communications AB` are one. */
function isSameVendor(a: string, b: string): boolean {
  const words = (text: string): readonly string[] =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean);
  const [shorter, longer] = [words(a), words(b)].toSorted((x, y) => x.length - y.length);
  if (!shorter || !longer || shorter.length === 0) return false;
  return (
    shorter.every((word, index) => longer[index] === word) || shorter.every((word) => longer.includes(word))
  );
}

const genericOf = (estate: Estate, deviceClass: DeviceClass): readonly string[] =>
  [...estate.all('profile')].flatMap(([id, profile]) =>
    profile.class === deviceClass && id.split('/')[1]?.startsWith('generic') === true ? [id] : [],
  );
