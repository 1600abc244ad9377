/** How a new scalar is to look. */
export interface Look {
  readonly quote: "'" | '"';
  /** Whether to quote a text that needs no quotes. */
  readonly always: boolean;
  /** Whether it stands within brackets or braces. */
  readonly inFlow: boolean;
}

// What YAML 1.2 reads as something else than a text, and what older readers do.
const words = /^(?:~|null|true|false|yes|no|on|off|y|n|<<|=)$/i;
const numeric =
  /^[-+]?(?:0o[0-7]+|0x[0-9a-f]+|(?:\d[\d_]*)?(?:\.[\d_]*)?(?:e[-+]?\d+)?|\.inf|\d+(?::[0-5]?\d)+(?:\.\d*)?)$|^\.nan$/i;
const opening = /^[-?:,[\]{}#&*!|>'"%@`]|^\.{3}/;
const unsafe = /: |:$| #|^ | $|[\t\n\r]/;
// Control characters, separators and halves of characters have to be escaped.
const escaped =
  // oxlint-disable-next-line no-control-regex -- they are what has to be escaped
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether a text would not be read back as the same text without quotes. */
export const needsQuotes = (text: string, inFlow: boolean): boolean =>
  text === '' ||
  words.test(text) ||
  numeric.test(text) ||
  opening.test(text) ||
  unsafe.test(text) ||
  escaped.test(text) ||
  (inFlow && /[,[\]{}]/.test(text));

/** A scalar as YAML. Numbers and truths are plain; a text is quoted where YAML would read something else. */
export function writeScalar(value: string | number | boolean | null, look: Look): string {
  if (typeof value !== 'string') return value === null ? 'null' : String(value);
  if (escaped.test(value)) return doubleQuoted(value);
  if (!look.always && !needsQuotes(value, look.inFlow)) return value;
  return look.quote === "'" ? `'${value.replaceAll("'", "''")}'` : doubleQuoted(value);
}

/** A key as YAML. A number may stand as it is: keys are texts. */
export function writeKey(key: string, look: Look): string {
  const plain = !look.always && (!needsQuotes(key, true) || /^\d+(?:\.\d+)*$/.test(key));
  return plain ? key : writeScalar(key, { ...look, always: true });
}

function doubleQuoted(text: string): string {
  // A YAML text in double quotes is a JSON text, but for what JSON leaves as it is.
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
