import { known, type DeviceClass, type EntityData, type Estate } from '@holdfast/estate';

/** The class of a device, by its profile. */
export const classOf = (estate: Estate, data: EntityData<'device'>): DeviceClass | undefined =>
  estate.get('profile', known(data.profile))?.class;

/** The policy for a class of devices. */
export const policyFor = (estate: Estate, each: DeviceClass): EntityData<'patching'> | undefined =>
  [...estate.all('patching').values()].find(({ classes }) => classes.includes(each));

/** The policy for a device. */
export function policyOf(estate: Estate, data: EntityData<'device'>): EntityData<'patching'> | undefined {
  const own = classOf(estate, data);
  return own === undefined ? undefined : policyFor(estate, own);
}
