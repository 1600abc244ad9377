import type { Block } from '../text/config-lines.ts';

/** What a route map picks: what a list permits, by way of one interface where it names one. */
export interface Pick {
  readonly list: string;
  readonly oif: string | undefined;
}

/** The route maps of a router, as far as translations use them. */
export class RouteMaps {
  readonly #maps = new Map<
    string,
    { readonly action: string; readonly sequence: number; readonly block: Block }[]
  >();

  define(block: Block): void {
    const [, name = '', action = 'permit', sequence = '10'] = block.words.map(({ text }) => text);
    const clauses = this.#maps.get(name) ?? [];
    clauses.push({ action, sequence: Number(sequence), block });
    this.#maps.set(name, clauses);
  }

  /** What a map picks, in order; `undefined` where it has anything but lists and an interface to match. */
  picks(
    name: string,
    interfaceNamed: (name: string) => { readonly name: string } | undefined,
  ): readonly Pick[] | undefined {
    const clauses = this.#maps.get(name)?.toSorted((a, b) => a.sequence - b.sequence);
    if (clauses === undefined) return undefined;
    const picks: Pick[] = [];
    for (const { action, block } of clauses) {
      const lists: string[] = [];
      let oif: string | undefined;
      for (const { text } of block.body) {
        const [, matched] = /^match ip address (?!prefix-list)(.+)$/.exec(text) ?? [];
        const [, wanted] = /^match interface (\S+)$/.exec(text) ?? [];
        if (matched !== undefined) lists.push(...matched.split(/\s+/));
        else if (wanted !== undefined && oif === undefined) oif = interfaceNamed(wanted)?.name ?? wanted;
        else if (!text.startsWith('description ')) return undefined;
      }
      if (action !== 'permit' || lists.length === 0) return undefined;
      picks.push(...lists.map((list) => ({ list, oif })));
    }
    return picks;
  }
}
