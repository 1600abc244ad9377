import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, hang, wrap } from './columns.ts';

describe('columns of a terminal', () => {
  it('count wide characters twice and marks not at all', () => {
    expect([columnsOf('door'), columnsOf('正門'), columnsOf('e\u0301'), columnsOf('')]).toEqual([4, 4, 1, 0]);
  });

  it('are never more in a line than asked for, and no word is lost', () => {
    const words = fc.array(
      fc.string({ unit: fc.constantFrom('a', 'b', '門', '.'), minLength: 1, maxLength: 30 }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(words, fc.integer({ min: 8, max: 40 }), (each, width) => {
        const lines = wrap(each.join(' '), width);
        expect(lines.every((line) => columnsOf(line) <= width)).toBe(true);
        expect(lines.join('').replaceAll(' ', '')).toBe(each.join(''));
      }),
    );
  });

  it('hang under the first', () => {
    expect(hang('08:00 ', 'one two three', 14)).toEqual(['08:00 one two', '      three']);
  });
});
