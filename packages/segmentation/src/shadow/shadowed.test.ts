import { present } from '@holdfast/kernel';
import { Dice, seeded } from '@holdfast/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { programOf } from '../engine/program.ts';
import { readNeutral } from '../neutral/read-neutral.ts';
import { shadowed } from './shadowed.ts';

interface Line {
  readonly permits: boolean;
  /** Protocol, source, source port, destination, destination port: `[low, high]` each. */
  readonly sides: readonly (readonly [number, number])[];
}

const ends = [255, 2 ** 32 - 1, 65_535, 2 ** 32 - 1, 65_535];
const any = (axis: number): readonly [number, number] => [0, ends[axis] ?? 0];

function randomLine(dice: Dice): Line {
  const prefix = (axis: number): readonly [number, number] => {
    if (dice.chance(0.25)) return any(axis);
    const size = 2 ** dice.between(0, 3);
    const low = 0x0a000000 + size * dice.between(0, 8 / size - 1);
    return [low, low + size - 1];
  };
  const ports = (axis: number): readonly [number, number] => {
    if (dice.chance(0.5)) return any(axis);
    const low = dice.between(20, 24);
    return [low, low + dice.between(0, 4)];
  };
  const protocol = dice.chance(0.6) ? any(0) : ([6, 6] as const);
  const sides = [protocol, prefix(1), dice.chance(0.8) ? any(2) : ports(2), prefix(3), ports(4)];
  return { permits: dice.chance(0.5), sides };
}

const address = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

function spelt({ permits, sides }: Line): string {
  const cidr = ([low, high]: readonly [number, number]): string =>
    `${address(low)}/${32 - Math.log2(high - low + 1)}`;
  const [protocol = any(0), src = any(1), sport = any(2), dst = any(3), dport = any(4)] = sides;
  const name = protocol[0] === protocol[1] ? String(protocol[0]) : 'any';
  return `${permits ? 'permit' : 'deny'} ${name} ${cidr(src)} ${sport.join('-')} ${cidr(dst)} ${dport.join('-')}`;
}

/** All cells between the ends of the lines, each with the line that decides it: the definition, tried on every packet. */
function bruteForce(lines: readonly Line[]): readonly unknown[] {
  const cuts = ends.map((end, axis) =>
    [...new Set([0, ...lines.flatMap(({ sides }) => [sides[axis]?.[0] ?? 0, (sides[axis]?.[1] ?? 0) + 1])])]
      .filter((cut) => cut <= end)
      .toSorted((a, b) => a - b),
  );
  const takers = lines.map(() => new Set<number>());
  const deciders = new Set<number>();
  const walk = (axis: number, within: readonly number[]): void => {
    if (within.length === 0) return;
    if (axis === ends.length) {
      const [first = 0] = within;
      deciders.add(first);
      for (const each of within) takers[each]?.add(first);
      return;
    }
    for (const cut of cuts[axis] ?? [])
      walk(
        axis + 1,
        within.filter((each) => {
          const [low = 0, high = 0] = lines[each]?.sides[axis] ?? [];
          return low <= cut && cut <= high;
        }),
      );
  };
  walk(
    0,
    lines.map((_, index) => index),
  );
  return lines.flatMap((line, index) => {
    if (deciders.has(index)) return [];
    const sized = [...(takers[index] ?? [])].map((taker) => ({ taker, volume: common(line, lines[taker]) }));
    const sorted = sized.toSorted((a, b) =>
      a.volume === b.volume ? a.taker - b.taker : a.volume < b.volume ? 1 : -1,
    );
    const blockers: number[] = [];
    for (const { taker } of sorted) {
      if (
        isCovered(
          line,
          blockers.map((each) => present(lines[each], 'a line')),
          cuts,
        )
      )
        break;
      blockers.push(taker);
    }
    const isOther = (each: number): boolean => lines[each]?.permits !== line.permits;
    const other = sorted.map(({ taker }) => taker).find(isOther);
    if (other !== undefined && !blockers.some(isOther)) blockers.push(other);
    return [{ line: index, blockers, differentAction: other !== undefined }];
  });
}

function common(a: Line, b: Line | undefined): bigint {
  return a.sides.reduce((product, [low, high], axis) => {
    const [from = 0, to = -1] = b?.sides[axis] ?? [];
    return product * BigInt(Math.max(0, Math.min(high, to) - Math.max(low, from) + 1));
  }, 1n);
}

function isCovered(line: Line, by: readonly Line[], cuts: readonly (readonly number[])[]): boolean {
  const look = (axis: number, within: readonly Line[]): boolean => {
    if (within.length === 0) return false;
    if (axis === ends.length) return true;
    const [low = 0, high = 0] = line.sides[axis] ?? [];
    return (cuts[axis] ?? [])
      .filter((cut) => low <= cut && cut <= high)
      .every((cut) =>
        look(
          axis + 1,
          within.filter(({ sides }) => (sides[axis]?.[0] ?? 0) <= cut && cut <= (sides[axis]?.[1] ?? -1)),
        ),
      );
  };
  return look(0, by);
}

test.each([
  ['box by box', 1000],
  ['by sets of packets', 0],
])('finds what a trial of every packet finds: %s', { timeout: 60_000 }, (_, splits) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
      const dice = new Dice(seed);
      const lines = Array.from({ length: dice.between(1, 12) }, () => randomLine(dice));
      const text = lines.map(spelt).join('\n');
      const read = readNeutral({ name: 'rules.txt', text });
      if (read.kind === 'error') throw new TypeError(JSON.stringify(read.error));
      const program = programOf(read.value);
      const found = shadowed(program, splits).map(({ rule, blockers, differentAction }) => ({
        line: rule.source.at.line - 1,
        blockers: blockers.map(({ source }) => source.at.line - 1),
        differentAction,
      }));
      expect({ text, found }).toStrictEqual({ text, found: bruteForce(lines) });
    }),
    seeded(600),
  );
});
