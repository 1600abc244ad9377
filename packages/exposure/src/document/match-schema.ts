import type { JsonSchema } from '@holdfast/estate';

const text = (description: string): JsonSchema => ({ type: 'string', description });

/** JSON Schema of one line of `holdfast exposure match --format jsonl`. */
export const matchSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'One line of holdfast exposure match --format jsonl',
  type: 'object',
  properties: {
    row: {
      type: 'integer',
      minimum: 1,
      description: 'The row of the device in its table; the head is no row.',
    },
    vendor: text('As the table says.'),
    model: text('As the table says.'),
    firmware: text('As the table says; empty where nobody knows it.'),
    advisory: text('The tracking id of a CSAF document, the CVE id of a CVE record.'),
    cve: {
      type: ['string', 'null'],
      description: 'The vulnerability; null where the advisory gives it no id.',
    },
    verdict: { enum: ['affected', 'not_affected', 'needs_review'] },
    matched: text(
      'The product branch and the range as the advisory writes them; empty where it does not name the device.',
    ),
    fixedIn: {
      type: ['string', 'null'],
      description: 'The version that mends it, where the advisory names one.',
    },
    why: text('The comparison made, and what it rests on.'),
    kev: {
      type: ['object', 'null'],
      description: 'With --kev: the entry of the catalogue, or null.',
      properties: {
        added: text('The day it was added.'),
        due: text('The day to act by.'),
        ransomware: { type: 'boolean' },
      },
      required: ['added', 'due', 'ransomware'],
      additionalProperties: false,
    },
    epss: {
      type: ['number', 'null'],
      minimum: 0,
      maximum: 1,
      description: 'With --epss: the chance of exploitation within 30 days, or null.',
    },
  },
  required: ['row', 'vendor', 'model', 'firmware', 'advisory', 'cve', 'verdict', 'matched', 'fixedIn', 'why'],
  additionalProperties: { type: 'string', description: 'A further column of the table, carried through.' },
};
