/** The kinds of entity, each with the key under which files list it. */
export const collections = {
  site: 'sites',
  building: 'buildings',
  floor: 'floors',
  area: 'areas',
  door: 'doors',
  view: 'views',
  post: 'posts',
  device: 'devices',
  network: 'networks',
  zone: 'zones',
  conduit: 'conduits',
  cable: 'cables',
  circuit: 'circuits',
  path: 'paths',
  vpn: 'vpns',
  supply: 'power',
  service: 'services',
  transmission: 'transmissions',
  group: 'groups',
  function: 'functions',
  party: 'parties',
  contract: 'contracts',
  patching: 'patching',
  scenario: 'scenarios',
  profile: 'profiles',
} as const;

export type EntityKind = keyof typeof collections;

/** All kinds, in the order in which files and tables list them. */
// Object.keys of a const object are its keys.
export const entityKinds = Object.keys(collections) as readonly EntityKind[];
