import type { Estate } from '@holdfast/estate';
import { sha256, type Position } from '@holdfast/kernel';

/** What can be exposed. */
type ExposureId =
  | 'EXP-DEFAULT-CRED'
  | 'EXP-CLEARTEXT'
  | 'EXP-CERT'
  | 'EXP-BANNED-VENDOR'
  | 'PAT-KEV'
  | 'PAT-OVERDUE'
  | 'PAT-EOL'
  | 'PAT-NO-OWNER';

/** From the worst to the least. */
const severities = ['critical', 'high', 'medium', 'low'] as const;

/** Something that is exposed, or cannot be told, with what shows it. */
export interface ExposureFinding {
  readonly id: ExposureId;
  /** The same in every check for the same thing. */
  readonly fingerprint: string;
  readonly verdict: 'fails' | 'unknown';
  readonly severity: (typeof severities)[number];
  /** The id of a device, or a class of devices. */
  readonly subject: string;
  readonly message: string;
  /** The witness, line by line. */
  readonly why: readonly string[];
  readonly remedy: string;
  readonly at?: Position;
}

/** A finding about a device before it is completed. */
export interface Exposed extends Omit<ExposureFinding, 'fingerprint' | 'at' | 'subject'> {
  /** The key of the device that says it, where one does. */
  readonly key?: string;
  /** What tells two findings of one kind about one device apart. */
  readonly aspect?: string;
}

/** Completes a finding about a device. */
export function ofDevice(estate: Estate, device: string, exposed: Exposed): ExposureFinding {
  const { key, aspect = '', ...rest } = exposed;
  const at = estate.at('device', device, key === undefined ? [] : [key]);
  const fingerprint = sha256([exposed.id, device, aspect, exposed.verdict].join('\n'));
  return { ...rest, subject: device, fingerprint, ...(at === undefined ? {} : { at }) };
}

/** Orders findings: the worst first, what fails before what nobody knows. */
export function byWeight(a: ExposureFinding, b: ExposureFinding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    Number(a.verdict === 'unknown') - Number(b.verdict === 'unknown') ||
    (a.id + a.subject < b.id + b.subject ? -1 : 1)
  );
}
