import type { Operator } from './plain-range.ts';

/** A version in a sentence: a letter or two, digits, and what hangs on them. */
const version = String.raw`([a-z]{0,4}\.?\d[\w.+~-]*(?: (?:build|sp|hf|cu|qu|sr|r|u|t|tcu|hotfixrev|patch)[ _]?\d[\w.-]*)*(?: ?\([^()]*\))?)`;
const from = String.raw`(?:all )?(?:firmware |software )?(?:versions? |releases? )?`;
const prior = String.raw`(?:all )?(?:versions? )?(?:prior|earlier|older|below|lower|previous|before)(?: versions?| releases?| to it)*`;

export interface Phrase {
  readonly pattern: RegExp;
  readonly operators: readonly Operator[];
  /** Whether the bound itself is meant cannot be told. */
  readonly isVague?: true;
}

const phrase = (source: string, operators: readonly Operator[], isVague?: true): Phrase => ({
  pattern: new RegExp(`^${source}[.;]?$`),
  operators,
  ...(isVague === undefined ? {} : { isVague }),
});

/** Ranges as sentences, in folded text, the more particular first. Each group is a version. */
export const phrases: readonly Phrase[] = [
  phrase(
    String.raw`${from}after ${version} ?\(including [^()]*\) and before ${version} ?\(not including [^()]*\)`,
    ['>=', '<'],
  ),
  phrase(String.raw`${from}after ${version} and before ${version}`, ['>', '<']),
  phrase(String.raw`${from}below ${version} ?\(including [^()]*\)`, ['<=']),
  phrase(String.raw`${from}(?:between|from) ${version} (?:and|to|through|until) ${version}`, ['>=', '<=']),
  phrase(String.raw`${from}${version} ?(?:~| - | -|- |to|through|up to(?: and including)?) ?${version}`, [
    '>=',
    '<=',
  ]),
  phrase(String.raw`${from}${version} ?,? and (?:the )?${prior}`, ['<=']),
  phrase(String.raw`${from}${version} ?,? or (?:the )?${prior}`, ['<=']),
  phrase(String.raw`${from}up to(?:,)? and including ${version}`, ['<=']),
  phrase(String.raw`${from}up to ${version}`, ['<='], true),
  phrase(
    String.raw`${from}(?:prior to|earlier than|older than|lower than|below|before)(?: versions?| releases?| firmware)* ${version}`,
    ['<'],
  ),
  phrase(String.raw`${from}${version} (?:and|or) (?:all )?(?:later|newer|higher|above)(?: versions?)?`, [
    '>=',
  ]),
];
