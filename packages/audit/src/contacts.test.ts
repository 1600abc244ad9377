import { loadEstate } from '@holdfast/estate';
import { asMillis } from '@holdfast/kernel';
import type { Scenario } from '@holdfast/outage';
import { expect, it } from 'vitest';
import { callsOf, contactsOf, siteContacts } from './contacts.ts';

const text = `
holdfast: 1
sites: { hq: { name: HQ, timeZone: UTC, owner: security } }
areas: { room: { name: Room, in: hq, class: staff } }
parties:
  security: { name: Security, kind: team }
  clerk: { name: A. Clerk, kind: person, in: security, phone: '1' }
  head: { name: B. Head, kind: person, in: security, role: security manager, phone: '2' }
  fitter: { name: Fitter, kind: vendor, phone: '3' }
  telco: { name: Telco, kind: provider }
  utility: { name: Utility, kind: provider }
  centre: { name: Centre, kind: monitoring-centre }
power:
  feed: { name: Feed, kind: feed, at: room, provider: utility }
devices:
  router: { profile: routers/generic, at: room, power: [feed], owner: security }
  panel: { profile: alarm-panels/generic, at: room, power: [feed] }
circuits: { line: { on: router, provider: telco } }
services: { monitoring: { name: Monitoring, kind: monitoring-centre, provider: centre } }
transmissions: { path: { panel: panel, centre: monitoring, over: ip } }
contracts: { care: { with: fitter, covers: [panel] } }
profiles:
  routers/generic: { class: router, name: Router }
  alarm-panels/generic: { class: alarm-panel, name: Panel }
`;
const loaded = loadEstate([{ name: 'estate.yaml', text }], []);
if (loaded.kind === 'error') throw new Error(JSON.stringify(loaded.error));
const estate = loaded.value;
const scenario = (...components: readonly string[]): Scenario => ({
  key: 'x',
  name: 'x',
  kind: 'any',
  components,
  faults: [],
  start: 0,
  length: asMillis(1),
  horizon: asMillis(2),
});

it('calls whoever runs or delivers what failed, each once', () => {
  const parties = (...keys: readonly string[]) =>
    callsOf(estate, scenario(...keys)).map(({ party }) => party);
  expect(parties('router')).toEqual(['security']);
  expect(parties('panel')).toEqual(['fitter']);
  expect(parties('line', 'internet')).toEqual(['telco']);
  expect(parties('mains:hq', 'feed')).toEqual(['utility']);
  expect(parties('monitoring', 'centre', 'region:centre/x')).toEqual(['centre']);
  expect(parties('nobody')).toEqual([]);
  expect(callsOf(estate, scenario('line', 'internet'))[0]?.about).toEqual(['line', 'internet']);
});

it('calls at a site its security manager, its monitoring centre and who maintains it', () => {
  expect(siteContacts(estate).get('hq')).toEqual([
    { party: 'head', as: 'security' },
    { party: 'centre', as: 'monitoring' },
    { party: 'fitter', as: 'maintenance' },
  ]);
});

it('says how they are reached, and leaves out what nobody has written down', () => {
  expect(contactsOf(estate, ['head', 'centre'])).toEqual({
    centre: { name: 'Centre', kind: 'monitoring-centre' },
    head: { name: 'B. Head', kind: 'person', role: 'security manager', phone: '2' },
  });
});
