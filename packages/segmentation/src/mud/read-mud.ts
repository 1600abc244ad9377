import { compareProblems, fail, ok, type Problem, type Result } from '@holdfast/kernel';
import type { ConfigFile } from '../model/firewall.ts';
import { Lines, readJson } from '../netfilter/json/json-node.ts';
import { reading } from '../netfilter/syntax-fault.ts';
import { JsonPlace, JsonSink } from './json-place.ts';
import type { MudEnd, MudEntry, MudFile } from './mud-file.ts';
import { MatchReader } from './mud-matches.ts';

/**
 * Reads a MUD file: its access lists under `acls` as RFC 8520 has them, or under `access-lists` as earlier files do.
 * A match that a firewall does not make, or that is not known, is a problem; so is an entry that takes back what a later
 * one gives. Every problem has its line and its JSON pointer. Codes: `json-syntax`, `format-mismatch`, `key-missing`,
 * `key-unknown`, `type-mismatch`, `value-invalid`, `reference-unknown`.
 * @see RFC 8520, RFC 8519
 */
export function readMud({ name, text }: ConfigFile): Result<MudFile, readonly Problem[]> {
  const lines = new Lines(name, text);
  const parsed = reading(() => readJson(text, lines, 'a MUD file is one JSON object'));
  if (parsed.kind === 'error') return parsed;
  const sink = new JsonSink(lines);
  const file = new MudReader(name, sink).read(new JsonPlace(parsed.value, '', sink));
  return file === undefined || sink.problems.length > 0
    ? fail(sink.problems.toSorted(compareProblems))
    : ok(file);
}

interface List {
  readonly place: JsonPlace;
  readonly type: string;
}

class MudReader {
  readonly #file: string;
  readonly #sink: JsonSink;

  constructor(file: string, sink: JsonSink) {
    this.#file = file;
    this.#sink = sink;
  }

  read(root: JsonPlace): MudFile | undefined {
    const mud = root.find('mud');
    if (mud === undefined) {
      this.#sink.wrong(root, "this is no MUD file: it has no 'ietf-mud:mud'", 'format-mismatch');
      return undefined;
    }
    const version = mud.find('mud-version')?.number(255);
    if (version !== undefined && version !== 1)
      this.#sink.wrong(mud, `version ${version} of MUD is not read`, 'version-unsupported');
    const lists = this.#lists(root);
    const url = mud.need('mud-url')?.text() ?? '';
    const systemInfo = mud.find('systeminfo')?.text();
    const lastUpdate = mud.find('last-update')?.text();
    const entries = (['from-device', 'to-device'] as const).flatMap((policy) =>
      this.#policy(mud, policy, lists),
    );
    return {
      file: this.#file,
      url,
      ...(systemInfo === undefined ? {} : { systemInfo }),
      ...(lastUpdate === undefined ? {} : { lastUpdate }),
      entries,
      notes: this.#sink.notes,
    };
  }

  #lists(root: JsonPlace): ReadonlyMap<string, List> {
    const container = root.find('acls') ?? root.find('access-lists');
    const lists = new Map<string, List>();
    if (container === undefined) {
      this.#sink.wrong(root, 'the file has no access lists', 'key-missing', 'ietf-access-control-list:acls');
      return lists;
    }
    for (const place of container.need('acl')?.items() ?? []) {
      const name = place.need('name')?.text();
      const type = place.need('type')?.text();
      if (name === undefined || type === undefined) continue;
      if (lists.has(name)) this.#sink.wrong(place, `there are two lists ${name}`, 'key-duplicate');
      lists.set(name, { place, type: type.slice(type.lastIndexOf(':') + 1) });
    }
    return lists;
  }

  #policy(mud: JsonPlace, policy: MudEntry['policy'], lists: ReadonlyMap<string, List>): readonly MudEntry[] {
    const named = mud.find(`${policy}-policy`)?.need('access-lists')?.need('access-list')?.items() ?? [];
    return named.flatMap((each) => {
      const at = each.need('name');
      const name = at?.text();
      if (at === undefined || name === undefined) return [];
      const list = lists.get(name);
      if (list !== undefined) return this.#entries(name, list, policy);
      this.#sink.wrong(at, `there is no access list '${name}'`, 'reference-unknown');
      return [];
    });
  }

  #entries(acl: string, { place, type }: List, policy: MudEntry['policy']): readonly MudEntry[] {
    const family = familyOf(type);
    if (family === undefined) {
      if (/eth/.test(type))
        this.#sink.note(place, `the list ${acl} is about ${type}, which no firewall decides`);
      else this.#sink.wrong(place, `'${type}' is no kind of access list that is read`);
      return [];
    }
    const entries: MudEntry[] = [];
    let denied: JsonPlace | undefined;
    for (const each of place.need('aces')?.need('ace')?.items() ?? []) {
      const action = this.#action(each);
      if (action === 'deny') denied ??= each;
      if (action !== 'accept') continue;
      // Entries only add to what may pass; where one takes back what follows, order counts, and permissions do not say it.
      if (denied !== undefined)
        this.#sink.wrong(
          denied,
          'an entry that denies stands before one that accepts',
          'value-invalid',
          'what is not accepted is denied: leave it out',
        );
      entries.push(this.#entry(acl, each, policy, family));
    }
    return entries;
  }

  #action(ace: JsonPlace): 'accept' | 'deny' | undefined {
    const place = ace.need('actions')?.need('forwarding');
    const text = place?.text();
    const word = text?.slice(text.lastIndexOf(':') + 1);
    if (word === 'accept') return 'accept';
    if (word === 'drop' || word === 'reject') return 'deny';
    if (place !== undefined && word !== undefined) this.#sink.wrong(place, 'expected accept, drop or reject');
    return undefined;
  }

  #entry(acl: string, ace: JsonPlace, policy: MudEntry['policy'], family: MudEntry['family']): MudEntry {
    const matches = ace.find('matches');
    const { source, destination, abstractions, rest } =
      matches === undefined
        ? { source: free, destination: free, abstractions: [], rest: {} }
        : new MatchReader(this.#sink, family).read(matches);
    const [own, peer] = policy === 'from-device' ? [source, destination] : [destination, source];
    return {
      acl,
      name: ace.need('name')?.text() ?? '',
      policy,
      family,
      own,
      peer: { ...peer, abstractions },
      ...rest,
      at: ace.at,
      pointer: ace.pointer,
    };
  }
}

const free: MudEnd = { abstractions: [] };

const familyOf = (type: string): MudEntry['family'] | undefined =>
  /^ipv4-acl(?:-type)?$/.test(type) ? 'ipv4' : /^ipv6-acl(?:-type)?$/.test(type) ? 'ipv6' : undefined;
