import { asMillis, Failure, spellDuration } from '@holdfast/kernel';
import {
  compile,
  maintenance,
  select,
  type MaintenanceDocument,
  type Model,
  type Work,
} from '@holdfast/outage';
import { openEstate } from '../io/read-estate.ts';
import { durationOption, usage } from '../io/scenario-start.ts';
import { print } from '../io/terminal.ts';
import { functionNames } from './convergence.ts';

/** What `holdfast outage maintenance` is called with. */
export interface MaintenanceCall {
  readonly take: readonly string[];
  readonly horizon: string;
  readonly perhaps?: boolean;
  readonly list: string;
  readonly format: string;
}

/** Tells what planned works expose. */
export async function runMaintenance(path: string, call: MaintenanceCall): Promise<number> {
  if (!['table', 'json'].includes(call.format))
    throw usage(`there is no format '${call.format}'`, 'one of table, json');
  if (!/^\d{1,9}$/.test(call.list)) throw usage(`--list ${call.list} is no number`, 'a whole number from 0');
  const horizon = durationOption(call.horizon) ?? asMillis(0);
  const model = compile(await openEstate(path, undefined));
  const works = call.take.map((ref): Work => {
    const components = select(model, ref);
    if (components.kind === 'error') throw new Failure([components.error]);
    return { ref, components: components.value };
  });
  const document = maintenance(model, { works, horizon, reading: call.perhaps === true ? 'worst' : 'best' });
  if (call.format === 'json') print(JSON.stringify(document, undefined, 1));
  else print(tableOf(model, document, Number(call.list)).join('\n'));
  const isExposed = document.works.some(({ falls, singles }) => falls.length + singles.length > 0);
  return isExposed || document.conflicts.length > 0 ? 1 : 0;
}

type Functions = MaintenanceDocument['conflicts'][number]['takes'];

function tableOf(
  model: Model,
  { works, conflicts, horizon }: MaintenanceDocument,
  most: number,
): readonly string[] {
  const lines: string[] = [];
  for (const { ref, falls, singles } of works) {
    lines.push(
      `While ${model.estate.nameOf(ref)} is out for ${spellDuration(asMillis(horizon))}`,
      `  falls by itself: ${falls.length === 0 ? 'nothing' : spell(model, falls)}`,
      singles.length === 0
        ? '  nothing becomes a single point'
        : `  becomes a single point, and is not to be worked on in the same night: ${singles.length}${singles.length > most ? `, the worst ${most} of them` : ''}`,
      ...singles
        .slice(0, most)
        .map(({ fault, takes }) => `    ${fault.name} [${fault.key}]: ${spell(model, takes)}`),
      '',
    );
  }
  for (const { works: pair, takes } of conflicts)
    lines.push(
      `Not on the same night: ${pair.map((each) => model.estate.nameOf(each)).join(' and ')}. Together they take ${spell(model, takes)}`,
    );
  if (works.length > 1 && conflicts.length === 0)
    lines.push('These works do not take more together than each by itself.');
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The kinds of function with their places; of many places the number. */
function spell({ estate }: Model, functions: Functions): string {
  return [...Map.groupBy(functions, (each) => each.function)]
    .map(([kind, own]) => {
      const names = own.map(({ place }) => estate.nameOf(place));
      return `${functionNames[kind]} (${names.length > 3 ? `${names.length} places` : names.join(', ')})`;
    })
    .join(', ');
}
