import type { Decision, Expression } from '@holdfast/estate';
import type { World } from './world.ts';

/** A way to decide at a door: what must hold for each device on the way, and the decision at its end. */
export interface Mode {
  readonly name: string;
  readonly device: string;
  readonly decision: Decision;
  readonly whens: readonly { readonly device: string; readonly when: Expression; readonly name: string }[];
}

/** D1: the modes of a device, those of whom it asks in the place of the asking. */
export function modesOf(world: World, device: string, asked: readonly string[] = []): readonly Mode[] {
  if (asked.includes(device)) return [];
  return (world.profileOf(device)?.decisions ?? []).flatMap((decision): readonly Mode[] => {
    const own = { device, when: decision.when, name: `mode ${device} ${decision.id}` };
    if (decision.ask === undefined) return [{ name: own.name, device, decision, whens: [own] }];
    return world
      .fillers(device, decision.ask)
      .flatMap((each) =>
        modesOf(world, each, [...asked, device]).map((mode) => ({ ...mode, whens: [own, ...mode.whens] })),
      );
  });
}
