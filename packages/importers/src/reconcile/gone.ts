import { known, type Estate } from '@holdfast/estate';
import { problem, type Problem } from '@holdfast/kernel';
import type { Import, Scope } from '../observation.ts';
import type { GoneEntry } from '../review/review.ts';
import { isInNetwork } from './in-network.ts';
import { nameForm } from './marks-of.ts';
import { siteOf } from './site-of.ts';
import type { Thing } from './thing.ts';

/** What tells what is gone, beside the imports. */
export interface GoneOptions {
  readonly site: string | undefined;
  /** Whether every table is the whole list, whatever it shows. */
  readonly isComplete: boolean;
}

/**
 * Declared things that a source would have shown, and no source shows. A table that is only assumed to be the whole list, and
 * shows less than half of what is declared, is taken for a part: that nothing is told as gone is added to `problems`.
 */
export function goneOf(
  estate: Estate,
  imports: readonly Import[],
  things: readonly Thing[],
  doubtful: ReadonlySet<string>,
  { site, isComplete }: GoneOptions,
  problems: Problem[],
): readonly GoneEntry[] {
  const seen = new Set(things.flatMap((each) => (each.declared ? [each.id] : [])));
  const gone = new Map<string, GoneEntry>();
  for (const { scopes, file } of imports) {
    for (const scope of scopes) {
      const inScope = [...estate.all(scope.kind).keys()].filter((id) => isInScope(estate, scope, id, site));
      const shown = inScope.filter((id) => seen.has(id) || doubtful.has(id));
      if (scope.isAssumed && !isComplete && 2 * shown.length < inScope.length) {
        problems.push(partOnly(file, shown.length, inScope.length));
        continue;
      }
      for (const id of inScope) {
        if (seen.has(id) || doubtful.has(id)) continue;
        const sources = gone.get(id)?.sources ?? [];
        const at = estate.at(scope.kind, id);
        gone.set(id, {
          kind: 'gone',
          key: `gone/${id}`,
          entity: scope.kind,
          id,
          ...(at === undefined ? {} : { at }),
          sources: sources.includes(file) ? sources : [...sources, file],
        });
      }
    }
  }
  return [...gone.values()];
}

const partOnly = (file: string, shown: number, declared: number): Problem =>
  problem(
    'import-partial',
    `${file} shows ${shown} of ${declared} that are declared: nothing is told as gone`,
    {
      at: { file, line: 1, column: 1 },
      hint: 'say --complete where it is the whole list',
    },
  );

function isInScope(estate: Estate, scope: Scope, id: string, asked: string | undefined): boolean {
  const home = siteOf(estate, id);
  if (asked !== undefined && home !== undefined && home !== asked) return false;
  if (scope.site !== undefined && !isSite(estate, home, scope.site)) return false;
  const device = scope.kind === 'device' ? estate.get('device', id) : undefined;
  if (scope.classes !== undefined) {
    const found = device && estate.get('profile', known(device.profile))?.class;
    if (found === undefined || !scope.classes.includes(found)) return false;
  }
  if (scope.networks === undefined) return true;
  const legs = device ? [device, ...Object.values(device.interfaces ?? {})] : [];
  const addresses = legs.flatMap(({ address }) => address ?? []);
  return addresses.some((each) => scope.networks?.some((network) => isInNetwork(each, network)));
}

const isSite = (estate: Estate, home: string | undefined, called: string): boolean =>
  home !== undefined && (home === called || nameForm(estate.nameOf(home)) === nameForm(called));
