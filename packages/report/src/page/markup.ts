import { visibleText } from '../reading/visible-text.ts';

/** HTML that is safe to write: made by `markup` only, which escapes everything else. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | false | undefined | readonly Part[];

/** Builds HTML. Not called `html`, since formatters then reflow what browsers keep as it is. What is put in is escaped, and its hidden characters spelt out, unless it is Markup; arrays are joined, `false` and `undefined` are nothing. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = strings[0] ?? '';
  for (const [index, part] of parts.entries()) text += write(part) + (strings[index + 1] ?? '');
  return new Markup(text);
}

function write(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escapeHtml(part);
  return part.map(write).join('');
}

/** Text for an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return harmless.test(text) ? text : visibleText(text).replaceAll(special, (each) => entities[each] ?? each);
}

const harmless = /^[\w .,:;()/%?+-]*$/;
const special = /[&<>"'`]/g;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};
const nothing = new Markup('');

/** Markup where a condition holds. */
export const when = (condition: unknown, then: () => Markup): Markup => (condition ? then() : nothing);

/** A name that somebody chose, kept from changing the direction of the text around it. */
export const name = (text: string): Markup => markup`<bdi>${text}</bdi>`;
