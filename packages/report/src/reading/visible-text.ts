/**
 * Text as a person may safely read it: line ends become spaces, and what would change the order or the look of its
 * surroundings (control characters, terminal escapes, bidirectional overrides) is spelt out.
 * @see Unicode Technical Report 36; CVE-2021-42574
 */
export function visibleText(text: string): string {
  return text
    .replaceAll(lineEnds, ' ')
    .replaceAll(hidden, (each) => `[U+${each.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`);
}

const lineEnds = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
/** Control characters, marks and overrides of direction, the byte order mark, and halves of characters. */
const hidden = /\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;
