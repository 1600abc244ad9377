import { positionsIn, type SourceFile } from '@holdfast/estate';
import type { Position } from '@holdfast/kernel';

const token = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|([^\s{}[\],:"]+))/y;

/**
 * Where the value under a JSON pointer begins in a file that is valid JSON; the deepest part of it that there is.
 * Reads the text anew, so it is for problems alone.
 */
export function locate(file: SourceFile, pointer: string): Position {
  return positionsIn(file)(offsetOf(file.text, pointer.split('/').slice(1)));
}

interface Frame {
  readonly isObject: boolean;
  key: string | number;
}

function offsetOf(text: string, path: readonly string[]): number {
  const stack: Frame[] = [];
  let [deepest, best, isKey] = [0, 0, false];
  token.lastIndex = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [whole, mark, quoted] = found;
    const offset = found.index + whole.length - (mark ?? quoted ?? found[3] ?? '').length;
    const top = stack.at(-1);
    if (mark === '}' || mark === ']') stack.pop();
    else if (mark === ',') {
      if (top?.isObject === true) isKey = true;
      else if (typeof top?.key === 'number') top.key += 1;
    } else if (mark === ':') isKey = false;
    else if (quoted !== undefined && isKey && top?.isObject === true) top.key = quoted.slice(1, -1);
    else {
      const isOnPath = stack.every(({ key }, index) => String(key) === path[index]);
      if (isOnPath && stack.length > deepest) [deepest, best] = [stack.length, offset];
      if (deepest === path.length && deepest > 0) return best;
      if (mark === '{' || mark === '[') {
        stack.push({ isObject: mark === '{', key: mark === '{' ? '' : 0 });
        isKey = mark === '{';
      }
    }
  }
  return best;
}
