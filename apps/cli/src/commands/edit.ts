import { resolve } from 'node:path';
import {
  droppedSource,
  editEstate,
  entityKinds,
  type Edit,
  type EntityKind,
  type SourceFile,
} from '@holdfast/estate';
import { Failure, nearestName, type Json } from '@holdfast/kernel';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { readEstateFiles, readLibrary } from '../io/read-estate.ts';
import { usage } from '../io/scenario-start.ts';
import { print, talk } from '../io/terminal.ts';
import { finishEdit, writeEdit } from '../io/edit-journal.ts';
import { whileLocked } from '../io/edit-lock.ts';
import type { Run } from '../run.ts';

/** `estate edit DIR set|unset|add|rename|remove ...`: changes the files in place, and keeps comments, order and style. */
export function editCommands(estate: Command, run: Run): void {
  const edit = estate
    .command('edit')
    .description('change an estate in place; comments, order and style stay')
    .addHelpText(
      'after',
      '\nExamples\n  $ holdfast estate edit set samples/branch ups autonomy 45m\n  $ holdfast estate edit set . ups autonomy 40m --basis drilled --source "test of the day" --as-of 2026-11-20\n  $ holdfast estate edit add . device cam-9 "{profile: cameras/generic-ip, at: lobby}"\n  $ holdfast estate edit rename . sw-1 switch-lobby\n  $ holdfast estate edit remove . cam-9',
    );
  edit
    .command('set')
    .description('set a value')
    .argument('<dir>')
    .argument('<id>')
    .argument('<path>', 'such as lock.battery')
    .argument('<value>', 'as YAML')
    .option('--basis <basis>', 'what the value rests on: drilled, observed, export, datasheet, vendor...')
    .option('--source <text>', 'where it was read')
    .option('--as-of <date>', 'of which day it is')
    .action((dir: string, id: string, path: string, value: string, source: Source) =>
      run(() =>
        apply(dir, {
          kind: 'set',
          id,
          path: path.split('.'),
          value: sourced(yaml(value) as Json, source),
        }),
      )(),
    );
  edit
    .command('unset')
    .description('take a value away')
    .argument('<dir>')
    .argument('<id>')
    .argument('<path>')
    .action((dir: string, id: string, path: string) =>
      run(() => apply(dir, { kind: 'unset', id, path: path.split('.') }))(),
    );
  edit
    .command('add')
    .description('add an entity')
    .argument('<dir>')
    .argument('<kind>')
    .argument('<id>')
    .argument('<data>', 'as YAML')
    .option('--file <file>', 'the file to add it to')
    .action((dir: string, kind: string, id: string, data: string, { file }: { readonly file?: string }) =>
      run(() =>
        apply(dir, {
          kind: 'add',
          entity: kindOf(kind),
          id,
          data: yaml(data) as Json,
          ...(file === undefined ? {} : { file }),
        }),
      )(),
    );
  edit
    .command('rename')
    .description('rename an entity, with all references to it')
    .argument('<dir>')
    .argument('<from>')
    .argument('<to>')
    .action((dir: string, from: string, to: string) => run(() => apply(dir, { kind: 'rename', from, to }))());
  edit
    .command('remove')
    .description('remove an entity; refused while something refers to it')
    .argument('<dir>')
    .argument('<id>')
    .action((dir: string, id: string) => run(() => apply(dir, { kind: 'remove', id }))());
}

interface Source {
  readonly basis?: string;
  readonly source?: string;
  readonly asOf?: string;
}

/** A value with what it rests on, where that is said. */
function sourced(value: Json, source: Source): Json {
  if (Object.keys(source).length === 0) return value;
  const isFact = typeof value === 'object' && value !== null && ('value' in value || 'between' in value);
  return isFact && !Array.isArray(value) ? { ...value, ...source } : { value, ...source };
}

/** Says that a value came in the place of one with a source, and how to give it one. */
function sayDropped(files: readonly SourceFile[], edit: Edit): void {
  const lost = edit.kind === 'set' ? droppedSource(files, edit) : undefined;
  if (!lost) return;
  const what = Object.entries(lost).map(([key, value]) => `${key}: ${String(value)}`);
  talk(`The old value rested on (${what.join(', ')}); the new one does not say what it rests on.`);
  talk('Where you know it, set the value again with --basis, --source and --as-of.');
}

function kindOf(text: string): EntityKind {
  const kind = entityKinds.find((each) => each === text);
  if (kind) return kind;
  const near = nearestName(text, entityKinds);
  throw usage(
    `there is no kind '${text}'`,
    near ? `did you mean '${near}'?` : `one of ${entityKinds.join(', ')}`,
  );
}

function yaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch {
    throw usage(`'${text}' is not YAML`, 'quote it for the shell: "{name: Front door}"');
  }
}

async function apply(dir: string, edit: Edit): Promise<number> {
  return whileLocked(dir, async () => {
    if (await finishEdit(dir)) talk('Completed an earlier edit that had been cut off.');
    const files = await readEstateFiles(dir);
    const edited = editEstate(files, [edit], await readLibrary());
    if (edited.kind === 'error') throw new Failure(edited.error);
    await writeEdit(
      dir,
      edited.value.map(({ name, text }) => ({ path: resolve(name), text })),
    );
    for (const { name } of edited.value) print(`Changed ${name}`);
    if (edited.value.length > 0) sayDropped(files, edit);
    if (edited.value.length === 0) print('Nothing to change: it is so already.');
    return 0;
  });
}
