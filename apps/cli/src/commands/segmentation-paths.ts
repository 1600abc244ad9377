import { Failure, nearestName, problem } from '@holdfast/kernel';
import {
  chosen,
  landscapeOf,
  pathsDocument,
  PivotGraph,
  pivots,
  underFaults,
  type PathsDocument,
} from '@holdfast/segmentation';
import { sayPaths } from '@holdfast/report';
import { readConfigs } from '../io/read-configs.ts';
import { openEstate } from '../io/read-estate.ts';
import { usage } from '../io/scenario-start.ts';
import { mayColour, print, terminalWidth } from '../io/terminal.ts';

/** What `holdfast segmentation paths` is called with. */
export interface PathsCall {
  readonly from?: string;
  readonly to?: string;
  readonly under?: string;
  readonly anySingleFault?: boolean;
  readonly limit: string;
  readonly with?: string;
  readonly format: string;
}

/** Shows the paths of an attacker through an estate; exit 1 where there is one, or nobody can tell. */
export async function runPaths(path: string, call: PathsCall): Promise<number> {
  const { from, to, under } = call;
  if (from === undefined || to === undefined)
    throw usage('a path has two ends', 'add --from class:camera --to holds:payroll');
  if (call.format !== 'table' && call.format !== 'json')
    throw usage(`there is no format '${call.format}'`, 'one of table, json');
  const limit = Number(call.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw usage(`'${call.limit}' is no limit`, 'a whole number from 1');
  const estate = await openEstate(path, call.with);
  const landscape = landscapeOf(estate, await readConfigs(path, estate));
  if (under !== undefined && estate.kindOf(under) === undefined)
    throw new Failure([unknownFault(under, [...estate.ids()])]);
  const graph = new PivotGraph(landscape, (id) => id !== under);
  const [sources, targets] = [chosen(graph, from), chosen(graph, to)];
  if (sources.kind === 'error' || targets.kind === 'error')
    throw new Failure([sources, targets].flatMap((each) => (each.kind === 'error' ? [each.error] : [])));
  const usual = pivots(graph, sources.value, targets.value);
  const asked = { from, to, limit };
  const documents = [
    pathsDocument(landscape, under === undefined ? asked : { ...asked, under }, usual),
    ...(call.anySingleFault === true
      ? underFaults(landscape, sources.value, targets.value, usual).map(({ down, answer }) =>
          pathsDocument(landscape, { ...asked, under: down }, answer),
        )
      : []),
  ];
  if (call.format === 'json')
    print(JSON.stringify(call.anySingleFault === true ? documents : documents[0], undefined, 1));
  else print(documents.map((each) => said(each)).join('\n\n'));
  return documents.some(({ verdict }) => verdict !== 'no') ? 1 : 0;
}

const said = (document: PathsDocument): string =>
  sayPaths(document, { width: terminalWidth(), colour: mayColour() });

const unknownFault = (under: string, ids: readonly string[]) => {
  const near = nearestName(under, ids);
  return problem('selector-unmatched', `nothing in the estate is named '${under}'`, {
    hint: near ? `did you mean '${near}'?` : 'name a device, circuit, tunnel or cable by its id',
  });
};
