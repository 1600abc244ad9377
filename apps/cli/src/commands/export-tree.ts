import { writeOpenPsa } from '@holdfast/faulttree';
import { asMillis, Failure } from '@holdfast/kernel';
import { compile, faultTreeOf } from '@holdfast/outage';
import { openEstate } from '../io/read-estate.ts';
import { durationOption, usage } from '../io/scenario-start.ts';
import { print } from '../io/terminal.ts';
import { topOption } from './convergence.ts';

/** What `holdfast outage export` is called with. */
export interface ExportCall {
  readonly top: string;
  readonly horizon: string;
  readonly perhaps?: boolean;
  readonly format: string;
}

/** Prints the fault tree of a top, for other engines. */
export async function runExport(path: string, call: ExportCall): Promise<number> {
  if (call.format !== 'openpsa') throw usage(`there is no format '${call.format}'`, 'openpsa');
  const horizon = durationOption(call.horizon) ?? asMillis(0);
  const model = compile(await openEstate(path, undefined));
  const tree = faultTreeOf(model, topOption(model, call.top), {
    name: 'top',
    horizon,
    reading: call.perhaps === true ? 'worst' : 'best',
  });
  if (tree.kind === 'error') throw new Failure([tree.error]);
  print(writeOpenPsa(tree.value, call.top));
  return 0;
}
