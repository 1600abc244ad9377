/** Pieces of at least this many characters, so that a long list is not a write for each of its members. */
const atOnce = 1 << 20;

/**
 * The text of `JSON.stringify(value, undefined, 1)` in pieces: whole, the document of a portfolio is longer than a string can be.
 * Cut between the members of the object and of the lists that it holds.
 */
export function* jsonPieces(value: Readonly<Record<string, unknown>>): Generator<string> {
  let piece = '';
  for (const part of parts(value)) {
    piece += part;
    if (piece.length < atOnce) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function* parts(value: Readonly<Record<string, unknown>>): Generator<string> {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  if (entries.length === 0) {
    yield '{}';
    return;
  }
  let lead = '{';
  for (const [key, each] of entries) {
    yield `${lead}\n ${JSON.stringify(key)}: `;
    yield* Array.isArray(each) && each.length > 0 ? members(each) : [indented(each, 1)];
    lead = ',';
  }
  yield '\n}';
}

function* members(list: readonly unknown[]): Generator<string> {
  let lead = '[';
  for (const each of list) {
    yield `${lead}\n  ${indented(each, 2)}`;
    lead = ',';
  }
  yield '\n ]';
}

/** A line break inside JSON is one between its members: in a string it is written `\n`. */
const indented = (value: unknown, depth: number): string =>
  JSON.stringify(value, undefined, 1).replaceAll('\n', `\n${' '.repeat(depth)}`);
