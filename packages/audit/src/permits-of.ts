import type { Estate } from '@holdfast/estate';
import type { Permits } from '@holdfast/outage';
import { FlowFilter, landscapeOf, type DeviceConfig, type Landscape } from '@holdfast/segmentation';

/** What the outage engine asks of the segmentation engine; `undefined` where no configuration is known. */
export function permitsOf(
  estate: Estate,
  configs: ReadonlyMap<string, DeviceConfig> | undefined,
  landscape?: Landscape,
): Permits | undefined {
  if (configs === undefined || configs.size === 0) return undefined;
  return new FlowFilter(landscape ?? landscapeOf(estate, configs));
}
