/** Bytes that Windows-1252 has no character for. */
const undefinedBytes = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/**
 * The text of bytes that are plainly Windows-1252, as spreadsheets of Western Europe and the Americas save CSV; `undefined`
 * where they may as well be something else: bytes that it has no character for, control characters, or UTF-8 that was damaged.
 * @see https://encoding.spec.whatwg.org/#index-windows-1252
 */
export function windows1252Of(bytes: Uint8Array): string | undefined {
  for (let place = 0; place < bytes.length; place += 1) {
    const byte = bytes[place] as number;
    if (undefinedBytes.has(byte)) return undefined;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) return undefined;
    if (byte >= 0xc2 && isUtf8Pair(byte, bytes, place)) return undefined;
  }
  return new TextDecoder('windows-1252').decode(bytes);
}

/** A lead byte with all the continuations that it asks for: in Windows-1252 a capital with accents beside two signs, which nobody writes. */
function isUtf8Pair(lead: number, bytes: Uint8Array, place: number): boolean {
  const count = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  for (let after = 1; after <= count; after += 1) {
    const byte = bytes[place + after];
    if (byte === undefined || byte < 0x80 || byte > 0xbf) return false;
  }
  return true;
}
