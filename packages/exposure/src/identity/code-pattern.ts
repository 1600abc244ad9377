/** A model number with places left open, such as `DS-2CD2xx2FWD` or `NVR4XXX`, on letters and digits alone. */
export interface CodePattern {
  readonly written: string;
  readonly pattern: RegExp;
  /** What every match begins with, for the index. */
  readonly head: string;
}

/**
 * A pattern of a model number as written, undefined where nothing is left open.
 * A small `x` beside a capital or a digit, and two or more `X`, stand for one letter or digit each; at the end they stand for any rest.
 * A series names all that begins like it.
 */
export function codePattern(written: string, isSeries: boolean): CodePattern | undefined {
  const text = written
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  if (isSeries && /^[A-Z]{2,5}$/.test(text)) {
    const head = text.toLowerCase();
    return { written: `${written} Series`, pattern: new RegExp(`^${head}\\d`), head };
  }
  if (!/^(?=.*\d)(?=.*[A-Za-z])|^[A-Z]{3,}(?:x{2,}|X{2,})$/.test(text)) return undefined;
  const marked = openPlaces(text);
  const isOpen = marked.includes('\0');
  if (!isOpen && !isSeries) return undefined;
  const squashed = marked.replaceAll('-', '').toLowerCase();
  const head = /^[^\0]*/.exec(squashed)?.[0] ?? '';
  if (head.length < (isOpen ? 2 : 4) || squashed.replaceAll('\0', '').length < 2) return undefined;
  const body = squashed.replaceAll(/\0+/g, (run, index: number) => {
    const isLast = index + run.length === squashed.length;
    return isLast
      ? `[a-z0-9]{1,${run.length + 2}}`
      : `[a-z0-9]{1,${run.length + (run.length === 1 ? 1 : 0)}}`;
  });
  return { written, pattern: new RegExp(`^${body}${isOpen || isSeries ? '' : '$'}`), head };
}

/** Marks the open places of a model number. */
function openPlaces(text: string): string {
  const hasRun = /[xX]{2,}/.test(text);
  return text
    .replaceAll(/x{2,}|X{2,}/g, (run) => '\0'.repeat(run.length))
    .replaceAll(/(?<=[A-Z0-9\0-])x(?=[A-Z0-9\0-]|$)/g, '\0')
    .replaceAll(/(?<=\d)X(?=\d|\0|$)/g, '\0')
    .replaceAll(/(?<=[A-Z]-)X(?=\d)/g, '\0')
    .replaceAll(/(?<=[A-Z])X(?=\d?\0)/g, (place) => (hasRun ? '\0' : place));
}
