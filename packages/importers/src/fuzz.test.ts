import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isId } from '@holdfast/estate';
import type { Problem, Result } from '@holdfast/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  readArpTable,
  readIscLeases,
  readKeaLeases,
  readLldp,
  readMacTable,
  readNetBox,
  readNmap,
  type Import,
  type ImportFile,
} from './index.ts';

const root = join(import.meta.dirname, '../fixtures');
const readers: Readonly<
  Record<string, readonly ((file: ImportFile) => Result<Import, readonly Problem[]>)[]>
> = {
  nmap: [readNmap],
  lldp: [(file) => readLldp(file, { device: 'sw' })],
  leases: [readIscLeases, readKeaLeases],
  tables: [(file) => readMacTable(file, { device: 'sw' }), readArpTable],
  'netbox/v4': [(file) => readNetBox([file])],
};
const cases = Object.entries(readers).flatMap(([folder, reads]) =>
  readdirSync(join(root, folder)).map((name) => ({
    name: `${folder}/${name}`,
    bytes: readFileSync(join(root, folder, name)),
    reads,
  })),
);

const insertion = fc.oneof(
  fc.constantFrom(
    '"',
    '{',
    '}',
    '[',
    ']',
    '<',
    '>',
    '&x;',
    ';',
    '\0',
    '\n',
    ',',
    'null',
    '-1',
    '1e999',
    '\\u0000',
    '__proto__',
    '<![CDATA[',
    '<!DOCTYPE x [',
    '💥',
    'a'.repeat(3000),
  ),
  fc.string({ maxLength: 8, unit: 'binary' }),
);
const edits = fc.array(
  fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat({ max: 40 }), insert: insertion }),
  { minLength: 1, maxLength: 4 },
);

function mutate(
  bytes: Uint8Array,
  changes: readonly { readonly at: number; readonly cut: number; readonly insert: string }[],
): Uint8Array {
  return changes.reduce<Uint8Array>((before, { at, cut, insert }) => {
    const offset = Math.floor(at * before.length);
    return Buffer.concat([before.subarray(0, offset), Buffer.from(insert), before.subarray(offset + cut)]);
  }, bytes);
}

/** What holds of every answer, whatever the file. */
function check(result: Result<Import, readonly Problem[]>): void {
  if (result.kind === 'error') {
    expect(result.error.length).toBeGreaterThan(0);
    for (const { at, message } of result.error) {
      expect(at?.file).toBe('file');
      expect(message).not.toBe('');
    }
    return;
  }
  const { observations, problems } = result.value;
  const ids = observations.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !isId(id))).toEqual([]);
  const known = new Set(ids);
  for (const { says } of observations)
    for (const said of says)
      if (said.kind !== 'value') for (const to of [said.to].flat()) expect(known.has(to.id)).toBe(true);
  expect(problems.length).toBeLessThanOrEqual(501);
}

test.each(cases)('$name, changed anywhere, is read or refused', ({ bytes, reads }) => {
  fc.assert(
    fc.property(edits, (changes) => {
      const file = { name: 'file', bytes: mutate(bytes, changes) };
      for (const read of reads) check(read(file));
    }),
    { numRuns: 40 },
  );
});

test.each(cases)('$name, cut anywhere, is read or refused', ({ bytes, reads }) => {
  for (let length = 0; length < bytes.length; length += Math.max(1, Math.floor(bytes.length / 60)))
    for (const read of reads) check(read({ name: 'file', bytes: bytes.subarray(0, length) }));
});
