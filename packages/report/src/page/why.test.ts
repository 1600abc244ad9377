import { describe, expect, it } from 'vitest';
import { toldOnce, whyList } from './why.ts';

const lines = (...texts: readonly string[]) =>
  texts.map((text) => ({ depth: (text.length - text.trimStart().length) / 2, text: text.trim() }));

describe('reasons', () => {
  it('are not told twice', () => {
    const told = toldOnce(
      lines(
        'A runs',
        '  UPS carries',
        '    feed is whole',
        'B runs',
        '  UPS carries',
        '    feed is whole',
        'C',
      ),
    );
    expect(told.map(({ depth, text }) => `${depth} ${text}`)).toEqual([
      '0 A runs',
      '1 UPS carries',
      '2 feed is whole',
      '0 B runs',
      '1 UPS carries, as above',
      '0 C',
    ]);
  });

  it('are told again where they differ', () => {
    const all = lines('A', '  UPS carries', '    feed is whole', 'B', '  UPS carries', '    feed has failed');
    expect(toldOnce(all)).toEqual(all);
  });

  it('keep a line without reasons, however often it stands', () => {
    expect(toldOnce(lines('A', 'A'))).toHaveLength(2);
  });

  it('stay short on the page', () => {
    const { text } = whyList(Array.from({ length: 200 }, (_, index) => `line ${index}`));
    expect(text).toContain('120 more lines');
  });
});
