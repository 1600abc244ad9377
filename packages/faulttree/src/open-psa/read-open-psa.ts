import { compareProblems, fail, nearestName, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { collect, type Definitions } from './definitions.ts';
import { readElements, type SourceText } from './elements.ts';
import { Formulas } from './formulas.ts';
import { orderGates, references } from './gate-order.ts';
import { lower, type OpenPsaTree } from './lower.ts';
import type { Definition } from './model.ts';

/** What may be said beside a file. */
export interface OpenPsaOptions {
  /** The gate to ask about; the only one that no other gate needs, where not said. */
  readonly top?: string | undefined;
  /** The value of `system-mission-time`, in the unit of the model's rates. */
  readonly missionTime?: number | undefined;
}

const mostFaults = 500;

/**
 * Reads a fault tree in the Open-PSA model exchange format. All that is defined must be whole; of what the top needs,
 * everything must be monotone. A probability that cannot be told is left out, with a warning.
 * Codes: `xml-syntax`, `file-too-large`, `format-mismatch`, `key-missing`, `value-invalid`, `element-unread`,
 * `id-duplicate`, `reference-unknown`, `reference-kind`, `cycle-gate`, `gate-not-monotone`, `selector-unmatched`.
 * @see Open-PSA Model Exchange Format 2.0d, https://open-psa.github.io/mef/
 */
export function readOpenPsa(
  source: SourceText,
  options: OpenPsaOptions = {},
): Result<OpenPsaTree, readonly Problem[]> {
  const root = readElements(source);
  if (root.kind === 'error') return fail([root.error]);
  const definitions = collect(root.value);
  const formulas = new Formulas(definitions);
  const needed = new Set<Definition>();
  for (const gate of definitions.gates) for (const { to } of references(formulas.of(gate))) needed.add(to);
  const { order, circle } = orderGates(definitions.gates, (gate) => formulas.of(gate));
  const faults = [...definitions.faults, ...formulas.faults, ...(circle ? [circle] : [])];
  if (faults.length > 0) return fail(faults.toSorted(compareProblems).slice(0, mostFaults));
  const top = chooseTop(definitions, needed, source.name, options.top);
  if (top.kind === 'error') return fail([top.error]);
  return lower(top.value, { definitions, formulas, order, missionTime: options.missionTime });
}

function chooseTop(
  definitions: Definitions,
  needed: ReadonlySet<Definition>,
  file: string,
  asked: string | undefined,
): Result<Definition, Problem> {
  const at = { file, line: 1, column: 1 };
  if (asked !== undefined) {
    const found = definitions.events.find([], asked);
    if (found?.kind === 'gate') return ok(found);
    const near = nearestName(
      asked,
      definitions.gates.map(({ name }) => name),
    );
    const hint = near === undefined ? 'name a gate of the file' : `did you mean '${near}'?`;
    return fail(problem('selector-unmatched', `there is no gate '${asked}'`, { at, hint }));
  }
  const tops = definitions.gates.filter((gate) => !needed.has(gate));
  const [only] = tops;
  if (only && tops.length === 1) return ok(only);
  if (!only)
    return fail(problem('format-mismatch', 'the model defines no gate', { at, hint: 'is it a fault tree?' }));
  return fail(
    problem(
      'selector-unmatched',
      `the model has ${tops.length} tops: ${shortList(tops.map(({ name }) => name))}`,
      {
        at,
        hint: `say which: --top ${only.name}`,
      },
    ),
  );
}

const shortList = (names: readonly string[]): string =>
  names.length > 10 ? `${names.slice(0, 10).join(', ')}, ...` : names.join(', ');
