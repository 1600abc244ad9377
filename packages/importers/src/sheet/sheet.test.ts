import { zipSync, strToU8 } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sheetLimits } from './limits.ts';
import { readSheets } from './read-sheets.ts';
import { cellAddress, cellPosition } from './sheet.ts';
import { repack } from './unpack.ts';
import { writeCsv, writeWorkbook } from './write-sheets.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (name: string, content: Uint8Array) => readSheets({ name, bytes: content });
const rowsOf = async (text: string) => {
  const result = await read('doors.csv', bytes(text));
  return result.kind === 'ok' ? result.value[0]?.rows : result.error;
};
const table = [
  ['Name', 'Lock'],
  ['Front; "main"', '=1+1'],
  ['Two\nlines', '-5'],
];

describe('CSV', () => {
  it.each([',', ';', '\t'])('finds the separator %j', async (sign) => {
    expect(await rowsOf(`a${sign}b\n1${sign}2\n`)).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1', '2'] },
    ]);
  });

  it('tells the line on which a row begins, past cells of several lines and empty lines', async () => {
    expect(await rowsOf('a,b\r\n"x\r\ny",1\r\n\r\n2,3\r\n')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x\ny', '1'] },
      { line: 5, cells: ['2', '3'] },
    ]);
  });

  it('reads what is plainly Windows-1252, and says so', async () => {
    const western = new Uint8Array([97, 44, 0xe4, 0x80, 10]);
    expect(await read('x.csv', western)).toMatchObject({
      kind: 'ok',
      value: [
        {
          rows: [{ cells: ['a', 'ä€'] }],
          notes: [{ code: 'import-partial', at: { line: 1, column: 3 } }],
        },
      ],
    });
  });

  it('reads UTF-16 with a byte order mark, and refuses what may be anything', async () => {
    const utf16 = new Uint8Array([0xff, 0xfe, ...new Uint8Array(Uint16Array.from([0xe4, 9, 98]).buffer)]);
    expect(await read('x.txt', utf16)).toMatchObject({
      kind: 'ok',
      value: [{ rows: [{ cells: ['ä', 'b'] }] }],
    });
    const damaged = [0xc3, 0xa4, 0xe4];
    for (const bad of [[0xe4, 0x81], [0xe4, 7], damaged])
      expect(await read('x.csv', new Uint8Array([97, 44, ...bad, 10]))).toMatchObject({
        kind: 'error',
        error: [{ code: 'file-unreadable', hint: expect.stringContaining('CSV UTF-8') }],
      });
  });

  it('locates a quotation mark that does not close', async () => {
    expect(await rowsOf('a,b\n1,"2\n')).toMatchObject([{ code: 'value-invalid', at: { file: 'doors.csv' } }]);
  });

  it('reads back what it writes, and no spreadsheet calculates it', async () => {
    const text = writeCsv(table);
    expect(text).toContain("'=1+1");
    const back = await read('x.csv', bytes(text));
    expect(back.kind === 'ok' && back.value[0]?.rows.map(({ cells }) => cells)).toEqual(table);
  });
});

describe('XLSX', () => {
  it('reads back what it writes, cell by cell', async () => {
    const back = await read('x.xlsx', await writeWorkbook([{ name: 'Doors', rows: table }]));
    expect(back).toMatchObject({ kind: 'ok', value: [{ name: 'Doors', file: 'x.xlsx' }] });
    expect(back.kind === 'ok' && back.value[0]?.rows.map(({ cells }) => cells)).toEqual(table);
  });

  it('names cells as spreadsheets do', () => {
    const sheet = { name: 'Doors', file: 'x.xlsx', rows: [] };
    expect(cellAddress(sheet, 14, 2)).toBe('Doors!C14');
    expect(cellAddress({ file: 'x.csv', rows: [] }, 1, 27)).toBe('AB1');
    expect(cellPosition(sheet, 14, 2)).toEqual({ file: 'x.xlsx!Doors', line: 14, column: 3 });
  });

  const small = { packedBytes: 1e6, unpackedBytes: 1e6, parts: 10 };
  const code = (content: Uint8Array, limits = small) => {
    const result = repack({ name: 'x.xlsx', bytes: content }, limits);
    return result.kind === 'ok' ? 'ok' : result.error.code;
  };

  it('stops unpacking a bomb at the limit, whatever size it claims', () => {
    const bomb = zipSync({ 'xl/workbook.xml': new Uint8Array(50e6) }, { level: 9 });
    expect(bomb.length).toBeLessThan(100_000);
    expect(code(bomb)).toBe('file-too-large');
    new DataView(bomb.buffer).setUint32(22, 10, true);
    expect(code(bomb)).toBe('file-too-large');
  });

  it('counts all parts together', () => {
    const parts = Object.fromEntries([1, 2, 3].map((each) => [`xl/${each}.xml`, new Uint8Array(4e5)]));
    expect(code(zipSync(parts))).toBe('file-too-large');
  });

  it('refuses thousands of parts, paths that climb, and an archive that is cut off', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, each) => [`xl/${each}.xml`, bytes('x')]));
    expect(code(zipSync(many))).toBe('file-too-large');
    expect(code(zipSync({ '../x.xml': bytes('x') }))).toBe('file-unreadable');
    expect(code(zipSync({ '/x.xml': bytes('x') }))).toBe('file-unreadable');
    expect(code(zipSync({ 'xl\\x.xml': bytes('x') }))).toBe('file-unreadable');
    const whole = zipSync({ 'xl/x.xml': strToU8('<x/>'.repeat(1000)) });
    expect(code(whole)).toBe('ok');
    expect(code(whole.subarray(0, -30))).toBe('file-unreadable');
  });

  it('refuses a workbook larger than the limit before it looks inside', () => {
    expect(code(new Uint8Array(2e6))).toBe('file-too-large');
    expect(sheetLimits.packedBytes).toBe(32 * 2 ** 20);
  });
});

describe('any bytes', () => {
  it('are read or refused, never thrown at', async () => {
    const workbook = await writeWorkbook([{ name: 'Doors', rows: table }]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(workbook.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(workbook.length),
        async (changes, cut) => {
          const damaged = workbook.slice(0, changes.length === 0 ? cut : workbook.length);
          for (const [at, byte] of changes) damaged[at] = byte;
          const result = await read('x.xlsx', damaged);
          if (result.kind === 'error') expect(result.error.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (content) => {
        expect((await read('x.csv', content)).kind).toMatch(/ok|error/);
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', "'", '=') }),
        async (text) => {
          expect((await read('x.csv', bytes(text))).kind).toMatch(/ok|error/);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('damages inside an unpacked workbook are read or refused', async () => {
    const unpackable = zipSync({
      '[Content_Types].xml': bytes('<Types/>'),
      'xl/workbook.xml': bytes('<workbook><sheets><sheet name="a" r:id="x"/></sheets></workbook>'),
      'xl/worksheets/sheet1.xml': bytes('<worksheet><sheetData><row r="9999999999"><c r="ZZZZ1"/></row>'),
    });
    expect((await read('x.xlsx', unpackable)).kind).toBe('error');
  });
});
