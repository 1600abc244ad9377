import type { Reading } from '../solver/amendments.ts';
import { op, type System } from '../solver/system.ts';
import { joinTimes } from './course.ts';

/** More moments than this in one circle, and what comes after them is not told. */
export const mostMoments = 256;

/** When the equations of a system can change, once faults have struck at 0 for good. */
export class Moments {
  readonly #system: System;
  readonly #first: Float64Array;
  readonly #second: Float64Array;

  constructor(system: System, reading: Reading) {
    this.#system = system;
    this.#first = system.first[reading];
    this.#second = system.second[reading];
  }

  /** The moments of a node up to a horizon, given those of its inputs; 0 is the first. */
  of(node: number, timesOf: (input: number) => readonly number[], horizon: number): readonly number[] {
    const { ops, inputStart, inputs } = this.#system;
    const code = ops[node];
    if (code === op.constant) return [0];
    if (code === op.source) {
      const turns = [this.#first[node] as number, this.#second[node] as number];
      return joinTimes([turns.filter((each) => each > 0)], horizon);
    }
    const own = new Set(Array.from(inputs.subarray(inputStart[node], inputStart[node + 1]), timesOf));
    if (code === op.gate && [...own].every(({ length }) => length === 1)) return [0];
    return joinTimes([...own, this.#shifted(node, timesOf)], horizon);
  }

  /** The moments that all nodes of a circle share: with each also what it brings about later. */
  ofCircle(
    group: Int32Array,
    timesOf: (input: number) => readonly number[],
    horizon: number,
  ): readonly number[] {
    const inside = new Set<number>(group);
    let times: readonly number[] = [0];
    for (let before = 0; before !== times.length && times.length <= mostMoments;) {
      before = times.length;
      const known = (node: number): readonly number[] => (inside.has(node) ? times : timesOf(node));
      times = joinTimes(
        Array.from(group, (node) => this.of(node, known, horizon)),
        horizon,
      );
    }
    return times;
  }

  /** When the flag of a node may turn: so long after its first input changed. */
  #shifted(node: number, timesOf: (input: number) => readonly number[]): readonly number[] {
    const { ops, inputStart, inputs } = this.#system;
    const code = ops[node];
    if (code !== op.hold && code !== op.after && code !== op.standby) return [];
    const delay = this.#first[node] as number;
    return timesOf(inputs[inputStart[node] as number] as number).map((each) => each + delay);
  }
}
