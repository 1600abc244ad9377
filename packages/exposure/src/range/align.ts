import { dayOfSix } from '../version/parse-date.ts';
import { prefixOf, releaseOf, withPrefix, type Version } from '../version/version.ts';

/**
 * A device's version in the form of the version that it is compared with: a prefix that only one of the two prints is taken as said,
 * and of a day only the build date of the device counts. Undefined where the two name different things.
 */
export function alignTo(bound: Version, device: Version): Version | undefined {
  const [wanted, given] = [prefixOf(bound), prefixOf(device)];
  if (wanted === given) return device;
  if (wanted === 'date') return buildDay(device);
  if (given === 'date') return undefined;
  if (wanted === '' || given === '') return withPrefix(device, wanted);
  return undefined;
}

/** The day on which a firmware was built, where its version says so. */
function buildDay(device: Version): Version | undefined {
  const build = device.parts.find(({ word }) => word === 'build')?.numbers[0];
  const last = releaseOf(device).at(-1);
  const whole = last !== undefined && last >= 19_900_000 && last < 21_000_000 ? last : undefined;
  const day = whole ?? dayOfSix(String(build ?? last ?? '').padStart(6, '0'));
  return day === undefined ? undefined : { ...device, parts: [{ word: 'date', numbers: [day] }] };
}
