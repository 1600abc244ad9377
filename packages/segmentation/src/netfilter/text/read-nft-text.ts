import type { Problem, Result } from '@holdfast/kernel';
import type { ConfigFile, Firewall } from '../../model/firewall.ts';
import { firewallOf } from '../lowering/firewall-of.ts';
import { inertObjects, readChain, readRule, readSet, readTable } from './nft-blocks.ts';
import { ExpressionReader, type Definitions } from './nft-expression.ts';
import { Cursor } from './nft-tokens.ts';
import { chainOf, setOf, tableKey, tableOf, type Ruleset, type TableText } from '../ruleset.ts';
import { fault, reading } from '../syntax-fault.ts';

/**
 * Reads the nftables language: what `nft list ruleset` prints and what people write for `nft -f`, with `define`.
 * Rule ids are `table/chain/handle` where the file says handles (`nft -a`), else `table/chain/line`.
 * Files are not included, and rules not replaced or deleted: those are faults with their place.
 * Codes: `format-mismatch`, `reference-unknown`.
 * @see nft(8)
 */
export function readNftText(file: ConfigFile): Result<Firewall, readonly Problem[]> {
  const result = reading(() => new FileReader(file).read());
  return result.kind === 'ok' ? firewallOf('nft-text', file, result.value) : result;
}

const families: ReadonlySet<string> = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);

class FileReader {
  readonly #ruleset: Ruleset = new Map();
  readonly #definitions: Definitions = new Map();
  readonly #cursor: Cursor;
  readonly #expressions: ExpressionReader;

  constructor({ name, text }: ConfigFile) {
    this.#cursor = new Cursor(name, text);
    this.#expressions = new ExpressionReader(this.#cursor, this.#definitions);
  }

  read(): Ruleset {
    this.#cursor.skipEnds();
    while (this.#cursor.peek().kind !== 'eof') {
      this.#command();
      if (!this.#cursor.isEnd()) this.#cursor.wrong('the end of the line');
      if (this.#cursor.is('}')) this.#cursor.wrong('a command');
      this.#cursor.skipEnds();
    }
    return this.#ruleset;
  }

  #command(): void {
    const at = this.#cursor.at();
    const word = this.#cursor.word('a command');
    switch (word) {
      case 'table':
        return this.#table();
      case 'add':
      case 'create':
        return this.#add(false);
      case 'insert':
        return this.#add(true);
      case 'flush':
        return this.#flush();
      case 'define':
      case 'redefine':
      case 'undefine':
        return this.#define(word);
      case 'include':
        return fault(
          at,
          'another file is included here',
          'give the output of nft list ruleset, which has them all',
        );
      default:
        return fault(at, `the command '${word}' is not read`, 'give the output of nft list ruleset');
    }
  }

  readonly #define = (word: string): void => {
    const name = this.#cursor.word('a name');
    if (word === 'undefine') {
      this.#definitions.delete(name);
      return;
    }
    this.#cursor.expect('=');
    this.#definitions.set(name, this.#expressions.value());
  };

  /** The family and the name of a table, which must be there unless it is being added. */
  #named(isNew: boolean): TableText {
    const at = this.#cursor.at();
    const { text } = this.#cursor.peek();
    const family =
      families.has(text) && this.#cursor.peek(1).kind === 'word' ? this.#cursor.take().text : 'ip';
    const name = this.#cursor.word('a table');
    if (isNew) return tableOf(this.#ruleset, family, name, at);
    const table = this.#ruleset.get(tableKey(family, name));
    return (
      table ?? fault(at, `there is no table ${family} ${name} before this`, undefined, 'reference-unknown')
    );
  }

  #table(): void {
    const table = this.#named(true);
    if (this.#cursor.is('{')) readTable(this.#cursor, this.#expressions, table, this.#define);
  }

  #add(isFirst: boolean): void {
    const at = this.#cursor.at();
    const what = this.#cursor.word('what to add');
    if (what === 'table') return this.#table();
    if (isFirst && what !== 'rule') fault(at, `'insert ${what}' is no command`);
    const table = this.#named(false);
    switch (what) {
      case 'chain': {
        const name = this.#cursor.word('a chain');
        const chain = chainOf(table, name, at, `chain ${name}`);
        return this.#cursor.is('{') ? readChain(this.#cursor, this.#expressions, chain) : undefined;
      }
      case 'set':
      case 'map':
        return readSet(this.#cursor, this.#expressions, setOf(table, this.#cursor.word('a set')));
      case 'element':
        return this.#elements(table);
      case 'rule':
        return this.#rule(table, isFirst);
      default:
        if (!inertObjects.has(what)) fault(at, `'add ${what}' is not read`);
        return this.#cursor.skipStatement();
    }
  }

  #elements(table: TableText): void {
    const at = this.#cursor.at();
    const name = this.#cursor.word('a set');
    const set = table.sets.get(name);
    if (set === undefined) fault(at, `there is no set ${name} before this`, undefined, 'reference-unknown');
    const elements = this.#expressions.element();
    if (elements.kind === 'set') for (const each of elements.elements) set.elements.push(each);
  }

  #rule(table: TableText, isFirst: boolean): void {
    const at = this.#cursor.at();
    const name = this.#cursor.word('a chain');
    const chain = table.chains.get(name);
    if (chain === undefined)
      return fault(at, `there is no chain ${name} before this`, undefined, 'reference-unknown');
    if (this.#cursor.is('position', 'handle', 'index'))
      this.#cursor.wrong('a rule without the place of another');
    const rule = readRule(this.#cursor, this.#expressions);
    chain.rules = isFirst ? [rule, ...chain.rules] : [...chain.rules, rule];
    return undefined;
  }

  #flush(): void {
    const what = this.#cursor.word('what to flush');
    if (what === 'ruleset') {
      if (!this.#cursor.isEnd()) this.#cursor.word('a family');
      this.#ruleset.clear();
      return;
    }
    if (what !== 'table' && what !== 'chain')
      this.#cursor.wrong('nothing but a rule set, table or chain to flush');
    const table = this.#named(false);
    const only = what === 'chain' ? this.#cursor.word('a chain') : undefined;
    for (const chain of table.chains.values())
      if (only === undefined || chain.name === only) chain.rules = [];
  }
}
