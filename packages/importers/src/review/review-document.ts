import type { Json, Position } from '@holdfast/kernel';
import { formatPosition } from '@holdfast/kernel';
import { Document } from 'yaml';
import type { Marks } from './marks.ts';
import type { DeclaredValue, Entry, Review, SeenValue } from './review.ts';

/** The version of the review file. */
export const reviewVersion = 1;

/** A review as JSON, as `schemas/review.schema.json` says; what was marked before stays marked. */
export function reviewDocument(review: Review, marks?: Marks): Json {
  const counts = { new: 0, changed: 0, gone: 0, conflict: 0 };
  for (const { kind } of review.entries) counts[kind] += 1;
  return {
    holdfastReview: reviewVersion,
    estate: review.estate,
    inputs: review.inputs.map((each) => ({ ...each })),
    counts: { ...counts, same: review.same },
    entries: review.entries.map((each) => entryDocument(each, marks)),
    problems: review.problems.map(({ code, message, hint, at }) => ({
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(at === undefined ? {} : { at: formatPosition(at) }),
    })),
  };
}

function entryDocument(entry: Entry, marks: Marks | undefined): Json {
  const { key, kind, entity, id } = entry;
  const head = { key, kind, entity, id };
  const accept = marks?.accepted.has(key) ?? false;
  const choose = marks?.choices.get(key) ?? null;
  switch (entry.kind) {
    case 'new':
      return {
        ...head,
        accept,
        data: marks?.data.get(key) ?? entry.data,
        ...(entry.missing.length > 0 ? { missing: [...entry.missing] } : {}),
        ...(entry.notes.length > 0 ? { notes: [...entry.notes] } : {}),
        seen: entry.seen.map(formatPosition),
      };
    case 'changed':
      return {
        ...head,
        accept,
        path: entry.path.join('.'),
        ...declaredDocument(entry.declared),
        seen: seenDocument(entry.seen),
        by: entry.by,
      };
    case 'gone':
      return { ...head, accept, ...at(entry.at), sources: [...entry.sources] };
    case 'conflict':
      return entry.about === 'match'
        ? {
            ...head,
            choose,
            choices: [
              ...entry.candidates.map((each) => ({ ...each })),
              { id: 'new', by: 'it is none of these' },
            ],
            seen: formatPosition(entry.seen),
          }
        : {
            ...head,
            choose,
            path: entry.path.join('.'),
            ...declaredDocument(entry.declared),
            choices: [
              ...entry.choices.map((each, index) => ({ id: String(index + 1), ...seenDocument(each) })),
              { id: 'keep' },
            ],
          };
    default:
      return entry satisfies never;
  }
}

const at = (position: Position | undefined): { readonly estateAt?: string } =>
  position === undefined ? {} : { estateAt: formatPosition(position) };

const declaredDocument = (declared: DeclaredValue | undefined): { readonly [key: string]: Json } =>
  declared === undefined ? { estate: null } : { estate: declared.value, ...at(declared.at) };

const seenDocument = ({ value, at, basis, asOf }: SeenValue): { readonly [key: string]: Json } => ({
  value,
  at: formatPosition(at),
  basis,
  ...(asOf === undefined ? {} : { asOf }),
});

const header = ` What an import saw, beside the estate. Nothing of it is in the estate yet.
 Mark what is to be written with 'accept: true', choose in conflicts, fill in what is missing under 'data',
 then run the same command again with this file.`;

/** A review as the YAML file that people mark. */
export function reviewYaml(review: Review, marks?: Marks): string {
  const document = new Document(reviewDocument(review, marks), { aliasDuplicateObjects: false });
  document.commentBefore = header;
  return document.toString({ lineWidth: 120 });
}
