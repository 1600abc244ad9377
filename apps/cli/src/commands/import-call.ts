/** What `holdfast import` was asked. */
export interface ImportCall {
  readonly as?: string;
  readonly mapping?: string;
  readonly site?: string;
  readonly device?: string;
  readonly review?: string;
  readonly accept: readonly string[];
  readonly asOf?: string;
  readonly complete?: boolean;
  readonly format: string;
}

export const reviewFormats = ['table', 'json', 'markdown', 'yaml'] as const;
