import { fail, nearestName, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import type { FunctionName } from '@holdfast/estate';
import type { Formula, Model } from '../compile/model.ts';
import { hasCutSets } from './has-cut-sets.ts';
import { liesAt, placedFunctions, type PlacedFunction } from './places.ts';

/** A loss that is asked about. */
export type Top =
  | { readonly kind: 'lost'; readonly formula: Formula }
  | { readonly kind: 'atleast'; readonly min: number; readonly of: readonly Top[] };

const functionNames: readonly FunctionName[] = [
  'access',
  'video',
  'alarm',
  'fire-release',
  'building-control',
  'intercom',
  'soc',
];

const hint =
  'write place/capability, function@place (lost at every place there), some-function@place (lost at one of them at least), kinds@place (two kinds of function or more), and all(...), any(...) of these';

/**
 * Reads what somebody asks about, such as `all(video@hq, access@hq)`: `all` is lost where all are lost at one moment.
 * `place/capability` names one capability; a place of `function@place` is a site, building, floor, area, door or view.
 */
export function readTop(model: Model, text: string): Result<Top, Problem> {
  const tokens = text.match(/[(),]|[^\s(),]+/gu) ?? [];
  const reader = new Reader(model, tokens);
  try {
    return ok(reader.whole());
  } catch (error) {
    if (error instanceof Refused) return fail(problem('usage', error.message, { hint: error.hint }));
    throw error;
  }
}

class Refused extends Error {
  override readonly name = 'Refused';
  readonly hint: string;

  constructor(message: string, how = hint) {
    super(message);
    this.hint = how;
  }
}

class Reader {
  readonly #model: Model;
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(model: Model, tokens: readonly string[]) {
    this.#model = model;
    this.#tokens = tokens;
  }

  whole(): Top {
    const top = this.#expression(0);
    if (this.#at < this.#tokens.length)
      throw new Refused(`there is more after the end: '${this.#tokens[this.#at]}'`);
    return top;
  }

  #expression(depth: number): Top {
    const word = this.#tokens[this.#at] ?? '';
    if (word === '' || /[(),]/u.test(word)) throw new Refused(`'${word}' stands where a loss should`);
    this.#at += 1;
    if (this.#tokens[this.#at] !== '(') return this.#atom(word);
    if (depth > 50) throw new Refused('expressions stand in each other more than 50 deep');
    if (word !== 'all' && word !== 'any') throw new Refused(`there is no '${word}(...)'`);
    const of: Top[] = [];
    do {
      this.#at += 1;
      of.push(this.#expression(depth + 1));
    } while (this.#tokens[this.#at] === ',');
    if (this.#tokens[this.#at] !== ')') throw new Refused(`a ')' is missing`);
    this.#at += 1;
    return { kind: 'atleast', min: word === 'all' ? of.length : 1, of };
  }

  #atom(word: string): Top {
    const cut = word.indexOf('@');
    if (cut < 0) return this.#capability(word);
    const [what, place] = [word.slice(0, cut), word.slice(cut + 1)];
    const here = placedFunctions(this.#model).filter((each) => liesAt(this.#model, each, place));
    if (what === 'kinds') return this.#kinds(here, word);
    const isSome = what.startsWith('some-');
    const name = functionNames.find((each) => each === (isSome ? what.slice(5) : what));
    if (name === undefined)
      throw new Refused(`there is no function '${what}'`, `one of ${functionNames.join(', ')}`);
    const own = here.filter((each) => each.function === name);
    if (own.length === 0) throw new Refused(`nothing is asked of ${name} at '${place}'`);
    return { kind: 'atleast', min: isSome ? 1 : own.length, of: own.map(lostOf) };
  }

  #kinds(here: readonly PlacedFunction[], word: string): Top {
    const kinds = [...Map.groupBy(here, (each) => each.function).values()];
    if (kinds.length < 2) throw new Refused(`there are no two kinds of function in '${word}'`);
    return {
      kind: 'atleast',
      min: 2,
      of: kinds.map((own) => ({ kind: 'atleast', min: 1, of: own.map(lostOf) })),
    };
  }

  #capability(id: string): Top {
    const { capabilities } = this.#model;
    const found = capabilities.find((each) => each.id === id);
    if (!found) {
      const near = nearestName(
        id,
        capabilities.map((each) => each.id),
      );
      throw new Refused(`there is no capability '${id}'`, near ? `did you mean '${near}'?` : hint);
    }
    if (!hasCutSets(found.formula))
      throw new Refused(
        `${id} has no cut sets: more faults may bring it back, or it follows the hour`,
        'ask for another capability of the place, such as admits-known for secured',
      );
    return { kind: 'lost', formula: found.formula };
  }
}

/** A function at one place: any of what is essential to it is lost. */
const lostOf = ({ capabilities }: PlacedFunction): Top => ({
  kind: 'atleast',
  min: 1,
  of: capabilities.map(({ formula }) => ({ kind: 'lost', formula })),
});
