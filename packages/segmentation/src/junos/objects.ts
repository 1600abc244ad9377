import type { Reading } from '../cisco/text/reading.ts';
import { AddressBooks } from './address-books.ts';
import { Applications } from './applications.ts';
import { Network } from './network.ts';
import type { Statement } from './statement.ts';

/** What policies, translations and filters refer to. */
export class Objects {
  readonly root: Statement;
  readonly reading: Reading;
  readonly network: Network;
  readonly books: AddressBooks;
  readonly applications: Applications;

  constructor(root: Statement, reading: Reading) {
    this.root = root;
    this.reading = reading;
    this.network = new Network(root, reading);
    this.books = new AddressBooks(root, reading);
    this.applications = new Applications(root, reading);
  }
}
