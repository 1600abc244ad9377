import { known, type Estate } from '@holdfast/estate';
import type { Scenario } from '@holdfast/outage';
import { siteOf } from '@holdfast/topology';
import type { AuditDocument, CallRow, SiteContactRow } from './audit-document.ts';

/** Whoever stands on a guard desk's list is reached by one of these. */
type Contact = AuditDocument['contacts'][string];

/** More than this many names help nobody who has to ring them. */
const callsShown = 8;

/** Who answers for what a scenario takes away: each party once, with what it is called for. */
export function callsOf(estate: Estate, { components }: Scenario): readonly CallRow[] {
  const calls = new Map<string, string[]>();
  for (const key of components) {
    for (const party of answerable(estate, key)) calls.set(party, [...(calls.get(party) ?? []), key]);
  }
  return [...calls]
    .slice(0, callsShown)
    .map(([party, about]) => ({ party, about: about.slice(0, callsShown) }));
}

/** The parties that can bring a component back: whoever runs it or delivers it, else whoever owns it. */
function answerable(estate: Estate, key: string): readonly string[] {
  if (key === 'internet')
    return [...estate.all('circuit').values()].flatMap(({ provider }) => known(provider) ?? []);
  if (key.startsWith('mains:')) return mainsProviders(estate, key.slice('mains:'.length));
  if (key.startsWith('region:')) return partiesOf(estate, key.slice('region:'.length).split('/')[0]);
  return partiesOf(estate, runnerOf(estate, key));
}

function runnerOf(estate: Estate, key: string): string | undefined {
  const device = estate.get('device', key);
  if (device) return known(device.maintainer) ?? contractor(estate, key) ?? known(device.owner);
  const service = estate.get('service', key);
  if (service) return known(service.provider) ?? contractor(estate, key) ?? known(service.owner);
  const circuit = estate.get('circuit', key);
  if (circuit) return known(circuit.provider) ?? contractor(estate, key);
  return (
    estate.get('supply', key)?.provider ?? contractor(estate, key) ?? estate.get('path', key)?.owner ?? key
  );
}

const partiesOf = (estate: Estate, id: string | undefined): readonly string[] =>
  id !== undefined && estate.get('party', id) ? [id] : [];

/** The feeds of a site that hang on its mains, and who delivers them. */
function mainsProviders(estate: Estate, site: string): readonly string[] {
  return [...estate.all('supply').values()].flatMap(({ kind, from, at, provider }) =>
    kind === 'feed' && from === undefined && at !== undefined && siteOf(estate, at) === site
      ? partiesOf(estate, provider)
      : [],
  );
}

/** With whom there is a contract about a thing. */
function contractor(estate: Estate, id: string): string | undefined {
  return [...estate.all('contract').values()].find(({ covers }) => covers?.some((each) => each === id))?.with;
}

/** Whom a site calls whatever has happened: its security manager, its monitoring centre, and who maintains its doors, video and alarm. */
export function siteContacts(estate: Estate): ReadonlyMap<string, readonly SiteContactRow[]> {
  const maintainers = maintainersBySite(estate);
  const centres = centresBySite(estate);
  return new Map(
    [...estate.all('site')].map(([id, { owner }]) => [
      id,
      [
        ...[personFor(estate, owner)].flatMap((party) =>
          party === undefined ? [] : [{ party, as: 'security' as const }],
        ),
        ...[...(centres.get(id) ?? [])].map((party) => ({ party, as: 'monitoring' as const })),
        ...[...(maintainers.get(id) ?? [])].map((party) => ({ party, as: 'maintenance' as const })),
      ],
    ]),
  );
}

/** The person of a team who is to be called: who has a phone, a security manager before others; else the team. */
function personFor(estate: Estate, team: string | undefined): string | undefined {
  if (team === undefined || estate.get('party', team)?.phone !== undefined) return team;
  const members = [...estate.all('party')].filter(
    ([, party]) => party.in === team && party.phone !== undefined,
  );
  const manager = members.find(([, { role }]) => /security|manager|lead/iu.test(role ?? ''));
  return (manager ?? members[0])?.[0] ?? team;
}

function centresBySite(estate: Estate): ReadonlyMap<string, ReadonlySet<string>> {
  return gather(
    [...estate.all('transmission').values()].map(({ panel, centre }) => {
      const service = estate.get('service', centre);
      return [estate.get('device', panel)?.at, known(service?.provider) ?? known(service?.owner)];
    }),
    estate,
  );
}

function maintainersBySite(estate: Estate): ReadonlyMap<string, ReadonlySet<string>> {
  const covered = new Map(
    [...estate.all('contract').values()].flatMap(({ covers, with: party }) =>
      (covers ?? []).map((each) => [each, party] as const),
    ),
  );
  return gather(
    [...estate.all('device')].map(([id, { at, maintainer }]) => [at, known(maintainer) ?? covered.get(id)]),
    estate,
  );
}

function gather(
  pairs: readonly (readonly [place: string | undefined, party: string | undefined])[],
  estate: Estate,
): ReadonlyMap<string, ReadonlySet<string>> {
  const out = new Map<string, Set<string>>();
  for (const [place, party] of pairs) {
    if (party === undefined || place === undefined || !estate.get('party', party)) continue;
    const site = siteOf(estate, place);
    if (site === undefined) continue;
    const own = out.get(site) ?? new Set<string>();
    out.set(site, own.add(party));
  }
  return out;
}

/** How the parties and the posts that stand on lists are reached, by id. */
export function contactsOf(estate: Estate, ids: Iterable<string>): Readonly<Record<string, Contact>> {
  return Object.fromEntries(
    [...new Set([...ids, ...estate.all('post').keys()])].toSorted().flatMap((id) => {
      const party = estate.get('party', id);
      const { phone, email, role } = party ?? {
        ...estate.get('post', id),
        email: undefined,
        role: undefined,
      };
      const contact: Contact = {
        name: estate.nameOf(id),
        kind: party?.kind ?? 'post',
        ...(role === undefined ? {} : { role }),
        ...(phone === undefined ? {} : { phone }),
        ...(email === undefined ? {} : { email }),
      };
      return [[id, contact]];
    }),
  );
}
