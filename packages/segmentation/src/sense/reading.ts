import { problem, type Position, type Problem } from '@holdfast/kernel';

/** Which of the two products wrote a configuration. */
export type Product = 'opnsense' | 'pfsense';

/** What is found on the way: errors, after which there is no firewall, and what is told beside one. */
export class Reading {
  readonly product: Product;
  readonly errors: Problem[] = [];
  readonly notes: Problem[] = [];

  constructor(product: Product) {
    this.product = product;
  }

  /** Notes something that is not modelled, and returns the note to put on what it touches. */
  unmodelled(message: string, at: Position, hint?: string): Problem {
    const found = problem('import-partial', message, { at, hint });
    this.notes.push(found);
    return found;
  }

  /** A name that nothing in the file has. */
  unknown(message: string, at: Position, hint?: string): void {
    this.errors.push(problem('reference-unknown', message, { at, hint }));
  }

  /** A value that is not one of those that the product writes. */
  invalid(message: string, at: Position, hint?: string): void {
    this.errors.push(problem('value-invalid', message, { at, hint }));
  }
}
