import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleText } from './visible-text.ts';

describe('visibleText', () => {
  it('keeps what people write, in any script', () => {
    for (const text of ['Front door', 'דלת ראשית', 'Haupteingang – Süd', '正門', '🔒 <b>&'])
      expect(visibleText(text)).toBe(text);
  });

  it('makes one line of several', () => {
    expect(visibleText('a\r\n\tb\u2028c')).toBe('a b c');
  });

  it('spells out terminal escapes, overrides of direction and halves of characters', () => {
    expect(visibleText('\u001b[31mred')).toBe('[U+001B][31mred');
    expect(visibleText('evil\u202Egnp.exe')).toBe('evil[U+202E]gnp.exe');
    expect(visibleText('a\ud800b')).toBe('a[U+D800]b');
  });

  it('leaves no control character and no override in anything', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xff_ff })), (codes) => {
        expect(visibleText(String.fromCharCode(...codes))).not.toMatch(
          /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u,
        );
      }),
    );
  });
});
