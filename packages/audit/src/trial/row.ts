/** A capability that the trial looks at: `id` is that of the model. */
export interface Row {
  readonly id: string;
  readonly key: string;
  readonly title: string;
}
