import type { Estate } from '@holdfast/estate';
import { Failure, type Problem } from '@holdfast/kernel';
import {
  generate,
  generatedDocument,
  intentOf,
  landscapeOf,
  mudIntent,
  objections,
  readBindings,
  readMud,
  tooBroad,
  writableFormats,
  type Breadth,
  type GeneratedDocument,
  type Intent,
  type Proof,
  type WritableFormat,
} from '@holdfast/segmentation';
import { openEstate } from '../io/read-estate.ts';
import { readConfig } from '../io/read-config.ts';
import { sayProblems } from '../io/say-problems.ts';
import { usage } from '../io/scenario-start.ts';
import { print, talk } from '../io/terminal.ts';
import { writeWhole } from '../io/write-file.ts';

/** How `segmentation generate` is called. */
export interface GenerateCall {
  readonly mud?: string;
  readonly device?: string;
  readonly bindings?: string;
  readonly at?: string;
  readonly as?: string;
  readonly interface?: readonly string[];
  readonly with?: string;
  /** The estate whose zone policy the rules must keep; the one that they are written from where not said. */
  readonly against?: string;
  readonly out?: string;
  readonly format: string;
}

/** What is to be written, with what a MUD file says too broadly. */
interface Meant {
  readonly intent: Intent;
  readonly broad: readonly Breadth[];
  readonly notes: readonly Problem[];
  /** The estate that it is meant for, where there is one. */
  readonly estate?: Estate;
  /** The interfaces that the device itself has. */
  readonly interfaces: readonly string[];
}

/** Writes rules for what an estate or a MUD file says; exit 1 where a MUD file is too broad to be a policy. */
export async function runGenerate(path: string | undefined, call: GenerateCall): Promise<number> {
  if (!['table', 'json'].includes(call.format))
    throw usage(`there is no format '${call.format}'`, 'one of table, json');
  const format = formatOf(call.as);
  const meant = await meantBy(path, call);
  const { intent, broad, notes } = meant;
  const interfaces = call.interface ?? meant.interfaces;
  const estate = call.against === undefined ? meant.estate : await openEstate(call.against);
  const landscape = estate && landscapeOf(estate, new Map());
  const written = generate(intent, format, {
    interfaces,
    ...(landscape === undefined ? {} : { checkAgainst: (each) => objections(landscape, each) }),
  });
  if (written.kind === 'error') throw new Failure(written.error);
  const document = generatedDocument(intent, written.value, { broad, notes });
  if (notes.length > 0) talk(sayProblems(notes));
  await deliver(document, call);
  talk(sayProof(document));
  for (const { message, isTooBroad } of broad)
    talk(isTooBroad ? `Too broad to be a policy: ${message}` : `To be looked at: ${message}`);
  return broad.some(({ isTooBroad }) => isTooBroad) ? 1 : 0;
}

function formatOf(text: string | undefined): WritableFormat {
  const found = writableFormats.find((each) => each === text);
  if (found !== undefined) return found;
  throw usage(
    text === undefined ? 'the format of the rules is not said' : `no rules are written as '${text}'`,
    `--as ${writableFormats.join(', ')}`,
  );
}

async function meantBy(path: string | undefined, call: GenerateCall): Promise<Meant> {
  if ((path === undefined) === (call.mud === undefined))
    throw usage('say what rules are written from', 'the folder of an estate, or --mud FILE');
  return path === undefined ? meantByMud(call.mud ?? '', call) : meantByEstate(path, call);
}

async function meantByEstate(path: string, call: GenerateCall): Promise<Meant> {
  const estate = await openEstate(path, call.with);
  const intent = intentOf(estate, call.at === undefined ? {} : { at: call.at });
  if (intent.kind === 'error') throw new Failure(intent.error);
  const interfaces = Object.keys(estate.get('device', call.at)?.interfaces ?? {});
  return { intent: intent.value, broad: [], notes: [], interfaces, estate };
}

async function meantByMud(path: string, call: GenerateCall): Promise<Meant> {
  const file = call.bindings === undefined ? undefined : await readConfig(call.bindings);
  const bindings = readBindings(file, call.device);
  if (bindings.kind === 'error') throw new Failure(bindings.error);
  const mud = readMud(await readConfig(path));
  if (mud.kind === 'error') throw new Failure(mud.error);
  const meant = mudIntent(mud.value, bindings.value);
  if (meant.kind === 'error') throw new Failure(meant.error);
  return { ...meant.value, broad: tooBroad(mud.value), interfaces: [] };
}

async function deliver(document: GeneratedDocument, { out, format }: GenerateCall): Promise<void> {
  if (out !== undefined) await writeWhole(out, document.text);
  if (format === 'json') print(JSON.stringify(document, undefined, 1));
  else if (out === undefined) print(document.text.trimEnd());
}

const other = {
  ipv4: 'These are the rules of IPv4. Those of IPv6: --as ip6tables',
  ipv6: 'These are the rules of IPv6. Those of IPv4: --as iptables',
} as const;

function sayProof({ format, covers, proof, permissions }: GeneratedDocument): string {
  const { nodes, passesAnyway, stopsAnyway } = proof;
  const lines = [
    `${permissions.length} ${permissions.length === 1 ? 'permission' : 'permissions'} as ${format}, read back and proved equal: nothing else opens a connection (${nodes} nodes).`,
    ...(covers === 'both' ? [] : [other[covers]]),
    ...passesAnyway.map((each) => `Some of this passes by rules of the product's own: ${sayKind(each)}`),
    ...stopsAnyway.map((each) => `Some of this is stopped by rules of the product's own: ${sayKind(each)}`),
  ];
  return lines.join('\n');
}

const sayKind = ({ family, ...kind }: Proof['passesAnyway'][number]): string =>
  [family, ...Object.entries(kind).map(([key, values]) => `${key} ${values.join(',')}`)].join(' ');
