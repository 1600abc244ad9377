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
export type { Hours } from './language/places.ts';
export { loadEstate } from './load/load-estate.ts';
export { readEntity, type EntityProblem, type EntityReading } from './load/read-entity.ts';
export { decodeText, yamlLimit, type SourceFile } from './load/source.ts';
export { bases, known, provenanceOf, range, type Basis, type Fact, type Sourced } from './shape/fact.ts';
export { isId, isProfileId } from './shape/ids.ts';
export { bitsPerSecondOf, bytesOf } from './shape/quantity.ts';
export type { Path } from './shape/shape.ts';
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
