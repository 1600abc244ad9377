import type { Path } from '../shape/shape.ts';
import type { EditPath } from './edit.ts';

/** Steps into plain data; a text of digits is an index where a list is. */
export function stepsOf(path: EditPath, data: unknown): Path {
  const steps = typeof path === 'string' ? path.split('.').filter((each) => each !== '') : path;
  const out: (string | number)[] = [];
  let here = data;
  for (const step of steps) {
    const exact = Array.isArray(here) && /^\d{1,6}$/.test(String(step)) ? Number(step) : String(step);
    out.push(exact);
    here = childAt(here, exact);
  }
  return out;
}

/** What stands one step below, or `undefined`. */
function childAt(data: unknown, step: string | number): unknown {
  if (Array.isArray(data)) return typeof step === 'number' ? (data as readonly unknown[])[step] : undefined;
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, step)) return undefined;
  return (data as Readonly<Record<string | number, unknown>>)[step];
}

/** What stands at a path, or `undefined`. */
export const valueAt = (data: unknown, path: Path): unknown => path.reduce(childAt, data);

/** A copy of the data with the value at a path changed; `undefined` takes it away. What is missing on the way is made. */
export function withValueAt(data: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const below = withValueAt(childAt(data, step), rest, value);
  if (Array.isArray(data) && typeof step === 'number') {
    const list = data as readonly unknown[];
    if (below === undefined) return list.toSpliced(step, 1);
    return step < list.length ? list.with(step, below) : [...list, below];
  }
  const members = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {};
  if (below !== undefined) return { ...members, [step]: below };
  return Object.fromEntries(Object.entries(members).filter(([key]) => key !== String(step)));
}

/** A copy of the data with a key renamed. */
export function withKeyAt(data: unknown, path: Path, to: string): unknown {
  const key = String(path.at(-1));
  const above = path.slice(0, -1);
  const parent = valueAt(data, above);
  const entries = Object.entries(parent ?? {}).map(
    ([name, each]) => [name === key ? to : name, each] as const,
  );
  return withValueAt(data, above, Object.fromEntries(entries));
}
