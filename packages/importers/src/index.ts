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
export { readSheets } from './sheet/read-sheets.ts';
export { cellAddress, cellPosition, type Sheet, type SheetRow } from './sheet/sheet.ts';
export { writeCsv, writeWorkbook, type SheetToWrite } from './sheet/write-sheets.ts';
export { importFormats } from './detect.ts';
export { readImports, type ReadOptions } from './read-imports.ts';
export { reconcile, type ReconcileOptions } from './reconcile/reconcile.ts';
export { accept, type Acceptance } from './review/accept.ts';
export { noMarks, readMarks, type Marks as ReviewMarks } from './review/marks.ts';
export type { Entry, Review } from './review/review.ts';
export { reviewDocument, reviewYaml } from './review/review-document.ts';
export { reviewMarkdown, reviewText, summary } from './review/review-text.ts';
export { mappingSchema, type Mapping } from './tabular/mapping.ts';
export { proposeMapping } from './tabular/propose-mapping.ts';
export { readMapping } from './tabular/read-mapping.ts';
export { templates, writeTemplate, type TemplateName } from './tabular/template.ts';
export { reviewSchema } from './review/review-schema.ts';
export { looksLikeNmap, readNmap } from './nmap/read-nmap.ts';
export { looksLikeLldp, readLldp } from './lldp/read-lldp.ts';
export { looksLikeIscLeases, readIscLeases } from './leases/read-isc-leases.ts';
export { looksLikeKeaLeases, readKeaLeases } from './leases/read-kea-leases.ts';
export { looksLikeArpTable, readArpTable } from './tables/read-arp-table.ts';
export { looksLikeMacTable, readMacTable } from './tables/read-mac-table.ts';
export type { TableOptions } from './tables/sighting.ts';
export { looksLikeNetBox, readNetBox } from './netbox/read-netbox.ts';
