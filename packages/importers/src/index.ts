export type {
  Import,
  ImportFile,
  ImportFormat,
  Marks,
  Observation,
  ObservedRef,
  Saying,
  Scope,
} from './observation.ts';
export { looksLikeNmap, readNmap } from './nmap/read-nmap.ts';
