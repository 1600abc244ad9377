import { collections, entityKinds, type EntityKind } from '../language/kinds.ts';
import { languageVersion, shapes } from '../language/language.ts';
import { expressionSchema } from '../language/expression.ts';
import { bases } from '../shape/fact.ts';
import { idPattern, port, profileIdPattern, profileRef } from '../shape/ids.ts';
import {
  address,
  cidr,
  count,
  dataRate,
  dataSize,
  date,
  duration,
  flag,
  oneOf,
  text,
  timeOfDay,
  timeZone,
} from '../shape/scalars.ts';
import type { JsonSchema } from '../shape/shape.ts';
import { shareNamed } from './share-named.ts';

/** What each collection holds, as editors show it. */
const about: Readonly<Record<EntityKind, string>> = {
  site: 'Sites: each has a time zone, and a jurisdiction for life safety.',
  building: 'Buildings of a site.',
  floor: 'Floors of a building.',
  area: 'Areas, each with the class that says how much depends on it.',
  door: 'Doors and other openings: the lock, what powers it, who decides, how people get out.',
  view: 'What cameras must show and record, and for how long.',
  post: 'Guard posts: shifts, minutes to each place, radio.',
  device: 'Devices, each by a profile that says how it behaves when cut off.',
  network: 'Subnets and VLANs.',
  zone: 'Zones: networks of one function and one risk class.',
  conduit: 'Conduits: which zones may open connections to which, by which services.',
  cable: 'Cables between ports, where no uplink says so already.',
  circuit: 'Lines to a provider, fixed or by radio.',
  path: 'Ducts, masts and exchanges: what circuits and cables share.',
  vpn: 'Tunnels between two routers, and remote access of parties.',
  supply: 'Power: feeds, UPS, generators, boards, supply units.',
  service: 'Services, on a host of the site or in the cloud.',
  transmission: 'Paths on which alarms reach the monitoring centre.',
  group: 'Devices that stand in for each other.',
  function: 'Security functions and how long they must last.',
  party: 'Teams, persons, vendors and providers.',
  contract: 'Contracts and what they cover.',
  patching: 'Who patches each class of devices, and by when.',
  scenario: 'Scenarios of your own.',
  profile: 'Profiles of your own products.',
};

/** Parts that stand in many places, by the name of their definition. */
const named = {
  text,
  flag,
  count,
  date,
  timeOfDay,
  timeZone,
  duration,
  size: dataSize,
  rate: dataRate,
  address,
  cidr,
  port,
  profileId: profileRef,
  basis: oneOf(...bases),
};

/**
 * The JSON Schema (draft 2020-12) of a YAML file of an estate, for completion and checks in editors.
 * It accepts what the loader accepts within one file; references, circles and profiles are beyond it.
 * An empty value is the one exception: the loader takes it as left out, the schema asks for it to be left out.
 * @see https://json-schema.org/draft/2020-12/json-schema-core
 */
export function estateSchema(): JsonSchema {
  const properties: Record<string, JsonSchema> = {
    holdfast: { const: languageVersion, description: 'The version of the language.' },
  };
  const $defs: Record<string, JsonSchema> = {
    expression: { ...expressionSchema(), description: 'What a capability requires.' },
  };
  for (const kind of entityKinds) {
    properties[collections[kind]] = {
      description: about[kind],
      type: ['object', 'null'],
      propertyNames: {
        pattern: kind === 'profile' ? profileIdPattern : idPattern,
        not: { const: 'unknown' },
      },
      additionalProperties: { $ref: `#/$defs/${kind}` },
    };
    $defs[kind] = shapes[kind].schema();
  }
  const shared = Object.fromEntries(Object.entries(named).map(([name, shape]) => [name, shape.schema()]));
  return shareNamed(
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `urn:holdfast:schema:estate:${languageVersion}`,
      title: 'Holdfast estate',
      description:
        'A site or portfolio as declared: places, doors, devices, networks, power, services and people.',
      type: 'object',
      properties,
      required: ['holdfast'],
      additionalProperties: false,
      $defs,
    },
    shared,
  );
}
