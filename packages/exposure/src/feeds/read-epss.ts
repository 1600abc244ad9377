import type { SourceFile } from '@holdfast/estate';
import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';

/** How likely a vulnerability is exploited within 30 days, and where it stands among all. Both from 0 to 1. */
export interface EpssScore {
  readonly score: number;
  readonly percentile: number;
}

/** The scores of one day. */
export interface EpssScores {
  /** As the first line of the file says; empty where it says nothing. */
  readonly model: string;
  readonly date: string;
  readonly byCve: ReadonlyMap<string, EpssScore>;
}

/**
 * Reads EPSS scores: the CSV of FIRST, `cve,epss,percentile`, with or without its first line of comment, also with `;`.
 * Fails with `format-mismatch` without that head, and with `value-invalid` at the first line that is none.
 * @see https://www.first.org/epss/data_stats
 */
export function readEpss(file: SourceFile): Result<EpssScores, readonly Problem[]> {
  const byCve = new Map<string, EpssScore>();
  let [model, date, line, hasHead] = ['', '', 0, false];
  for (const text of linesOf(file.text)) {
    line += 1;
    if (text === '') continue;
    if (text.startsWith('#')) {
      model = /model_version:([^,;\s]+)/.exec(text)?.[1] ?? model;
      date = /score_date:(\d{4}-\d\d-\d\d)/.exec(text)?.[1] ?? date;
      continue;
    }
    const [cve = '', score = '', percentile = ''] = text.split(/[,;]/);
    if (!hasHead) {
      if (cve !== 'cve' || score !== 'epss')
        return fail([invalid(file, line, 'format-mismatch', 'this is no EPSS table')]);
      hasHead = true;
      continue;
    }
    const [chance, rank] = [Number(score), Number(percentile)];
    if (
      !/^CVE-\d{4}-\d{4,}$/.test(cve) ||
      score === '' ||
      !(chance >= 0 && chance <= 1) ||
      !(rank >= 0 && rank <= 1)
    )
      return fail([invalid(file, line, 'value-invalid', `'${text.slice(0, 60)}' is no line of EPSS`)]);
    byCve.set(cve, { score: chance, percentile: rank });
  }
  return hasHead
    ? ok({ model, date, byCve })
    : fail([invalid(file, 1, 'format-mismatch', 'this is no EPSS table')]);
}

/** Lines without a list of them all: the table of a day has some 300,000. */
function* linesOf(text: string): Generator<string> {
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    yield text.slice(start, stop).replace(/\r$/, '').trim();
    start = stop + 1;
  }
}

const invalid = (
  file: SourceFile,
  line: number,
  code: 'format-mismatch' | 'value-invalid',
  message: string,
): Problem =>
  problem(code, message, {
    at: { file: file.name, line, column: 1 },
    hint: 'expected a line cve,epss,percentile',
  });
