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
export { looksLikeLldp, readLldp } from './lldp/read-lldp.ts';
export { looksLikeIscLeases, readIscLeases } from './leases/read-isc-leases.ts';
export { looksLikeKeaLeases, readKeaLeases } from './leases/read-kea-leases.ts';
export { looksLikeArpTable, readArpTable } from './tables/read-arp-table.ts';
export { looksLikeMacTable, readMacTable } from './tables/read-mac-table.ts';
export type { TableOptions } from './tables/sighting.ts';
export { looksLikeNetBox, readNetBox } from './netbox/read-netbox.ts';
