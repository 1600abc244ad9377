/** What Windows-1252 shows for the bytes 0x80 to 0x9F; five of them stand for nothing. */
const cp1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Mends text whose UTF-8 was once read as Windows-1252 (`GeutebrÃ¼ck` is `Geutebrück`); other text is returned as it is.
 */
export function mendEncoding(text: string): string {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf€-™]/u.test(text)) return text;
  return text.replaceAll(
    /[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]+/gu,
    mended,
  );
}

function mended(run: string): string {
  const bytes = Array.from(run, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code <= 0xff) return code;
    const index = cp1252.indexOf(character);
    return index < 0 ? -1 : 0x80 + index;
  });
  if (bytes.includes(-1)) return run;
  try {
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    return run;
  }
}

/** Text as it is compared: encoding mended, NFKC, no accents, lower case, every dash a hyphen, every space one blank. */
export function foldText(text: string): string {
  // Most text is plain: then there is nothing to mend.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase().replaceAll(/ {2,}/g, ' ').trim();
  return mendEncoding(text)
    .normalize('NFKD')
    .replaceAll(/\p{Mn}+/gu, '')
    .replaceAll(/[\u2010-\u2015\u2212\uff0d]/gu, '-')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replaceAll(/[\s\u00a0\ufffd]+/gu, ' ')
    .trim();
}

/** The letters and digits of a text alone: `D-Link` and `dlink` are one. The umlauts written out are those without dots. */
export const squash = (text: string): string => foldText(text).replaceAll(/[^\p{L}\p{N}+]+/gu, '');
