import { type Position, type Problem, type Result } from '@holdfast/kernel';
import type { ConfigFile, Firewall } from '../../model/firewall.ts';
import { firewallOf } from '../lowering/firewall-of.ts';
import { jsonElement } from './json-expression.ts';
import { entryOf, Lines, onlyEntry, readJson, textOf, type JsonNode } from './json-node.ts';
import { jsonStatement } from './json-statement.ts';
import { chainOf, priorities, setOf, tableKey, tableOf, type Ruleset, type TableText } from '../ruleset.ts';
import { fault, reading } from '../syntax-fault.ts';

/**
 * Reads what `nft -j list ruleset` prints. Rule ids are `table/chain/handle`.
 * What is not modelled is a problem of the firewall, at the line of its object. A broken file gives no firewall.
 * Codes: `json-syntax`, `format-mismatch`, `reference-unknown`.
 * @see libnftables-json(5)
 */
export function readNftJson(file: ConfigFile): Result<Firewall, readonly Problem[]> {
  const result = reading(() => rulesetOf(file));
  return result.kind === 'ok' ? firewallOf('nft-json', file, result.value) : result;
}

function rulesetOf({ name, text }: ConfigFile): Ruleset {
  const lines = new Lines(name, text);
  const root = readJson(text, lines);
  const list = entryOf(root, 'nftables');
  if (list?.kind !== 'array')
    fault(lines.at(root.start), 'this JSON is no rule set', 'take the output of nft -j list ruleset');
  const reader = new ObjectReader(text, lines);
  for (const each of list.items) reader.take(each);
  return reader.ruleset;
}

class ObjectReader {
  readonly ruleset: Ruleset = new Map();
  readonly #text: string;
  readonly #lines: Lines;

  constructor(text: string, lines: Lines) {
    this.#text = text;
    this.#lines = lines;
  }

  take(node: JsonNode): void {
    const at = this.#lines.at(node.start);
    const [kind, value] = onlyEntry(node) ?? [];
    if (kind === undefined || value === undefined) fault(at, 'here should be an object with one key');
    switch (kind) {
      case 'table':
        return this.#table(value, at);
      case 'chain':
        return this.#chain(value, at);
      case 'set':
      case 'map':
        return this.#set(value, at);
      case 'rule':
        return this.#rule(value, at);
      case 'element':
        return this.#elements(value, at);
      case 'metainfo':
      case 'counter':
      case 'quota':
      case 'limit':
      case 'ct helper':
      case 'ct timeout':
      case 'ct expectation':
      case 'secmark':
      case 'synproxy':
      case 'flowtable':
        return undefined;
      default:
        return fault(at, `'${kind}' is no object of a rule set`, 'take the output of nft -j list ruleset');
    }
  }

  #table(node: JsonNode, at: Position): void {
    const table = tableOf(this.ruleset, this.#need(node, 'family', at), this.#need(node, 'name', at), at);
    table.isDormant = words(entryOf(node, 'flags')).includes('dormant');
  }

  #owner(node: JsonNode, at: Position): TableText {
    const [family, name] = [this.#need(node, 'family', at), this.#need(node, 'table', at)];
    const table = this.ruleset.get(tableKey(family, name));
    return (
      table ?? fault(at, `there is no table ${family} ${name} before this`, undefined, 'reference-unknown')
    );
  }

  #chain(node: JsonNode, at: Position): void {
    const table = this.#owner(node, at);
    const chain = chainOf(table, this.#need(node, 'name', at), at, this.#words(node));
    const hook = textOf(entryOf(node, 'hook'));
    if (hook === undefined) return;
    const prio = textOf(entryOf(node, 'prio')) ?? '';
    const priority = priorities.get(prio) ?? Number(prio);
    if (!Number.isInteger(priority)) fault(at, `the priority '${prio}' of the chain is no number`);
    chain.base = { type: this.#need(node, 'type', at), hook, priority };
    const policy = textOf(entryOf(node, 'policy')) ?? 'accept';
    if (policy !== 'accept' && policy !== 'drop') fault(at, `'${policy}' is no policy of a chain`);
    chain.policy = policy;
  }

  #set(node: JsonNode, at: Position): void {
    const set = setOf(this.#owner(node, at), this.#need(node, 'name', at));
    const flags = words(entryOf(node, 'flags'));
    set.isVarying =
      flags.includes('dynamic') || flags.includes('timeout') || entryOf(node, 'timeout') !== undefined;
    set.elements.push(...this.#elementsOf(node));
  }

  #elements(node: JsonNode, at: Position): void {
    setOf(this.#owner(node, at), this.#need(node, 'name', at)).elements.push(...this.#elementsOf(node));
  }

  #elementsOf(node: JsonNode): ReturnType<typeof jsonElement>[] {
    const elements = entryOf(node, 'elem');
    return elements?.kind === 'array' ? elements.items.map(jsonElement) : [];
  }

  #rule(node: JsonNode, at: Position): void {
    const table = this.#owner(node, at);
    const name = this.#need(node, 'chain', at);
    const chain = table.chains.get(name);
    if (chain === undefined)
      return fault(at, `there is no chain ${name} before this rule`, undefined, 'reference-unknown');
    const expressions = entryOf(node, 'expr');
    if (expressions?.kind !== 'array') return fault(at, 'the rule has no list of expressions');
    const statements = expressions.items.map((each) => jsonStatement(each, this.#lines.at(each.start)));
    const handle = entryOf(node, 'handle');
    chain.rules.push({
      at,
      text: this.#words(node),
      ...(handle?.kind === 'number' ? { handle: handle.value } : {}),
      statements,
    });
  }

  #need(node: JsonNode, key: string, at: Position): string {
    return textOf(entryOf(node, key)) ?? fault(at, `this object has no '${key}'`);
  }

  #words(node: JsonNode): string {
    return this.#text.slice(node.start, node.end);
  }
}

function words(node: JsonNode | undefined): readonly string[] {
  if (node?.kind === 'array') return node.items.flatMap((each) => textOf(each) ?? []);
  return node?.kind === 'string' ? [node.value] : [];
}
