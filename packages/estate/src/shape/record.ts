/**
 * An empty record for keys that users choose. It inherits nothing, so that a key such as `constructor` is there only
 * where it was put. Unlike `Object.create(null)` it stays small and fast.
 */
export function emptyRecord<T>(): Record<string, T> {
  return new Bare() as Record<string, T>;
}

// A class would give its instances a `constructor`.
const Bare = function () {} as unknown as { new (): object; prototype: object };
Bare.prototype = Object.create(null) as object;
