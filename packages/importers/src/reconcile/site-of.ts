import type { Estate } from '@holdfast/estate';

/** The site that a place, door, device, network or supply is at; `undefined` where it is of none. */
export function siteOf(estate: Estate, id: string): string | undefined {
  let at: string | undefined = id;
  // Places do not lie inside each other in a circle; the bound is for data that nobody checked.
  for (let steps = 0; at !== undefined && steps < 100; steps += 1) {
    const kind = estate.kindOf(at);
    if (kind === 'site') return at;
    at = above(estate, at);
  }
  return undefined;
}

function above(estate: Estate, id: string): string | undefined {
  const kind = estate.kindOf(id);
  const data = (kind && estate.get(kind, id)) as
    | Readonly<Partial<Record<'in' | 'at' | 'to' | 'site' | 'of', unknown>>>
    | undefined;
  if (!data || kind === 'cable' || kind === 'vpn' || kind === 'circuit') return undefined;
  const place = data.in ?? data.at ?? data.site ?? (kind === 'door' ? data.to : data.of);
  return typeof place === 'string' ? place : undefined;
}
