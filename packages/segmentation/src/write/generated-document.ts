import type { Problem } from '@holdfast/kernel';
import { family, spellPrefixes } from '../model/address.ts';
import { intersect, type Interval } from '../model/interval.ts';
import type { Intent, Permission, Service } from '../intent/intent.ts';
import type { Breadth } from '../mud/broadness.ts';
import type { WritableFormat } from './formats.ts';
import type { Generated } from './generate.ts';
import type { Proof } from './prove.ts';
import { spellRange } from './spelling.ts';

/** A permission as people write it. */
interface PermissionDocument {
  readonly id: string;
  readonly reason?: string;
  readonly src: readonly string[];
  readonly dst: readonly string[];
  readonly services: readonly string[];
  readonly iif?: readonly string[];
  readonly oif?: readonly string[];
}

/** An entry of a MUD file that permits more than a policy would. */
interface BreadthDocument {
  readonly kind: Breadth['kind'];
  readonly isTooBroad: boolean;
  readonly entry: string;
  readonly pointer: string;
  readonly line: number;
  readonly message: string;
}

/** The answer of `segmentation generate`, as `schemas/generated.schema.json` says. */
export interface GeneratedDocument {
  readonly format: WritableFormat;
  readonly name: string;
  readonly text: string;
  /** The packets that the rules are about. */
  readonly covers: Generated['covers'];
  readonly permissions: readonly PermissionDocument[];
  readonly proof: Proof;
  readonly broad: readonly BreadthDocument[];
  /** What was read and has no effect on what is written. */
  readonly notes: readonly string[];
}

/** Answers `generate` as JSON. */
export function generatedDocument(
  intent: Intent,
  { format, text, covers, proof }: Generated,
  { broad = [], notes = [] }: { broad?: readonly Breadth[]; notes?: readonly Problem[] } = {},
): GeneratedDocument {
  return {
    format,
    name: intent.name,
    text,
    covers,
    permissions: intent.permissions.map(permissionDocument),
    proof,
    broad: broad.map(({ kind, isTooBroad, entry, message }) => ({
      kind,
      isTooBroad,
      entry: `${entry.acl}/${entry.name}`,
      pointer: entry.pointer,
      line: entry.at.line,
      message,
    })),
    notes: notes.map(({ message }) => message),
  };
}

function permissionDocument({ id, reason, src, dst, services, iif, oif }: Permission): PermissionDocument {
  return {
    id,
    ...(reason === undefined ? {} : { reason }),
    src: src.flatMap(spelt),
    dst: dst.flatMap(spelt),
    services: services.map(spellService),
    ...(iif === undefined ? {} : { iif }),
    ...(oif === undefined ? {} : { oif }),
  };
}

/** Prefixes are of one family. */
const spelt = (interval: Interval): readonly string[] =>
  [family.ipv4, family.ipv6].flatMap((each) => intersect([interval], [each]).flatMap(spellPrefixes));

const names = new Map([
  [6, 'tcp'],
  [17, 'udp'],
  [132, 'sctp'],
]);

function spellService({ protocol, sport, dport, icmpType, icmpCode }: Service): string {
  if (protocol === undefined) return 'any';
  if (protocol === 'icmp') return ['icmp', icmpType, icmpCode].filter((each) => each !== undefined).join('/');
  const name = names.get(protocol) ?? `ip/${protocol}`;
  const to = dport?.map((each) => spellRange(each, '-')).join(',');
  const from = sport?.map((each) => spellRange(each, '-')).join(',');
  return `${name}${to === undefined ? '' : `/${to}`}${from === undefined ? '' : ` from ${from}`}`;
}
