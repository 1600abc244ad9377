import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, markup, name } from './markup.ts';

describe('markup', () => {
  it('escapes what is put in, and only that', () => {
    expect(markup`<p title="${'"x" <y>'}">${name("</p><script>alert('1')</script>")}</p>`.text).toBe(
      '<p title="&quot;x&quot; &lt;y&gt;"><bdi>&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;</bdi></p>',
    );
  });

  it('joins lists, and leaves out what is not there', () => {
    expect(markup`${['a', markup`<br>`, undefined, false, 3]}`.text).toBe('a<br>3');
  });

  it('lets no text out of its element or attribute', () => {
    const parts = fc.string({
      unit: fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '&',
        '`',
        '=',
        '/',
        '-',
        '!',
        'a',
        ' ',
        '\u0000',
        '\u202e',
        ';',
      ),
    });
    fc.assert(
      fc.property(parts, (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"'`\p{Cc}\u202e]|&(?!(?:amp|lt|gt|quot|#39|#96);)/u);
      }),
    );
  });
});
