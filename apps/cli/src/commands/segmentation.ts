import { Failure } from '@holdfast/kernel';
import {
  diffDocument,
  hooks,
  permitsDocument,
  programOf,
  questionOf,
  readableFormats,
  readFirewall,
  readPackets,
  shadowedLines,
  type ShadowedLine,
  traceLine,
  type Asked,
  type Firewall,
  type Hook,
  type PermitsDocument,
  type ReadableFormat,
} from '@holdfast/segmentation';
import { readConfig } from '../io/read-config.ts';
import { sayProblems } from '../io/say-problems.ts';
import { usage } from '../io/scenario-start.ts';
import { print, talk } from '../io/terminal.ts';

/** What the commands about one configuration share. */
export interface ConfigCall extends Asked {
  readonly as?: string;
  readonly hook?: string;
  readonly format: string;
  readonly set?: boolean;
  readonly limit?: string;
  readonly packets?: string;
}

/** Sets are printed up to so many lines unless the user asks for more. */
const defaultLimit = 1000;

/** Says whether any packet of a question passes; exit 1 where one does, or nobody can tell. */
export async function runPermits(path: string, call: ConfigCall): Promise<number> {
  checkFormat(call.format, ['table', 'json']);
  const firewall = await openFirewall(path, call.as);
  const question = questionOf(call, firewall);
  if (question.kind === 'error') throw new Failure(question.error);
  const hook = hookOf(call.hook);
  const answer = permitsDocument(programOf(firewall), {
    hook,
    question: question.value,
    ...(call.set === true ? { limit: limitOf(call.limit) } : {}),
  });
  print(call.format === 'json' ? JSON.stringify(answer) : sayPermits(answer));
  return answer.verdict === 'no' ? 0 : 1;
}

function sayPermits({ verdict, witness, rule, why = [], set, isWhole }: PermitsDocument): string {
  const packet =
    witness &&
    Object.entries(witness)
      .map(([key, value]) => `${key} ${value}`)
      .join(', ');
  const by = rule === null ? '' : `, by ${rule}`;
  const said = {
    yes: `yes: a packet passes${by}\n  ${packet}`,
    no: `no: every packet is stopped${by}`,
    unknown: `unknown: a packet may pass${by}\n  ${packet}\n  because ${why.join('; ')}`,
  }[verdict];
  const lines = (set ?? []).map(
    (each) =>
      `  ${Object.entries(each)
        .map(([key, values]) => `${key} ${values.join(',')}`)
        .join('; ')}`,
  );
  return [
    said,
    ...(set ? ['What passes for certain:', ...lines] : []),
    ...(isWhole === false ? ['  and more: raise --limit'] : []),
  ].join('\n');
}

/** Lists the rules that can never decide; exit 1 where there are any. */
export async function runShadowed(path: string, call: ConfigCall): Promise<number> {
  checkFormat(call.format, ['table', 'json', 'jsonl']);
  const firewall = await openFirewall(path, call.as);
  const lines = shadowedLines(programOf(firewall));
  if (call.format === 'jsonl') for (const each of lines) print(JSON.stringify(each));
  else if (call.format === 'json') print(JSON.stringify(lines));
  else if (lines.length === 0) print('Every rule decides some packet.');
  else for (const each of lines) print(shadowedText(each));
  return lines.length > 0 ? 1 : 0;
}

function shadowedText(each: ShadowedLine): string {
  const rule = 'line' in each ? `line ${each.line}` : each.rule;
  const { blockers, differentAction } = each;
  if (blockers.length === 0) return `${rule} never decides: no packet comes to it`;
  const others = differentAction ? ', at least one of them otherwise' : '';
  return `${rule} never decides: ${blockers.join(', ')} ${blockers.length === 1 ? 'does' : 'do'} before it${others}`;
}

/** Says what two configurations permit differently; exit 1 where they do, or nobody can tell. */
export async function runDiff(oldPath: string, newPath: string, call: ConfigCall): Promise<number> {
  checkFormat(call.format, ['json']);
  const [old, next] = [await openFirewall(oldPath, call.as), await openFirewall(newPath, call.as)];
  const question = questionOf(call, next);
  if (question.kind === 'error') throw new Failure(question.error);
  const hook = hookOf(call.hook);
  const answer = diffDocument(old, next, { hook, question: question.value, limit: limitOf(call.limit) });
  print(JSON.stringify(answer, undefined, 1));
  const isDifferent = answer.onlyOld.length + answer.onlyNew.length + answer.unknown.length > 0;
  const isDoubtful = Object.values(answer.unknownInBoth).some((share) => share > 0);
  return isDifferent || (isDoubtful && old.sha256 !== next.sha256) ? 1 : 0;
}

/** Follows packets through a configuration, one JSON line each. */
export async function runTrace(path: string, call: ConfigCall): Promise<number> {
  if (call.packets === undefined)
    throw usage('no packets are given', 'add --packets FILE.jsonl, one packet a line');
  const firewall = await openFirewall(path, call.as);
  const packets = readPackets(await readConfig(call.packets), firewall);
  if (packets.kind === 'error') throw new Failure(packets.error);
  const hook = hookOf(call.hook);
  const program = programOf(firewall);
  for (const packet of packets.value) print(JSON.stringify(traceLine(program, hook, packet)));
  return 0;
}

/** Reads a configuration; what is read but not modelled is told on stderr. */
async function openFirewall(path: string, as: string | undefined): Promise<Firewall> {
  const format = readableFormats.find((each) => each === as);
  if (as !== undefined && format === undefined)
    throw usage(`there is no format '${as}'`, `one of ${readableFormats.join(', ')}`);
  const read = readFirewall(await readConfig(path), format satisfies ReadableFormat | undefined);
  if (read.kind === 'error') throw new Failure(read.error);
  if (read.value.problems.length > 0) talk(sayProblems(read.value.problems));
  return read.value;
}

function hookOf(text = 'forward'): Hook | 'path' {
  const found = [...hooks, 'path' as const].find((each) => each === text);
  if (found === undefined) throw usage(`there is no hook '${text}'`, `one of ${hooks.join(', ')}, path`);
  return found;
}

function limitOf(text: string | undefined): number {
  const limit = text === undefined ? defaultLimit : Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw usage(`'${text ?? ''}' is no limit`, 'a whole number from 1');
}

function checkFormat(format: string, formats: readonly string[]): void {
  if (!formats.includes(format))
    throw usage(`there is no format '${format}'`, `one of ${formats.join(', ')}`);
}
