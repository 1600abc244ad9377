/** Thrown within the editor where a text cannot be changed without touching what is around it; it never leaves the editor. */
export class Refusal extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'Refusal';
    this.hint = hint;
  }
}
