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

/** The text between double quotes; `undefined` for escapes that are left to the parser. */
export function unescape(source: string): string | undefined {
  if (!source.includes('\\')) return source;
  let known = true;
  const text = source.replaceAll(/\\(u[0-9a-fA-F]{4}|.)/gs, (_whole, escape: string) => {
    if (escape.length === 5) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    const simple = Object.hasOwn(simpleEscapes, escape) ? simpleEscapes[escape] : undefined;
    known &&= simple !== undefined;
    return simple ?? '';
  });
  return known ? text : undefined;
}
