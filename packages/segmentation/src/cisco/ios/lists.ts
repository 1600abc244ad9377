import {
  readExtendedEntry,
  readStandardEntry,
  evaluateEntry,
  type AccessEntry,
  type EntryContext,
} from '../access/access-entry.ts';
import type { AccessList } from '../access/access-list.ts';
import type { Objects } from '../access/objects.ts';
import type { Block, ConfigLine } from '../text/config-lines.ts';
import type { Cursor, Reading } from '../text/reading.ts';

type Kind = 'standard' | 'extended';

/** The access lists of a router, by name or number. */
export class IosLists {
  readonly all = new Map<string, AccessList>();
  readonly #kinds = new Map<string, Kind>();
  readonly #reading: Reading;
  readonly #objects: Objects;

  constructor(reading: Reading, objects: Objects) {
    this.#reading = reading;
    this.#objects = objects;
  }

  /** Reads `access-list NUMBER ...`. */
  numbered(line: ConfigLine): void {
    const cursor = this.#reading.cursor(line, 1);
    const at = cursor.at();
    const name = cursor.next() ?? '';
    const kind = kindOf(name);
    if (kind === undefined) {
      if (/^\d+$/.test(name))
        this.#reading.note(at, `access list ${name} is of a kind that does not filter IP`);
      else this.#reading.error(at, `'${name}' is no number of an access list`);
      return;
    }
    const list = this.#list(name, kind, 'ipv4', line);
    if (list !== undefined) this.#entry(list, kind, cursor);
  }

  /** Reads `ip access-list standard|extended NAME` or `ipv6 access-list NAME` with its entries. */
  named(block: Block): void {
    const isIpv6 = block.words[0]?.text === 'ipv6';
    const cursor = this.#reading.cursor(block, 2);
    if (
      cursor.take('logging', 'log-update', 'resequence', 'persistent', 'helper', 'match-local-traffic') !==
      undefined
    )
      return;
    const kind = isIpv6 ? 'extended' : cursor.take('standard', 'extended');
    const name = cursor.next();
    if (kind === undefined || name === undefined) {
      this.#reading.error(
        this.#reading.at(block),
        'the access list has no kind or no name',
        'for example: ip access-list extended NAME',
      );
      return;
    }
    const list = this.#list(
      name,
      kind === 'standard' ? 'standard' : 'extended',
      isIpv6 ? 'ipv6' : 'ipv4',
      block,
    );
    for (const line of list === undefined ? [] : block.body)
      if (list !== undefined)
        this.#entry(list, kind === 'standard' ? 'standard' : 'extended', this.#reading.cursor(line));
  }

  #list(name: string, kind: Kind, family: 'ipv4' | 'ipv6', line: ConfigLine): AccessList | undefined {
    const known = this.all.get(name);
    if (known === undefined) {
      const made = { name, family, line, entries: [] };
      this.all.set(name, made);
      this.#kinds.set(name, kind);
      return made;
    }
    if (known.family === family && this.#kinds.get(name) === kind) return known;
    return this.#reading.error(
      this.#reading.at(line),
      `there is another access list ${name}, of another kind`,
      undefined,
      'id-duplicate',
    );
  }

  #entry(list: AccessList, kind: Kind, cursor: Cursor): void {
    const at = cursor.at();
    if (cursor.take('remark') !== undefined) return;
    cursor.take('sequence');
    const word = cursor.peek() ?? '';
    const sequence = /^\d+$/.test(word) ? Number(cursor.next()) : undefined;
    if (cursor.take('remark') !== undefined) return;
    const verb = cursor.take('permit', 'deny', 'evaluate');
    if (verb === undefined) {
      this.#reading.error(
        sequence === undefined ? at : cursor.at(),
        `'${cursor.peek() ?? ''}' begins no entry`,
        'permit, deny or remark',
      );
      return;
    }
    const entry = this.#read(list, kind, verb, cursor);
    if (entry !== undefined) list.entries.push({ ...entry, sequence: entry.sequence ?? sequence });
  }

  #read(list: AccessList, kind: Kind, verb: string, cursor: Cursor): AccessEntry | undefined {
    if (verb === 'evaluate')
      return evaluateEntry(
        cursor.line,
        this.#reading.note(cursor.at(), 'what a reflexive list lets back in is not modelled'),
      );
    const context: EntryContext = {
      reading: this.#reading,
      objects: this.#objects,
      dialect: 'ios',
      family: list.family,
    };
    return kind === 'standard'
      ? readStandardEntry(cursor, context, verb === 'permit')
      : readExtendedEntry(cursor, context, verb === 'permit');
  }
}

/**
 * Whether a list of this number is standard or extended.
 * @see http://www.electronicbook.org.ua/book/151082/Interconnecting-Cisco-Network-Devices--Part-2--ICND2----CCNA-Exam-640-802-and-ICND-exam-640-816---3rd-Edition-/num_338.html Table 6-6
 */
function kindOf(name: string): Kind | undefined {
  if (!/^\d+$/.test(name)) return undefined;
  const number = Number(name);
  if ((number >= 1 && number <= 99) || (number >= 1300 && number <= 1999)) return 'standard';
  return (number >= 100 && number <= 199) || (number >= 2000 && number <= 2699) ? 'extended' : undefined;
}
