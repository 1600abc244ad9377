import { known } from '@holdfast/estate';
import { all, any, type World } from './world.ts';

/** Whether an alarm panel reaches its monitoring centre over any of its transmission paths. */
export function transmits(world: World, panel: string): boolean {
  return any(
    [...world.estate.all('transmission')]
      .filter(([, each]) => each.panel === panel)
      .map(([id, each]) => {
        const sender = each.communicator ?? panel;
        const carried = known(each.over) === 'ip' ? world.uses(sender, each.centre) : carries(world, each);
        return all([world.whole(id), world.runs(panel), world.runs(sender), carried]);
      }),
  );
}

function carries(
  world: World,
  {
    centre,
    operator,
    paths,
  }: { readonly centre: string; readonly operator?: Parameters<typeof known>[0]; readonly paths?: unknown },
): boolean {
  const by = known(operator);
  const ways = known(paths) as readonly string[] | undefined;
  return all([
    world.serves(centre),
    typeof by === 'string' ? world.whole(by) : world.doubtful,
    ...(ways ?? []).map((path) => world.whole(path)),
  ]);
}
