import { candidate, type CandidateDocument } from '@holdfast/audit';
import { Failure } from '@holdfast/kernel';
import { loadEstate } from '@holdfast/estate';
import { candidateMarkdown, candidateTable } from '@holdfast/report';
import { readEstateFiles, readLibrary } from '../io/read-estate.ts';
import { scenarioStart, today, usage } from '../io/scenario-start.ts';
import { mayColour, print, terminalWidth } from '../io/terminal.ts';

/** What `holdfast profiles candidate` is called with. */
export interface CandidateCall {
  readonly at: string;
  readonly beside?: boolean;
  readonly format: string;
}

const formats = ['table', 'markdown', 'json'] as const;

/** Judges a product that is not bought yet; exit 1 where a target fails with it, or nobody can tell. */
export async function runCandidate(profile: string, path: string, call: CandidateCall): Promise<number> {
  if (!formats.some((each) => each === call.format))
    throw usage(`there is no format '${call.format}'`, `one of ${formats.join(', ')}`);
  const [files, library] = await Promise.all([readEstateFiles(path), readLibrary()]);
  const estate = loadEstate(files, library);
  if (estate.kind === 'error') throw new Failure(estate.error);
  const judged = candidate(files, library, {
    profile,
    place: call.at,
    isBeside: call.beside === true,
    start: scenarioStart(estate.value),
    today: today(),
  });
  if (judged.kind === 'error') throw new Failure(judged.error);
  print(render(judged.value, call.format));
  const { fails, unknown } = judged.value.counts;
  return fails + unknown > 0 ? 1 : 0;
}

function render(document: CandidateDocument, format: string): string {
  if (format === 'json') return JSON.stringify(document, undefined, 1);
  if (format === 'markdown') return candidateMarkdown(document);
  return candidateTable(document, { width: terminalWidth(), colour: mayColour() });
}
