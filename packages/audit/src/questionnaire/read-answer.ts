import { fail, nearestName, ok, parseDuration, type Json, type Result } from '@holdfast/kernel';
import { bitsPerSecondOf, bytesOf, type Estate } from '@holdfast/estate';
import { sayAllowed, type Expectation } from './expectation.ts';

/** An answer as the language has it: a value, or the least and the greatest. */
export type Answered = { readonly value: Json } | { readonly between: readonly [Json, Json] };

/** Reads what people wrote. The error says what is allowed. */
export function readAnswer(text: string, expected: Expectation, estate: Estate): Result<Answered, string> {
  const ends = ranged.has(expected.kind) ? /^(.+?)\s*(?:\bto\b|\.\.|–)\s*(.+)$/.exec(text) : null;
  if (ends) {
    const [low, high] = [ends[1], ends[2]].map((each) => single(each ?? '', expected, estate));
    if (low?.kind === 'ok' && high?.kind === 'ok') return ok({ between: [low.value, high.value] });
    return fail(`'${text}' is not ${sayAllowed(expected)}`);
  }
  if (expected.many) {
    const each = text.split(',').map((part) => single(part.trim(), expected, estate));
    const bad = each.find((one) => one.kind === 'error');
    if (bad) return bad;
    const values = each.flatMap((one) => (one.kind === 'ok' ? [one.value] : []));
    return ok({ value: values.length === 1 ? (values[0] ?? null) : values });
  }
  const read = single(text, expected, estate);
  return read.kind === 'ok' ? ok({ value: read.value }) : read;
}

const ranged: ReadonlySet<string> = new Set(['duration', 'size', 'rate', 'number']);
const yes = new Set(['yes', 'y', 'true', 'ja', 'oui']);
const no = new Set(['no', 'n', 'false', 'nein', 'non']);

function single(text: string, expected: Expectation, estate: Estate): Result<Json, string> {
  const wrong = (): Result<Json, string> => fail(`'${text}' is not what is asked for`);
  switch (expected.kind) {
    case 'truth': {
      const word = text.toLowerCase();
      return yes.has(word) ? ok(true) : no.has(word) ? ok(false) : wrong();
    }
    case 'word':
      return word(text, expected);
    case 'duration':
      return parseDuration(text.replaceAll(' ', '')).kind === 'ok' ? ok(text.replaceAll(' ', '')) : wrong();
    case 'size':
      return Number.isNaN(bytesOf(text)) ? numeral(text, wrong) : ok(text);
    case 'rate':
      return Number.isNaN(bitsPerSecondOf(text)) ? numeral(text, wrong) : ok(text);
    case 'number':
      return numeral(text, wrong);
    case 'id':
      return idOf(text, estate);
    default:
      return ok(text);
  }
}

const numeral = (text: string, wrong: () => Result<Json, string>): Result<Json, string> =>
  /^\d+(?:\.\d+)?$/.test(text) ? ok(Number(text)) : wrong();

function word(text: string, { words = [], otherwise }: Expectation): Result<Json, string> {
  const all = otherwise === undefined || words.includes(otherwise) ? words : [...words, otherwise];
  const found = all.find((each) => each.toLowerCase() === text.toLowerCase().replaceAll(' ', '-'));
  if (found !== undefined) return ok(found);
  const near = nearestName(text, all);
  return fail(
    near === undefined ? `'${text}' is none of ${all.join(', ')}` : `'${text}' looks like '${near}'`,
  );
}

/** An id, or a name that only one thing has. */
function idOf(text: string, estate: Estate): Result<Json, string> {
  if (estate.kindOf(text) !== undefined) return ok(text);
  const ids = [...estate.ids()];
  const found = ids.filter((each) => estate.nameOf(each).toLowerCase() === text.toLowerCase());
  if (found.length === 1) return ok(found[0] ?? text);
  if (found.length > 1) return fail(`'${text}' is the name of several: ${found.join(', ')}`);
  const near = nearestName(text, ids);
  return fail(`there is no '${text}' in the estate${near === undefined ? '' : `; did you mean '${near}'?`}`);
}
