import { crc32, inflateRawSync } from 'node:zlib';
import { Failure, problem } from '@holdfast/kernel';
import { feedLimits } from './feed-limits.ts';

/** A file of an archive or a folder. */
export interface Packed {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The files of a ZIP archive, one after the other. What its directory says of sizes is not believed: a part is inflated up to the
 * limit and no further. Refuses names that lead out of the archive, two parts of one name, encryption, links, and the 64-bit kind.
 * @see APPNOTE.TXT of the ZIP format, sections 4.3.7, 4.3.12 and 4.3.16
 */
export function* unzip(file: string, bytes: Uint8Array): Generator<Packed> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const refuse = refusalOf(file);
  const seen = new Set<string>();
  let left: number = feedLimits.unpackedBytes;
  for (const at of directory(view, refuse)) {
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)));
    checkName(name, refuse);
    if (seen.has(name)) throw refuse(`it has two parts of the name ${name}`);
    seen.add(name);
    if (name.endsWith('/')) continue;
    const unpacked = inflate(view, bytes, at, name, Math.min(left, feedLimits.fileBytes), refuse);
    left -= unpacked.length;
    yield { name, bytes: unpacked };
  }
}

type Refuse = (message: string, code?: 'file-unreadable' | 'file-too-large') => Failure;

const refusalOf =
  (file: string): Refuse =>
  (message, code = 'file-unreadable') =>
    new Failure([
      problem(code, `${file}: ${message}`, {
        at: { file, line: 1, column: 1 },
        hint: 'fetch the archive again from its publisher; nothing of it was taken',
      }),
    ]);

/** Where the records of the central directory begin. */
function* directory(view: DataView, refuse: Refuse): Generator<number> {
  const end = endRecord(view, refuse);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff)
    throw refuse('it is of the 64-bit kind; unpack it into a folder');
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50)
      throw refuse('the directory of the archive is damaged');
    yield at;
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

/** The end record stands at the end, before a comment of at most 65,535 bytes. */
function endRecord(view: DataView, refuse: Refuse): number {
  const least = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= least; at -= 1)
    if (view.getUint32(at, true) === 0x06054b50) return at;
  throw refuse('it is no whole ZIP archive: its directory is missing');
}

function checkName(name: string, refuse: Refuse): void {
  const leadsOut =
    name.startsWith('/') ||
    name.includes('\\') ||
    name.includes('\0') ||
    /^[A-Za-z]:/.test(name) ||
    name.split('/').includes('..');
  if (leadsOut) throw refuse(`the part ${JSON.stringify(name)} leads out of the archive`);
}

function inflate(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  name: string,
  most: number,
  refuse: Refuse,
): Uint8Array {
  if ((view.getUint16(at + 8, true) & 1) !== 0) throw refuse('it is encrypted');
  if (((view.getUint32(at + 38, true) >>> 16) & 0o170000) === 0o120000) throw refuse(`${name} is a link`);
  const [method, crc] = [view.getUint16(at + 10, true), view.getUint32(at + 16, true)];
  const [size, local] = [view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
  if (local + 30 > bytes.length || view.getUint32(local, true) !== 0x04034b50)
    throw refuse('its directory points beside its parts');
  const begin = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (begin + size > bytes.length) throw refuse('it is cut off');
  if (method !== 0 && method !== 8) throw refuse(`the part ${name} is packed in a way that is not known`);
  const packed = bytes.subarray(begin, begin + size);
  const unpacked = method === 0 ? packed : inflated(packed, most, name, refuse);
  if (unpacked.length > most) throw tooLarge(name, refuse);
  if (crc32(unpacked) !== crc) throw refuse(`the part ${name} is damaged: its checksum differs`);
  return unpacked;
}

const tooLarge = (name: string, refuse: Refuse): Failure =>
  refuse(`unpacked, ${name} is larger than the limit`, 'file-too-large');

function inflated(packed: Uint8Array, most: number, name: string, refuse: Refuse): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    // Node says by the code that the limit was met.
    if (error instanceof RangeError) throw tooLarge(name, refuse);
    throw refuse(`the part ${name} cannot be unpacked`);
  }
}
