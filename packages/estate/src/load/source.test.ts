import { expect, test } from 'vitest';
import { decodeText, isOtherDocument } from './source.ts';

const bytes = (...values: readonly number[]): Uint8Array => new Uint8Array(values);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([
  ['UTF-16 with a mark, little end first', bytes(0xff, 0xfe, 0x61, 0), 'a.yaml is UTF-16, not UTF-8', 1, 1],
  ['UTF-16 with a mark, big end first', bytes(0xfe, 0xff, 0, 0x61), 'a.yaml is UTF-16, not UTF-8', 1, 1],
  ['UTF-16 without a mark, little end first', bytes(0x61, 0, 0x62, 0), 'a.yaml is UTF-16, not UTF-8', 1, 1],
  ['UTF-16 without a mark, big end first', bytes(0, 0x61, 0, 0x62), 'a.yaml is UTF-16, not UTF-8', 1, 1],
  ['a NUL byte', utf8('ab\ncd\0e'), 'a.yaml is not a text file', 2, 3],
  ['Latin-1', bytes(...utf8('name: A\nx: '), 0xfc, 0x62), 'a.yaml is not UTF-8', 2, 4],
  ['half a character at the end', bytes(...utf8('é\n'), 0xe2, 0x82), 'a.yaml is not UTF-8', 2, 1],
  ['an overlong form', bytes(0x61, 0xc0, 0xaf), 'a.yaml is not UTF-8', 1, 2],
  ['half a surrogate pair', bytes(0xed, 0xa0, 0x80), 'a.yaml is not UTF-8', 1, 1],
])('%s is refused where it stands', (_name, input, message, line, column) => {
  expect(decodeText('a.yaml', input)).toMatchObject({
    kind: 'error',
    error: { code: 'file-unreadable', message, at: { file: 'a.yaml', line, column } },
  });
});

test('UTF-8 is read, and a byte order mark kept', () => {
  expect(decodeText('a', utf8('ä💥'))).toEqual({ kind: 'ok', value: { name: 'a', text: 'ä💥' } });
  expect(decodeText('a', bytes(0xef, 0xbb, 0xbf, 0x61))).toEqual({
    kind: 'ok',
    value: { name: 'a', text: '\uFEFFa' },
  });
  expect(decodeText('a', bytes())).toEqual({ kind: 'ok', value: { name: 'a', text: '' } });
});

test.each([
  ['a mapping', 'holdfastMapping: 1\nname: x\n', true],
  ['a review under comments', '\uFEFF# kept beside the estate\r\n\r\n---\n# more\nholdfastReview: 1\n', true],
  ['an estate', '# a mapping? holdfastMapping: 1\nholdfast: 1\n', false],
  ['an estate that speaks of one', 'holdfast: 1\nparties:\n  holdfastMapping: {}\n', false],
  ['nothing', '', false],
  ['a long comment', `# ${'x'.repeat(50_000)}`, false],
])('%s is another document: %#', (_name, text, is) => {
  expect(isOtherDocument({ name: 'a.yaml', text })).toBe(is);
});
