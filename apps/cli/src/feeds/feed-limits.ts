/** The limits on feeds; what is beyond them is refused before it is parsed. */
export const feedLimits = {
  /** Bytes of one file, unpacked. */
  fileBytes: 64 * 2 ** 20,
  /** Bytes of an archive as it lies on the disk. */
  packedBytes: 512 * 2 ** 20,
  /** Bytes of all files of an archive together. */
  unpackedBytes: 4 * 2 ** 30,
  /** Snapshots that are kept of a feed, the one in force among them. */
  snapshots: 3,
} as const;
