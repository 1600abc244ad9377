import type { AnyShape } from '../shape/composites.ts';
import type { Infer } from '../shape/shape.ts';
import { device } from './equipment.ts';
import { cable, circuit, network, sharedPath, vpn } from './network.ts';
import { group, service, supply, transmission } from './supplies.ts';
import { contract, party, scenario, securityFunction } from './intent.ts';
import { patching } from './patching.ts';
import type { EntityKind } from './kinds.ts';
import { conduit, zone } from './policy.ts';
import { area, building, door, floor, post, site, view } from './places.ts';
import { profile } from './profile.ts';

/** The version of the language that this code reads. */
export const languageVersion = 1;

/** The shape of each kind of entity. */
export const shapes = {
  site,
  building,
  floor,
  area,
  door,
  view,
  post,
  device,
  network,
  zone,
  conduit,
  cable,
  circuit,
  path: sharedPath,
  vpn,
  supply,
  service,
  transmission,
  group,
  function: securityFunction,
  party,
  contract,
  patching,
  scenario,
  profile,
} as const satisfies Readonly<Record<EntityKind, AnyShape>>;

/** The data of an entity of a kind, in canonical form. */
export type EntityData<K extends EntityKind> = Infer<(typeof shapes)[K]>;

/** One entity of an estate. */
export interface Entity<K extends EntityKind = EntityKind> {
  readonly kind: K;
  /** Unique in its estate over all kinds. */
  readonly id: string;
  readonly data: EntityData<K>;
}
