import { present } from '@holdfast/kernel';
import type { Advisory } from '../advisory/advisory.ts';
import { readAdvisory } from '../advisory/read-advisory.ts';
import type { Match } from './match-devices.ts';
import { Matcher } from './match-devices.ts';

/** A product of a made-up advisory: its id, name and versions. */
export type MadeProduct = readonly [id: string, product: string, versions: string, name?: string];

/** A CSAF document in the form of those of CISA, about a maker called Acme. */
export function csaf(
  products: readonly MadeProduct[],
  vulnerabilities: readonly Readonly<Record<string, unknown>>[],
  title = 'Acme',
): Readonly<Record<string, unknown>> {
  const branches = products.map(([id, product, versions, name]) => ({
    category: 'product_name',
    name: product,
    branches: [
      {
        category: 'product_version_range',
        name: versions,
        product: { name: name ?? `${product} ${versions}`, product_id: id },
      },
    ],
  }));
  return {
    document: { category: 'csaf_security_advisory', csaf_version: '2.0', title, tracking: { id: 'TEST-1' } },
    product_tree: { branches: [{ category: 'vendor', name: 'Acme Systems Inc.', branches }] },
    vulnerabilities,
  };
}

/** A vulnerability that affects products, with the text of a fix for them. */
export const vulnerability = (
  ids: readonly string[],
  fix?: string,
  cve = 'CVE-2026-1000',
): Readonly<Record<string, unknown>> => ({
  cve,
  product_status: { known_affected: ids },
  ...(fix === undefined
    ? {}
    : { remediations: [{ category: 'vendor_fix', details: fix, product_ids: ids }] }),
});

/** Reads a document that has no problems, or fails the test. */
export function advisoryOf(document: unknown): Advisory {
  const read = readAdvisory({ name: 'test.json', text: JSON.stringify(document, undefined, 1) });
  if (read.kind === 'error' || read.value.kind !== 'advisory') throw new TypeError(JSON.stringify(read));
  return read.value.advisory;
}

/** The one verdict of a document on a device of Acme. */
export function verdictOf(document: unknown, model: string, firmware: string, vendor = 'Acme'): Match {
  return present(
    new Matcher([advisoryOf(document)]).match({ vendor, model, firmware })[0],
    'the advisory does not name the device',
  );
}
