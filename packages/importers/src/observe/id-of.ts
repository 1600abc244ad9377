import { isId } from '@holdfast/estate';

/** A name as an id: lower case, without accents, a hyphen for what ids do not have. Empty where nothing is left. */
export function idOf(name: string): string {
  const plain = name
    .slice(0, 200)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9._-]+/g, '-');
  const id = plain
    .replaceAll(/^[._-]+/g, '')
    .slice(0, 64)
    .replace(/[._-]+$/, '');
  return isId(id) ? id : '';
}

/** Gives out ids, each once: a second `camera` is `camera-2`. */
export class Ids {
  readonly #taken = new Map<string, number>();

  take(name: string, otherwise: string): string {
    const wanted = idOf(name) || idOf(otherwise) || 'thing';
    let count = this.#taken.get(wanted) ?? 0;
    let id = wanted;
    while (this.#taken.has(id)) {
      count += 1;
      id = `${wanted.slice(0, 58)}-${count + 1}`;
    }
    this.#taken.set(wanted, count);
    this.#taken.set(id, 0);
    return id;
  }
}

/** A host name without its domain, in lower case; of an address nothing. */
export function hostnameOf(name: string | undefined): string | undefined {
  const first = name?.trim().toLowerCase().split('.', 1)[0];
  return first === undefined || first === '' || /^\d+$/.test(first) ? undefined : first;
}
