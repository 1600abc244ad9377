/** What a plain scalar means in YAML 1.2; `undefined` for the rare forms that are left to the parser. */
export function plainValue(source: string): string | number | boolean | null | undefined {
  const first = source.charCodeAt(0);
  // Digits, plus, minus and full stop begin numbers.
  if ((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46)
    return numberOrText(source);
  if (source.length > 5) return source;
  const word = words.get(source);
  return word === undefined ? source : word;
}

const words = new Map<string, boolean | null>([
  ...['~', 'null', 'Null', 'NULL'].map((each) => [each, null] as const),
  ...['true', 'True', 'TRUE'].map((each) => [each, true] as const),
  ...['false', 'False', 'FALSE'].map((each) => [each, false] as const),
]);

const decimal = /^[-+]?\d{1,15}$/;
const fraction = /^[-+]?(?:\.\d+|\d+\.\d*|(?:\.\d+|\d+(?:\.\d*)?)[eE][-+]?\d+)$/;
const rare = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|0[ox].*|[-+]?\d+)$/;

function numberOrText(source: string): string | number | undefined {
  if (decimal.test(source)) return Number(source);
  if (rare.test(source)) return undefined;
  return fraction.test(source) ? Number.parseFloat(source) : source;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  n: '\n',
  t: '\t',
  r: '\r',
};

/** The text between double quotes; `undefined` for escapes that are left to the parser, from the first of them on. */
export function unescape(source: string): string | undefined {
  let text = '';
  let rest = 0;
  for (let at = source.indexOf('\\'); at >= 0; at = source.indexOf('\\', rest)) {
    const escape = source[at + 1] ?? '';
    const isHex = escape === 'u' && /^[0-9a-fA-F]{4}$/.test(source.slice(at + 2, at + 6));
    const meant = isHex
      ? String.fromCharCode(Number.parseInt(source.slice(at + 2, at + 6), 16))
      : Object.hasOwn(simpleEscapes, escape)
        ? simpleEscapes[escape]
        : undefined;
    if (meant === undefined) return undefined;
    text += source.slice(rest, at) + meant;
    rest = at + (isHex ? 6 : 2);
  }
  return rest === 0 ? source : text + source.slice(rest);
}
