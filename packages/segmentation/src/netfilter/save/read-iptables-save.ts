import type { Position, Problem, Result } from '@holdfast/kernel';
import type { ConfigFile, ConfigFormat, Firewall } from '../../model/firewall.ts';
import { firewallOf } from '../lowering/firewall-of.ts';
import { readIpSets, type IpSets } from './ip-sets.ts';
import {
  chainOf,
  priorities,
  tableOf,
  type ChainText,
  type Ruleset,
  type Statement,
  type TableText,
} from '../ruleset.ts';
import { isOption, readGeneral, readModule, type SaveContext } from './save-match.ts';
import { readTarget } from './save-target.ts';
import { WordCursor, wordsOf } from './save-words.ts';
import { fault, reading } from '../syntax-fault.ts';

/**
 * Reads what `iptables-save` or `ip6tables-save` prints, and beside it what `ipset save` does.
 * Rule ids are `table/chain/line`. Codes: `format-mismatch`, `reference-unknown`.
 * @see iptables-extensions(8)
 */
export function readIptablesSave(
  format: 'iptables-save' | 'ip6tables-save',
  file: ConfigFile,
  ipsets?: ConfigFile,
): Result<Firewall, readonly Problem[]> {
  const result = reading(() => {
    const sets: IpSets = ipsets === undefined ? new Map() : readIpSets(ipsets);
    return new SaveReader(format === 'iptables-save' ? 'ip' : 'ip6', file, sets).read();
  });
  return result.kind === 'ok' ? firewallOf(format satisfies ConfigFormat, file, result.value) : result;
}

/** The hooks of each table's own chains. */
const builtIn: Readonly<Record<string, readonly string[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
};

class SaveReader {
  readonly #ruleset: Ruleset = new Map();
  readonly #family: 'ip' | 'ip6';
  readonly #file: ConfigFile;
  readonly #sets: IpSets;
  #table: TableText | undefined;

  constructor(family: 'ip' | 'ip6', file: ConfigFile, sets: IpSets) {
    this.#family = family;
    this.#file = file;
    this.#sets = sets;
  }

  read(): Ruleset {
    const lines = this.#file.text.split('\n').map((each) => each.trim());
    this.#declare(lines);
    let table: TableText | undefined;
    lines.forEach((line, index) => {
      const at: Position = { file: this.#file.name, line: index + 1, column: 1 };
      if (line.startsWith('*')) table = this.#ruleset.get(`${this.#family} ${line.slice(1)}`);
      else if (line === 'COMMIT') table = undefined;
      else if (line !== '' && !line.startsWith('#') && !line.startsWith(':')) this.#rule(line, at, table);
    });
    if (this.#ruleset.size === 0)
      fault(
        { file: this.#file.name, line: 1, column: 1 },
        'this file has no tables',
        'take the output of iptables-save',
      );
    return this.#ruleset;
  }

  /** Rules jump to chains that are declared before all of them. */
  #declare(lines: readonly string[]): void {
    lines.forEach((line, index) => {
      const at: Position = { file: this.#file.name, line: index + 1, column: 1 };
      if (line.startsWith('*')) {
        if (builtIn[line.slice(1)] === undefined) fault(at, `'${line.slice(1)}' is no table of iptables`);
        this.#table = tableOf(this.#ruleset, this.#family, line.slice(1), at);
        for (const [name, set] of this.#sets) this.#table.sets.set(name, set);
      } else if (line.startsWith(':')) this.#chain(line, at);
      else if (line === 'COMMIT') this.#table = undefined;
    });
    const { length } = lines;
    if (this.#table !== undefined)
      fault(
        { file: this.#file.name, line: length, column: 1 },
        'the last table has no COMMIT: the file is cut off',
      );
  }

  #chain(line: string, at: Position): void {
    const [, name, policy] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (this.#table === undefined || name === undefined || policy === undefined)
      return fault(at, 'this line declares no chain of a table');
    const chain = chainOf(this.#table, name, at, line);
    if (!(builtIn[this.#table.name] ?? []).includes(name)) return undefined;
    if (policy !== 'ACCEPT' && policy !== 'DROP') return fault(at, `'${policy}' is no policy of a chain`);
    chain.policy = policy === 'ACCEPT' ? 'accept' : 'drop';
    chain.base = this.#base(this.#table.name, name);
    return undefined;
  }

  #base(table: string, chain: string): NonNullable<ChainText['base']> {
    const isSource = chain === 'POSTROUTING' || chain === 'INPUT';
    const name = table === 'nat' ? (isSource ? 'srcnat' : 'dstnat') : table;
    return {
      type: table === 'nat' ? 'nat' : 'filter',
      hook: chain.toLowerCase(),
      priority: priorities.get(name) ?? 0,
    };
  }

  #rule(line: string, at: Position, table: TableText | undefined): void {
    if (table === undefined) return fault(at, 'this rule stands outside of a table');
    const cursor = new WordCursor(wordsOf(line.replace(/^\[\d+:\d+\] /, ''), at), at);
    const verb = cursor.need('-A');
    if (verb !== '-A' && verb !== '--append') return fault(at, `'${verb}' is no line of iptables-save`);
    const name = cursor.need('a chain');
    const chain = table.chains.get(name);
    if (chain === undefined)
      return fault(
        at,
        `there is no chain '${name}' in the table ${table.name}`,
        undefined,
        'reference-unknown',
      );
    const context: SaveContext = { chain: name, family: this.#family, sets: this.#sets, protocol: undefined };
    chain.rules.push({
      at,
      text: line,
      statements: statementsOf(cursor, context, new Set(table.chains.keys())),
    });
    return undefined;
  }
}

function statementsOf(
  cursor: WordCursor,
  context: SaveContext,
  chains: ReadonlySet<string>,
): readonly Statement[] {
  const statements: Statement[] = [];
  for (let word = cursor.peek(); word !== undefined; word = cursor.peek()) {
    if (word === '-c' || word === '--set-counters') for (let each = 0; each < 3; each += 1) cursor.take();
    else if (word === '-m' || word === '--match') {
      cursor.take();
      for (const each of readModule(cursor, cursor.need('a module'), context)) statements.push(each);
    } else if (word === '-j' || word === '--jump') {
      cursor.take();
      statements.push(readTarget(cursor, cursor.need('a target'), chains, context.chain));
    } else if (word === '-g' || word === '--goto') {
      cursor.take();
      statements.push({
        kind: 'verdict',
        verdict: { kind: 'goto', chain: cursor.need('a chain') },
        at: cursor.at,
      });
    } else if (isOption(cursor) && context.protocol !== undefined) {
      // People leave out the module that is named like the protocol.
      for (const each of readModule(cursor, context.protocol, context)) statements.push(each);
    } else statements.push(readGeneral(cursor, context) ?? unread(cursor, word));
  }
  return statements;
}

function unread(cursor: WordCursor, word: string): never {
  return fault(
    cursor.at,
    `'${word}' is nothing that a rule of iptables-save has here`,
    'take the output of iptables-save',
  );
}
