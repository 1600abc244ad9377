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
