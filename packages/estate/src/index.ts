export { Estate } from './estate.ts';
export type { DeviceClass, Decision, Facts, Profile } from './language/profile.ts';
export { deviceClasses } from './language/profile.ts';
export type { Expression } from './language/expression.ts';
export {
  functionNames,
  outageKinds,
  type Fault,
  type FunctionName,
  type OutageKind,
} from './language/intent.ts';
export { collections, entityKinds, type EntityKind } from './language/kinds.ts';
export { languageVersion, type Entity, type EntityData } from './language/language.ts';
export { isInterfaceName } from './language/equipment.ts';
export { zoneFunctions, type ZoneFunction } from './language/policy.ts';
export { transportsOf, type Transport } from './language/transport.ts';
export type { Hours } from './language/places.ts';
export { loadEstate } from './load/load-estate.ts';
export { readDocument, type ReadDocument } from './load/read-document.ts';
export { readEntity, type EntityProblem, type EntityReading } from './load/read-entity.ts';
export { positionsIn } from './load/positions.ts';
export { decodeText, isOtherDocument, yamlLimit, type SourceFile } from './load/source.ts';
export { isIpv4, isIpv6 } from './shape/address.ts';
export { bases, known, provenanceOf, range, type Basis, type Fact, type Sourced } from './shape/fact.ts';
export { isId, isProfileId } from './shape/ids.ts';
export { bitsPerSecondOf, bytesOf } from './shape/quantity.ts';
export { listOf, mapOf, object, oneOrMany, required } from './shape/composites.ts';
export { date, flag, number, oneOf, text } from './shape/scalars.ts';
export type { Infer, JsonSchema, Path, Shape } from './shape/shape.ts';
export { droppedSource } from './edit/dropped-source.ts';
export { editEstate } from './edit/edit-estate.ts';
export type {
  AddEntity,
  Edit,
  EditPath,
  RemoveEntity,
  RenameEntity,
  SetValue,
  UnsetValue,
} from './edit/edit.ts';
export { estateSchema } from './schema/estate-schema.ts';
