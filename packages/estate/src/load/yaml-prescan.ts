import { problem, type Problem } from '@holdfast/kernel';
import type { SourceFile } from './source.ts';

const valueLimit = 1_000_000;

/**
 * What makes a file too much for the parser, found in one pass without memory: nesting, the number of values,
 * and line ends that YAML parsers read differently.
 */
export function prescan({ name, text }: SourceFile, depthLimit: number): Problem | undefined {
  let line = 1;
  let start = 0;
  let brackets = 0;
  let values = 0;
  const refuse = (code: 'yaml-syntax' | 'yaml-limit', message: string, index: number, hint: string): Problem =>
    problem(code, message, { at: { file: name, line, column: Math.max(1, index - start + 1) }, hint });
  for (let index = 0; index < text.length; index += 1) {
    switch (text.charCodeAt(index)) {
      case 10: // line feed
        line += 1;
        start = index + 1;
        values += 1;
        break;
      case 13: // carriage return
        if (text.charCodeAt(index + 1) !== 10) return refuse('yaml-syntax', `${name} has a line that ends with CR alone`, index, 'save it with line ends LF or CRLF');
        break;
      case 44: // comma
      case 63: // question mark
        values += 1;
        break;
      case 45: // hyphen
        if (text.charCodeAt(index + 1) === 32) values += 1;
        break;
      case 91: // [
      case 123: // {
        brackets += 1;
        values += 1;
        // Text and comments may hold some that are never closed; the parser counts exactly.
        if (brackets > 10 * depthLimit) return refuse('yaml-limit', `${name} nests more than ${depthLimit} deep`, index, 'flatten it');
        break;
      case 93: // ]
      case 125: // }
        if (brackets > 0) brackets -= 1;
        break;
      default:
    }
    if (values > valueLimit) return refuse('yaml-limit', `${name} has more than ${valueLimit.toLocaleString('en')} values`, index, 'write large estates as NDJSON');
  }
  return undefined;
}
