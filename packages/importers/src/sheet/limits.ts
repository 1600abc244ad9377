/** The limits on spreadsheets; what is beyond them is refused before it is unpacked or parsed. */
export const sheetLimits = {
  /** Bytes of a text file. */
  textBytes: 64 * 2 ** 20,
  /** Bytes of a workbook as it lies on the disk. */
  packedBytes: 32 * 2 ** 20,
  /** Bytes of a workbook unpacked, all its parts together. */
  unpackedBytes: 128 * 2 ** 20,
  /** Parts of a workbook. */
  parts: 1000,
  rows: 200_000,
  columns: 256,
  /** Cells of a sheet, empty ones between others included. */
  cells: 5_000_000,
} as const;
