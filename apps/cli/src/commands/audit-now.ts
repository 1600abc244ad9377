import { audit, type Audit } from '@holdfast/audit';
import type { Estate } from '@holdfast/estate';
import { Failure } from '@holdfast/kernel';
import { readConfigs } from '../io/read-configs.ts';
import { scenarioStart, today } from '../io/scenario-start.ts';
import { progress, progressEnds } from '../io/terminal.ts';

/** Audits an estate as it is asked today, with the configurations that lie beside it. */
export async function auditNow(path: string, estate: Estate): Promise<Audit> {
  const configs = await readConfigs(path, estate);
  const done = audit(estate, {
    start: scenarioStart(estate),
    today: today(),
    configs,
    onScenario: progress('auditing scenario'),
  });
  progressEnds();
  if (done.kind === 'error') throw new Failure(done.error);
  return done.value;
}
