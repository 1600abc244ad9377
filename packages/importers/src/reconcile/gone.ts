import { known, type Estate } from '@holdfast/estate';
import type { Import, Scope } from '../observation.ts';
import type { GoneEntry } from '../review/review.ts';
import { isInNetwork } from './in-network.ts';
import { nameForm } from './marks-of.ts';
import { siteOf } from './site-of.ts';
import type { Thing } from './thing.ts';

/** Declared things that a source would have shown, and no source shows. */
export function goneOf(
  estate: Estate,
  imports: readonly Import[],
  things: readonly Thing[],
  doubtful: ReadonlySet<string>,
  site: string | undefined,
): readonly GoneEntry[] {
  const seen = new Set(things.flatMap((each) => (each.declared ? [each.id] : [])));
  const gone = new Map<string, GoneEntry>();
  for (const { scopes, file } of imports) {
    for (const scope of scopes) {
      for (const id of estate.all(scope.kind).keys()) {
        if (seen.has(id) || doubtful.has(id) || !isInScope(estate, scope, id, site)) continue;
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
