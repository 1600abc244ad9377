/**
 * Names as Open-PSA scopes them: what is public is known everywhere by its name, what is private inside its container
 * by its name, and both by their path, from around a container (`component.name`) or in full (`tree.component.name`).
 * @see Open-PSA Model Exchange Format 2.0d, Fault Tree Layer, Public versus Private Elements
 */
export class Scopes<T> {
  readonly #publics = new Map<string, T>();
  readonly #paths = new Map<string, T>();

  /** Makes a name known; returns what had it before, if anything. */
  define(container: readonly string[], name: string, isPrivate: boolean, value: T): T | undefined {
    const path = pathOf(container, name);
    const before = this.#paths.get(path) ?? (isPrivate ? undefined : this.#publics.get(name));
    this.#paths.set(path, value);
    if (!isPrivate) this.#publics.set(name, value);
    return before;
  }

  /** What a name means inside a container: the nearest of that name, else the public one, else that of the path. */
  find(container: readonly string[], name: string): T | undefined {
    for (let depth = container.length; depth > 0; depth -= 1) {
      const found = this.#paths.get(pathOf(container.slice(0, depth), name));
      if (found !== undefined) return found;
    }
    return this.#publics.get(name) ?? this.#paths.get(name);
  }

  get names(): Iterable<string> {
    return this.#publics.keys();
  }
}

/** A name inside its containers: `tree.component.name`. */
export const pathOf = (container: readonly string[], name: string): string => [...container, name].join('.');
