import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { Inflate, zipSync } from 'fflate';
import type { ImportFile } from '../observation.ts';
import { sheetLimits } from './limits.ts';

interface Part {
  readonly name: string;
  readonly method: number;
  readonly packed: Uint8Array;
}

type Limits = Readonly<Record<'packedBytes' | 'unpackedBytes' | 'parts', number>>;

/** How many packed bytes are inflated between two looks at the limit; they become at most 1,032 times as many. */
const step = 4096;

/** Refused for a reason that the user reads. */
class Refused extends Error {}

/**
 * The XML parts of a workbook, unpacked under our own limits and packed anew without compression.
 * The library that reads them never sees the bytes as they came: what the directory of the archive says of sizes,
 * names and counts is not believed.
 */
export function repack(file: ImportFile, limits: Limits = sheetLimits): Result<Uint8Array, Problem> {
  const refuse = (message: string, hint: string): Result<never, Problem> =>
    fail(
      problem(message.includes('limit') ? 'file-too-large' : 'file-unreadable', `${file.name}: ${message}`, {
        hint,
        at: { file: file.name, line: 1, column: 1 },
      }),
    );
  if (file.bytes.length > limits.packedBytes)
    return refuse(
      `the workbook has ${mebibytes(file.bytes.length)} MiB, the limit is ${mebibytes(limits.packedBytes)}`,
      'keep only the sheets and columns that are needed, or save it as CSV',
    );
  try {
    const parts = directory(file.bytes, limits.parts);
    let left = limits.unpackedBytes;
    const unpacked: Record<string, Uint8Array> = {};
    for (const part of parts) {
      if (!/\.(?:xml|rels)$/i.test(part.name)) continue;
      const bytes = inflate(part, left, limits.unpackedBytes);
      left -= bytes.length;
      unpacked[part.name] = bytes;
    }
    return ok(zipSync(unpacked, { level: 0, mtime: new Date('2000-01-01T00:00:00Z') }));
  } catch (error) {
    if (error instanceof Refused)
      return refuse(error.message, 'is it a workbook, and whole? Open it, and save it again as .xlsx');
    throw error;
  }
}

const mebibytes = (bytes: number): number => Math.ceil(bytes / 2 ** 20);

/** The parts that the central directory names. @see APPNOTE.TXT of the ZIP format, sections 4.3.12 and 4.3.16 */
function directory(bytes: Uint8Array, most: number): readonly Part[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = endRecord(view);
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count === 0xffff || start === 0xffffffff)
    throw new Refused('the archive is of the 64-bit kind, which a workbook of this size does not need');
  if (count > most) throw new Refused(`the archive has ${count} parts, the limit is ${most}`);
  const parts: Part[] = [];
  const names = new Set<string>();
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50)
      throw new Refused('the directory of the archive is damaged');
    const nameLength = view.getUint16(at + 28, true);
    const part = partAt(view, bytes, at, nameLength);
    if (names.has(part.name)) throw new Refused(`the archive has two parts of one name`);
    names.add(part.name);
    parts.push(part);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return parts;
}

/** The end record stands at the end, before a comment of at most 65,535 bytes. */
function endRecord(view: DataView): number {
  const least = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= least; at -= 1)
    if (view.getUint32(at, true) === 0x06054b50) return at;
  throw new Refused('it is no whole ZIP archive: its directory is missing');
}

function partAt(view: DataView, bytes: Uint8Array, at: number, nameLength: number): Part {
  const name = nameOf(bytes.subarray(at + 46, at + 46 + nameLength));
  if ((view.getUint16(at + 8, true) & 1) !== 0) throw new Refused('the archive is encrypted');
  const size = view.getUint32(at + 20, true);
  const local = view.getUint32(at + 42, true);
  if (local + 30 > bytes.length || view.getUint32(local, true) !== 0x04034b50)
    throw new Refused('the directory of the archive points beside its parts');
  const begin = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (begin + size > bytes.length) throw new Refused('the archive is cut off');
  return { name, method: view.getUint16(at + 10, true), packed: bytes.subarray(begin, begin + size) };
}

/** A relative path of plain segments, as a workbook has them. */
function nameOf(bytes: Uint8Array): string {
  const name = new TextDecoder('utf-8').decode(bytes);
  const isPlain =
    /^[\w[\]. ()-]+(?:\/[\w[\]. ()-]+)*\/?$/.test(name) &&
    !name.split('/').some((each) => /^\.*$/.test(each) && each !== '');
  if (!isPlain || name === '__proto__')
    throw new Refused('a part of the archive has a name that no workbook has');
  return name;
}

function inflate({ name, method, packed }: Part, left: number, limit: number): Uint8Array {
  const tooLarge = (): Refused =>
    new Refused(`unpacked it is larger than the limit of ${mebibytes(limit)} MiB`);
  if (method === 0) {
    if (packed.length > left) throw tooLarge();
    return packed;
  }
  if (method !== 8) throw new Refused(`the part ${name} is packed in a way that workbooks do not use`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate((chunk) => {
    length += chunk.length;
    chunks.push(chunk);
  });
  for (let at = 0; at < packed.length; at += step) {
    push(stream, packed.subarray(at, at + step), at + step >= packed.length, name);
    if (length > left) throw tooLarge();
  }
  return join(chunks, length);
}

function push(stream: Inflate, bytes: Uint8Array, last: boolean, name: string): void {
  try {
    stream.push(bytes, last);
  } catch {
    throw new Refused(`the part ${name} cannot be unpacked`);
  }
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
