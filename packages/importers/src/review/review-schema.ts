import type { JsonSchema } from '@holdfast/estate';
import { bases, entityKinds } from '@holdfast/estate';
import { reviewVersion } from './review-document.ts';

const text: JsonSchema = { type: 'string' };
const texts: JsonSchema = { type: 'array', items: text };
const position: JsonSchema = {
  type: 'string',
  description: 'file:line:column; for a sheet of a workbook file.xlsx!Sheet:row:column',
};
const count: JsonSchema = { type: 'integer', minimum: 0 };

const seen = {
  value: { description: 'What was seen, in the words of the estate language.' },
  at: position,
  basis: { enum: [...bases] },
  asOf: text,
};

const object = (
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[],
): JsonSchema => ({
  type: 'object',
  properties,
  required: [...required],
  additionalProperties: false,
});

const head = (kind: string): Readonly<Record<string, JsonSchema>> => ({
  key: { type: 'string', description: 'Stable from one import to the next.' },
  kind: { const: kind },
  entity: { enum: [...entityKinds] },
  id: text,
});
const accept: JsonSchema = {
  type: 'boolean',
  description: 'true: written when the import is run again with this file.',
};
const choose: JsonSchema = {
  type: ['string', 'integer', 'null'],
  description: 'The id of one of the choices.',
};
const estate: JsonSchema = { description: 'What the estate says; null where it says nothing.' };

const entries: readonly JsonSchema[] = [
  object(
    {
      ...head('new'),
      accept,
      data: { type: 'object', description: 'The entity as it would be written; edit it freely.' },
      missing: { ...texts, description: 'What has to be filled in under data first.' },
      notes: texts,
      seen: { type: 'array', items: position },
    },
    ['key', 'kind', 'entity', 'id', 'accept', 'data', 'seen'],
  ),
  object(
    {
      ...head('changed'),
      accept,
      path: text,
      estate,
      estateAt: position,
      seen: object(seen, ['value', 'at', 'basis']),
      by: text,
    },
    ['key', 'kind', 'entity', 'id', 'accept', 'path', 'estate', 'seen', 'by'],
  ),
  object({ ...head('gone'), accept, estateAt: position, sources: texts }, [
    'key',
    'kind',
    'entity',
    'id',
    'accept',
    'sources',
  ]),
  object(
    {
      ...head('conflict'),
      choose,
      path: text,
      estate,
      estateAt: position,
      choices: { type: 'array', items: object({ id: text, ...seen }, ['id']) },
    },
    ['key', 'kind', 'entity', 'id', 'choose', 'path', 'choices'],
  ),
  object(
    {
      ...head('conflict'),
      choose,
      seen: position,
      choices: { type: 'array', items: object({ id: text, by: text }, ['id', 'by']) },
    },
    ['key', 'kind', 'entity', 'id', 'choose', 'seen', 'choices'],
  ),
];

/** The JSON Schema (draft 2020-12) of a review, as a file and as `--format json`. */
export const reviewSchema = (): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:holdfast:schema:review:${reviewVersion}`,
  title: 'Holdfast import review',
  description: 'What imports saw, beside an estate: what is new, changed, gone or in conflict.',
  ...object(
    {
      holdfastReview: { const: reviewVersion },
      estate: { type: 'string', description: 'The hash of the estate that the review was made beside.' },
      inputs: {
        type: 'array',
        items: object(
          { file: text, format: text, sha256: text, tool: text, capturedAt: text, observations: count },
          ['file', 'format', 'sha256', 'observations'],
        ),
      },
      counts: object({ new: count, changed: count, gone: count, conflict: count, same: count }, [
        'new',
        'changed',
        'gone',
        'conflict',
        'same',
      ]),
      entries: { type: 'array', items: { anyOf: [...entries] } },
      problems: {
        type: 'array',
        items: object({ code: text, message: text, hint: text, at: position }, ['code', 'message']),
      },
    },
    ['holdfastReview', 'estate', 'inputs', 'counts', 'entries', 'problems'],
  ),
});
