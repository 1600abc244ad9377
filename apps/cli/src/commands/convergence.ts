import type { FunctionName } from '@holdfast/estate';
import { asMillis, Failure, nearestName, spellDuration } from '@holdfast/kernel';
import {
  compile,
  convergence,
  convergenceDocument,
  readTop,
  topSets,
  type ConvergenceAsked,
  type ConvergenceDocument,
  type ConvergentRow,
  type Model,
  type Top,
  type TopDocument,
} from '@holdfast/outage';
import { openEstate } from '../io/read-estate.ts';
import { durationOption, scenarioStart, usage } from '../io/scenario-start.ts';
import { print, talk } from '../io/terminal.ts';

/** The options that questions about what fails together share. */
interface TogetherCall {
  readonly horizon: string;
  readonly order: string;
  readonly perhaps?: boolean;
  readonly list: string;
  readonly effort: string;
  readonly format: string;
}

/** What `holdfast outage convergence` is called with. */
export interface ConvergenceCall extends TogetherCall {
  readonly at?: string;
  readonly top?: string;
}

/** Tells which faults take several kinds of function at once. */
export async function runConvergence(path: string, call: ConvergenceCall): Promise<number> {
  const asked = togetherAsked(call);
  const estate = await openEstate(path, undefined);
  const model = compile(estate);
  if (call.top !== undefined) return runTop(model, call.top, asked, call.format);
  const found = convergence(model, {
    ...asked,
    start: scenarioStart(estate),
    site: siteOption(model, call.at),
  });
  const document = convergenceDocument(found);
  sayLimits(document);
  if (call.format === 'json') print(JSON.stringify(document, undefined, 1));
  else print(tableOf(model, document).join('\n'));
  return document.sets.length > 0 ? 1 : 0;
}

type Asked = ReturnType<typeof togetherAsked>;

function runTop(model: Model, text: string, asked: Asked, format: string): number {
  const document = topSets(model, topOption(model, text), {
    ...asked,
    text,
    start: scenarioStart(model.estate),
  });
  sayLimits(document);
  if (format === 'json') print(JSON.stringify(document, undefined, 1));
  else print(topTable(document).join('\n'));
  return document.sets.length > 0 ? 1 : 0;
}

/** What somebody asks about, read. */
export function topOption(model: Model, text: string): Top {
  const top = readTop(model, text);
  if (top.kind === 'error') throw new Failure([top.error]);
  return top.value;
}

function topTable({ top, byOrder, horizon, sets }: TopDocument): readonly string[] {
  const counts = Object.entries(byOrder).map(([order, count]) => `${count} of order ${order}`);
  return [
    `${top} is lost within ${spellDuration(asMillis(horizon))} to these minimal sets of faults: ${counts.join(', ') || 'none'}`,
    ...sets.map(({ faults, after }) => {
      const at = after === 0 ? 'at once' : `after ${spellDuration(asMillis(after))}`;
      return `  ${at.padEnd(18)}  ${faults.map(spellFault).join('  +  ') || '(nothing needs to fail)'}`;
    }),
  ];
}

const spellFault = ({ key, name }: { readonly key: string; readonly name: string }): string =>
  name === key ? key : `${name} [${key}]`;

/** The options that all questions share, read. */
function togetherAsked(call: TogetherCall): Omit<ConvergenceAsked, 'start' | 'site'> {
  if (!['table', 'json'].includes(call.format))
    throw usage(`there is no format '${call.format}'`, 'one of table, json');
  return {
    order: within('--order', call.order, 1, 3),
    horizon: durationOption(call.horizon) ?? asMillis(0),
    reading: call.perhaps === true ? 'worst' : 'best',
    list: within('--list', call.list, 0, 1_000_000),
    effort: within('--effort', call.effort, 1, 1_000_000) * 1_000_000,
  };
}

function within(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw usage(`${option} ${text} is no number that it takes`, `a whole number from ${least} to ${most}`);
}

function siteOption({ estate }: Model, site: string | undefined): string | undefined {
  if (site === undefined || estate.get('site', site)) return site;
  const near = nearestName(site, [...estate.all('site').keys()]);
  throw usage(`there is no site '${site}'`, near ? `did you mean '${near}'?` : 'name a site by its id');
}

function sayLimits({
  order,
  completeTo,
  horizon,
  exactUntil,
  unconfirmed,
}: ConvergenceDocument | TopDocument): void {
  if (completeTo < order)
    talk(
      `not complete above order ${completeTo}: the effort ended first; raise --effort, or ask for a lower --order`,
    );
  if (exactUntil < horizon)
    talk(
      `not complete after ${spellDuration(asMillis(exactUntil))}: a circle of the network has too many moments`,
    );
  if (unconfirmed > 0) talk(`${unconfirmed} sets were not confirmed by a run, and are not told`);
}

const titles = ['One fault alone', 'Two faults together', 'Three faults together'];

/** What a kind of function is called. */
export const functionNames: Readonly<Record<FunctionName, string>> = {
  access: 'access control',
  video: 'video',
  alarm: 'intrusion alarm',
  'fire-release': 'fire release',
  'building-control': 'building control',
  intercom: 'intercom',
  soc: 'operators',
};

function tableOf(model: Model, document: ConvergenceDocument): readonly string[] {
  const { byOrder, horizon, functions, variables, completeTo, down, unasked } = document;
  const lines = [
    `What takes two or more kinds of function at one site within ${spellDuration(asMillis(horizon))}: ${variables} things that can fail, ${functions} functions of places`,
  ];
  for (let order = 1; order <= completeTo; order += 1) {
    const own = document.sets.filter(({ faults }) => faults.length === order);
    lines.push(
      '',
      `${titles[order - 1]}: ${byOrder[order]}${own.length < (byOrder[order] ?? 0) ? `, the worst ${own.length} of them` : ''}`,
    );
    for (const row of own) lines.push(...linesOf(row));
  }
  if (down.length > 0)
    lines.push(
      '',
      `Down before any fault, and not counted: ${down.map((each) => spellDown(model, each)).join(', ')}`,
    );
  if (unasked.length > 0)
    lines.push(
      '',
      `Not asked, because more faults may bring it back or it follows the hour: ${unasked.map((each) => spellDown(model, each)).join(', ')}`,
    );
  return lines;
}

function spellDown({ estate }: Model, text: string): string {
  const [name = '', place = ''] = text.split('@');
  return `${name} at ${estate.nameOf(place)}`;
}

/** A set of faults, and under it each kind of function with how soon it falls. */
function linesOf({ faults, functions, seen }: ConvergentRow): readonly string[] {
  const unseen = seen === false ? '  (no operator sees it fall)' : '';
  return [
    `  ${faults.map(spellFault).join('  +  ')}${unseen}`,
    ...functions.map(({ function: kind, places, critical, firstAfter, together }) => {
      const at = firstAfter === 0 ? 'at once' : `after ${spellDuration(asMillis(firstAfter))}`;
      const where = `${places} ${places === 1 ? 'place' : 'places'}${critical > 0 ? `, ${critical} critical` : ''}`;
      return `      ${functionNames[kind].padEnd(16)}  ${at.padEnd(12)}  ${where}${together || faults.length === 1 ? '' : '  (to one of them alone)'}`;
    }),
  ];
}
