import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { loadEstate } from '@holdfast/estate';
import { Failure, problem } from '@holdfast/kernel';
import { readLibrary } from '../io/read-estate.ts';
import { usage } from '../io/scenario-start.ts';
import { print } from '../io/terminal.ts';
import { writeWhole } from '../io/write-file.ts';
import { firstEstate, type FirstAnswers } from './first-estate.ts';

/** Answers that were given on the command line. */
export interface InitCall {
  readonly yes?: boolean;
  readonly name?: string;
  readonly timeZone?: string;
  readonly doors?: string;
  readonly cameras?: string;
  readonly access?: string;
  readonly lines?: string;
}

interface Asking {
  readonly question: string;
  readonly given: string | undefined;
  readonly otherwise: string;
  readonly accepts: RegExp;
  readonly hint: string;
}

/** Asks a few questions and writes a small estate that already gives an answer. Nothing that exists is overwritten. */
export async function init(path: string, call: InitCall): Promise<number> {
  const file = join(path, 'estate.yaml');
  if (existsSync(file)) throw usage(`${file} exists already`, 'choose another folder, or edit the file');
  const text = firstEstate(await ask(call));
  const loaded = loadEstate([{ name: file, text }], await readLibrary());
  if (loaded.kind === 'error') throw new Failure(loaded.error);
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST')
      throw usage(
        `${path} cannot be made (${error.code ?? error.message})`,
        'make the folder above it first',
      );
  });
  await writeWhole(file, text);
  print(
    `Wrote ${file}. Next:\n  holdfast audit ${path}\nThen tell it more: every 'unknown' in the file is a question that changes the answer.`,
  );
  return 0;
}

async function ask(call: InitCall): Promise<FirstAnswers> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const number = /^(?:[1-9]|[1-4]\d|50)$/;
  const questions: Readonly<Record<keyof FirstAnswers, Asking>> = {
    name: {
      question: 'What is the site called?',
      given: call.name,
      otherwise: 'Main office',
      accepts: /^.{1,80}$/,
      hint: 'at most 80 letters',
    },
    timeZone: {
      question: 'In which time zone?',
      given: call.timeZone,
      otherwise: zone,
      accepts: /^[A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)*$/,
      hint: 'such as Europe/Berlin',
    },
    doors: {
      question: 'How many doors with a reader?',
      given: call.doors,
      otherwise: '3',
      accepts: number,
      hint: 'a number from 1 to 50',
    },
    access: {
      question: 'Is access control run in the cloud, or by a server on site? (cloud, site)',
      given: call.access,
      otherwise: 'cloud',
      accepts: /^(?:cloud|site)$/,
      hint: 'cloud or site',
    },
    cameras: {
      question: 'How many cameras?',
      given: call.cameras,
      otherwise: '4',
      accepts: number,
      hint: 'a number from 1 to 50',
    },
    lines: {
      question: 'How many internet lines? (1, 2)',
      given: call.lines,
      otherwise: '1',
      accepts: /^[12]$/,
      hint: '1 or 2',
    },
  };
  const isAsked = call.yes !== true && process.stdin.isTTY;
  const terminal = isAsked ? createInterface({ input: process.stdin, output: process.stderr }) : undefined;
  try {
    const answers: Partial<Record<keyof FirstAnswers, string>> = {};
    // One question after the other: the user answers them in this order.
    for (const [key, each] of Object.entries(questions))
      answers[key as keyof FirstAnswers] = await one(each, terminal);
    return answers as FirstAnswers;
  } finally {
    terminal?.close();
  }
}

async function one(
  { question, given, otherwise, accepts, hint }: Asking,
  terminal: ReturnType<typeof createInterface> | undefined,
): Promise<string> {
  if (given !== undefined) {
    if (accepts.test(given)) return given;
    throw new Failure([problem('usage', `'${given}' does not answer: ${question}`, { hint })]);
  }
  if (!terminal) return otherwise;
  for (;;) {
    const said = (await terminal.question(`${question} [${otherwise}] `)).trim() || otherwise;
    if (accepts.test(said)) return said;
    process.stderr.write(`  ${hint}\n`);
  }
}
