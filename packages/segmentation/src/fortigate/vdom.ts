import type { Reading } from '../cisco/text/reading.ts';
import type { ConfigLine } from '../cisco/text/config-lines.ts';
import type { Block } from './config-text.ts';

/** The values of a setting, each with its place in the line. */
export const valuesOf = ({ settings }: Block, key: string): readonly string[] =>
  settings
    .get(key)
    ?.words.slice(2)
    .map(({ text }) => text) ?? [];

export const valueOf = (block: Block, key: string): string | undefined => valuesOf(block, key)[0];

export const isOn = (block: Block, key: string): boolean => valueOf(block, key) === 'enable';

/** The line of a setting; that of the entry where there is none. */
export const lineOf = (block: Block, key: string): ConfigLine => block.settings.get(key) ?? block.line;

/** A virtual domain, or the whole unit where there are none: its sections by their names. */
export class Vdom {
  readonly name: string;
  readonly #sections: readonly Block[];

  constructor(name: string, sections: readonly Block[]) {
    this.name = name;
    this.#sections = sections;
  }

  sections(name: string): readonly Block[] {
    return this.#sections.filter((each) => each.name === name);
  }

  /** The entries of a section, in their order. One that stands twice has the place of the first and what both set. */
  entries(name: string): readonly Block[] {
    const found = new Map<string, Block>();
    for (const each of this.sections(name).flatMap(({ blocks }) => blocks)) {
      if (each.kind !== 'edit') continue;
      const known = found.get(each.name);
      if (known === undefined) found.set(each.name, each);
      else {
        for (const [key, line] of each.settings) known.settings.set(key, line);
        known.blocks.push(...each.blocks);
      }
    }
    return [...found.values()];
  }

  /** A section without entries, with all that it sets; `undefined` where it is not there. */
  only(name: string): Block | undefined {
    return this.sections(name).at(-1);
  }

  isOn(section: string, key: string): boolean {
    const found = this.only(section);
    return found !== undefined && isOn(found, key);
  }
}

/** What a unit consists of. */
export interface Unit {
  readonly global: Vdom;
  readonly vdoms: readonly Vdom[];
}

/**
 * Parts a configuration into its virtual domains. One without `config vdom` is one domain.
 * @see https://docs.fortinet.com/document/fortigate/6.0.0/handbook/199083 Inter-VDOM routing
 */
export function unitOf(blocks: readonly Block[], reading: Reading): Unit {
  const parts = blocks.filter(({ name }) => name === 'vdom').flatMap((each) => each.blocks);
  const globals = blocks.filter(({ name }) => name === 'global').flatMap((each) => each.blocks);
  if (parts.length === 0) {
    const whole = new Vdom('', [...globals, ...blocks.filter(({ name }) => name !== 'global')]);
    return { global: whole, vdoms: [whole] };
  }
  const outside = blocks.filter(({ name }) => name !== 'vdom' && name !== 'global');
  for (const each of outside.filter(({ name }) => name.startsWith('firewall ')))
    reading.error(reading.at(each.line), `'config ${each.name}' stands outside of any virtual domain`);
  const named = Map.groupBy(parts, ({ name }) => name);
  return {
    global: new Vdom('', [...globals, ...outside]),
    vdoms: [...named].map(
      ([name, group]) =>
        new Vdom(
          name,
          group.flatMap((each) => each.blocks),
        ),
    ),
  };
}

/** The release that wrote a configuration, as numbers; `undefined` where its first line does not say. */
export function releaseOf(text: string): readonly [number, number, number] | undefined {
  const [, major, minor, patch] =
    /^#config-version=[^\n]*?-(\d+)\.(\d+)\.(\d+)-/m.exec(text.slice(0, 4000)) ?? [];
  return major === undefined || minor === undefined || patch === undefined
    ? undefined
    : [Number(major), Number(minor), Number(patch)];
}

/** Whether a release is at or behind another. */
export const isFrom = (
  release: readonly [number, number, number],
  [major, minor, patch]: readonly [number, number, number],
): boolean =>
  release[0] !== major ? release[0] > major : release[1] !== minor ? release[1] > minor : release[2] >= patch;
