import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPieces } from './json-pieces.ts';

const whole = (value: Readonly<Record<string, unknown>>): string => [...jsonPieces(value)].join('');

describe('JSON in pieces', () => {
  it('is what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        expect(whole(value)).toBe(JSON.stringify(value, undefined, 1));
      }),
    );
  });

  it('leaves out what is not given, and keeps line breaks inside texts', () => {
    const value = { none: undefined, lists: [[], [['a\nb']], {}], empty: [], text: 'c\n d' };
    expect(whole(value)).toBe(JSON.stringify(value, undefined, 1));
    expect(whole({ none: undefined })).toBe('{}');
  });

  it('cuts a long list', () => {
    const value = { list: Array.from({ length: 5 }, () => 'x'.repeat(600_000)) };
    expect([...jsonPieces(value)].length).toBeGreaterThan(1);
    expect(whole(value)).toBe(JSON.stringify(value, undefined, 1));
  });
});
