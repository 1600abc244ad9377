import type { Severity } from '@holdfast/audit';

/** What `holdfast audit` is called with. */
export interface AuditCall {
  readonly format: string;
  readonly failOn: string;
  readonly baseline?: string;
  readonly with?: string;
  readonly for?: string;
  readonly at?: string;
  readonly on?: string;
}

export const formats = ['table', 'json', 'sarif', 'markdown', 'junit', 'html', 'cards', 'pdf'] as const;

/** From the worst severity on; the list is written out, since the command line names it before an audit is loaded. */
export const failLevels = ['critical', 'high', 'medium', 'low', 'never'] as const satisfies readonly (
  | Severity
  | 'never'
)[];
