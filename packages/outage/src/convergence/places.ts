import { known, type FunctionName } from '@holdfast/estate';
import type { Capability, CapabilityName, Model } from '../compile/model.ts';
import { hasCutSets } from './has-cut-sets.ts';

/** A function at one place: lost once any of its essential capabilities is. */
export interface PlacedFunction {
  readonly function: FunctionName;
  readonly place: string;
  readonly site: string;
  readonly capabilities: readonly Capability[];
}

/** What a function is without which it is not worth the name. */
const essential: Readonly<Record<FunctionName, readonly CapabilityName[]>> = {
  access: ['admits-known'],
  video: ['records'],
  alarm: ['detects', 'reaches-centre'],
  'fire-release': ['releases-on-fire'],
  intercom: ['call-answered'],
  'building-control': ['cools'],
  soc: ['sees-alarms', 'reaches-guards'],
};

/** The functions of all places, of those that have cut sets. */
export function placedFunctions(model: Model): readonly PlacedFunction[] {
  return [...model.capabilitiesAt].flatMap(([place, own]) => {
    const asked = own.filter(
      (each) => essential[each.function].includes(each.name) && hasCutSets(each.formula),
    );
    return [...Map.groupBy(asked, (each) => each.function)].map(([name, capabilities]) => ({
      function: name,
      place,
      site: capabilities[0]?.site ?? place,
      capabilities,
    }));
  });
}

/** What is not asked, as `function@place`: more faults may bring it back, or it follows the hour, so that it has no cut sets. */
export function unaskedFunctions(model: Model, site: string | undefined): readonly string[] {
  const names = model.capabilities.flatMap((each) =>
    essential[each.function].includes(each.name) &&
    !hasCutSets(each.formula) &&
    (site === undefined || each.site === site)
      ? [`${each.function}@${each.place}`]
      : [],
  );
  return [...new Set(names)];
}

/** The area that a door, a view or an area itself belongs to: of a door the side that it protects. */
function areaOf({ estate }: Model, place: string): string | undefined {
  const of = estate.get('view', place)?.of ?? place;
  const area = estate.get('door', of)?.to ?? of;
  return estate.get('area', area) ? area : undefined;
}

/** Whether a place counts as critical. */
export const isCritical = (model: Model, place: string): boolean =>
  known(model.estate.get('area', areaOf(model, place))?.class) === 'critical';
/** Whether a place is another, or lies in it: in an area, a floor, a building or a site. */
export function liesAt(model: Model, { place, site }: PlacedFunction, larger: string): boolean {
  if (place === larger || site === larger) return true;
  const { estate } = model;
  let at = areaOf(model, place);
  for (let steps = 0; at !== undefined && steps < 1000; steps += 1) {
    if (at === larger) return true;
    at = estate.get('area', at)?.in ?? estate.get('floor', at)?.in ?? estate.get('building', at)?.in;
  }
  return false;
}
