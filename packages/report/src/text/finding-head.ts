import type { FindingRow, Severity } from '@holdfast/audit';
import { pad } from './columns.ts';
import type { Paint } from './paint.ts';

/** The first line of a finding: how bad it is, whether it is known, and of what kind. */
export function findingHead(
  { severity, verdict, id }: Pick<FindingRow, 'severity' | 'verdict' | 'id'>,
  paint: Paint,
): string {
  const mark = verdict === 'unknown' ? paint.doubt('?') : ' ';
  return `  ${toneOf(severity, paint)(pad(severity, 9))}${mark} ${id}`;
}

const toneOf = (severity: Severity, paint: Paint): ((text: string) => string) =>
  severity === 'critical' || severity === 'high'
    ? paint.bad
    : severity === 'medium'
      ? paint.doubt
      : paint.soft;
