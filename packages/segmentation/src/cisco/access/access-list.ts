import type { Action, Chain, Clause, Rule, RuleSource } from '../../model/firewall.ts';
import { family } from '../../model/address.ts';
import { only } from '../../model/interval.ts';
import type { ConfigLine } from '../text/config-lines.ts';
import type { Reading } from '../text/reading.ts';
import type { AccessEntry } from './access-entry.ts';

/** An access list as it was read. */
export interface AccessList {
  readonly name: string;
  readonly family: 'ipv4' | 'ipv6' | 'both';
  readonly line: ConfigLine;
  readonly entries: AccessEntry[];
}

/** Where a line stands, as the source of a rule. */
export const sourceOf = (reading: Reading, line: ConfigLine, id: string): RuleSource => ({
  id,
  at: reading.at(line),
  text: line.text,
});

/** What a list does with what an entry permits, and with what it denies. */
export interface Deeds {
  readonly permit: Action;
  readonly deny: Action;
}

const filter: Deeds = { permit: { kind: 'accept' }, deny: { kind: 'drop' } };

/** The rules of a list's entries, in the order in which they are asked. `chain` begins their ids. */
export function entryRules(
  list: AccessList,
  reading: Reading,
  chain: string,
  deeds: Deeds = filter,
): readonly Rule[] {
  return ordered(list.entries).flatMap(({ entry, place }) => {
    const source = sourceOf(reading, entry.line, `${chain}/${place}`);
    const action = entry.permits ? deeds.permit : deeds.deny;
    if (entry.unmodelled.length > 0) {
      const clauses = entry.why.length > 0 ? entry.maybe : entry.sure;
      return [{ source, clauses, unmodelled: [...entry.unmodelled, ...entry.why], action }];
    }
    const sure: Rule = { source, clauses: entry.sure, unmodelled: [], action };
    if (entry.why.length === 0) return [sure];
    const maybe = { ...source, id: `${source.id}/unmodelled` };
    return [sure, { source: maybe, clauses: entry.maybe, unmodelled: entry.why, action }];
  });
}

/** Entries with their sequence numbers. One without goes behind the last, ten further; a list that has none at all counts in lines. */
function ordered(
  entries: readonly AccessEntry[],
): readonly { readonly entry: AccessEntry; readonly place: number }[] {
  if (entries.every(({ sequence }) => sequence === undefined))
    return entries.map((entry) => ({ entry, place: entry.line.number }));
  let last = 0;
  const placed = entries.map((entry) => {
    const place = entry.sequence ?? last + 10;
    last = Math.max(last, place);
    return { entry, place };
  });
  return placed.toSorted((a, b) => a.place - b.place);
}

/** Tells entries that claim the same place in their list. */
export function checkPlaces(list: AccessList, reading: Reading): void {
  const seen = new Set<number>();
  for (const { entry, place } of ordered(list.entries)) {
    if (seen.has(place))
      reading.error(
        reading.at(entry.line),
        `two entries of ${list.name} have the number ${place}`,
        undefined,
        'id-duplicate',
      );
    seen.add(place);
  }
}

/**
 * A list as a chain that decides every packet of its family. A list without entries decides nothing.
 * An IPv6 list lets neighbour discovery pass before it denies the rest.
 * @see https://easymanua.ls/cisco/a9k-sip-700/manual/1473618?p=90 ipv6 access-list
 */
export function listChain(list: AccessList, reading: Reading): Chain {
  const { name } = list;
  const rules: Rule[] = [...entryRules(list, reading, name)];
  const implied = (id: string, clause: Clause, kind: 'accept' | 'drop', text: string): Rule => ({
    source: { id: `${name}/${id}`, at: reading.at(list.line), text },
    clauses: [clause],
    unmodelled: [],
    action: { kind },
  });
  const whole: Clause =
    list.family === 'both' ? {} : { src: [family[list.family]], dst: [family[list.family]] };
  if (rules.length > 0 && list.family === 'ipv6')
    for (const [id, type] of [
      ['implicit-nd-na', 136n],
      ['implicit-nd-ns', 135n],
    ] as const)
      rules.push(
        implied(
          id,
          { ...whole, protocol: only(58n), icmpType: only(type) },
          'accept',
          `permit icmp any any ${id.slice(9)}`,
        ),
      );
  if (rules.length > 0)
    rules.push(implied('implicit-deny', whole, 'drop', 'what no entry permits is denied'));
  return { id: name, rules, source: sourceOf(reading, list.line, name) };
}
