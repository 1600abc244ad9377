import { problem, type Problem } from '@holdfast/kernel';
import { positionsIn } from './positions.ts';
import type { SourceFile } from './source.ts';
import { subsetEnd } from './yaml-subset.ts';

/** Each indicator may become a value, a token or an error of the parser, of up to a kilobyte and some microseconds: so many take a second or two. */
const indicatorLimit = 250_000;

const indicators = new Set(Array.from('\n,[{?&*!|>\'"%@`\\').map((each) => each.charCodeAt(0)));
// These are common within words, where they mean nothing.
const beforeBlank = new Set(Array.from(':-').map((each) => each.charCodeAt(0)));

/**
 * What makes a file too much for the parser, found in one pass without memory: nesting, the number of values,
 * and line ends that YAML parsers read differently.
 */
export function prescan({ name, text }: SourceFile, depthLimit: number): Problem | undefined {
  let line = 1;
  let start = 0;
  let brackets = 0;
  let count = 0;
  const refuse = (
    code: 'yaml-syntax' | 'yaml-limit',
    message: string,
    index: number,
    hint: string,
  ): Problem =>
    problem(code, message, { at: { file: name, line, column: Math.max(1, index - start + 1) }, hint });
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 125 || (code > 96 && code < 123)) continue;
    if (code === 10) {
      line += 1;
      start = index + 1;
    } else if (code === 13 && text.charCodeAt(index + 1) !== 10) {
      return refuse(
        'yaml-syntax',
        `${name} has a line that ends with CR alone`,
        index,
        'save it with line ends LF or CRLF',
      );
    } else if (code === 91 || code === 123) {
      brackets += 1;
      // Text and comments may hold some that are never closed; the parser counts exactly.
      if (brackets > 10 * depthLimit)
        return refuse('yaml-limit', `${name} nests more than ${depthLimit} deep`, index, 'flatten it');
    } else if ((code === 93 || code === 125) && brackets > 0) brackets -= 1;
    if (indicators.has(code) || (beforeBlank.has(code) && !(text.charCodeAt(index + 1) > 32))) count += 1;
    if (count > indicatorLimit) return tooMany({ name, text }, depthLimit);
  }
  return undefined;
}

/** A large file that is written plainly is read fast. One that is not is told where it is not: that may be all that is wrong with it. */
const tooMany = (file: SourceFile, depthLimit: number): Problem =>
  problem('yaml-limit', `${file.name} has more values than YAML is good for, and is not plain from here on`, {
    at: positionsIn(file)(subsetEnd(file.text, depthLimit)),
    hint: 'mend this line, split the file, or write it as NDJSON: `holdfast estate show --format ndjson`',
  });
