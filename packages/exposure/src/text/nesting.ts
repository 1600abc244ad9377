import { positionsIn, type SourceFile } from '@holdfast/estate';
import { problem, type Problem } from '@holdfast/kernel';

/** The deepest advisories that publishers issue have some twenty levels. */
const deepest = 200;

const [quote, backslash, open, close] = [0x22, 0x5c, 0x5b, 0x5d];

/** What is wrong where a JSON text nests too deeply to be read by anything that calls itself; `yaml-limit`. */
export function tooDeep(file: SourceFile): Problem | undefined {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < file.text.length; at += 1) {
    const code = file.text.charCodeAt(at);
    if (isText) {
      if (code === backslash) at += 1;
      else if (code === quote) isText = false;
    } else if (code === quote) isText = true;
    // `[` and `{` differ in one bit, and so do `]` and `}`.
    else if ((code & ~0x20) === open) depth += 1;
    else if ((code & ~0x20) === close) depth -= 1;
    if (depth > deepest)
      return problem('yaml-limit', `${file.name} nests more than ${deepest} deep`, {
        at: positionsIn(file)(at),
        hint: 'no advisory does; fetch it again from its publisher',
      });
  }
  return undefined;
}
