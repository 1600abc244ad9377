import type { CardDoors, OutageCard } from './outage-card.ts';
import { joinNames } from './names.ts';

/** How much of each part of a card fits on one sheet of A4; the rest is counted. */
export interface CardRoom {
  readonly orders: number;
  readonly unmet: number;
  readonly losses: number;
  readonly calls: number;
  readonly doors: number;
}

/** Lines of text on the sheet, less its head, its headings and its foot. */
const lines = 28;
const most = { orders: 4, unmet: 2, losses: 3, calls: 5 } as const;
/** Of a group of doors so many states are told. */
export const statesShown = 3;
const doorsAtLeast = 1;

/** Orders, losses and calls have a fixed share; the doors have what they leave. */
export function roomOf(card: OutageCard, nameOf: (id: string) => string): CardRoom {
  const orders = card.orders.slice(0, most.orders);
  const unmet = card.unmet.slice(0, most.unmet);
  const losses = card.losses.slice(0, orders.length + unmet.length > 3 ? most.losses - 1 : most.losses);
  const calls = card.calls.slice(0, most.calls);
  const taken =
    2 * (rows(card.scenario.name, 32) - 1) +
    (card.same.length > 0 ? 1 : 0) +
    sum(
      orders.map(({ place, post, because }) => 0.5 + rows(`${nameOf(place)}${nameOf(post)}${because}`, 26)),
    ) +
    sum(unmet.map(({ place, because }) => 0.5 + rows(`${nameOf(place)}${because}`, 22))) +
    sum(losses.map(({ text }) => 0.3 + rows(text, 64))) +
    sum(calls.map(({ name, role = '', why }) => 0.4 + rows(`${name}${role}`, 50) + 0.8 * rows(why, 80)));
  return { ...most, losses: losses.length, doors: fitting(card.doors, lines - taken) };
}

/** How many groups of doors fit into some lines. */
function fitting(doors: readonly CardDoors[], room: number): number {
  let left = room;
  const over = doors.findIndex(({ names, states }) => {
    left -= Math.max(rows(joinNames(names), 26), 1.25 * Math.min(states.length, statesShown)) + 0.3;
    return left < 0;
  });
  return Math.max(doorsAtLeast, over < 0 ? doors.length : over);
}

const rows = (text: string, width: number): number => Math.max(1, Math.ceil(text.length / width));
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
