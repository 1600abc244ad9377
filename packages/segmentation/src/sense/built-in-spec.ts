import type { Position } from '@holdfast/kernel';
import { prefixOf } from '../model/address.ts';
import type { Action } from '../model/firewall.ts';
import { intervalSet, type IntervalSet } from '../model/interval.ts';
import { sureOf, type Doubted } from './doubted.ts';
import type { Direction, Draft } from './draft.ts';
import { ranks } from './rule-place.ts';
import { clausesOf, numbers, opening, type Match } from './match.ts';

export const both: readonly Direction[] = ['in', 'out'];
export const prefixes = (...texts: readonly string[]): Doubted =>
  sureOf(intervalSet(texts.flatMap((each) => prefixOf(each) ?? [])));
export const port = (...all: readonly number[]): Doubted => sureOf(numbers(all));

/** A rule of the product's own, as its source has it. Not named: quick, both directions, all interfaces, both families. */
export interface Spec {
  readonly name: string;
  readonly text: string;
  readonly at: Position;
  readonly action: 'pass' | 'block';
  readonly match?: Partial<Match>;
  readonly rank?: number;
  readonly quick?: boolean;
  readonly directions?: readonly Direction[];
  readonly ports?: IntervalSet;
}

export function draftOf({ name, text, at, action, match, rank, quick, directions, ports }: Spec): Draft {
  const to: Action = { kind: action === 'pass' ? 'accept' : 'drop' };
  return {
    rank: rank ?? ranks.system,
    quick: quick ?? true,
    directions: directions ?? both,
    ...(ports ? { ports } : {}),
    matched: clausesOf({
      families: ['inet', 'inet6'],
      ...(action === 'pass' ? { states: opening } : {}),
      ...match,
    }),
    action: to,
    at,
    text: `built in: ${text}`,
    builtIn: name,
  };
}
