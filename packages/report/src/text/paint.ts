/** Colours of a terminal, or none. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly soft: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubt: (text: string) => string;
  readonly good: (text: string) => string;
}

const escape = '\u001b';
const code =
  (on: number, off: number) =>
  (text: string): string =>
    `${escape}[${on}m${text}${escape}[${off}m`;
const plain = (text: string): string => text;

/** The 16 colours that every terminal has, so that its own theme keeps them readable. */
export function paintOf(colour: boolean): Paint {
  if (!colour) return { strong: plain, soft: plain, bad: plain, doubt: plain, good: plain };
  return {
    strong: code(1, 22),
    soft: code(2, 22),
    bad: code(31, 39),
    doubt: code(33, 39),
    good: code(32, 39),
  };
}
