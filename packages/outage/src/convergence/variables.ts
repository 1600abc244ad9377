import { known } from '@holdfast/estate';
import type { ComponentKind, Model } from '../compile/model.ts';
import { rooms } from '../scenario/rooms.ts';
import type { NodeId } from '../solver/system.ts';

/** What a cut set consists of: a component, or a common cause that takes several components at once. */
export interface Variable {
  /** As the selectors of scenarios name it; `firmware:PROFILE@VERSION` and `room:AREA` for common causes. */
  readonly key: string;
  readonly name: string;
  readonly kind: ComponentKind | 'room' | 'firmware';
  /** The sources that it takes. */
  readonly nodes: readonly NodeId[];
}

/** What does not fail as a fault does: a service that turns hostile, a fire, the hour of the day. */
const unlike: ReadonlySet<ComponentKind> = new Set(['honesty', 'fire', 'time']);

/** Every component that can fail by itself, and every common cause that nobody drew. */
export function variablesOf(model: Model): readonly Variable[] {
  const components = [...model.components.values()].flatMap(
    ({ key, name, kind, node }): readonly Variable[] =>
      unlike.has(kind) ? [] : [{ key, name, kind, nodes: [node] }],
  );
  return [...components, ...roomCauses(model), ...firmwareCauses(model)];
}

function roomCauses(model: Model): readonly Variable[] {
  return rooms(model).map(({ place, components }) => ({
    key: `room:${place}`,
    name: `all that stands in ${model.estate.nameOf(place)}`,
    kind: 'room',
    nodes: components.map(({ node }) => node),
  }));
}

/** One version on two devices of one product or more: what is wrong in it is wrong in all of them. */
function firmwareCauses(model: Model): readonly Variable[] {
  const byVersion = new Map<string, { readonly name: string; readonly nodes: NodeId[] }>();
  for (const [id, { profile, firmware }] of model.estate.all('device')) {
    const [product, version] = [known(profile), known(firmware)];
    const component = model.components.get(id);
    if (product === undefined || version === undefined || !component) continue;
    const key = `firmware:${product}@${version}`;
    const own = byVersion.get(key) ?? {
      name: `firmware ${version} of ${model.estate.nameOf(product)}`,
      nodes: [],
    };
    own.nodes.push(component.node);
    byVersion.set(key, own);
  }
  return [...byVersion].flatMap(([key, { name, nodes }]): readonly Variable[] =>
    nodes.length > 1 ? [{ key, name, kind: 'firmware', nodes }] : [],
  );
}
