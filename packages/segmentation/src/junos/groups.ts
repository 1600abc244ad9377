import type { Reading } from '../cisco/text/reading.ts';
import type { Statement } from './statement.ts';

/** How many statements groups may add, so that groups of groups end. */
const mostAdded = 500_000;

/**
 * Puts what configuration groups have where they are applied. A group that is named first goes before those behind it, one
 * that is applied further in before those further out, and what stands in its place itself before all; names of a group in
 * angle brackets are patterns for what is there. Groups of the nodes of a cluster are told: which node it is, is not known.
 * @see https://juniper.net/documentation/en_US/junos12.3/topics/task/configuration/junos-software-configuration-groups-applying.html
 */
export function expandGroups(root: Statement, reading: Reading): void {
  new Expansion(root, reading).run();
}

class Expansion {
  readonly #root: Statement;
  readonly #reading: Reading;
  readonly #groups: ReadonlyMap<string, Statement>;
  #added = 0;

  constructor(root: Statement, reading: Reading) {
    this.#root = root;
    this.#reading = reading;
    this.#groups = new Map(root.below('groups').map((group) => [group.word, group]));
  }

  run(): void {
    for (const child of this.#root.children)
      if (child.word !== 'groups') this.#inside(child, [child.word], new Set());
    this.#apply(this.#root, [], this.#root.at('apply-groups'), new Set());
  }

  #inside(statement: Statement, path: readonly string[], except: ReadonlySet<string>): void {
    const own = statement.at('apply-groups-except')?.words ?? [];
    const without = own.length === 0 ? except : new Set([...except, ...own]);
    for (const child of statement.children)
      if (child.word !== 'apply-groups' && child.word !== 'apply-groups-except')
        this.#inside(child, [...path, child.word], without);
    this.#apply(statement, path, statement.at('apply-groups'), without);
  }

  #apply(
    target: Statement,
    path: readonly string[],
    applied: Statement | undefined,
    except: ReadonlySet<string>,
  ): void {
    for (const name of applied?.children ?? []) {
      if (except.has(name.word)) continue;
      const group = this.#groups.get(name.word);
      if (group === undefined) {
        if (name.word === 'junos-defaults') continue;
        if (name.word.includes('$')) this.#node(name);
        else
          this.#reading.error(
            this.#reading.at(name.line),
            `there is no group ${name.word}`,
            undefined,
            'reference-unknown',
          );
        continue;
      }
      for (const source of matching([group], path)) this.#merge(target, source, name.word);
    }
  }

  /** Groups of the nodes of a cluster: those of routing engines have names and addresses of management alone. */
  #node(name: Statement): void {
    for (const [word, group] of this.#groups) {
      if (!/^(?:node|re)\d$/.test(word)) continue;
      const parts = group.children.filter(({ word: part }) => part !== 'system' && part !== 'snmp');
      const matters = parts.some(
        (part) => part.word !== 'interfaces' || part.words.some((each) => !each.startsWith('fxp')),
      );
      if (matters)
        this.#reading.note(
          this.#reading.at(group.line),
          `what group ${word} says for one node of a cluster (${name.word}) is not modelled`,
        );
    }
  }

  #merge(target: Statement, source: Statement, group: string): void {
    const except = target.at('apply-groups-except');
    if (except?.has(group) === true) return;
    for (const child of source.children) {
      if (child.word === 'apply-groups') continue;
      const pattern = patternOf(child.word);
      const into =
        pattern === undefined
          ? [target.grow(child.word, child.line)]
          : target.children.filter(({ word }) => pattern.test(word));
      this.#added += 1;
      if (this.#added > mostAdded) return;
      for (const each of into) this.#merge(each, child, group);
    }
  }
}

/** The statements of groups below a path, whose names may be patterns. */
function matching(groups: readonly Statement[], path: readonly string[]): readonly Statement[] {
  let found = groups;
  for (const word of path)
    found = found.flatMap((each) =>
      each.children.filter((child) => child.word === word || patternOf(child.word)?.test(word) === true),
    );
  return found;
}

/** `<*>`, `<ge-*>`, `<ge-0/0/[0-3]>`: stars and question marks as in file names. */
function patternOf(word: string): RegExp | undefined {
  const inner = /^<(.*)>$/.exec(word)?.[1];
  if (inner === undefined) return undefined;
  const source = inner
    .replaceAll(/[.+^${}()|\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return undefined;
  }
}
