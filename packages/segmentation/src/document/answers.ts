import type { Dimension, Packet } from '../model/packet.ts';
import { spellAddress } from '../model/address.ts';
import type { Clause, Firewall, Hook } from '../model/firewall.ts';
import type { Program } from '../engine/program.ts';
import { diff } from '../question/diff.ts';
import { PermittedSet } from '../question/permitted.ts';
import { permits } from '../question/permits.ts';
import { trace } from '../question/trace.ts';
import { shadowed } from '../shadow/shadowed.ts';
import {
  clauseDocument,
  packetDocument,
  type ClauseDocument,
  type PacketDocument,
} from './packet-document.ts';

/** The answer of `segmentation permits`. */
export interface PermitsDocument {
  readonly verdict: 'yes' | 'no' | 'unknown';
  readonly witness?: PacketDocument;
  /** What let the witness through, or the one thing that stops everything; null where several do. */
  readonly rule: string | null;
  readonly why?: readonly string[];
  readonly set?: readonly ClauseDocument[];
  /** Whether `set` has all that passes. */
  readonly isWhole?: boolean;
}

/** Answers `permits` as JSON; with `limit`, the set of what passes for certain, at most so many clauses of it. */
export function permitsDocument(
  program: Program,
  { hook, question, limit }: { hook: Hook | 'path'; question: Clause; limit?: number },
): PermitsDocument {
  const names = program.firewall.interfaceNames;
  const found = permits(program, hook, question);
  const listed = limit === undefined ? undefined : new PermittedSet(program, hook, question).certain(limit);
  const set =
    listed === undefined
      ? {}
      : { set: listed.clauses.map((each) => clauseDocument(each, names)), isWhole: listed.isWhole };
  if (found.verdict === 'no') {
    const rules = new Set(found.certificate?.map(({ decision }) => decision.source.id));
    return { verdict: 'no', rule: rules.size === 1 ? ([...rules][0] ?? null) : null, ...set };
  }
  return {
    verdict: found.verdict,
    witness: packetDocument(found.witness, names),
    rule: found.decision.source.id,
    ...(found.verdict === 'unknown' ? { why: found.why.map(({ message }) => message) } : {}),
    ...set,
  };
}

/** A line of `segmentation trace`. An address or port that the configuration does not tell is null. */
export interface TraceLine {
  readonly verdict: 'accept' | 'drop' | 'reject' | 'unknown';
  readonly rule: string | null;
  readonly src: string | null;
  readonly dst: string | null;
  readonly sport: number | null;
  readonly dport: number | null;
}

/** Answers `trace` for one packet as JSON; `rule` is null where a policy decided. */
export function traceLine(program: Program, hook: Hook | 'path', packet: Packet): TraceLine {
  const { verdict, decision, packet: left, open } = trace(program, hook, packet);
  const told = <T>(dimension: Dimension, spell: (value: bigint) => T): T | null =>
    open.includes(dimension) ? null : spell(left[dimension]);
  return {
    verdict,
    rule: decision.kind === 'rule' ? decision.source.id : null,
    src: told('src', spellAddress),
    dst: told('dst', spellAddress),
    sport: told('sport', Number),
    dport: told('dport', Number),
  };
}

/** A line of `segmentation shadowed`: of the neutral form by lines counted from 0, of every other by rule ids. */
export type ShadowedLine =
  | { readonly line: number; readonly blockers: readonly number[]; readonly differentAction: boolean }
  | { readonly rule: string; readonly blockers: readonly string[]; readonly differentAction: boolean };

/** Answers `shadowed` as JSON, in the order of the file. */
export function shadowedLines(program: Program): readonly ShadowedLine[] {
  const found = shadowed(program);
  if (program.firewall.format === 'neutral')
    return found.map(({ rule, blockers, differentAction }) => ({
      line: rule.source.at.line - 1,
      blockers: blockers.map(({ source }) => source.at.line - 1),
      differentAction,
    }));
  // One rule of the user's, such as a verdict map, may be several of the model: it never decides where none of them does.
  const parts = new Map<string, number>();
  for (const { rules } of program.firewall.chains.values())
    for (const { source } of rules) parts.set(source.id, (parts.get(source.id) ?? 0) + 1);
  return [...Map.groupBy(found, ({ rule }) => rule.source.id)].flatMap(([rule, own]) =>
    own.length < (parts.get(rule) ?? 0)
      ? []
      : [
          {
            rule,
            blockers: [
              ...new Set(own.flatMap(({ blockers }) => blockers.map(({ source }) => source.id))),
            ].filter((each) => each !== rule),
            differentAction: own.some(({ differentAction }) => differentAction),
          },
        ],
  );
}

/** The answer of `segmentation diff`. */
export interface DiffDocument {
  readonly onlyOld: readonly ClauseDocument[];
  readonly onlyNew: readonly ClauseDocument[];
  /** Known in one of them only. */
  readonly unknown: readonly ClauseDocument[];
  /** How much of the question is unknown in both, from 0 to 1. */
  readonly unknownInBoth: Readonly<Partial<Record<'ipv4' | 'ipv6', number>>>;
  readonly isWhole: boolean;
}

/** Answers `diff` as JSON. */
export function diffDocument(
  old: Firewall,
  next: Firewall,
  options: { hook: Hook | 'path'; question?: Clause; limit?: number },
): DiffDocument {
  const { interfaceNames, ...found } = diff(old, next, options);
  const told = ({ clauses }: { clauses: readonly Clause[] }): readonly ClauseDocument[] =>
    clauses.map((each) => clauseDocument(each, interfaceNames));
  return {
    onlyOld: told(found.onlyOld),
    onlyNew: told(found.onlyNew),
    unknown: told(found.unknown),
    unknownInBoth: found.unknownInBoth,
    isWhole: found.onlyOld.isWhole && found.onlyNew.isWhole && found.unknown.isWhole,
  };
}
