import { audit, type Audit } from '@holdfast/audit';
import type { Estate } from '@holdfast/estate';
import { Failure } from '@holdfast/kernel';
import { scenarioStart, today } from '../io/scenario-start.ts';
import { progress, progressEnds } from '../io/terminal.ts';

/** Audits an estate as it is asked today. */
export function auditNow(estate: Estate): Audit {
  const done = audit(estate, {
    start: scenarioStart(estate),
    today: today(),
    onScenario: progress('auditing scenario'),
  });
  progressEnds();
  if (done.kind === 'error') throw new Failure(done.error);
  return done.value;
}
