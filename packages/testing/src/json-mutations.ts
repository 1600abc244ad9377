import fc from 'fast-check';

type Step = string | number;

/** Values of every type, among them what traps a careless reader. */
const intruders: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  '',
  'unknown',
  'x',
  ' ',
  '4h',
  '2026-02-30',
  '__proto__',
  'constructor',
  'internet',
  '\u0000',
  '\u202E',
  '💥',
  'a'.repeat(5000),
  [],
  [[]],
  [null],
  {},
  { a: { b: { c: [] } } },
  { value: null },
  { value: 'unknown' },
  { between: [] },
  { basis: 'vendor' },
  { constructor: 1 },
];

/** The path of every value within a value, the root first. */
function pathsOf(value: unknown, path: readonly Step[] = []): readonly (readonly Step[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: readonly (readonly [Step, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, each]) => pathsOf(each, [...path, key]))];
}

/** A copy of a value with what stands at a path changed; `undefined` takes it away. */
function changeAt(value: unknown, path: readonly Step[], change: (old: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (typeof value !== 'object' || value === null) return value;
  // An earlier change may have put something else on the way.
  if (!Object.hasOwn(value, step) || Array.isArray(value) !== (typeof step === 'number')) return value;
  const changed = changeAt((value as Record<Step, unknown>)[step], rest, change);
  if (Array.isArray(value))
    return changed === undefined ? value.toSpliced(Number(step), 1) : value.with(Number(step), changed);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) =>
      key !== step ? [[key, each]] : changed === undefined ? [] : [[key, changed]],
    ),
  );
}

/** A copy of a JSON value with one to three places changed: another value of any type, a misspelt key, or nothing there any more. */
export function jsonMutations(value: unknown): fc.Arbitrary<unknown> {
  const places = pathsOf(value);
  const one = fc.tuple(
    fc.constantFrom(...places),
    fc.oneof(
      fc.constantFrom(...intruders),
      fc.json().map((text): unknown => JSON.parse(text)),
    ),
    fc.nat(3),
  );
  return fc
    .array(one, { minLength: 1, maxLength: 3 })
    .map(
      (changes) =>
        changes.reduce((all: unknown, [path, intruder, kind]) => mutate(all, path, intruder, kind), value) ??
        null,
    );
}

function mutate(value: unknown, path: readonly Step[], intruder: unknown, kind: number): unknown {
  if (kind === 0) return changeAt(value, path, () => undefined);
  if (kind === 1) return changeAt(value, path, (old) => misspell(old));
  if (kind === 2) return changeAt(value, path, (old) => [old]);
  return changeAt(value, path, () => intruder);
}

function misspell(value: unknown): unknown {
  if (typeof value === 'string') return `${value}x`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return String(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, each], index) => [index === 0 ? `${key}x` : key, each]),
  );
}
